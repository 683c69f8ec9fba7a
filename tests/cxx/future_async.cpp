// Futures: of async, deferred, with limits in time, shared by threads; one that is thrown away waits.
//
// STDOUT:
//   sum 120
//   not yet, then ready
//   deferred ran here, when asked
//   4 threads got 11
//   thrown away in order: 12
//   at thread exit: destroyed before
#include "check.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

static std::atomic<bool> destroyed{false};

struct Destroyed {
	~Destroyed() { destroyed = true; }
};

int main()
{
	std::vector<std::future<int>> all;
	for (int i = 0; i < 16; i++)
		all.push_back(std::async(std::launch::async, [i] {
			std::this_thread::sleep_for(std::chrono::milliseconds(16 - i));
			return i;
		}));
	int sum = 0;
	for (auto &future : all)
		sum += future.get();
	std::printf("sum %d\n", sum);

	std::promise<void> go;
	auto waits = std::async(std::launch::async, [&] { go.get_future().wait(); });
	CHECK(waits.wait_for(5ms) == std::future_status::timeout);
	CHECK(waits.wait_until(std::chrono::system_clock::now() + 1ms) == std::future_status::timeout);
	go.set_value();
	CHECK(waits.wait_for(10s) == std::future_status::ready);
	std::puts("not yet, then ready");

	auto deferred = std::async(std::launch::deferred, [] { return std::this_thread::get_id(); });
	CHECK(deferred.wait_for(0s) == std::future_status::deferred);
	CHECK(deferred.get() == std::this_thread::get_id());
	std::puts("deferred ran here, when asked");

	std::promise<int> promise;
	std::shared_future<int> shared = promise.get_future().share();
	std::atomic<int> got{0};
	std::vector<std::thread> threads;
	for (int i = 0; i < 4; i++)
		threads.emplace_back([&, shared] { got += shared.get() == 11; });
	promise.set_value(11);
	for (auto &thread : threads)
		thread.join();
	std::printf("%d threads got 11\n", got.load());

	std::string order;
	(void)std::async(std::launch::async, [&] {
		std::this_thread::sleep_for(10ms);
		order += "1";
	});
	(void)std::async(std::launch::async, [&] { order += "2"; });
	std::printf("thrown away in order: %s\n", order.c_str());

	std::promise<int> last;
	auto value = last.get_future();
	std::thread([&] {
		static thread_local Destroyed object;
		(void)object;
		last.set_value_at_thread_exit(1);
	}).detach();
	CHECK(value.get() == 1 && destroyed);
	std::puts("at thread exit: destroyed before");
}
