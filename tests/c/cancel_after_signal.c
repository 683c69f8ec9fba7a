// A waiter that was signalled before it was cancelled keeps the signal: it
// returns from the wait, and ends at the next point.
// STDOUT:
//   returned from the wait with the mutex
// SKIP: wasi-sdk: wasi-libc has no pthread_cancel
// SKIP: native: may act on the request in the wait instead, and passes the signal on
#include "check.h"
#include <stdbool.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

static void *live(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_OK(pthread_cond_wait(&cond, &mutex));
	puts("returned from the wait with the mutex");
	CHECK_RESULT(pthread_mutex_trylock(&mutex), EBUSY);
	CHECK_OK(pthread_mutex_unlock(&mutex));
	pthread_testcancel();
	puts("beyond the point");
	return unused;
}

int main(void)
{
	pthread_t thread = start(live, NULL);
	sched_yield();
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_OK(pthread_cond_signal(&cond));
	/* The signalled thread waits for the mutex. */
	CHECK_OK(pthread_cancel(thread));
	CHECK_OK(pthread_mutex_unlock(&mutex));
	CHECK(finish(thread) == PTHREAD_CANCELED);
	CHECK_OK(pthread_cond_destroy(&cond));
	CHECK_OK(pthread_mutex_destroy(&mutex));
}
