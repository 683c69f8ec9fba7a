// Two threads that each hold what the other wants: the report names both, and
// the circle.
// EXIT: 124
// STDOUT:
//   this much was printed
// STDERR-CONTAINS: deadlock
// STDERR-CONTAINS: thread 2 `one` waits for the mutex
// STDERR-CONTAINS: thread 3 `two` waits for the mutex
// STDERR-CONTAINS: owned by thread 3 `two`
// STDERR-CONTAINS: owned by thread 2 `one`
// STDERR-CONTAINS: thread 1 `main` waits to join thread 2 `one`
// STDERR-CONTAINS: in a circle: 2 -> 3 -> 2
// SKIP: native: would hang
// SKIP: wasi-sdk: wasi-libc has no pthread_setname_np
#include "check.h"
#include <sched.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;

static void take_both(const char *name, pthread_mutex_t *first, pthread_mutex_t *second)
{
	CHECK_OK(pthread_setname_np(pthread_self(), name));
	CHECK_OK(pthread_mutex_lock(first));
	sched_yield();
	CHECK_OK(pthread_mutex_lock(second));
}

static void *one(void *unused)
{
	take_both("one", &a, &b);
	return unused;
}

static void *two(void *unused)
{
	take_both("two", &b, &a);
	return unused;
}

int main(void)
{
	printf("this much was printed\n");
	fflush(stdout);
	pthread_t first = start(one, NULL);
	start(two, NULL);
	finish(first);
}
