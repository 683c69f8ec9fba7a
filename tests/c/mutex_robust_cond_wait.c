// A wait on a condition variable returns with a robust mutex whose owner died
// meanwhile, and says so.
// SKIP: wasi-sdk: wasi-libc has no robust mutexes
#include "check.h"
#include <semaphore.h>

static pthread_mutex_t mutex;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

static void *signal_and_die(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_OK(pthread_cond_signal(&cond));
	return unused;
}

int main(void)
{
	pthread_mutexattr_t attr;
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST));
	CHECK_OK(pthread_mutex_init(&mutex, &attr));
	CHECK_OK(pthread_mutex_lock(&mutex));
	pthread_t thread = start(signal_and_die, NULL);
	CHECK_RESULT(pthread_cond_wait(&cond, &mutex), EOWNERDEAD);
	CHECK_OK(pthread_mutex_consistent(&mutex));
	CHECK_OK(pthread_mutex_unlock(&mutex));
	finish(thread);
	CHECK_OK(pthread_mutex_destroy(&mutex));
	CHECK_OK(pthread_cond_destroy(&cond));
}
