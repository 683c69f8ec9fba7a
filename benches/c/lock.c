/* lock.c - locks and wake-ups that nobody contends for or waits for. */
#include "bench.h"
#include "futex.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

static void mutex_free(uint64_t n)
{
	while (n-- > 0) {
		pthread_mutex_lock(&mutex);
		pthread_mutex_unlock(&mutex);
	}
}

static void recursive_free(uint64_t n)
{
	pthread_mutexattr_t attr;
	pthread_mutex_t recursive;
	CHECK(pthread_mutexattr_init(&attr));
	CHECK(pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE));
	CHECK(pthread_mutex_init(&recursive, &attr));
	while (n-- > 0) {
		pthread_mutex_lock(&recursive);
		pthread_mutex_unlock(&recursive);
	}
}

static void rwlock_free(uint64_t n)
{
	while (n-- > 0) {
		pthread_rwlock_rdlock(&rwlock);
		pthread_rwlock_unlock(&rwlock);
	}
}

static void cond_signal_nobody(uint64_t n)
{
	while (n-- > 0)
		pthread_cond_signal(&cond);
}

/* The count must not overflow, so it starts again from time to time. */
static void sem_post_nobody(uint64_t n)
{
	while (n > 0) {
		uint64_t batch = n < 1000000 ? n : 1000000;
		sem_t sem;
		n -= batch;
		CHECK(sem_init(&sem, 0, 0));
		while (batch-- > 0)
			sem_post(&sem);
		CHECK(sem_destroy(&sem));
	}
}

static void futex_wake_nobody(uint64_t n)
{
	static volatile int32_t word;
	while (n-- > 0)
		futex_wake(&word);
}

const struct bench lock_benches[] = {
	{ .name = "mutex", .operation = "lock and unlock a free mutex", .perform = mutex_free },
	{ .name = "mutex_recursive", .operation = "lock and unlock a free recursive mutex", .perform = recursive_free },
	{ .name = "rwlock", .operation = "lock a free rwlock to read, and unlock", .perform = rwlock_free },
	{ .name = "cond_signal_nobody", .operation = "signal a condition variable with no waiter", .perform = cond_signal_nobody },
	{ .name = "sem_post_nobody", .operation = "post a semaphore with no waiter", .perform = sem_post_nobody },
	{ .name = "futex_wake_nobody", .operation = "wake a futex with no waiter", .perform = futex_wake_nobody },
	{ 0 },
};
