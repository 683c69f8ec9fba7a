// A thread whose timed wait on a condition is over keeps its place in the queue
// for the mutex when it is cancelled, and its wait returns ETIMEDOUT.
// STDOUT:
//   waiter 1
//   waiter 2
// SKIP: native: it does not queue for a mutex
// SKIP: wasi-sdk: wasi-libc has no cancellation
#include "check.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

static void *time_out(void *number)
{
	struct timespec soon = in_ns(CLOCK_MONOTONIC, 5 * MS);
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_RESULT(pthread_cond_clockwait(&cond, &mutex, CLOCK_MONOTONIC, &soon), ETIMEDOUT);
	printf("waiter %d\n", AS_NUMBER(number));
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return NULL;
}

int main(void)
{
	pthread_t first = start(time_out, NUMBER(1));
	pthread_t second = start(time_out, NUMBER(2));
	sleep_ns(MS); /* both wait */
	CHECK_OK(pthread_mutex_lock(&mutex));
	sleep_ns(20 * MS); /* both queue for the mutex */
	CHECK_OK(pthread_cancel(first));
	sleep_ns(MS);
	CHECK_OK(pthread_mutex_unlock(&mutex));
	finish(first);
	finish(second);
}
