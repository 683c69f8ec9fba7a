// A loop that reads the time and looks at a flag lets the thread run that sets the
// flag.
// STDOUT:
//   clock_gettime, gettimeofday, time
// SKIP: wasi-sdk: polls for ever
#include "check.h"
#include <stdbool.h>
#include <sys/time.h>

static volatile bool happened;

static void *happen(void *unused)
{
	sleep_ns(MS);
	happened = true;
	return unused;
}

static void ask_clock(void)
{
	now_ns(CLOCK_MONOTONIC);
}

static void ask_time_of_day(void)
{
	struct timeval now;
	CHECK(gettimeofday(&now, NULL) == 0);
}

static void ask_time(void)
{
	CHECK(time(NULL) != (time_t)-1);
}

static void check_ends(void (*ask)(void))
{
	happened = false;
	pthread_t thread = start(happen, NULL);
	while (!happened)
		ask();
	finish(thread);
}

int main(void)
{
	check_ends(ask_clock);
	check_ends(ask_time_of_day);
	check_ends(ask_time);
	puts("clock_gettime, gettimeofday, time");
}
