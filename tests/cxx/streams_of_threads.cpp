// Threads that write to one stream at once lose nothing.
//
// READER: sort | uniq -c | sed 's/^ *//'
// STDOUT:
//   500 from thread 0
//   500 from thread 1
//   500 from thread 2
//   500 from thread 3
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

int main()
{
	std::vector<std::thread> threads;
	for (int t = 0; t < 4; t++)
		threads.emplace_back([t] {
			for (int i = 0; i < 500; i++) {
				std::cout << "from thread " + std::to_string(t) + "\n";
				if (i % 50 == 0)
					std::this_thread::yield();
			}
		});
	for (auto &thread : threads)
		thread.join();
	std::cout.flush();
}
