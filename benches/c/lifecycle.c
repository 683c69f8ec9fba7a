/* lifecycle.c - threads that come, give way and go. */
#include <sched.h>

#include "bench.h"

static void *nothing(void *unused) { return unused; }

static void create_join(uint64_t n)
{
	while (n-- > 0)
		join_thread(start_thread(nothing, NULL));
}

/* The stacks and records of 100 threads are in use at a time. */
static void create_join_100(uint64_t n)
{
	pthread_t threads[100];
	for (uint64_t done = 0; done < n; done += 100) {
		for (size_t i = 0; i < 100; i++)
			threads[i] = start_thread(nothing, NULL);
		for (size_t i = 0; i < 100; i++)
			join_thread(threads[i]);
	}
}

static void yield_alone(uint64_t n)
{
	while (n-- > 0)
		sched_yield();
}

static uint64_t yields;

static void *yielder(void *unused)
{
	for (uint64_t i = 0; i < yields; i++)
		sched_yield();
	return unused;
}

static void yield_2(uint64_t n)
{
	yields = (n + 1) / 2;
	pthread_t other = start_thread(yielder, NULL);
	yielder(NULL);
	join_thread(other);
}

const struct bench lifecycle_benches[] = {
	{ .name = "create_join", .operation = "create a thread and join it", .perform = create_join },
	{ .name = "create_join_100", .operation = "the same, 100 at a time", .perform = create_join_100 },
	{ .name = "yield_alone", .operation = "sched_yield with nobody else to run", .perform = yield_alone },
	{ .name = "yield_2", .operation = "sched_yield to another thread that yields", .perform = yield_2 },
	{ 0 },
};
