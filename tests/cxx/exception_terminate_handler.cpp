// The program's own handler of std::terminate runs in the thread that nobody caught an exception in, and
// finds the exception.
//
// EXIT: 3
// STDOUT:
//   handler: last words
#include "check.hpp"

#include <exception>
#include <stdexcept>
#include <thread>

static std::thread::id thrower;

int main()
{
	std::set_terminate([] {
		CHECK(std::this_thread::get_id() == thrower);
		try {
			std::rethrow_exception(std::current_exception());
		} catch (const std::exception &e) {
			std::printf("handler: %s\n", e.what());
		}
		std::fflush(stdout);
		std::_Exit(3);
	});
	std::thread([] {
		thrower = std::this_thread::get_id();
		throw std::runtime_error("last words");
	}).join();
}
