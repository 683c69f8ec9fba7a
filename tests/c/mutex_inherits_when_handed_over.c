// A thread that was handed a mutex, and has yet to run, inherits the priority of
// the threads that come to wait for the mutex. It keeps that priority when its
// priority is computed again for another mutex.
// STDOUT:
//   low, high, middle, last
// SKIP: wasi-sdk: wasi-libc has no priorities
// SKIP: native: takes a privilege, and has several processors
#include "check.h"
#include <sched.h>

enum { LAST = 5, LOW = 10, SOON = 20, MIDDLE = 55, HIGH = 60, MAIN = 90 };

static pthread_mutex_t first, other;
static const char *separator = "";

static void say(const char *name)
{
	printf("%s%s", separator, name);
	separator = ", ";
}

static void *run_low(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&other));
	CHECK_OK(pthread_mutex_lock(&first));
	say("low");
	CHECK_OK(pthread_mutex_unlock(&first));
	CHECK_OK(pthread_mutex_unlock(&other));
	return unused;
}

static void *run_high(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&first));
	say("high");
	CHECK_OK(pthread_mutex_unlock(&first));
	return unused;
}

static void *run_last(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&other));
	say("last");
	CHECK_OK(pthread_mutex_unlock(&other));
	return unused;
}

/* Changes the priority that `last` lends to `low`. */
static void *lower_last(void *last)
{
	CHECK_OK(pthread_setschedprio(*(pthread_t *)last, LAST));
	return NULL;
}

static void *run_middle(void *unused)
{
	say("middle");
	return unused;
}

/* Starts a thread that runs above the main thread until it waits, and then has
 * `priority`. */
static pthread_t start_to_wait(int priority, void *(*routine)(void *))
{
	pthread_t thread = start_at(MAIN + 1, routine, NULL);
	CHECK_OK(pthread_setschedprio(thread, priority));
	return thread;
}

int main(void)
{
	struct sched_param highest = { .sched_priority = MAIN };
	pthread_mutexattr_t attr;
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_INHERIT));
	CHECK_OK(pthread_mutex_init(&first, &attr));
	CHECK_OK(pthread_mutex_init(&other, &attr));
	CHECK_OK(pthread_setschedparam(pthread_self(), SCHED_FIFO, &highest));

	CHECK_OK(pthread_mutex_lock(&first));
	pthread_t low = start_to_wait(LOW, run_low);
	pthread_t last = start_to_wait(SOON, run_last);
	CHECK_OK(pthread_mutex_unlock(&first));
	/* `low` has the mutex, and has not run. `high` comes to wait for it. Then
	 * `lower_last`, of the same priority, lowers `last`. */
	pthread_t threads[] = {
		low,
		last,
		start_at(MIDDLE, run_middle, NULL),
		start_at(HIGH, run_high, NULL),
		start_at(HIGH, lower_last, &last),
	};
	for (int i = 0; i < 5; i++)
		finish(threads[i]);
	puts("");
}
