// The owner of a mutex with a priority ceiling has the ceiling's priority while it
// holds the mutex, and a thread above the ceiling cannot lock the mutex.
// STDOUT:
//   held: equal to the ceiling waits; released: it ran
// SKIP: wasi-sdk: wasi-libc has no priorities
// SKIP: native: takes a privilege, and has several processors
#include "check.h"
#include <sched.h>
#include <stdbool.h>

enum { LOW = 10, CEILING = 20 };

static bool ran;

static void *run(void *unused)
{
	ran = true;
	return unused;
}

static void set_priority(int priority)
{
	struct sched_param param = { .sched_priority = priority };
	CHECK_OK(pthread_setschedparam(pthread_self(), SCHED_FIFO, &param));
}

int main(void)
{
	pthread_mutexattr_t attr;
	pthread_mutex_t mutex;
	int ceiling;
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_PROTECT));
	CHECK_RESULT(pthread_mutexattr_setprioceiling(&attr, 0), EINVAL);
	CHECK_RESULT(pthread_mutexattr_setprioceiling(&attr, 100), EINVAL);
	CHECK_OK(pthread_mutexattr_setprioceiling(&attr, CEILING));
	CHECK_OK(pthread_mutex_init(&mutex, &attr));
	CHECK_OK(pthread_mutex_getprioceiling(&mutex, &ceiling));
	CHECK(ceiling == CEILING);

	set_priority(LOW);
	CHECK_OK(pthread_mutex_lock(&mutex));
	pthread_t thread = start_at(CEILING, run, NULL);
	printf("held: equal to the ceiling %s; ", ran ? "ran" : "waits");
	CHECK_OK(pthread_mutex_unlock(&mutex));
	printf("released: it %s\n", ran ? "ran" : "waits");
	finish(thread);

	set_priority(CEILING + 1);
	CHECK_RESULT(pthread_mutex_lock(&mutex), EINVAL);
	CHECK_RESULT(pthread_mutex_trylock(&mutex), EINVAL);
	CHECK_OK(pthread_mutex_setprioceiling(&mutex, CEILING + 1, &ceiling));
	CHECK(ceiling == CEILING);
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_OK(pthread_mutex_unlock(&mutex));
	CHECK_OK(pthread_mutex_destroy(&mutex));
}
