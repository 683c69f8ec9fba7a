// Only its owner unlocks a mutex with priority inheritance, whatever its type. The
// attempt of another thread does not cost the owner any mutex that it holds.
// STDOUT:
//   refused, and the robust one was recovered
// SKIP: wasi-sdk: wasi-libc has no priority inheritance
#include "check.h"
#include <semaphore.h>

static pthread_mutex_t inherits, robust;
static sem_t locked, tried;

static void *own_both(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&robust));
	CHECK_OK(pthread_mutex_lock(&inherits));
	CHECK(sem_post(&locked) == 0);
	CHECK(sem_wait(&tried) == 0);
	CHECK_OK(pthread_mutex_unlock(&inherits));
	return unused; /* and dies with `robust` */
}

int main(void)
{
	pthread_mutexattr_t attr;
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_INHERIT));
	CHECK_OK(pthread_mutex_init(&inherits, &attr));
	CHECK_OK(pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_NONE));
	CHECK_OK(pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST));
	CHECK_OK(pthread_mutex_init(&robust, &attr));
	CHECK(sem_init(&locked, 0, 0) == 0 && sem_init(&tried, 0, 0) == 0);

	pthread_t owner = start(own_both, NULL);
	CHECK(sem_wait(&locked) == 0);
	CHECK_RESULT(pthread_mutex_unlock(&inherits), EPERM);
	CHECK(sem_post(&tried) == 0);
	CHECK_OK(pthread_mutex_lock(&inherits));
	CHECK_OK(pthread_mutex_unlock(&inherits));
	finish(owner);
	CHECK_RESULT(pthread_mutex_lock(&robust), EOWNERDEAD);
	puts("refused, and the robust one was recovered");
}
