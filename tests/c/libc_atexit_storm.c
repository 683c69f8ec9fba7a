// However many threads register handlers at once, each runs once, the newest
// first.
// STDOUT:
//   160 handlers ran
#include "check.h"
#include <sched.h>

enum { THREADS = 8, HANDLERS = 20 };

static int ran;

static void count(void)
{
	ran++;
}

static void say(void)
{
	printf("%d handlers ran\n", ran);
}

static void *register_some(void *unused)
{
	for (int i = 0; i < HANDLERS; i++) {
		CHECK(atexit(count) == 0);
		sched_yield();
	}
	return unused;
}

int main(void)
{
	CHECK(atexit(say) == 0);
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(register_some, NULL);
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
}
