// The clocks tell a time of today, a time that never goes back, and how fine they
// are; all ways to ask for the time agree.
#include "check.h"
#include <sys/time.h>

/* 2026-01-01 and 2100-01-01. */
enum { BEGIN = 1767225600 };
#define END 4102444800LL

int main(void)
{
	struct timespec time_of[2], last = { 0, 0 }, fine;
	CHECK(clock_getres(CLOCK_REALTIME, &fine) == 0);
	CHECK(fine.tv_sec == 0 && fine.tv_nsec > 0 && fine.tv_nsec < 1000000000);
	CHECK(clock_getres(CLOCK_MONOTONIC, &fine) == 0);
	CHECK(fine.tv_sec == 0 && fine.tv_nsec > 0 && fine.tv_nsec < 1000000000);
	CHECK(clock_getres(CLOCK_MONOTONIC, NULL) == 0);

	time_t began = time(NULL), stored;
	CHECK(began >= BEGIN && began < END);
	CHECK(time(&stored) == stored && stored >= began);
	struct timeval day;
	CHECK(gettimeofday(&day, NULL) == 0 && day.tv_usec >= 0 && day.tv_usec < 1000000);
	CHECK(clock_gettime(CLOCK_REALTIME, &time_of[0]) == 0);
	CHECK(timespec_get(&time_of[1], TIME_UTC) == TIME_UTC);
	CHECK(time_of[0].tv_nsec >= 0 && time_of[0].tv_nsec < 1000000000);
	CHECK(llabs((long long)day.tv_sec - began) <= 60);
	CHECK(llabs((long long)time_of[0].tv_sec - began) <= 60);
	CHECK(llabs((long long)time_of[1].tv_sec - began) <= 60);

	for (int i = 0; i < 10000; i++) {
		struct timespec now;
		CHECK(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
		CHECK(now.tv_nsec >= 0 && now.tv_nsec < 1000000000);
		CHECK(now.tv_sec > last.tv_sec || (now.tv_sec == last.tv_sec && now.tv_nsec >= last.tv_nsec));
		last = now;
	}
	/* Both clocks see the same time pass. */
	long long monotonic = now_ns(CLOCK_MONOTONIC);
	sleep_ns(20 * MS);
	CHECK(now_ns(CLOCK_MONOTONIC) - monotonic >= 20 * MS);
}
