// pthread_exit in main lets the others finish; the program then succeeds.
// STDOUT:
//   main is gone
//   the last one
// SKIP: wasi-sdk: wasi-libc has no pthread_exit
#include "check.h"
#include <sched.h>

static void *outlive(void *unused)
{
	sleep_ns(20 * MS);
	printf("the last one\n");
	return unused;
}

int main(void)
{
	start(outlive, NULL);
	printf("main is gone\n");
	pthread_exit(NULL);
}
