// A thread that is cancelled in a wait on a condition variable has the mutex
// again when its handlers run, and takes no signal with it.
// STDOUT:
//   handler: held by the cancelled thread
//   the other waiter got the signal
// SKIP: wasi-sdk: wasi-libc has no pthread_cancel
#include "check.h"
#include <stdbool.h>

static pthread_mutex_t mutex;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int waiting;
static bool signalled;

static void handle(void *unused)
{
	(void)unused;
	/* An errorcheck mutex says who holds it. */
	CHECK_RESULT(pthread_mutex_lock(&mutex), EDEADLK);
	puts("handler: held by the cancelled thread");
	CHECK_OK(pthread_mutex_unlock(&mutex));
}

static void *wait_for_signal(void *cancelled)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	pthread_cleanup_push(handle, NULL);
	waiting++;
	while (!signalled)
		CHECK_OK(pthread_cond_wait(&cond, &mutex));
	CHECK(cancelled == NULL);
	puts("the other waiter got the signal");
	CHECK_OK(pthread_mutex_unlock(&mutex));
	pthread_cleanup_pop(0);
	return NULL;
}

static void wait_until_waiting(int count)
{
	for (bool all = false; !all; sched_yield()) {
		CHECK_OK(pthread_mutex_lock(&mutex));
		all = waiting == count;
		CHECK_OK(pthread_mutex_unlock(&mutex));
	}
}

int main(void)
{
	pthread_mutexattr_t attr;
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ERRORCHECK));
	CHECK_OK(pthread_mutex_init(&mutex, &attr));

	pthread_t first = start(wait_for_signal, &mutex);
	wait_until_waiting(1);
	pthread_t second = start(wait_for_signal, NULL);
	wait_until_waiting(2);

	CHECK_OK(pthread_cancel(first));
	CHECK(finish(first) == PTHREAD_CANCELED);
	CHECK_OK(pthread_mutex_lock(&mutex));
	signalled = true;
	CHECK_OK(pthread_cond_signal(&cond));
	CHECK_OK(pthread_mutex_unlock(&mutex));
	CHECK(finish(second) == NULL);
	CHECK_OK(pthread_cond_destroy(&cond));
}
