// A call that makes a thread of higher priority runnable lets that thread run at
// once: the release of a mutex or of a stream's lock, and a cancellation.
// STDOUT:
//   mutex, stream, cancel
// SKIP: native: SCHED_FIFO is for the superuser
// SKIP: wasi-sdk: wasi-libc has no priorities
#include "check.h"
#include <sched.h>
#include <semaphore.h>
#include <stdbool.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static sem_t never;
static bool ran;

static void note(void *unused)
{
	(void)unused;
	ran = true;
}

static void *take_mutex(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	ran = true;
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return unused;
}

static void *take_stream(void *unused)
{
	flockfile(stdin);
	ran = true;
	funlockfile(stdin);
	return unused;
}

static void *be_cancelled(void *unused)
{
	pthread_cleanup_push(note, NULL);
	CHECK(sem_wait(&never) == 0);
	pthread_cleanup_pop(0);
	return unused;
}

int main(void)
{
	struct sched_param low = { .sched_priority = 5 };
	CHECK_OK(pthread_setschedparam(pthread_self(), SCHED_FIFO, &low));
	CHECK(sem_init(&never, 0, 0) == 0);

	CHECK_OK(pthread_mutex_lock(&mutex));
	pthread_t high = start_at(20, take_mutex, NULL);
	CHECK(!ran);
	CHECK_OK(pthread_mutex_unlock(&mutex));
	CHECK(ran);
	finish(high);

	ran = false;
	flockfile(stdin);
	high = start_at(20, take_stream, NULL);
	CHECK(!ran);
	funlockfile(stdin);
	CHECK(ran);
	finish(high);

	ran = false;
	high = start_at(20, be_cancelled, NULL);
	CHECK_OK(pthread_cancel(high));
	CHECK(ran);
	finish(high);
	puts("mutex, stream, cancel");
}
