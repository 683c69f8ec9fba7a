// Latches, barriers and semaphores of C++20 among threads.
//
// STDOUT:
//   latch: all of 8
//   barrier: 3 phases of 4
//   semaphore: at most 2 at once
//   binary semaphore: 10 turns each
//   timed: no, then yes
#include "check.hpp"

#include <atomic>
#include <barrier>
#include <chrono>
#include <latch>
#include <semaphore>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

template <class F> static void in_threads(int count, F work)
{
	std::vector<std::thread> threads;
	for (int i = 0; i < count; i++)
		threads.emplace_back(work);
	for (auto &thread : threads)
		thread.join();
}

int main()
{
	std::latch latch(8);
	std::atomic<int> came{0};
	in_threads(8, [&] {
		came++;
		latch.arrive_and_wait();
		CHECK(came == 8);
	});
	CHECK(latch.try_wait());
	std::puts("latch: all of 8");

	int phases = 0;
	std::atomic<int> arrived{0};
	std::barrier barrier(4, [&]() noexcept {
		phases++;
		CHECK(arrived == phases * 4);
	});
	in_threads(4, [&] {
		for (int i = 0; i < 3; i++) {
			arrived++;
			barrier.arrive_and_wait();
		}
	});
	std::printf("barrier: %d phases of 4\n", phases);

	std::counting_semaphore<4> two(2);
	std::atomic<int> inside{0}, most{0};
	in_threads(6, [&] {
		two.acquire();
		int now = ++inside;
		if (now > most)
			most = now;
		std::this_thread::sleep_for(1ms);
		inside--;
		two.release();
	});
	std::printf("semaphore: at most %d at once\n", most.load());

	std::binary_semaphore ping(1), pong(0);
	int turns = 0;
	std::thread other([&] {
		for (int i = 0; i < 10; i++) {
			pong.acquire();
			turns++;
			ping.release();
		}
	});
	for (int i = 0; i < 10; i++) {
		ping.acquire();
		CHECK(turns == i);
		pong.release();
	}
	other.join();
	std::printf("binary semaphore: %d turns each\n", turns);

	std::binary_semaphore late(0);
	CHECK(!late.try_acquire_for(5ms));
	std::thread releases([&] {
		std::this_thread::sleep_for(5ms);
		late.release();
	});
	CHECK(late.try_acquire_for(10s));
	releases.join();
	std::puts("timed: no, then yes");
}
