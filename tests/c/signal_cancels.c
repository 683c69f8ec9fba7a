// Waiting for a signal is a cancellation point. So is a sleep in a handler that
// interrupts a wait at a cancellation point. A handler may end its thread.
// STDOUT:
//   sigwait, pause: cancelled
//   in a handler: cancelled, ended
// SKIP: wasi-sdk: wasi-libc has no pthread_cancel
#include "check.h"
#include <semaphore.h>
#include <signal.h>
#include <unistd.h>

static sem_t unit;
static volatile int begun;
static volatile int in_handler;

static void sleep_in_handler(int number)
{
	(void)number;
	in_handler = 1;
	for (;;)
		sleep(3600);
}

static void end_thread(int number)
{
	pthread_exit(NUMBER(number));
}

static void *wait_for_usr2(void *unused)
{
	sigset_t set;
	int taken;
	CHECK(sigemptyset(&set) == 0);
	CHECK(sigaddset(&set, SIGUSR2) == 0);
	begun = 1;
	CHECK_OK(sigwait(&set, &taken));
	return unused;
}

static void *wait_for_any(void *unused)
{
	begun = 1;
	pause();
	return unused;
}

static void *wait_for_unit(void *unused)
{
	begun = 1;
	while (sem_wait(&unit) != 0)
		;
	return unused;
}

static pthread_t start_to_wait(void *(*wait)(void *))
{
	begun = 0;
	pthread_t thread = start(wait, NULL);
	while (!begun)
		sched_yield();
	sched_yield();
	return thread;
}

int main(void)
{
	CHECK(sem_init(&unit, 0, 0) == 0);
	void *(*waits[])(void *) = { wait_for_usr2, wait_for_any };
	for (int i = 0; i < 2; i++) {
		pthread_t thread = start_to_wait(waits[i]);
		CHECK_OK(pthread_cancel(thread));
		CHECK(finish(thread) == PTHREAD_CANCELED);
	}
	puts("sigwait, pause: cancelled");

	CHECK(signal(SIGUSR1, sleep_in_handler) == SIG_DFL);
	pthread_t thread = start_to_wait(wait_for_unit);
	CHECK_OK(pthread_kill(thread, SIGUSR1));
	while (!in_handler)
		sched_yield();
	CHECK_OK(pthread_cancel(thread));
	CHECK(finish(thread) == PTHREAD_CANCELED);

	CHECK(signal(SIGUSR1, end_thread) == sleep_in_handler);
	thread = start_to_wait(wait_for_unit);
	CHECK_OK(pthread_kill(thread, SIGUSR1));
	CHECK_RESULT(AS_NUMBER(finish(thread)), SIGUSR1);
	CHECK(sem_post(&unit) == 0);
	CHECK(sem_trywait(&unit) == 0);
	puts("in a handler: cancelled, ended");
}
