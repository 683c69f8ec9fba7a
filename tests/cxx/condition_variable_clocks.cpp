// Waits for a condition: with a predicate, a limit in time by either clock, with a lock that is no
// unique_lock.
//
// STDOUT:
//   1000 went through a queue of 4
//   timed out by each clock, in time
//   told in time
//   any lock will do
#include "check.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <shared_mutex>
#include <thread>

using namespace std::chrono;
using namespace std::chrono_literals;

int main()
{
	std::mutex mutex;
	std::condition_variable filled, emptied, told;
	std::deque<int> queue;
	std::thread producer([&] {
		for (int i = 0; i < 1000; i++) {
			std::unique_lock lock(mutex);
			emptied.wait(lock, [&] { return queue.size() < 4; });
			queue.push_back(i);
			filled.notify_one();
		}
	});
	for (int i = 0; i < 1000; i++) {
		std::unique_lock lock(mutex);
		filled.wait(lock, [&] { return !queue.empty(); });
		CHECK(queue.front() == i);
		queue.pop_front();
		emptied.notify_one();
	}
	producer.join();
	std::puts("1000 went through a queue of 4");

	std::unique_lock lock(mutex);
	auto before = steady_clock::now();
	while (told.wait_until(lock, before + 10ms) != std::cv_status::timeout) {}
	CHECK(steady_clock::now() - before >= 10ms);
	auto later = system_clock::now() + 10ms;
	while (told.wait_until(lock, later) != std::cv_status::timeout) {}
	CHECK(system_clock::now() >= later);
	CHECK(!told.wait_for(lock, 1ms, [] { return false; }));
	std::puts("timed out by each clock, in time");

	bool is_told = false;
	std::thread tells([&] {
		std::lock_guard hold(mutex);
		is_told = true;
		told.notify_all();
	});
	CHECK(told.wait_for(lock, 10s, [&] { return is_told; }));
	lock.unlock();
	tells.join();
	std::puts("told in time");

	std::shared_mutex shared;
	std::condition_variable_any any;
	bool ready = false;
	std::thread reader([&] {
		std::shared_lock reads(shared);
		any.wait(reads, [&] { return ready; });
	});
	std::this_thread::sleep_for(2ms);
	{
		std::unique_lock writes(shared);
		ready = true;
	}
	any.notify_all();
	reader.join();
	std::puts("any lock will do");
}
