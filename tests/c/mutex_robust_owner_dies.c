// When the owner of a robust mutex ends, the next lock returns EOWNERDEAD, with
// the mutex held. After pthread_mutex_consistent the mutex is like any other.
// STDOUT:
//   returned, exited, cancelled, waited for, timed, recursive: told and mended
// SKIP: wasi-sdk: wasi-libc has no robust mutexes
#include "check.h"
#include <semaphore.h>

static pthread_mutex_t mutex;
static sem_t held, may_end;

static void init(int type)
{
	pthread_mutexattr_t attr;
	int robust;
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_settype(&attr, type));
	CHECK_OK(pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST));
	CHECK_OK(pthread_mutexattr_getrobust(&attr, &robust));
	CHECK(robust == PTHREAD_MUTEX_ROBUST);
	CHECK_OK(pthread_mutex_init(&mutex, &attr));
}

static void *lock_and_return(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	return unused;
}

static void *lock_and_exit(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	pthread_exit(unused);
}

static void *lock_and_wait(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK(sem_post(&held) == 0);
	CHECK(sem_wait(&may_end) == 0);
	return unused;
}

static void *lock_twice(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_OK(pthread_mutex_lock(&mutex));
	return unused;
}

static void mend_and_use(void)
{
	CHECK_OK(pthread_mutex_consistent(&mutex));
	CHECK_RESULT(pthread_mutex_consistent(&mutex), EINVAL);
	CHECK_OK(pthread_mutex_unlock(&mutex));
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_OK(pthread_mutex_unlock(&mutex));
}

static void *find_dead(void *unused)
{
	CHECK(sem_post(&may_end) == 0);
	CHECK_RESULT(pthread_mutex_lock(&mutex), EOWNERDEAD);
	mend_and_use();
	return unused;
}

int main(void)
{
	CHECK(sem_init(&held, 0, 0) == 0);
	CHECK(sem_init(&may_end, 0, 0) == 0);
	init(PTHREAD_MUTEX_NORMAL);

	finish(start(lock_and_return, NULL));
	CHECK_RESULT(pthread_mutex_lock(&mutex), EOWNERDEAD);
	mend_and_use();

	finish(start(lock_and_exit, NULL));
	CHECK_RESULT(pthread_mutex_trylock(&mutex), EOWNERDEAD);
	mend_and_use();

	pthread_t cancelled = start(lock_and_wait, NULL);
	CHECK(sem_wait(&held) == 0);
	CHECK_OK(pthread_cancel(cancelled));
	CHECK(finish(cancelled) == PTHREAD_CANCELED);
	CHECK_RESULT(pthread_mutex_lock(&mutex), EOWNERDEAD);
	mend_and_use();

	pthread_t owner = start(lock_and_wait, NULL);
	CHECK(sem_wait(&held) == 0);
	finish(start(find_dead, NULL));
	finish(owner);

	finish(start(lock_and_return, NULL));
	struct timespec later = in_ns(CLOCK_REALTIME, 1000 * MS);
	CHECK_RESULT(pthread_mutex_timedlock(&mutex, &later), EOWNERDEAD);
	mend_and_use();

	init(PTHREAD_MUTEX_RECURSIVE);
	finish(start(lock_twice, NULL));
	CHECK_RESULT(pthread_mutex_lock(&mutex), EOWNERDEAD);
	mend_and_use();
	CHECK_OK(pthread_mutex_destroy(&mutex));
	puts("returned, exited, cancelled, waited for, timed, recursive: told and mended");
}
