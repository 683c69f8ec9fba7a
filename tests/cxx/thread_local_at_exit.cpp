// A thread that exits destroys its own objects, then the static ones, of which it destroys each once; not
// those of other threads, nor what is in frames.
//
// EXIT: 7
// STDOUT:
//   ~of the thread that exits
//   at exit
//   ~static
#include "check.hpp"

#include <chrono>
#include <thread>

static Tells of_program("static");
static thread_local Tells of_thread("of the thread that exits");

int main()
{
	std::atexit([] { std::puts("at exit"); });
	std::thread([] {
		static thread_local Tells of_another("OF ANOTHER THREAD");
		(void)of_another.what;
		std::this_thread::sleep_for(std::chrono::hours(1));
	}).detach();
	std::thread([] {
		(void)of_thread.what;
		Tells in_frame("IN A FRAME");
		std::exit(7);
	}).join();
}
