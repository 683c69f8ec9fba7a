// The owner of a mutex with priority inheritance runs before a thread of middling
// priority while a thread of high priority waits for the mutex, also along a chain
// of owners, and only as long as it waits. Without inheritance the owner does not.
// STDOUT:
//   none:    middle, low, high
//   inherit: low, high, middle
//   chain:   low, between, high, middle
// SKIP: wasi-sdk: wasi-libc has no priorities
// SKIP: native: takes a privilege, and has several processors
#include "check.h"
#include <sched.h>
#include <stdbool.h>

enum { LOW = 10, BETWEEN = 20, MIDDLE = 30, HIGH = 40, MAIN = 50 };

static pthread_mutex_t first, second;
static const char *separator;

static void say(const char *name)
{
	printf("%s%s", separator, name);
	separator = ", ";
}

static void *run_middle(void *unused)
{
	say("middle");
	return unused;
}

/* Holds the first mutex until it is its turn again. */
static void *run_low(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&first));
	CHECK_OK(pthread_setschedprio(pthread_self(), LOW));
	say("low");
	CHECK_OK(pthread_mutex_unlock(&first));
	return unused;
}

static void *run_between(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&second));
	CHECK_OK(pthread_setschedprio(pthread_self(), BETWEEN));
	CHECK_OK(pthread_mutex_lock(&first));
	say("between");
	CHECK_OK(pthread_mutex_unlock(&first));
	CHECK_OK(pthread_mutex_unlock(&second));
	return unused;
}

static void *run_high(void *mutex)
{
	CHECK_OK(pthread_mutex_lock(mutex));
	say("high");
	CHECK_OK(pthread_mutex_unlock(mutex));
	return NULL;
}

/* `low` and `between` begin above the main thread, lock their mutexes and sink to
 * their own priorities. Then the main thread waits for all threads. */
static void run(const char *title, int protocol, bool chain)
{
	struct sched_param highest = { .sched_priority = MAIN };
	pthread_mutexattr_t attr;
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_setprotocol(&attr, protocol));
	CHECK_OK(pthread_mutex_init(&first, &attr));
	CHECK_OK(pthread_mutex_init(&second, &attr));
	CHECK_OK(pthread_setschedparam(pthread_self(), SCHED_FIFO, &highest));

	pthread_t threads[4];
	int count = 0;
	threads[count++] = start_at(MAIN + 1, run_low, NULL);
	if (chain)
		threads[count++] = start_at(MAIN + 1, run_between, NULL);
	threads[count++] = start_at(MIDDLE, run_middle, NULL);
	/* `high` runs until it waits. Without inheritance `middle` is next. */
	threads[count] = start_at(HIGH, run_high, chain ? &second : &first);
	count++;

	printf("%-9s", title);
	separator = "";
	for (int i = 0; i < count; i++)
		finish(threads[i]);
	puts("");
	CHECK_OK(pthread_mutex_destroy(&first));
	CHECK_OK(pthread_mutex_destroy(&second));
}

int main(void)
{
	run("none:", PTHREAD_PRIO_NONE, false);
	run("inherit:", PTHREAD_PRIO_INHERIT, false);
	run("chain:", PTHREAD_PRIO_INHERIT, true);
}
