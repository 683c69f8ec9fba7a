// The mutexes of C++: recursive, with limits in time, shared; several locked at once.
//
// STDOUT:
//   recursive 3 deep
//   timed: no, then yes
//   recursive and timed
//   shared: 4 readers at once, one writer alone
//   shared and timed: writer times out, reader gets in
//   two at once, either way
#include "check.hpp"

#include <atomic>
#include <chrono>
#include <latch>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

template <class F> static auto elsewhere(F work)
{
	decltype(work()) result{};
	std::thread([&] { result = work(); }).join();
	return result;
}

int main()
{
	std::recursive_mutex recursive;
	std::unique_lock a(recursive), b(recursive), c(recursive);
	CHECK(!elsewhere([&] { return recursive.try_lock(); }));
	std::puts("recursive 3 deep");

	std::timed_mutex timed;
	timed.lock();
	CHECK(!elsewhere([&] { return timed.try_lock_for(2ms); }));
	CHECK(!elsewhere([&] { return timed.try_lock_until(std::chrono::system_clock::now() + 2ms); }));
	timed.unlock();
	CHECK(elsewhere([&] { return timed.try_lock_for(10s) && (timed.unlock(), true); }));
	std::puts("timed: no, then yes");

	std::recursive_timed_mutex both;
	CHECK(both.try_lock_for(1s) && both.try_lock_for(1s));
	CHECK(!elsewhere([&] { return both.try_lock_for(2ms); }));
	both.unlock();
	both.unlock();
	std::puts("recursive and timed");

	std::shared_mutex shared;
	std::latch inside(4);
	std::atomic<int> value{0};
	std::vector<std::thread> threads;
	for (int i = 0; i < 4; i++)
		threads.emplace_back([&] {
			std::shared_lock lock(shared);
			inside.arrive_and_wait();
			CHECK(value == 0);
		});
	threads.emplace_back([&] {
		inside.wait();
		std::unique_lock lock(shared);
		value = 1;
	});
	for (auto &thread : threads)
		thread.join();
	CHECK(value == 1);
	std::puts("shared: 4 readers at once, one writer alone");

	std::shared_timed_mutex shared_timed;
	std::shared_lock reads(shared_timed);
	CHECK(!elsewhere([&] { return shared_timed.try_lock_for(2ms); }));
	CHECK(elsewhere([&] { return shared_timed.try_lock_shared_for(10s) && (shared_timed.unlock_shared(), true); }));
	std::puts("shared and timed: writer times out, reader gets in");

	std::mutex one, two;
	std::thread other([&] {
		for (int i = 0; i < 100; i++) {
			std::scoped_lock lock(two, one);
			std::this_thread::yield();
		}
	});
	for (int i = 0; i < 100; i++) {
		std::scoped_lock lock(one, two);
		std::this_thread::yield();
	}
	other.join();
	std::puts("two at once, either way");
}
