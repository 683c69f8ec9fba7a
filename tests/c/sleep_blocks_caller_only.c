// While one thread sleeps the others run, and ten sleeps at once take less time
// than ten sleeps one after the other.
#include "check.h"
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

/* A nap is so long that naps at once take less than their sum on a busy machine. */
enum { THREADS = 10, NAP_MS = 200 };

static atomic_bool awake;

static void *nap(void *unused)
{
	CHECK(usleep(NAP_MS * 1000) == 0);
	awake = true;
	return unused;
}

int main(void)
{
	long long before = now_ns(CLOCK_MONOTONIC);
	pthread_t threads[THREADS];
	int turns = 0;
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(nap, NULL);
	while (!awake) {
		turns++;
		sched_yield();
	}
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
	long long took = now_ns(CLOCK_MONOTONIC) - before;
	CHECK(turns > 10);
	CHECK(took >= NAP_MS * MS && took < THREADS * NAP_MS * MS);
}
