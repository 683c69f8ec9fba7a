// A condition variable can be destroyed, or serve another mutex, once all its
// waits are over, though a waiter that timed out may have yet to run.
// STDOUT:
//   it served another mutex
//   it was overwritten
// SKIP: native: a waiter may notice its deadline only after the broadcast
// SKIP: wasi-sdk: wasi-libc's answer differs
#include "check.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond;

static void *time_out(void *deadline)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_RESULT(pthread_cond_timedwait(&cond, &mutex, deadline), ETIMEDOUT);
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return NULL;
}

/* Starts a thread, and returns when its wait is over. The thread may not have run
 * since. */
static pthread_t start_waiter(struct timespec *deadline)
{
	*deadline = in_ns(CLOCK_MONOTONIC, 20 * MS);
	pthread_t waiter = start(time_out, deadline);
	CHECK_OK(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, deadline, NULL));
	return waiter;
}

int main(void)
{
	pthread_condattr_t attr;
	struct timespec deadline, soon;
	CHECK_OK(pthread_condattr_init(&attr));
	CHECK_OK(pthread_condattr_setclock(&attr, CLOCK_MONOTONIC));
	CHECK_OK(pthread_cond_init(&cond, &attr));

	pthread_t waiter = start_waiter(&deadline);
	CHECK_OK(pthread_mutex_lock(&other));
	soon = in_ns(CLOCK_MONOTONIC, MS);
	CHECK_RESULT(pthread_cond_timedwait(&cond, &other, &soon), ETIMEDOUT);
	CHECK_OK(pthread_mutex_unlock(&other));
	finish(waiter);
	puts("it served another mutex");

	waiter = start_waiter(&deadline);
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_OK(pthread_cond_broadcast(&cond));
	CHECK_OK(pthread_cond_destroy(&cond));
	unsigned char left[sizeof cond];
	memset(left, 0x55, sizeof left);
	memset(&cond, 0x55, sizeof cond);
	CHECK_OK(pthread_mutex_unlock(&mutex));
	finish(waiter);
	CHECK(memcmp(&cond, left, sizeof left) == 0);
	puts("it was overwritten");
}
