/* work.c - what threads do between two switches. */
#include <stdatomic.h>

#include "bench.h"

#define WORKERS 4

static uint64_t share;

/* Four threads that each do a quarter of `n`. */
static void divide(void *(*start)(void *), uint64_t n)
{
	pthread_t threads[WORKERS];
	share = (n + WORKERS - 1) / WORKERS;
	for (size_t i = 0; i < WORKERS; i++)
		threads[i] = start_thread(start, (void *)i);
	for (size_t i = 0; i < WORKERS; i++)
		join_thread(threads[i]);
}

/* ---- recursion through a thread's own stack: 40 frames of 1 KiB ---- */

static __attribute__((noinline)) unsigned descend(unsigned depth)
{
	volatile unsigned char frame[1024];
	frame[depth] = (unsigned char)depth;
	if (depth == 0)
		return frame[0];
	return descend(depth - 1) + frame[depth];
}

static void *dive(void *unused)
{
	static volatile unsigned sink;
	for (uint64_t i = 0; i < share; i += 40)
		sink = descend(39);
	(void)sink;
	return unused;
}

static void recursion(uint64_t n) { divide(dive, n); }

/* ---- malloc and free, 64 blocks alive, sizes of 16 to 1039 bytes ---- */

static void *churn(void *seed)
{
	enum { ALIVE = 64 };
	void *blocks[ALIVE] = { 0 };
	uint32_t random = (uint32_t)(size_t)seed + 1;
	for (uint64_t i = 0; i < share; i++) {
		random = random * 1664525u + 1013904223u;
		void **block = &blocks[random >> 26];
		free(*block);
		*block = malloc(16 + (random >> 10) % 1024);
	}
	for (size_t i = 0; i < ALIVE; i++)
		free(blocks[i]);
	return NULL;
}

static void malloc_churn(uint64_t n) { divide(churn, n); }

/* ---- printf from four threads to one stream ---- */

static void *print(void *index)
{
	for (uint64_t i = 0; i < share; i++)
		printf("thread %d, line %u of many\n", (int)(size_t)index, (unsigned)i);
	return NULL;
}

static void printf_4(uint64_t n)
{
	divide(print, n);
	fflush(stdout);
}

/* ---- an atomic counter ---- */

static void *count(void *unused)
{
	static atomic_uint counter;
	for (uint64_t i = 0; i < share; i++)
		atomic_fetch_add(&counter, 1);
	return unused;
}

static void atomic_add(uint64_t n) { divide(count, n); }

const struct bench work_benches[] = {
	{ .name = "recursion", .operation = "a call with a frame of 1 KiB, in 4 threads", .perform = recursion },
	{ .name = "malloc", .operation = "malloc and free of up to 1 KiB, in 4 threads", .perform = malloc_churn },
	{ .name = "printf_4", .operation = "printf of a line, from 4 threads to one stream", .perform = printf_4 },
	{ .name = "atomic_add", .operation = "atomic_fetch_add, in 4 threads", .perform = atomic_add },
	{ 0 },
};
