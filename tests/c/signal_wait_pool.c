// Two threads that wait for signals take one signal each, though the first thread
// to get a signal could take both.
// STDOUT:
//   each thread has taken one
// SKIP: wasi-sdk: wasi-libc has no sigwait
#include "check.h"
#include <semaphore.h>
#include <signal.h>

static sigset_t signals;
static sem_t taken, may_end;

static void *take_one(void *unused)
{
	(void)unused;
	int signal;
	CHECK_OK(sigwait(&signals, &signal));
	CHECK(sem_post(&taken) == 0);
	CHECK(sem_wait(&may_end) == 0); /* and takes no other */
	return NUMBER(signal);
}

int main(void)
{
	CHECK(sem_init(&taken, 0, 0) == 0);
	CHECK(sem_init(&may_end, 0, 0) == 0);
	CHECK(sigemptyset(&signals) == 0);
	CHECK(sigaddset(&signals, SIGUSR1) == 0);
	CHECK(sigaddset(&signals, SIGUSR2) == 0);
	CHECK_OK(pthread_sigmask(SIG_BLOCK, &signals, NULL));
	pthread_t one = start(take_one, NULL), other = start(take_one, NULL);
	sched_yield();
	CHECK(kill(OWN_PROCESS, SIGUSR1) == 0);
	CHECK(kill(OWN_PROCESS, SIGUSR2) == 0);
	for (int i = 0; i < 2; i++) {
		CHECK(sem_wait(&taken) == 0);
	}
	for (int i = 0; i < 2; i++) {
		CHECK(sem_post(&may_end) == 0);
	}
	CHECK_RESULT(AS_NUMBER(finish(one)) + AS_NUMBER(finish(other)), SIGUSR1 + SIGUSR2);
	puts("each thread has taken one");
}
