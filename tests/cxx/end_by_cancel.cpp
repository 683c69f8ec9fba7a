// A thread that is cancelled in a wait leaves its frames: destructors run, and locks are released.
//
// STDOUT:
//   ~sleeper
//   cancelled
//   ~waiter
//   cancelled, and the mutex is free
//   ~timed waiter
//   cancelled, and the mutex is free
//   ~joiner
//   cancelled
#include "check.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace std::chrono_literals;

static std::mutex mutex;
static std::condition_variable changed;
static pthread_t target;

static void sleeper()
{
	Tells tells("sleeper");
	std::this_thread::sleep_for(1h);
}

static void waiter()
{
	std::unique_lock<std::mutex> lock(mutex);
	Tells tells("waiter");
	for (;;)
		changed.wait(lock);
}

static void timed_waiter()
{
	std::unique_lock<std::mutex> lock(mutex);
	Tells tells("timed waiter");
	for (;;)
		changed.wait_for(lock, 1h);
}

static void joiner()
{
	Tells tells("joiner");
	pthread_join(target, nullptr);
}

static void cancel(void (*function)())
{
	pthread_t thread;
	auto run = [](void *function) -> void * {
		reinterpret_cast<void (*)()>(function)();
		std::puts("STILL HERE");
		return nullptr;
	};
	CHECK(pthread_create(&thread, nullptr, run, reinterpret_cast<void *>(function)) == 0);
	std::this_thread::sleep_for(20ms);
	CHECK(pthread_cancel(thread) == 0);
	void *result;
	CHECK(pthread_join(thread, &result) == 0);
	CHECK(result == PTHREAD_CANCELED);
	std::printf("cancelled");
}

int main()
{
	cancel(sleeper);
	std::puts("");
	for (auto function : {waiter, timed_waiter}) {
		cancel(function);
		CHECK(mutex.try_lock());
		mutex.unlock();
		std::puts(", and the mutex is free");
	}
	target = pthread_self();
	cancel(joiner);
	std::puts("");
}
