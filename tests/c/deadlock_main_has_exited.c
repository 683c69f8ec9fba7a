// A main thread that has ended itself waits for the others, one of which waits
// for ever.
// EXIT: 124
// STDERR-CONTAINS: thread 1 `main` waits for the other threads to end, for the last
// STDERR-CONTAINS: thread 2 waits for the semaphore
// SKIP: native: hangs
// SKIP: wasi-sdk: wasi-libc has no pthread_exit
#include "check.h"
#include <semaphore.h>

static sem_t never;

static void *wait_for_ever(void *unused)
{
	CHECK(sem_wait(&never) == 0);
	return unused;
}

int main(void)
{
	CHECK(sem_init(&never, 0, 0) == 0);
	start(wait_for_ever, NULL);
	pthread_exit(NULL);
}
