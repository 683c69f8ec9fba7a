// A recursive mutex counts: others get it after as many unlocks as locks.
#include "check.h"

static pthread_mutex_t mutex;

static void *try(void *unused)
{
	(void)unused;
	int result = pthread_mutex_trylock(&mutex);
	if (result == 0)
		CHECK_OK(pthread_mutex_unlock(&mutex));
	return NUMBER(result);
}

static int tried_by_another(void)
{
	return AS_NUMBER(finish(start(try, NULL)));
}

int main(void)
{
	pthread_mutexattr_t attr;
	int type;
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE));
	CHECK_OK(pthread_mutexattr_gettype(&attr, &type));
	CHECK(type == PTHREAD_MUTEX_RECURSIVE);
	CHECK_OK(pthread_mutex_init(&mutex, &attr));

	for (int i = 0; i < 3; i++)
		CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_OK(pthread_mutex_trylock(&mutex));
	for (int i = 0; i < 4; i++) {
		CHECK_RESULT(tried_by_another(), EBUSY);
		CHECK_OK(pthread_mutex_unlock(&mutex));
	}
	CHECK_RESULT(tried_by_another(), 0);
	CHECK_RESULT(pthread_mutex_unlock(&mutex), EPERM);
	CHECK_OK(pthread_mutex_destroy(&mutex));
}
