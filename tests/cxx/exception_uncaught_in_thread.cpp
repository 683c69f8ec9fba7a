// An exception that leaves a thread ends the program, although others could go on.
//
// EXIT: 134
// STDERR-CONTAINS: terminating due to uncaught exception of type std::runtime_error: nobody catches me
// STDOUT:
//   before
#include "check.hpp"

#include <stdexcept>
#include <thread>

int main()
{
	std::puts("before");
	std::fflush(stdout);
	std::thread([] { throw std::runtime_error("nobody catches me"); }).join();
	std::puts("STILL HERE");
}
