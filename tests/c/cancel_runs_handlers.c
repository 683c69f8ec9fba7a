// A cancelled thread runs its clean-up handlers, newest first, then the
// destructors of its keys; neither is cancelled again.
// STDOUT:
//   clean up 3
//   clean up 2
//   clean up 1
//   destructor 4
// SKIP: wasi-sdk: wasi-libc has no pthread_cancel
#include "check.h"
#include <semaphore.h>

static pthread_key_t key;
static sem_t never;

static void say(void *number)
{
	pthread_testcancel();
	printf("clean up %d\n", AS_NUMBER(number));
}

static void destroy(void *number)
{
	pthread_testcancel();
	printf("destructor %d\n", AS_NUMBER(number));
}

static void *live(void *unused)
{
	CHECK_OK(pthread_setspecific(key, NUMBER(4)));
	pthread_cleanup_push(say, NUMBER(1));
	pthread_cleanup_push(say, NUMBER(2));
	pthread_cleanup_push(say, NUMBER(3));
	sem_wait(&never);
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return unused;
}

int main(void)
{
	CHECK(sem_init(&never, 0, 0) == 0);
	CHECK_OK(pthread_key_create(&key, destroy));
	pthread_t thread = start(live, NULL);
	sched_yield();
	CHECK_OK(pthread_cancel(thread));
	CHECK(finish(thread) == PTHREAD_CANCELED);
}
