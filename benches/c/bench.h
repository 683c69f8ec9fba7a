/*
 * bench.h - what the benchmark programs share.
 *
 * The same sources are compiled natively and for coopt. A benchmark is a
 * function that performs `n` operations, or a function that measures something
 * itself; the harness (main.c) repeats, times and prints. Seeds are fixed, so
 * `n` operations do the same each time.
 */
#ifndef BENCH_H
#define BENCH_H

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* A multiple of the number of threads of each benchmark that performs `n`
 * operations, so that each thread has the same share. */
#define OPERATIONS_MIN 1600u

struct bench {
	const char *name;
	/* What one operation is, for the table. */
	const char *operation;
	/* Performs `n` operations, a multiple of OPERATIONS_MIN. The harness times
	 * them. NULL if there is `measure`. */
	void (*perform)(uint64_t n);
	/* The smallest `n`, if it is not OPERATIONS_MIN. */
	uint64_t at_least;
	/* Returns a result in `unit`, which is ns if it is NULL. */
	double (*measure)(void);
	const char *unit;
};

/* One list for each file; the last entry has no name. */
extern const struct bench lock_benches[];
extern const struct bench pingpong_benches[];
extern const struct bench crowd_benches[];
extern const struct bench lifecycle_benches[];
extern const struct bench time_benches[];
extern const struct bench work_benches[];
extern const struct bench file_benches[];
extern const struct bench stream_benches[];

/* Stops the program when a call that must succeed does not. */
#define CHECK(call) check((call), #call, __FILE__, __LINE__)

static inline void check(int error, const char *call, const char *file, int line)
{
	if (error != 0) {
		fprintf(stderr, "%s:%d: `%s` failed (%d)\n", file, line, call, error);
		exit(1);
	}
}

static inline uint64_t now_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static inline struct timespec timespec_of(uint64_t ns)
{
	struct timespec time;
	time.tv_sec = (time_t)(ns / 1000000000u);
	time.tv_nsec = (long)(ns % 1000000000u);
	return time;
}

/* Starts a thread with a stack of 64 KiB. */
pthread_t start_thread(void *(*start)(void *), void *argument);

static inline void join_thread(pthread_t thread)
{
	CHECK(pthread_join(thread, NULL));
}

/* A condition variable whose waits are timed on CLOCK_MONOTONIC. */
void init_monotonic_cond(pthread_cond_t *cond);

/* Sorts `count` values and returns their median. */
double median(double *values, size_t count);

#endif
