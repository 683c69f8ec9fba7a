// While one sleeps the others run, and ten sleeps at once take the time of one.
#include "check.h"
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

static atomic_bool awake;

static void *nap(void *unused)
{
	CHECK(usleep(50000) == 0);
	awake = true;
	return unused;
}

int main(void)
{
	long long before = now_ns(CLOCK_MONOTONIC);
	pthread_t threads[10];
	int turns = 0;
	for (int i = 0; i < 10; i++)
		threads[i] = start(nap, NULL);
	while (!awake) {
		turns++;
		sched_yield();
	}
	for (int i = 0; i < 10; i++)
		finish(threads[i]);
	long long took = now_ns(CLOCK_MONOTONIC) - before;
	CHECK(turns > 10);
	CHECK(took >= 50 * MS && took < 450 * MS);
}
