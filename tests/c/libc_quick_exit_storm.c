// quick_exit runs what threads registered at once, each once and the newest
// first, and nothing that atexit registered.
// EXIT: 3
// STDOUT:
//   28 handlers ran
#include "check.h"
#include <sched.h>

enum { THREADS = 7, HANDLERS = 4 };

static int ran;

static void count(void)
{
	ran++;
}

static void say(void)
{
	printf("%d handlers ran\n", ran);
	fflush(stdout);
}

static void never(void)
{
	printf("this is not for a quick exit\n");
}

static void *register_some(void *unused)
{
	for (int i = 0; i < HANDLERS; i++) {
		CHECK(at_quick_exit(count) == 0);
		sched_yield();
	}
	return unused;
}

int main(void)
{
	CHECK(atexit(never) == 0);
	CHECK(at_quick_exit(say) == 0);
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(register_some, NULL);
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
	quick_exit(3);
}
