// The signals that tests need besides those they send: an alarm, and for stress
// tests the SIGUSR1 that stops them.
//
// WASI sends no signals, so a thread of this file sends them. The thread has the
// highest priority, because a system's alarm does not wait for the test's threads.
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct sending {
	int number;
	struct timespec when;
	unsigned generation;
};

// An alarm replaces the last alarm: only the newest generation is sent.
static unsigned alarm_generation;
static struct timespec alarm_when;
static int is_alarm_set;

static struct timespec in_seconds(unsigned seconds)
{
	struct timespec when;

	clock_gettime(CLOCK_MONOTONIC, &when);
	when.tv_sec += seconds;
	return when;
}

static void *send(void *argument)
{
	struct sending sending = *(struct sending *)argument;

	free(argument);
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &sending.when, NULL))
		;
	if (sending.number == SIGALRM) {
		if (sending.generation != alarm_generation)
			return NULL;
		is_alarm_set = 0;
	}
	kill(0, sending.number);
	return NULL;
}

static void check(int failed)
{
	// A test without its signal would wait for ever.
	if (failed)
		abort();
}

static void schedule(int number, struct timespec when)
{
	struct sending *sending = malloc(sizeof *sending);
	struct sched_param highest = { sched_get_priority_max(SCHED_FIFO) };
	sigset_t all, before;
	pthread_attr_t attr;
	pthread_t thread;

	check(!sending);
	*sending = (struct sending){ number, when, alarm_generation };
	check(pthread_attr_init(&attr));
	check(pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED));
	check(pthread_attr_setinheritsched(&attr, PTHREAD_EXPLICIT_SCHED));
	check(pthread_attr_setschedpolicy(&attr, SCHED_FIFO));
	check(pthread_attr_setschedparam(&attr, &highest));
	// The sender blocks all signals: tests check which thread handles one.
	check(sigfillset(&all));
	check(pthread_sigmask(SIG_SETMASK, &all, &before));
	check(pthread_create(&thread, &attr, send, sending));
	check(pthread_sigmask(SIG_SETMASK, &before, NULL));
}

unsigned alarm(unsigned seconds)
{
	struct timespec now = in_seconds(0);
	unsigned left = 0;

	if (is_alarm_set && alarm_when.tv_sec > now.tv_sec)
		left = alarm_when.tv_sec - now.tv_sec;
	alarm_generation++;
	is_alarm_set = seconds > 0;
	if (is_alarm_set) {
		alarm_when = in_seconds(seconds);
		schedule(SIGALRM, alarm_when);
	}
	return left;
}

#ifdef STOP_AFTER_SECONDS
__attribute__((constructor)) static void stop_later(void)
{
	schedule(SIGUSR1, in_seconds(STOP_AFTER_SECONDS));
}
#endif
