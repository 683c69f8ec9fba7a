// clock_nanosleep sleeps until a point in time or for a duration.
#include "check.h"

int main(void)
{
	long long before = now_ns(CLOCK_MONOTONIC);
	struct timespec at = in_ns(CLOCK_MONOTONIC, 5 * MS);
	CHECK_OK(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL));
	CHECK(now_ns(CLOCK_MONOTONIC) - before >= 5 * MS);

	before = now_ns(CLOCK_MONOTONIC);
	struct timespec time = { .tv_nsec = 5 * MS };
	CHECK_OK(clock_nanosleep(CLOCK_REALTIME, 0, &time, NULL));
	CHECK(now_ns(CLOCK_MONOTONIC) - before >= 4 * MS);

	struct timespec past = { 0 };
	CHECK_OK(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &past, NULL));
	struct timespec malformed = { .tv_nsec = 1000000000 };
	CHECK_RESULT(clock_nanosleep(CLOCK_REALTIME, 0, &malformed, NULL), EINVAL);
	CHECK_ERRNO(nanosleep(&malformed, NULL), EINVAL);
}
