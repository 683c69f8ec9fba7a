// Where there are no threads, std::thread throws, and what needs none works.
//
// RUN-FLAGS: --threads=off
// SKIP: native: there are threads
// STDOUT:
//   no thread: Not supported
//   deferred 3
//   made once
#include "check.hpp"

#include <future>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>

int main()
{
	try {
		std::thread([] {}).join();
	} catch (const std::system_error &e) {
		CHECK(e.code() == std::errc::not_supported);
		std::printf("no thread: %s\n", e.code().message().c_str());
	}
	std::printf("deferred %d\n", std::async(std::launch::deferred, [] { return 3; }).get());
	std::once_flag once;
	std::mutex mutex;
	for (int i = 0; i < 3; i++)
		std::call_once(once, [&] {
			std::lock_guard lock(mutex);
			std::puts("made once");
		});
}
