/* thread.c - what the benchmarks with threads share. */
#include "bench.h"

pthread_t start_thread(void *(*start)(void *), void *argument)
{
	pthread_attr_t attr;
	pthread_t thread;
	CHECK(pthread_attr_init(&attr));
	CHECK(pthread_attr_setstacksize(&attr, 65536));
	CHECK(pthread_create(&thread, &attr, start, argument));
	CHECK(pthread_attr_destroy(&attr));
	return thread;
}

void init_monotonic_cond(pthread_cond_t *cond)
{
	pthread_condattr_t attr;
	CHECK(pthread_condattr_init(&attr));
	CHECK(pthread_condattr_setclock(&attr, CLOCK_MONOTONIC));
	CHECK(pthread_cond_init(cond, &attr));
	CHECK(pthread_condattr_destroy(&attr));
}
