// The main thread can be cancelled; the process lives until the last thread
// ends, and exits as after a return of 0.
// STDOUT:
//   main: cleaned up
//   the other went on
// SKIP: wasi-sdk: wasi-libc has no pthread_cancel
#include "check.h"
#include <semaphore.h>

static sem_t never;
static pthread_t main_thread;

static void handle(void *unused)
{
	(void)unused;
	puts("main: cleaned up");
	fflush(stdout);
}

static void *live(void *unused)
{
	CHECK_OK(pthread_cancel(main_thread));
	CHECK(finish(main_thread) == PTHREAD_CANCELED);
	puts("the other went on");
	return unused;
}

int main(void)
{
	main_thread = pthread_self();
	CHECK(sem_init(&never, 0, 0) == 0);
	start(live, NULL);
	pthread_cleanup_push(handle, NULL);
	sem_wait(&never);
	pthread_cleanup_pop(0);
	return 1;
}
