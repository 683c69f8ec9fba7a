// The attribute that an object is for several processes is kept and checked, and
// the object works.
#include "check.h"

#define CHECK_KEPT(kind) \
	do { \
		pthread_##kind##attr_t attr; \
		int shared = -1; \
		CHECK_OK(pthread_##kind##attr_init(&attr)); \
		CHECK_OK(pthread_##kind##attr_getpshared(&attr, &shared)); \
		CHECK(shared == PTHREAD_PROCESS_PRIVATE); \
		CHECK_OK(pthread_##kind##attr_setpshared(&attr, PTHREAD_PROCESS_SHARED)); \
		CHECK_RESULT(pthread_##kind##attr_setpshared(&attr, 7), EINVAL); \
		CHECK_OK(pthread_##kind##attr_getpshared(&attr, &shared)); \
		CHECK(shared == PTHREAD_PROCESS_SHARED); \
		use_##kind(&attr); \
		CHECK_OK(pthread_##kind##attr_destroy(&attr)); \
	} while (0)

static void use_mutex(const pthread_mutexattr_t *attr)
{
	pthread_mutex_t mutex;
	CHECK_OK(pthread_mutex_init(&mutex, attr));
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_RESULT(pthread_mutex_trylock(&mutex), EBUSY);
	CHECK_OK(pthread_mutex_unlock(&mutex));
	CHECK_OK(pthread_mutex_destroy(&mutex));
}

static void use_cond(const pthread_condattr_t *attr)
{
	pthread_cond_t cond;
	CHECK_OK(pthread_cond_init(&cond, attr));
	CHECK_OK(pthread_cond_signal(&cond));
	CHECK_OK(pthread_cond_destroy(&cond));
}

static void use_rwlock(const pthread_rwlockattr_t *attr)
{
	pthread_rwlock_t lock;
	CHECK_OK(pthread_rwlock_init(&lock, attr));
	CHECK_OK(pthread_rwlock_rdlock(&lock));
	CHECK_RESULT(pthread_rwlock_trywrlock(&lock), EBUSY);
	CHECK_OK(pthread_rwlock_unlock(&lock));
	CHECK_OK(pthread_rwlock_destroy(&lock));
}

static void use_barrier(const pthread_barrierattr_t *attr)
{
	pthread_barrier_t barrier;
	CHECK_OK(pthread_barrier_init(&barrier, attr, 1));
	CHECK_RESULT(pthread_barrier_wait(&barrier), PTHREAD_BARRIER_SERIAL_THREAD);
	CHECK_OK(pthread_barrier_destroy(&barrier));
}

int main(void)
{
	CHECK_KEPT(mutex);
	CHECK_KEPT(cond);
	CHECK_KEPT(rwlock);
	CHECK_KEPT(barrier);
}
