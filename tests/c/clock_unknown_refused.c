// SKIP: native: a clock is a number there, and other ones can be waited on
// SKIP: wasi-sdk: its C library follows the pointer that a clock is
// An invalid clock is refused wherever a clock is given, and is never dereferenced.
#include "check.h"
#include <semaphore.h>
#include <time.h>

#define NO_CLOCK ((clockid_t)-100)

int main(void)
{
	struct timespec at = { .tv_sec = 1 };
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
	sem_t sem;
	pthread_condattr_t attr;

	CHECK(clock_nanosleep(NO_CLOCK, 0, &at, NULL) == EINVAL);
	CHECK(pthread_condattr_init(&attr) == 0);
	CHECK(pthread_condattr_setclock(&attr, NO_CLOCK) == EINVAL);
	CHECK(pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) == 0);
	CHECK(pthread_mutex_clocklock(&mutex, NO_CLOCK, &at) == EINVAL);
	CHECK(pthread_mutex_lock(&mutex) == 0);
	CHECK(pthread_cond_clockwait(&cond, &mutex, NO_CLOCK, &at) == EINVAL);
	CHECK(pthread_mutex_unlock(&mutex) == 0);
	CHECK(sem_init(&sem, 0, 0) == 0);
	CHECK_ERRNO(sem_clockwait(&sem, NO_CLOCK, &at), EINVAL);
}
