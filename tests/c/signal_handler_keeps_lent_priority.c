// A thread that lends its priority to the owner of a mutex gets a signal, whose
// handler waits for another mutex with inheritance. Once the handler has returned
// and the thread waits again, the owner has the lent priority again. So the owner
// goes before a thread whose priority is between the two.
// STDOUT:
//   owner, high, middle
// SKIP: wasi-sdk: wasi-libc has no priorities
// SKIP: native: priorities take rights that tests do not have
#include "check.h"
#include <signal.h>

static pthread_mutex_t outer, inner;
static const char *order[3];
static int count;

static void note(const char *name)
{
	CHECK(count < 3);
	order[count++] = name;
}

static void handler(int unused)
{
	(void)unused;
	CHECK_OK(pthread_mutex_lock(&inner));
	CHECK_OK(pthread_mutex_unlock(&inner));
}

static void *high(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&outer));
	note("high");
	CHECK_OK(pthread_mutex_unlock(&outer));
	return unused;
}

static void *middle(void *unused)
{
	note("middle");
	return unused;
}

/* Holds the mutex that the handler waits for, for 20 ms. */
static void *hold_inner(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&inner));
	sleep_ns(20 * MS);
	CHECK_OK(pthread_mutex_unlock(&inner));
	return unused;
}

static void init(pthread_mutex_t *mutex)
{
	pthread_mutexattr_t attr;
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_INHERIT));
	CHECK_OK(pthread_mutex_init(mutex, &attr));
}

int main(void)
{
	init(&outer);
	init(&inner);
	struct sigaction action = { .sa_handler = handler };
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK_OK(pthread_mutex_lock(&outer));
	pthread_t holder = start(hold_inner, NULL);
	sched_yield();
	pthread_t waiter = start_at(50, high, NULL);
	CHECK_OK(pthread_kill(waiter, SIGUSR1));
	/* The handler waits, gets its mutex and returns; the thread waits on. */
	finish(holder);
	pthread_t between = start_at(25, middle, NULL);
	note("owner");
	CHECK_OK(pthread_mutex_unlock(&outer));
	finish(waiter);
	finish(between);
	printf("%s, %s, %s\n", order[0], order[1], order[2]);
}
