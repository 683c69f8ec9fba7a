// A join with a deadline ends by itself, so it closes no circle.
// SKIP: native: glibc counts it as one
// SKIP: wasi-sdk: wasi-libc has no pthread_exit
#include "check.h"

static void *join(void *thread)
{
	CHECK_OK(pthread_join((pthread_t)thread, NULL));
	return NULL;
}

int main(void)
{
	pthread_t other = start(join, (void *)pthread_self());
	struct timespec soon = in_ns(CLOCK_REALTIME, 2 * MS);
	CHECK_RESULT(pthread_timedjoin_np(other, NULL, &soon), ETIMEDOUT);
	/* The other thread joins this one without a deadline, so this is a circle. */
	CHECK_RESULT(pthread_join(other, NULL), EDEADLK);
	pthread_exit(NULL);
}
