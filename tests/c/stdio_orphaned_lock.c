// A stream that a thread held when it ended is released. A waiter gets the stream
// first, and the stream can be locked and unlocked as before.
// STDOUT:
//   the waiter has it
//   main has it
// SKIP: native: there it stays locked for ever
// SKIP: wasi-sdk: leaves the lock of an ended thread locked
#include "check.h"
#include <sched.h>

static void *hold(void *unused)
{
	flockfile(stdout);
	flockfile(stdout);
	flockfile(stderr);
	sched_yield();
	return unused;
}

static void *wait(void *unused)
{
	CHECK(ftrylockfile(stdout) != 0);
	flockfile(stdout);
	printf("the waiter has it\n");
	funlockfile(stdout);
	return unused;
}

int main(void)
{
	pthread_t holder = start(hold, NULL);
	pthread_t waiter = start(wait, NULL);
	finish(holder);
	finish(waiter);
	CHECK(ftrylockfile(stdout) == 0);
	CHECK(ftrylockfile(stderr) == 0);
	printf("main has it\n");
	funlockfile(stderr);
	funlockfile(stdout);
}
