// An error-checking mutex refuses a second lock and a stranger's unlock.
#include "check.h"

static pthread_mutex_t mutex;

static void *unlock_as_stranger(void *unused)
{
	CHECK_RESULT(pthread_mutex_unlock(&mutex), EPERM);
	CHECK_RESULT(pthread_mutex_trylock(&mutex), EBUSY);
	return unused;
}

int main(void)
{
	pthread_mutexattr_t attr;
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ERRORCHECK));
	CHECK_OK(pthread_mutex_init(&mutex, &attr));

	CHECK_RESULT(pthread_mutex_unlock(&mutex), EPERM);
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_RESULT(pthread_mutex_lock(&mutex), EDEADLK);
	finish(start(unlock_as_stranger, NULL));
	CHECK_OK(pthread_mutex_unlock(&mutex));
	CHECK_RESULT(pthread_mutex_unlock(&mutex), EPERM);
	CHECK_RESULT(pthread_mutexattr_settype(&attr, 42), EINVAL);
}
