// A `catch (...)` that keeps the end of a thread to itself is an error, which ends the program.
//
// EXIT: 134
// STDERR-CONTAINS: FATAL: exception not rethrown
// STDOUT:
//   kept
#include "check.hpp"

#include <thread>

int main()
{
	std::thread([] {
		try {
			pthread_exit(nullptr);
		} catch (...) {
			std::puts("kept");
			std::fflush(stdout);
		}
		std::puts("STILL HERE");
	}).join();
	std::puts("STILL HERE");
}
