// A thread that is cancelled while it waits for a mutex takes back the priority
// that the owner inherited.
// STDOUT:
//   medium goes before main
// SKIP: native: SCHED_FIFO is for the superuser
// SKIP: wasi-sdk: wasi-libc has no priorities
#include "check.h"
#include <sched.h>
#include <stdbool.h>

static pthread_mutex_t mutex;
static volatile bool ran;

static void *wait_for_mutex(void *unused)
{
	CHECK_OK(pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL));
	CHECK_OK(pthread_mutex_lock(&mutex));
	return unused;
}

static void *run(void *unused)
{
	ran = true;
	return unused;
}

int main(void)
{
	struct sched_param low = { .sched_priority = 5 };
	pthread_mutexattr_t attr;
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_INHERIT));
	CHECK_OK(pthread_mutex_init(&mutex, &attr));
	CHECK_OK(pthread_setschedparam(pthread_self(), SCHED_FIFO, &low));
	CHECK_OK(pthread_mutex_lock(&mutex));

	pthread_t high = start_at(30, wait_for_mutex, NULL);
	CHECK_OK(pthread_cancel(high));
	CHECK(finish(high) == PTHREAD_CANCELED);
	pthread_t medium = start_at(10, run, NULL);
	CHECK(ran);
	CHECK_OK(pthread_mutex_unlock(&mutex));
	finish(medium);
	puts("medium goes before main");
}
