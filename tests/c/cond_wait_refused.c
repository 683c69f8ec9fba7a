// A wait can be refused by its mutex, or because other threads wait with another
// mutex. It leaves the condition variable as it was, and nothing looks at the
// refused mutex again, not even while a waiter that timed out has yet to leave.
// SKIP: native: a stranger's wait with an errorcheck mutex is undefined there
// SKIP: wasi-sdk: wasi-libc's answer differs
#include "check.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int waiting, signalled;

static void *time_out(void *deadline)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_RESULT(pthread_cond_clockwait(&cond, &mutex, CLOCK_MONOTONIC, deadline), ETIMEDOUT);
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return NULL;
}

static void *wait_for_signal(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	waiting = 1;
	while (!signalled)
		CHECK_OK(pthread_cond_wait(&cond, &mutex));
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return unused;
}

static void be_refused(int error)
{
	pthread_mutexattr_t attr;
	pthread_mutex_t other;
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ERRORCHECK));
	CHECK_OK(pthread_mutex_init(&other, &attr));
	CHECK_RESULT(pthread_cond_wait(&cond, &other), error);
	CHECK_OK(pthread_mutex_destroy(&other));
	memset(&other, 0xff, sizeof other);
}

int main(void)
{
	struct timespec deadline = in_ns(CLOCK_MONOTONIC, 20 * MS);
	pthread_t late = start(time_out, &deadline);
	CHECK_OK(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, NULL));
	be_refused(EPERM);
	CHECK_OK(pthread_cond_signal(&cond));
	CHECK_OK(pthread_cond_broadcast(&cond));
	pthread_t waiter = start(wait_for_signal, NULL);
	finish(late);

	/* The waiter waits with another mutex. */
	be_refused(EINVAL);
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK(waiting);
	signalled = 1;
	CHECK_OK(pthread_cond_signal(&cond));
	CHECK_OK(pthread_mutex_unlock(&mutex));
	finish(waiter);
}
