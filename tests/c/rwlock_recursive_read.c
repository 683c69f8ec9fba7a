// A thread that holds a lock to read may lock it to read again though a writer
// waits. A thread that keeps a writer waiting at one lock may also lock another
// lock to read though a writer waits there.
// SKIP: wasi-sdk: wasi-libc has no pthread_rwlock_clockrdlock
#include <stdbool.h>
#include "check.h"
#include <stdatomic.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t other = PTHREAD_RWLOCK_INITIALIZER;
static atomic_bool written;

static void *write_once(void *lock_of_it)
{
	CHECK_OK(pthread_rwlock_wrlock(lock_of_it));
	written = true;
	CHECK_OK(pthread_rwlock_unlock(lock_of_it));
	return NULL;
}

/* For a thread that holds a lock to read: locks `lock` to read, in each way. */
static void read_in_all_ways(void)
{
	struct timespec realtime = in_ns(CLOCK_REALTIME, 1000 * MS);
	struct timespec monotonic = in_ns(CLOCK_MONOTONIC, 1000 * MS);
	CHECK_OK(pthread_rwlock_rdlock(&lock));
	CHECK_OK(pthread_rwlock_tryrdlock(&lock));
	CHECK_OK(pthread_rwlock_timedrdlock(&lock, &realtime));
	CHECK_OK(pthread_rwlock_clockrdlock(&lock, CLOCK_MONOTONIC, &monotonic));
	for (int i = 0; i < 4; i++)
		CHECK_OK(pthread_rwlock_unlock(&lock));
	CHECK(!written);
}

/* A reader of `other`, which keeps a writer waiting there. */
static void *read_another_first(void *unused)
{
	CHECK_OK(pthread_rwlock_rdlock(&other));
	pthread_t writer = start(write_once, &other);
	sleep_ns(10 * MS);
	read_in_all_ways();
	CHECK_OK(pthread_rwlock_unlock(&other));
	finish(writer);
	return unused;
}

int main(void)
{
	CHECK_OK(pthread_rwlock_rdlock(&lock));
	pthread_t writer = start(write_once, &lock);
	sleep_ns(10 * MS);
	read_in_all_ways();
	finish(start(read_another_first, NULL));
	written = false;
	CHECK_OK(pthread_rwlock_unlock(&lock));
	finish(writer);
	CHECK(written);
}
