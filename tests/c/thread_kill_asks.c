// Signal 0 asks whether a thread exists, which it does until it is joined.
// SKIP: wasi-sdk: wasi-libc has no pthread_kill
#include "check.h"
#include <sched.h>
#include <semaphore.h>
#include <signal.h>

static sem_t may_end;

static void *live(void *unused)
{
	CHECK(sem_wait(&may_end) == 0);
	return unused;
}

int main(void)
{
	CHECK(sem_init(&may_end, 0, 0) == 0);
	CHECK_OK(pthread_kill(pthread_self(), 0));
	pthread_t thread = start(live, NULL);
	CHECK_OK(pthread_kill(thread, 0));
	CHECK_RESULT(pthread_kill(thread, -1), EINVAL);
	CHECK_RESULT(pthread_kill(thread, 1000), EINVAL);
	CHECK(sem_post(&may_end) == 0);
	sleep_ns(5 * MS); /* the thread ends */
	CHECK_OK(pthread_kill(thread, 0));
	finish(thread);
}
