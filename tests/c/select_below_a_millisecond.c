// pselect waits as long as it is told to, also less than a millisecond.
// SKIP: wasi-sdk: its pselect rounds the time down to milliseconds
#include "check.h"
#include <sys/select.h>

int main(void)
{
	struct timespec little = { .tv_nsec = 500000 }, before, after;
	for (int round = 0; round < 20; round++) {
		CHECK(clock_gettime(CLOCK_MONOTONIC, &before) == 0);
		CHECK(pselect(0, NULL, NULL, NULL, &little, NULL) == 0);
		CHECK(clock_gettime(CLOCK_MONOTONIC, &after) == 0);
		long long ns = (after.tv_sec - before.tv_sec) * 1000000000LL + after.tv_nsec - before.tv_nsec;
		CHECK(ns >= 500000);
	}
}
