// The main thread ends by pthread_exit: its destructors run, the others go on, and the program ends, well,
// with the last of them; then static objects are destroyed.
//
// SKIP: native: the GNU C library destroys objects of the main thread only if that ends last
// STDOUT:
//   ~of main
//   ~thread-local of main
//   the other goes on
//   ~static
#include "check.hpp"

#include <chrono>
#include <thread>

static Tells of_program("static");
static thread_local Tells of_thread("thread-local of main");

int main()
{
	(void)of_thread.what;
	Tells of_main("of main");
	std::thread([] {
		std::this_thread::sleep_for(std::chrono::milliseconds(20));
		std::puts("the other goes on");
	}).detach();
	pthread_exit(nullptr);
}
