// A jthread is asked to stop, and joined, by its destructor; a wait of condition_variable_any ends at the
// request.
//
// STDOUT:
//   stopped in its loop
//   stopped in its wait
//   a callback ran where the stop was asked for
#include "check.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#ifndef __clang__
// GCC 12 finds fault with its own library.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

using namespace std::chrono_literals;

int main()
{
	{
		std::atomic<bool> runs{false};
		std::jthread loops([&](std::stop_token stop) {
			while (!stop.stop_requested()) {
				runs = true;
				std::this_thread::sleep_for(1ms);
			}
			std::puts("stopped in its loop");
		});
		while (!runs)
			std::this_thread::yield();
	}
	{
		std::mutex mutex;
		std::condition_variable_any never;
		std::jthread waits([&](std::stop_token stop) {
			std::unique_lock lock(mutex);
			CHECK(!never.wait(lock, stop, [] { return false; }));
			CHECK(lock.owns_lock());
			std::puts("stopped in its wait");
		});
		std::this_thread::sleep_for(5ms);
	}
	std::stop_source source;
	std::thread::id where;
	std::stop_callback callback(source.get_token(), [&] { where = std::this_thread::get_id(); });
	std::thread asks([&] { CHECK(source.request_stop() && !source.request_stop()); });
	auto asker = asks.get_id();
	asks.join();
	CHECK(where == asker);
	std::puts("a callback ran where the stop was asked for");
}
