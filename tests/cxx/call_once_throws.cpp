// A call_once whose function throws has not happened: the exception goes to its caller, and a thread that
// waited tries again.
//
// STDOUT:
//   failed twice, done once, 8 came back
#include "check.hpp"

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

int main()
{
	std::once_flag once;
	std::atomic<int> tries{0}, failed{0}, done{0}, back{0};
	std::vector<std::thread> threads;
	for (int i = 0; i < 8; i++)
		threads.emplace_back([&] {
			try {
				std::call_once(once, [&] {
					std::this_thread::sleep_for(std::chrono::milliseconds(2));
					if (++tries < 3)
						throw 1;
					done++;
				});
			} catch (int) {
				failed++;
			}
			back++;
		});
	for (auto &thread : threads)
		thread.join();
	CHECK(failed == 2 && done == 1);
	std::printf("failed twice, done once, %d came back\n", back.load());
}
