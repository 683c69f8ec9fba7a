// Returning from main ends the program, whatever the others are doing.
// EXIT: 3
// STDOUT:
//   main returns
#include "check.h"
#include <sched.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *wait_for_ever(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	printf("never here\n");
	return unused;
}

static void *sleep_long(void *unused)
{
	sleep_ns(3600 * 1000 * MS);
	return unused;
}

static void *run_for_ever(void *unused)
{
	for (;;)
		sched_yield();
	return unused;
}

int main(void)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	start(wait_for_ever, NULL);
	start(sleep_long, NULL);
	start(run_for_ever, NULL);
	sched_yield();
	printf("main returns\n");
	return 3;
}
