/*
 * alarm, setitimer and getitimer: a thread that sleeps until the time has come
 * and signals the process. Nothing here needs a lock, because threads take turns.
 * Only ITIMER_REAL is there: no processor time is known.
 */
#define _GNU_SOURCE
#include <coopt.h>
#include <errno.h>
#include <features.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S INT64_C(1000000000)

/* The timer: the next time, 0 for none, and the time between. */
static int64_t next_ns, interval_ns;

/* Counts the settings of the timer. The thread waits for it to change. */
static volatile int settings;

/* Whether the thread is there. It ends when there is no next time. */
static int is_kept;

/* The thread has a small stack: it calls nothing of the program. */
enum { STACK_SIZE_BYTES = 16384 };

static int64_t ns_of(struct timeval time)
{
	int64_t most = INT64_MAX / NS_PER_S - 1;
	return (time.tv_sec < most ? time.tv_sec : most) * NS_PER_S + time.tv_usec * 1000;
}

static struct timeval time_of(int64_t ns)
{
	/* A time that has not passed is not 0. */
	int64_t us = (ns + 999) / 1000;
	return (struct timeval){ .tv_sec = us / 1000000, .tv_usec = us % 1000000 };
}

static void *keep_time(void *unused)
{
	(void)unused;
	while (next_ns) {
		int seen = settings;
		/* SWITCH: the timer may be set anew. */
		coopt_futex_wait(&settings, seen, COOPT_KIND_SLEEP, 0, next_ns);
		if (settings != seen || coopt_clock_monotonic() < next_ns)
			continue;
		next_ns = interval_ns ? next_ns + interval_ns : 0;
		/* SWITCH: a handler may set the timer. */
		kill(getpid(), SIGALRM);
	}
	is_kept = 0;
	return 0;
}

/* Starts the thread, or has it look at the timer. No signal reaches the thread, and
 * no other thread goes before it. */
static int start(void)
{
	if (is_kept) {
		coopt_futex_wake(&settings, 1);
		return 0;
	}
	is_kept = 1;
	pthread_attr_t attributes;
	pthread_t thread;
	sigset_t all, old;
	struct sched_param highest = { sched_get_priority_max(SCHED_FIFO) };
	pthread_attr_init(&attributes);
	pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED);
	pthread_attr_setschedpolicy(&attributes, SCHED_FIFO);
	pthread_attr_setschedparam(&attributes, &highest);
	pthread_attr_setstacksize(&attributes, STACK_SIZE_BYTES);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	int error = pthread_create(&thread, &attributes, keep_time, 0);
	if (error)
		is_kept = 0;
	pthread_sigmask(SIG_SETMASK, &old, 0);
	pthread_attr_destroy(&attributes);
	return error;
}

weak int getitimer(int which, struct itimerval *timer)
{
	if (which != ITIMER_REAL) {
		errno = which == ITIMER_VIRTUAL || which == ITIMER_PROF ? ENOTSUP : EINVAL;
		return -1;
	}
	int64_t left = next_ns ? next_ns - coopt_clock_monotonic() : 0;
	*timer = (struct itimerval){
		.it_interval = time_of(interval_ns),
		.it_value = time_of(next_ns && left <= 0 ? 1 : left),
	};
	return 0;
}

weak int setitimer(int which, const struct itimerval *restrict timer, struct itimerval *restrict old)
{
	struct itimerval before;
	struct timeval value = timer->it_value, interval = timer->it_interval;
	if (getitimer(which, &before))
		return -1;
	if (value.tv_sec < 0 || value.tv_usec < 0 || value.tv_usec >= 1000000
	    || interval.tv_sec < 0 || interval.tv_usec < 0 || interval.tv_usec >= 1000000) {
		errno = EINVAL;
		return -1;
	}
	int64_t ns = ns_of(value);
	settings++;
	next_ns = ns ? coopt_clock_monotonic() + ns : 0;
	interval_ns = ns_of(interval);
	int error = ns || is_kept ? start() : 0;
	if (error) {
		next_ns = 0;
		errno = error;
		return -1;
	}
	if (old)
		*old = before;
	return 0;
}

/* POSIX knows no error of these two: where no thread can be, there is no alarm. */
weak unsigned alarm(unsigned seconds)
{
	struct itimerval timer = { .it_value.tv_sec = seconds }, old = { 0 };
	if (setitimer(ITIMER_REAL, &timer, &old))
		return 0;
	return old.it_value.tv_sec + !!old.it_value.tv_usec;
}

weak unsigned ualarm(unsigned us, unsigned interval_us)
{
	struct itimerval timer = {
		.it_value = time_of(us * INT64_C(1000)), .it_interval = time_of(interval_us * INT64_C(1000)),
	};
	struct itimerval old = { 0 };
	if (setitimer(ITIMER_REAL, &timer, &old))
		return 0;
	return old.it_value.tv_sec * 1000000 + old.it_value.tv_usec;
}
