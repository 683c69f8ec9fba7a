// A timed wait ends at its deadline with the mutex held, on either clock; a
// signal in time ends it without an error.
// SKIP: wasi-sdk: pthread_condattr_getclock returns a clock of its own
#include "check.h"
#include <stdbool.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond;
static bool ready;

static void *make_ready(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	ready = true;
	CHECK_OK(pthread_cond_signal(&cond));
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return unused;
}

static void wait_on(clockid_t clock)
{
	pthread_condattr_t attr;
	clockid_t found;
	CHECK_OK(pthread_condattr_init(&attr));
	CHECK_OK(pthread_condattr_setclock(&attr, clock));
	CHECK_OK(pthread_condattr_getclock(&attr, &found));
	CHECK(found == clock);
	CHECK_OK(pthread_cond_init(&cond, &attr));

	CHECK_OK(pthread_mutex_lock(&mutex));
	long long before = now_ns(clock);
	struct timespec soon = in_ns(clock, 5 * MS);
	CHECK_RESULT(pthread_cond_timedwait(&cond, &mutex, &soon), ETIMEDOUT);
	CHECK(now_ns(clock) - before >= 5 * MS);
	CHECK_RESULT(pthread_mutex_trylock(&mutex), EBUSY);

	struct timespec past = { 0 };
	CHECK_RESULT(pthread_cond_timedwait(&cond, &mutex, &past), ETIMEDOUT);

	ready = false;
	pthread_t thread = start(make_ready, NULL);
	struct timespec far = in_ns(clock, 60000 * MS);
	while (!ready)
		CHECK_OK(pthread_cond_timedwait(&cond, &mutex, &far));
	CHECK_OK(pthread_mutex_unlock(&mutex));
	finish(thread);
	CHECK_OK(pthread_cond_destroy(&cond));
}

int main(void)
{
	wait_on(CLOCK_REALTIME);
	wait_on(CLOCK_MONOTONIC);
}
