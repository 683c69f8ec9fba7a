// A static object of a function is made once, by whichever thread comes first; the others wait. If its
// constructor throws, the next thread tries again.
//
// STDOUT:
//   made once, and 16 threads saw it
//   made by the third
#include "check.hpp"

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

static std::atomic<int> made{0}, saw{0}, tries{0}, failures{0};

struct Slow {
	int value;
	Slow()
	{
		made++;
		std::this_thread::sleep_for(std::chrono::milliseconds(20));
		value = 5;
	}
};

struct Stubborn {
	Stubborn()
	{
		std::this_thread::sleep_for(std::chrono::milliseconds(5));
		if (++tries < 3)
			throw tries.load();
	}
};

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
	in_threads(16, [] {
		static Slow slow;
		saw += slow.value == 5;
	});
	CHECK(made == 1);
	std::printf("made once, and %d threads saw it\n", saw.load());
	in_threads(6, [] {
		try {
			static Stubborn stubborn;
		} catch (int) {
			failures++;
		}
	});
	CHECK(failures == 2 && tries == 3);
	std::puts("made by the third");
}
