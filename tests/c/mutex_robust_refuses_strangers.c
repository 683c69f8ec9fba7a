// Only its owner unlocks a robust mutex, whatever its type. Only a robust mutex
// whose former owner died can be made consistent.
// SKIP: wasi-sdk: wasi-libc has no robust mutexes
#include "check.h"

static void *unlock(void *mutex)
{
	CHECK_RESULT(pthread_mutex_unlock(mutex), EPERM);
	return NULL;
}

int main(void)
{
	pthread_mutex_t mutex, plain = PTHREAD_MUTEX_INITIALIZER;
	pthread_mutexattr_t attr;
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_RESULT(pthread_mutexattr_setrobust(&attr, 17), EINVAL);
	CHECK_OK(pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST));
	CHECK_OK(pthread_mutex_init(&mutex, &attr));
	CHECK_OK(pthread_mutex_lock(&mutex));
	finish(start(unlock, &mutex));
	CHECK_RESULT(pthread_mutex_consistent(&mutex), EINVAL);
	CHECK_RESULT(pthread_mutex_consistent(&plain), EINVAL);
	CHECK_OK(pthread_mutex_unlock(&mutex));
	CHECK_RESULT(pthread_mutex_unlock(&mutex), EPERM);
	CHECK_OK(pthread_mutex_destroy(&mutex));
}
