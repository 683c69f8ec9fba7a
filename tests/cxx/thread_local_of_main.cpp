// The main thread's objects with thread storage are destroyed when the program ends, also where nothing
// else is to be done then.
//
// STDOUT:
//   ~of the main thread
#include "check.hpp"

int main()
{
	static thread_local Tells tells("of the main thread");
	(void)tells.what;
}
