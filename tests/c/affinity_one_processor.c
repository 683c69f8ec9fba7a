// Threads run on processors of their set: here there is one.
// SKIP: wasi-sdk: wasi-libc has no affinity
#include "check.h"
#include <sched.h>
#include <unistd.h>

static void check_runs_in(const cpu_set_t *set)
{
	int processor = sched_getcpu();
	CHECK(processor >= 0 && CPU_ISSET(processor, set));
}

static void *look_and_choose(void *unused)
{
	cpu_set_t own, chosen;
	CHECK_OK(pthread_getaffinity_np(pthread_self(), sizeof own, &own));
	check_runs_in(&own);
	CPU_ZERO(&chosen);
	CHECK(CPU_COUNT(&chosen) == 0);
	CPU_SET(sched_getcpu(), &chosen);
	CHECK_OK(pthread_setaffinity_np(pthread_self(), sizeof chosen, &chosen));
	check_runs_in(&chosen);
	return unused;
}

int main(void)
{
	cpu_set_t all, none;
	memset(&all, 0xff, sizeof all);
	CPU_ZERO(&none);

	CHECK_OK(sched_getaffinity(0, sizeof all, &all));
	CHECK(CPU_COUNT(&all) >= 1 && CPU_COUNT(&all) <= sysconf(_SC_NPROCESSORS_CONF));
	check_runs_in(&all);
	CHECK_OK(sched_setaffinity(0, sizeof all, &all));

	CHECK_ERRNO(sched_setaffinity(0, sizeof none, &none), EINVAL);
	CHECK_ERRNO(sched_getaffinity(0, 0, &all), EINVAL);
	CHECK_RESULT(pthread_setaffinity_np(pthread_self(), sizeof none, &none), EINVAL);

	finish(start(look_and_choose, NULL));
#ifdef __wasm__
	CHECK(CPU_COUNT(&all) == 1 && sched_getcpu() == 0);
#endif
}
