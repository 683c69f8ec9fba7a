// thrd_sleep returns 0 when the time has passed, and less than -1 for an invalid
// time: -1 is for an interrupted sleep (C11 7.26.5.7).
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
