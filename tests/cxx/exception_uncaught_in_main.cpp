// An exception that leaves main ends the program; what atexit would do is not done.
//
// EXIT: 134
// STDERR-CONTAINS: terminating due to uncaught exception of type Mine
#include "check.hpp"

struct Mine {};

int main()
{
	std::atexit([] { std::puts("AT EXIT"); });
	throw Mine();
}
