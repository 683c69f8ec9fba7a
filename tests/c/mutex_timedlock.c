// A timed lock gives up at its deadline, not before, and takes a free mutex
// whatever the deadline.
#include "check.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *lock_in_vain(void *unused)
{
	long long before = now_ns(CLOCK_REALTIME);
	struct timespec deadline = in_ns(CLOCK_REALTIME, 5 * MS);
	CHECK_RESULT(pthread_mutex_timedlock(&mutex, &deadline), ETIMEDOUT);
	CHECK(now_ns(CLOCK_REALTIME) - before >= 5 * MS);

	struct timespec past = { 0 };
	CHECK_RESULT(pthread_mutex_timedlock(&mutex, &past), ETIMEDOUT);
	struct timespec malformed = { .tv_sec = deadline.tv_sec, .tv_nsec = 1000000000 };
	CHECK_RESULT(pthread_mutex_timedlock(&mutex, &malformed), EINVAL);
	return unused;
}

int main(void)
{
	struct timespec past = { 0 };
	CHECK_OK(pthread_mutex_timedlock(&mutex, &past));
	finish(start(lock_in_vain, NULL));
	CHECK_OK(pthread_mutex_unlock(&mutex));

	/* A lock that timed out leaves the mutex usable. */
	struct timespec soon = in_ns(CLOCK_REALTIME, 1000 * MS);
	CHECK_OK(pthread_mutex_timedlock(&mutex, &soon));
	CHECK_OK(pthread_mutex_unlock(&mutex));
}
