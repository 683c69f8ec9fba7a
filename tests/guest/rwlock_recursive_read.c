// A thread that reads may read again, or read another lock, though a writer
// waits.
// SKIP: wasi-sdk: wasi-libc has no pthread_rwlock_clockrdlock
#include <stdbool.h>
#include "check.h"
#include <stdatomic.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t other = PTHREAD_RWLOCK_INITIALIZER;
static atomic_bool written;

static void *write_once(void *unused)
{
	CHECK_OK(pthread_rwlock_wrlock(&lock));
	written = true;
	CHECK_OK(pthread_rwlock_unlock(&lock));
	return unused;
}

/* For one that reads something, in each way there is. */
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

/* Another lock's reader: somebody may wait for it there. */
static void *read_another_first(void *unused)
{
	CHECK_OK(pthread_rwlock_rdlock(&other));
	read_in_all_ways();
	CHECK_OK(pthread_rwlock_unlock(&other));
	return unused;
}

int main(void)
{
	CHECK_OK(pthread_rwlock_rdlock(&lock));
	pthread_t writer = start(write_once, NULL);
	sleep_ns(10 * MS);
	read_in_all_ways();
	finish(start(read_another_first, NULL));
	CHECK_OK(pthread_rwlock_unlock(&lock));
	finish(writer);
	CHECK(written);
}
