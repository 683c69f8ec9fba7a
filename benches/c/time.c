/* time.c - clocks, deadlines and sleeps. */
#include "bench.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never;

static void read_clock(uint64_t n)
{
	while (n-- > 0)
		now_ns();
}

static void wait_past(uint64_t n)
{
	struct timespec past = timespec_of(0);
	init_monotonic_cond(&never);
	pthread_mutex_lock(&mutex);
	while (n-- > 0)
		pthread_cond_timedwait(&never, &mutex, &past);
	pthread_mutex_unlock(&mutex);
	CHECK(pthread_cond_destroy(&never));
}

/* The median duration of 101 calls of `wait`. */
static double median_us(void (*wait)(void))
{
	double took_us[101];
	for (size_t i = 0; i < 101; i++) {
		uint64_t began = now_ns();
		wait();
		took_us[i] = (double)(now_ns() - began) / 1000;
	}
	return median(took_us, 101);
}

static void wait_cond_1ms(void)
{
	struct timespec deadline = timespec_of(now_ns() + 1000000);
	pthread_cond_timedwait(&never, &mutex, &deadline);
}

static double wait_1ms(void)
{
	init_monotonic_cond(&never);
	pthread_mutex_lock(&mutex);
	double median = median_us(wait_cond_1ms);
	pthread_mutex_unlock(&mutex);
	return median;
}

static void nanosleep_50us(void)
{
	struct timespec duration = timespec_of(50000);
	nanosleep(&duration, NULL);
}

static double sleep_50us(void)
{
	return median_us(nanosleep_50us);
}

/* ---- 100 threads that sleep 10 times for 1 ms ---- */

#define SLEEPERS 100
#define SLEEPS 10

static void *sleeper(void *unused)
{
	struct timespec millisecond = timespec_of(1000000);
	for (int i = 0; i < SLEEPS; i++)
		nanosleep(&millisecond, NULL);
	return unused;
}

/* The time beyond the 10 ms of sleep, divided by the number of all sleeps. */
static double sleepers(void)
{
	pthread_t threads[SLEEPERS];
	uint64_t began = now_ns();
	for (size_t i = 0; i < SLEEPERS; i++)
		threads[i] = start_thread(sleeper, NULL);
	for (size_t i = 0; i < SLEEPERS; i++)
		join_thread(threads[i]);
	double took_ns = (double)(now_ns() - began);
	return (took_ns - SLEEPS * 1e6) / (SLEEPERS * SLEEPS);
}

const struct bench time_benches[] = {
	{ .name = "clock", .operation = "read the monotonic clock", .perform = read_clock },
	{ .name = "wait_past", .operation = "wait on a condition variable until a time gone by", .perform = wait_past },
	{ .name = "wait_1ms", .operation = "a timed wait of 1 ms, median", .measure = wait_1ms, .unit = "us" },
	{ .name = "sleep_50us", .operation = "a sleep of 50 us, median", .measure = sleep_50us, .unit = "us" },
	{ .name = "sleepers_100", .operation = "a sleep of 1 ms among 100 sleepers, its excess shared out", .measure = sleepers },
	{ 0 },
};
