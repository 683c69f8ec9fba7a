// Stops a stress test after some seconds, by SIGUSR1, as who runs the suite does.
//
// WASI sends no signals, so a thread of this file sends the signal. The thread has
// the highest priority, because a signal does not wait for the test's threads.
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#ifdef STOP_AFTER_SECONDS
static void *stop(void *unused)
{
	struct timespec left = { STOP_AFTER_SECONDS, 0 };

	(void)unused;
	while (clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left))
		;
	kill(0, SIGUSR1);
	return NULL;
}

static void check(int failed)
{
	// A test without its signal would run for ever.
	if (failed)
		abort();
}

__attribute__((constructor)) static void stop_later(void)
{
	struct sched_param highest = { sched_get_priority_max(SCHED_FIFO) };
	sigset_t all, before;
	pthread_attr_t attr;
	pthread_t thread;

	check(pthread_attr_init(&attr));
	check(pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED));
	check(pthread_attr_setinheritsched(&attr, PTHREAD_EXPLICIT_SCHED));
	check(pthread_attr_setschedpolicy(&attr, SCHED_FIFO));
	check(pthread_attr_setschedparam(&attr, &highest));
	// The sender blocks all signals: tests check which thread handles one.
	check(sigfillset(&all));
	check(pthread_sigmask(SIG_SETMASK, &all, &before));
	check(pthread_create(&thread, &attr, stop, NULL));
	check(pthread_sigmask(SIG_SETMASK, &before, NULL));
}
#endif
