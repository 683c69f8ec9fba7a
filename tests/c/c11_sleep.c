// thrd_sleep answers 0 when the time has passed, and less than -1 for a time
// that is none: -1 is for a sleep that was interrupted.
#include "check.h"
#include <threads.h>

int main(void)
{
	long long before = now_ns(CLOCK_MONOTONIC);
	struct timespec time = { .tv_nsec = 2 * MS };
	CHECK(thrd_sleep(&time, NULL) == 0);
	CHECK(now_ns(CLOCK_MONOTONIC) - before >= 2 * MS);
	time.tv_nsec = 1000 * MS;
	CHECK(thrd_sleep(&time, NULL) < -1);
}
