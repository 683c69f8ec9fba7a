// If a robust mutex is unlocked after its owner's death without having been made
// consistent, no thread locks it again: waiters get ENOTRECOVERABLE.
// STDOUT:
//   3 waiters and a newcomer: not recoverable
// SKIP: wasi-sdk: wasi-libc has no robust mutexes
// SKIP: native: glibc 2.36 may leave one of the waiters behind
#include "check.h"
#include <semaphore.h>

static pthread_mutex_t mutex;

static void *lock_and_end(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	return unused;
}

static void *lock_in_vain(void *unused)
{
	CHECK_RESULT(pthread_mutex_lock(&mutex), ENOTRECOVERABLE);
	return unused;
}

int main(void)
{
	pthread_mutexattr_t attr;
	pthread_t waiters[3];
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST));
	CHECK_OK(pthread_mutex_init(&mutex, &attr));

	finish(start(lock_and_end, NULL));
	CHECK_RESULT(pthread_mutex_lock(&mutex), EOWNERDEAD);
	for (int i = 0; i < 3; i++)
		waiters[i] = start(lock_in_vain, NULL);
	sched_yield();
	CHECK_OK(pthread_mutex_unlock(&mutex));
	for (int i = 0; i < 3; i++)
		finish(waiters[i]);
	CHECK_RESULT(pthread_mutex_trylock(&mutex), ENOTRECOVERABLE);
	CHECK_OK(pthread_mutex_destroy(&mutex));
	puts("3 waiters and a newcomer: not recoverable");
}
