// Loops in, around and between handlers, in threads that compute and whose turns end in their loops: each
// exception finds its handler.
//
// RUN-FLAGS: --preempt loops
// STDOUT:
//   4 threads agree: 9200
#include "check.hpp"

#include <atomic>
#include <thread>
#include <vector>

static int catches(volatile int *input)
{
	int sum = 0;
	for (int round = 0; round < 100; round++) {
		try {
			for (int i = 0;; i++) {
				int inner = 0;
				try {
					for (int k = 0; k < 50; k++) {
						inner += *input;
						if (i == 2 && k == 25)
							throw k;
					}
					if (i == 3)
						break;
				} catch (int k) {
					sum += k;
					if (k != 25)
						continue;
				}
				for (int k = 0; k < 20; k++)
					inner -= *input;
				sum += inner;
			}
			throw 'x';
		} catch (char x) {
			sum += x == 'x';
		}
	}
	return sum;
}

int main()
{
	volatile int one = 1;
	int results[4];
	std::vector<std::thread> threads;
	for (int &result : results)
		threads.emplace_back([&] { result = catches(&one); });
	for (auto &thread : threads)
		thread.join();
	for (int result : results)
		CHECK(result == results[0]);
	std::printf("4 threads agree: %d\n", results[0]);
}
