/* lock.c - objects that nobody contends for or waits for. */
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

static void typed_free(int type, uint64_t n)
{
	pthread_mutexattr_t attr;
	pthread_mutex_t typed;
	CHECK(pthread_mutexattr_init(&attr));
	CHECK(pthread_mutexattr_settype(&attr, type));
	CHECK(pthread_mutex_init(&typed, &attr));
	while (n-- > 0) {
		pthread_mutex_lock(&typed);
		pthread_mutex_unlock(&typed);
	}
}

static void recursive_free(uint64_t n)
{
	typed_free(PTHREAD_MUTEX_RECURSIVE, n);
}

static void errorcheck_free(uint64_t n)
{
	typed_free(PTHREAD_MUTEX_ERRORCHECK, n);
}

static void robust_free(uint64_t n)
{
	pthread_mutexattr_t attr;
	pthread_mutex_t robust;
	CHECK(pthread_mutexattr_init(&attr));
	CHECK(pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST));
	CHECK(pthread_mutex_init(&robust, &attr));
	while (n-- > 0) {
		pthread_mutex_lock(&robust);
		pthread_mutex_unlock(&robust);
	}
}

static void rwlock_write_free(uint64_t n)
{
	while (n-- > 0) {
		pthread_rwlock_wrlock(&rwlock);
		pthread_rwlock_unlock(&rwlock);
	}
}

static void sem_free(uint64_t n)
{
	sem_t sem;
	CHECK(sem_init(&sem, 0, 1));
	while (n-- > 0) {
		sem_wait(&sem);
		sem_post(&sem);
	}
	CHECK(sem_destroy(&sem));
}

static void nothing(void)
{
}

static void once_done(uint64_t n)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	while (n-- > 0)
		pthread_once(&once, nothing);
}

static void key_value(uint64_t n)
{
	static pthread_key_t key;
	static int is_created;
	if (!is_created)
		CHECK(pthread_key_create(&key, NULL));
	is_created = 1;
	while (n-- > 0)
		pthread_setspecific(key, (char *)pthread_getspecific(key) + 1);
}

static void tls_value(uint64_t n)
{
	static _Thread_local volatile uint64_t value;
	while (n-- > 0)
		value++;
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
	{ .name = "mutex_errorcheck", .operation = "lock and unlock a free errorcheck mutex", .perform = errorcheck_free },
	{ .name = "mutex_robust", .operation = "lock and unlock a free robust mutex", .perform = robust_free },
	{ .name = "rwlock", .operation = "lock a free rwlock to read, and unlock", .perform = rwlock_free },
	{ .name = "rwlock_write", .operation = "lock a free rwlock to write, and unlock", .perform = rwlock_write_free },
	{ .name = "sem", .operation = "take a unit of a semaphore and give it back", .perform = sem_free },
	{ .name = "once", .operation = "pthread_once when it is done", .perform = once_done },
	{ .name = "key", .operation = "get a thread-specific value and set it", .perform = key_value },
	{ .name = "tls", .operation = "add to a thread-local variable", .perform = tls_value },
	{ .name = "cond_signal_nobody", .operation = "signal a condition variable with no waiter", .perform = cond_signal_nobody },
	{ .name = "sem_post_nobody", .operation = "post a semaphore with no waiter", .perform = sem_post_nobody },
	{ .name = "futex_wake_nobody", .operation = "wake a futex with no waiter", .perform = futex_wake_nobody },
	{ 0 },
};
