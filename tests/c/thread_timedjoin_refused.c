// A join that would have to wait refuses an invalid time. A thread cannot join
// itself, whatever the time. A join without a time waits for ever.
// SKIP: native: glibc waits until a time that is none, and for itself
// SKIP: wasi-sdk: wasi-libc has no pthread_clockjoin_np
#include "check.h"

static void *live(void *number)
{
	sleep_ns(5 * MS);
	return number;
}

int main(void)
{
	pthread_t thread = start(live, NUMBER(7));
	struct timespec at = { .tv_nsec = 1000 * MS };
	CHECK_RESULT(pthread_timedjoin_np(thread, NULL, &at), EINVAL);
	CHECK_RESULT(pthread_clockjoin_np(thread, NULL, CLOCK_MONOTONIC, &at), EINVAL);
	CHECK_RESULT(pthread_timedjoin_np(pthread_self(), NULL, &at), EDEADLK);
	void *result;
	CHECK_RESULT(pthread_timedjoin_np(thread, &result, NULL), 0);
	CHECK(AS_NUMBER(result) == 7);
}
