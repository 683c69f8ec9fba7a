// A join with a deadline gives up at the deadline, on either clock, and the thread
// can be joined afterwards.
// SKIP: wasi-sdk: wasi-libc has no pthread_clockjoin_np
#include "check.h"
#include <semaphore.h>

static sem_t may_end;

static void *live(void *number)
{
	CHECK(sem_wait(&may_end) == 0);
	return number;
}

int main(void)
{
	CHECK(sem_init(&may_end, 0, 0) == 0);
	pthread_t thread = start(live, NUMBER(7));

	struct timespec at = in_ns(CLOCK_REALTIME, 2 * MS);
	CHECK_RESULT(pthread_timedjoin_np(thread, NULL, &at), ETIMEDOUT);
	CHECK(now_ns(CLOCK_REALTIME) >= at.tv_sec * 1000 * MS + at.tv_nsec);

	at = in_ns(CLOCK_MONOTONIC, 2 * MS);
	CHECK_RESULT(pthread_clockjoin_np(thread, NULL, CLOCK_MONOTONIC, &at), ETIMEDOUT);
	CHECK(now_ns(CLOCK_MONOTONIC) >= at.tv_sec * 1000 * MS + at.tv_nsec);
	CHECK_RESULT(pthread_clockjoin_np(thread, NULL, CLOCK_PROCESS_CPUTIME_ID, &at), EINVAL);

	CHECK(sem_post(&may_end) == 0);
	void *result;
	at = in_ns(CLOCK_REALTIME, 10000 * MS);
	CHECK_RESULT(pthread_timedjoin_np(thread, &result, &at), 0);
	CHECK(AS_NUMBER(result) == 7);

	thread = start(live, NUMBER(8));
	CHECK(sem_post(&may_end) == 0);
	at = in_ns(CLOCK_MONOTONIC, 10000 * MS);
	CHECK_RESULT(pthread_clockjoin_np(thread, &result, CLOCK_MONOTONIC, &at), 0);
	CHECK(AS_NUMBER(result) == 8);
}
