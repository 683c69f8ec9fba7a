// A thread that ends gives way to a joiner of higher priority only when it has no
// memory left that a new thread could be given.
// STDOUT:
//   two threads live side by side
// SKIP: native: SCHED_FIFO is for the superuser, and preempts anywhere
// SKIP: wasi-sdk: wasi-libc has no priorities
#include "check.h"
#include <sched.h>

static void *nothing(void *unused)
{
	return unused;
}

/* Keeps a number on its stack while others run. */
static void *keep(void *number)
{
	volatile int kept = AS_NUMBER(number);
	int policy;
	struct sched_param param;
	sleep_ns(20 * MS);
	CHECK(kept == AS_NUMBER(number));
	CHECK_OK(pthread_getschedparam(pthread_self(), &policy, &param));
	CHECK(param.sched_priority == 5);
	return NULL;
}

int main(void)
{
	struct sched_param above = { .sched_priority = 20 };
	CHECK_OK(pthread_setschedparam(pthread_self(), SCHED_FIFO, &above));

	finish(start_at(5, nothing, NULL));
	pthread_t first = start_at(5, keep, NUMBER(1)); /* in the memory of the ended thread */
	CHECK_OK(pthread_detach(first));
	sleep_ns(5 * MS); /* the ended thread does what it has left to do */
	pthread_t second = start_at(5, keep, NUMBER(2));
	CHECK(!pthread_equal(first, second));
	finish(second);
	puts("two threads live side by side");
}
