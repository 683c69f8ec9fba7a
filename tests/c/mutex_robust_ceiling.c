// pthread_mutex_setprioceiling that finds a dead owner leaves the mutex with the
// caller. When the caller ends, its other robust mutex still gives EOWNERDEAD.
// STDOUT:
//   both were recovered
// SKIP: native: glibc wants a privilege for PTHREAD_PRIO_PROTECT
// SKIP: wasi-sdk: wasi-libc has no robust mutexes
#include "check.h"

static pthread_mutex_t held, ceiled;

static void *die_with(void *mutex)
{
	CHECK_OK(pthread_mutex_lock(mutex));
	return NULL;
}

static void *change_ceiling(void *unused)
{
	int before;
	CHECK_OK(pthread_mutex_lock(&held));
	CHECK_RESULT(pthread_mutex_setprioceiling(&ceiled, 50, &before), EOWNERDEAD);
	CHECK_OK(pthread_mutex_consistent(&ceiled));
	CHECK_OK(pthread_mutex_unlock(&ceiled));
	CHECK_OK(pthread_mutex_setprioceiling(&ceiled, 50, &before));
	CHECK(before == 40);
	return unused; /* and dies with `held` */
}

int main(void)
{
	pthread_mutexattr_t attr;
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST));
	CHECK_OK(pthread_mutex_init(&held, &attr));
	CHECK_OK(pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_PROTECT));
	CHECK_OK(pthread_mutexattr_setprioceiling(&attr, 40));
	CHECK_OK(pthread_mutex_init(&ceiled, &attr));

	finish(start(die_with, &ceiled));
	finish(start(change_ceiling, NULL));
	CHECK_RESULT(pthread_mutex_lock(&held), EOWNERDEAD);
	puts("both were recovered");
}
