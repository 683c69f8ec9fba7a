// A handler of pthread_cleanup_push runs once: when it is popped, when an exception or `return` leaves its
// block, or when its thread ends.
//
// STDOUT:
//   popped
//   thrown over
//   caught
//   returned over
//   at the end
#include "check.hpp"

#include <thread>

static void says(void *text) { std::puts(static_cast<const char *>(text)); }
static void *text(const char *text) { return const_cast<char *>(text); }

static void pops()
{
	pthread_cleanup_push(says, text("popped"));
	pthread_cleanup_push(says, text("NOT RUN"));
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(1);
}

static void throws()
{
	pthread_cleanup_push(says, text("thrown over"));
	throw 1;
	pthread_cleanup_pop(0);
}

static void returns(bool now)
{
	pthread_cleanup_push(says, text("returned over"));
	if (now)
		return;
	pthread_cleanup_pop(0);
}

int main()
{
	std::thread([] {
		pops();
		try {
			throws();
		} catch (int) {
			std::puts("caught");
		}
		returns(true);
		pthread_cleanup_push(says, text("at the end"));
		pthread_exit(nullptr);
		pthread_cleanup_pop(0);
	}).join();
}
