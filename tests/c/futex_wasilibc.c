// wasi-libc's futex: the word is compared, a time is relative or absolute on a
// clock, and a wake-up says how many it reached.
// SKIP: native: is wasi-libc's own
// SKIP: wasi-sdk: its own signature of the futex is another
#include "check.h"
#include <sched.h>
#include <wasi/libc.h>

#define ABSOLUTE __WASILIBC_FUTEX_TIMESPEC_ABSOLUTE

static volatile int word;
static int awake;

static void *wait(void *unused)
{
	CHECK_RESULT(__wasilibc_futex_wait(&word, 0, CLOCK_REALTIME, NULL, 0), 0);
	awake++;
	return unused;
}

static void check_times(clockid_t clock)
{
	struct timespec at = in_ns(clock, 2 * MS);
	CHECK_RESULT(__wasilibc_futex_wait(&word, 0, clock, &at, ABSOLUTE), -ETIMEDOUT);
	CHECK(now_ns(clock) >= at.tv_sec * 1000 * MS + at.tv_nsec);
	at = (struct timespec){ .tv_sec = -1 };
	CHECK_RESULT(__wasilibc_futex_wait(&word, 0, clock, &at, ABSOLUTE), -ETIMEDOUT);
	CHECK_RESULT(__wasilibc_futex_wait(&word, 0, clock, &at, 0), -EINVAL);

	long long before = now_ns(CLOCK_MONOTONIC);
	at = (struct timespec){ .tv_nsec = 2 * MS };
	CHECK_RESULT(__wasilibc_futex_wait(&word, 0, clock, &at, 0), -ETIMEDOUT);
	CHECK(now_ns(CLOCK_MONOTONIC) - before >= 2 * MS);
	at.tv_nsec = 1000 * MS;
	CHECK_RESULT(__wasilibc_futex_wait(&word, 0, clock, &at, 0), -EINVAL);
	CHECK_RESULT(__wasilibc_futex_wait(&word, 0, clock, &at, ABSOLUTE), -EINVAL);
}

int main(void)
{
	CHECK_RESULT(__wasilibc_futex_wait(&word, 1, CLOCK_MONOTONIC, NULL, 0), -EAGAIN);
	CHECK_RESULT(__wasilibc_futex_wait(&word, 0, CLOCK_MONOTONIC, NULL, 1 << 7), -EINVAL);
	volatile int *odd = (volatile int *)((char *)&word + 1);
	CHECK_RESULT(__wasilibc_futex_wait(odd, 0, CLOCK_MONOTONIC, NULL, 0), -EINVAL);
	struct timespec zero = { 0 };
	CHECK_RESULT(__wasilibc_futex_wait(&word, 0, CLOCK_PROCESS_CPUTIME_ID, &zero, 0), -EINVAL);
	check_times(CLOCK_MONOTONIC);
	check_times(CLOCK_REALTIME);

	CHECK(__wasilibc_futex_wake(&word, 1, 0) == 0);
	CHECK(__wasilibc_futex_wake(&word, 1, 1 << 7) == -EINVAL);
	pthread_t threads[4];
	for (int i = 0; i < 4; i++)
		threads[i] = start(wait, NULL);
	sched_yield();
	CHECK(__wasilibc_futex_wake(&word, 1, 0) == 1);
	CHECK(awake == 0);
	CHECK(__wasilibc_futex_wake(&word, 1, __WASILIBC_FUTEX_YIELD) == 1);
	CHECK(awake == 2);
	CHECK(__wasilibc_futex_wake(&word, __WASILIBC_FUTEX_WAKE_ALL, 0) == 2);
	for (int i = 0; i < 4; i++)
		finish(threads[i]);
}
