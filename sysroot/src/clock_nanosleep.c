/*
 * clock_nanosleep, nanosleep and thrd_sleep: one wait, of the caller alone, on
 * the runtime's monotonic clock.
 */
#include <common/clock.h>

#include <coopt.h>
#include <errno.h>
#include <stdbool.h>
#include <threads.h>
#include <time.h>

#define NS_PER_S INT64_C(1000000000)

/* The thread layer's wait: 0 at the deadline, or EINTR. It is a cancellation
 * point. */
int __coopt_sleep_until(int64_t deadline_ns);

static bool is_valid(const struct timespec *ts)
{
	return ts->tv_sec >= 0 && ts->tv_nsec >= 0 && ts->tv_nsec < NS_PER_S;
}

/* A sum that is too large becomes the last deadline there is. */
static int64_t saturating_add(int64_t a, int64_t b)
{
	int64_t sum;
	return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

static int64_t to_ns(const struct timespec *ts)
{
	int64_t ns;
	if (__builtin_mul_overflow((int64_t)ts->tv_sec, NS_PER_S, &ns))
		return INT64_MAX;
	return saturating_add(ns, ts->tv_nsec);
}

static struct timespec from_ns(int64_t ns)
{
	return (struct timespec){ .tv_sec = ns / NS_PER_S, .tv_nsec = ns % NS_PER_S };
}

/* The deadline that `ts` means, on the monotonic clock. */
static int64_t deadline_of(clockid_t clock, int flags, const struct timespec *ts)
{
	int64_t ns = to_ns(ts);
	if (!(flags & TIMER_ABSTIME))
		return saturating_add(coopt_clock_monotonic(), ns);
	if (clock == CLOCK_MONOTONIC)
		return ns;

	struct timespec now;
	clock_gettime(clock, &now);
	int64_t left = ns - to_ns(&now);
	return left <= 0 ? 0 : saturating_add(coopt_clock_monotonic(), left);
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *request,
                    struct timespec *left)
{
	if ((flags & ~TIMER_ABSTIME) != 0 || !is_valid(request))
		return EINVAL;
	if (clock == CLOCK_PROCESS_CPUTIME_ID)
		return ENOTSUP;
	if (clock != CLOCK_MONOTONIC && clock != CLOCK_REALTIME)
		return EINVAL;

	int64_t deadline = deadline_of(clock, flags, request);
	/* SWITCH: other threads run until the deadline. */
	if (__coopt_sleep_until(deadline) == 0)
		return 0;
	if (left && !(flags & TIMER_ABSTIME)) {
		int64_t ns = deadline - coopt_clock_monotonic();
		*left = from_ns(ns > 0 ? ns : 0);
	}
	return EINTR;
}

int nanosleep(const struct timespec *request, struct timespec *left)
{
	int error = clock_nanosleep(CLOCK_REALTIME, 0, request, left);
	if (error == 0)
		return 0;
	errno = error;
	return -1;
}

/* C11 7.26.5.7: -1 when interrupted, another negative number for other failures. */
int thrd_sleep(const struct timespec *request, struct timespec *left)
{
	int error = clock_nanosleep(CLOCK_REALTIME, 0, request, left);
	return error == 0 ? 0 : error == EINTR ? -1 : -2;
}
