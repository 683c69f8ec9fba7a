// Threads wait on atomics of each size, and go on when they are told that the value has changed.
//
// STDOUT:
//   bool int long long pointer flag
//   one of 3, then all
#include "check.hpp"

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

template <class T> static void change(const char *name, T from, T to)
{
	std::atomic<T> value{from};
	std::thread waits([&] {
		value.wait(from);
		CHECK(value == to);
	});
	std::this_thread::sleep_for(2ms);
	value.notify_one(); // Nothing has changed.
	std::this_thread::sleep_for(2ms);
	value = to;
	value.notify_one();
	waits.join();
	std::printf("%s ", name);
}

int main()
{
	int there = 0;
	change("bool", false, true);
	change("int", 1, 2);
	change("long long", 1LL << 40, 1LL << 41);
	change<int *>("pointer", nullptr, &there);
	std::atomic_flag flag;
	std::thread waits([&] { flag.wait(false); });
	flag.test_and_set();
	flag.notify_all();
	waits.join();
	std::puts("flag");

	std::atomic<int> tickets{0}, back{0};
	std::vector<std::thread> threads;
	for (int i = 0; i < 3; i++)
		threads.emplace_back([&] {
			for (int seen; (seen = tickets) == 0 || tickets.fetch_sub(1) <= 0;) {
				if (seen != 0)
					tickets++;
				tickets.wait(0);
			}
			back++;
		});
	std::this_thread::sleep_for(2ms);
	tickets++;
	tickets.notify_one();
	while (back < 1)
		std::this_thread::sleep_for(1ms);
	CHECK(back == 1);
	tickets += 2;
	tickets.notify_all();
	for (auto &thread : threads)
		thread.join();
	std::puts("one of 3, then all");
}
