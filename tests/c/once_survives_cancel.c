// An initialiser that is cancelled, or ends its thread, counts as not run: a
// thread that waits for it, or the next caller of pthread_once, runs it.
// STDOUT:
//   begun 3 times, done once
// SKIP: wasi-sdk: wasi-libc has no pthread_cancel
#include "check.h"
#include <semaphore.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sem_t inside, never;
static int begun, done;

static void initialise(void)
{
	begun++;
	CHECK(sem_post(&inside) == 0);
	if (begun == 1)
		sem_wait(&never);
	if (begun == 2)
		pthread_exit(NULL);
	done++;
}

static void *call(void *unused)
{
	CHECK_OK(pthread_once(&once, initialise));
	return unused;
}

int main(void)
{
	CHECK(sem_init(&inside, 0, 0) == 0);
	CHECK(sem_init(&never, 0, 0) == 0);
	pthread_t first = start(call, NULL);
	CHECK(sem_wait(&inside) == 0);
	pthread_t second = start(call, NULL);
	sched_yield();
	CHECK_OK(pthread_cancel(first));
	CHECK(finish(first) == PTHREAD_CANCELED);
	CHECK(finish(second) == NULL);
	CHECK(finish(start(call, NULL)) == NULL);
	CHECK_OK(pthread_once(&once, initialise));
	printf("begun %d times, done %s\n", begun, done == 1 ? "once" : "wrong");
}
