// pthread_exit leaves the frames of its thread as an exception does: destructors run, `catch (...)`
// sees it and throws it on, no other handler does.
//
// STDOUT:
//   ~innermost
//   seen, and thrown on
//   ~middle
//   ~outermost
//   joined: 42
#include "check.hpp"

#include <exception>
#include <thread>

static void leaves()
{
	Tells innermost("innermost");
	pthread_exit(reinterpret_cast<void *>(42));
}

static void sees()
{
	Tells middle("middle");
	try {
		leaves();
	} catch (const std::exception &) {
		std::puts("NOT AN EXCEPTION");
	} catch (...) {
		std::puts("seen, and thrown on");
		throw;
	}
	std::puts("STILL HERE");
}

int main()
{
	pthread_t thread;
	auto run = [](void *) -> void * {
		Tells outermost("outermost");
		sees();
		std::puts("STILL HERE");
		return nullptr;
	};
	CHECK(pthread_create(&thread, nullptr, run, nullptr) == 0);
	void *result;
	CHECK(pthread_join(thread, &result) == 0);
	std::printf("joined: %d\n", static_cast<int>(reinterpret_cast<long>(result)));
}
