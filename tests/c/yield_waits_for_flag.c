// A loop that waits for another thread's flag by sched_yield alone ends.
#include "check.h"
#include <sched.h>
#include <stdatomic.h>

static atomic_int flag;

static void *set(void *unused)
{
	sleep_ns(5 * MS);
	flag = 1;
	return unused;
}

int main(void)
{
	pthread_t thread = start(set, NULL);
	while (!flag)
		sched_yield();
	finish(thread);
}
