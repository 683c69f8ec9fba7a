// exit in a thread ends the program with its code, once, although a second thread exits too.
//
// EXIT: 5
// SKIP: native: an older GNU C library lets the second exit overtake the first
// STDOUT:
//   at exit
//   ~static
#include "check.hpp"

#include <chrono>
#include <thread>

static Tells of_program("static");

int main()
{
	std::atexit([] {
		std::puts("at exit");
		std::this_thread::sleep_for(std::chrono::milliseconds(20));
	});
	std::thread([] { std::exit(5); }).detach();
	std::this_thread::sleep_for(std::chrono::milliseconds(5));
	std::exit(6);
}
