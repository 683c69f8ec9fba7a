// Exceptions go from thread to thread: by a future, a promise, a task, or an exception_ptr, which
// several threads may throw at once.
//
// STDOUT:
//   async: from async
//   promise: from promise
//   task: from task
//   broken promise
//   eight threads threw it
//   outer of inner
#include "check.hpp"

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

template <class F> static void told(const char *what, F get)
{
	try {
		get();
		std::puts("NOTHING");
	} catch (const std::runtime_error &e) {
		std::printf("%s: %s\n", what, e.what());
	}
}

int main()
{
	auto async = std::async(std::launch::async, [] { throw std::runtime_error("from async"); });
	told("async", [&] { async.get(); });

	std::promise<int> promise;
	std::thread giver([&] {
		try {
			throw std::runtime_error("from promise");
		} catch (...) {
			promise.set_exception(std::current_exception());
		}
	});
	told("promise", [&] { promise.get_future().get(); });
	giver.join();

	std::packaged_task<int()> task([]() -> int { throw std::runtime_error("from task"); });
	auto result = task.get_future();
	std::thread(std::move(task)).join();
	told("task", [&] { result.get(); });

	std::future<void> orphan;
	std::thread([&] { orphan = std::promise<void>().get_future(); }).join();
	try {
		orphan.get();
	} catch (const std::future_error &e) {
		CHECK(e.code() == std::future_errc::broken_promise);
		std::puts("broken promise");
	}

	std::exception_ptr shared;
	try {
		throw std::logic_error("shared");
	} catch (...) {
		shared = std::current_exception();
	}
	std::atomic<int> caught{0};
	std::vector<std::thread> threads;
	for (int i = 0; i < 8; i++)
		threads.emplace_back([&, shared] {
			for (int k = 0; k < 100; k++)
				try {
					std::rethrow_exception(shared);
				} catch (const std::logic_error &e) {
					if (k % 10 == 0)
						std::this_thread::yield();
					caught += std::string(e.what()) == "shared";
				}
		});
	for (auto &thread : threads)
		thread.join();
	CHECK(caught == 800);
	std::puts("eight threads threw it");

	try {
		try {
			throw std::runtime_error("inner");
		} catch (...) {
			std::throw_with_nested(std::runtime_error("outer"));
		}
	} catch (const std::runtime_error &outer) {
		try {
			std::rethrow_if_nested(outer);
		} catch (const std::runtime_error &inner) {
			std::printf("%s of %s\n", outer.what(), inner.what());
		}
	}
}
