// A thread that waits at a cancellation point ends when it is cancelled,
// whatever it waits for, and what it waited for can be used as before.
// STDOUT:
//   cond, timed cond, sem, timed sem, join, sleep: cancelled
// SKIP: wasi-sdk: wasi-libc has no pthread_cancel
#include "check.h"
#include <semaphore.h>
#include <stdatomic.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static sem_t units;
static sem_t may_end;
static pthread_t sleeper;
static atomic_int begun;

static void unlock(void *unused)
{
	(void)unused;
	CHECK_OK(pthread_mutex_unlock(&mutex));
}

static void *wait_cond(void *timed)
{
	struct timespec later = in_ns(CLOCK_REALTIME, 3600 * 1000 * MS);
	CHECK_OK(pthread_mutex_lock(&mutex));
	pthread_cleanup_push(unlock, NULL);
	begun++;
	for (;;) {
		if (timed)
			pthread_cond_timedwait(&cond, &mutex, &later);
		else
			pthread_cond_wait(&cond, &mutex);
	}
	pthread_cleanup_pop(1);
	return NULL;
}

static void *wait_sem(void *timed)
{
	struct timespec later = in_ns(CLOCK_REALTIME, 3600 * 1000 * MS);
	begun++;
	if (timed)
		sem_timedwait(&units, &later);
	else
		sem_wait(&units);
	return NULL;
}

static void *wait_to_end(void *unused)
{
	CHECK(sem_wait(&may_end) == 0);
	return unused;
}

static void *wait_join(void *unused)
{
	(void)unused;
	begun++;
	pthread_join(sleeper, NULL);
	return NULL;
}

static void *wait_sleep(void *unused)
{
	struct timespec hour = { .tv_sec = 3600 };
	begun++;
	nanosleep(&hour, NULL);
	return unused;
}

static void check_cancelled(void *(*routine)(void *), void *argument)
{
	begun = 0;
	pthread_t thread = start(routine, argument);
	while (begun == 0)
		sched_yield();
	/* One more turn, so that the thread waits. Where threads are preempted it
	 * may not wait yet, and is cancelled all the same. */
	sched_yield();
	CHECK_OK(pthread_cancel(thread));
	CHECK(finish(thread) == PTHREAD_CANCELED);
}

int main(void)
{
	CHECK(sem_init(&units, 0, 0) == 0);
	CHECK(sem_init(&may_end, 0, 0) == 0);
	sleeper = start(wait_to_end, NULL);

	check_cancelled(wait_cond, NULL);
	check_cancelled(wait_cond, &cond);
	CHECK_OK(pthread_mutex_trylock(&mutex));
	CHECK_OK(pthread_mutex_unlock(&mutex));
	CHECK_OK(pthread_cond_destroy(&cond));

	check_cancelled(wait_sem, NULL);
	check_cancelled(wait_sem, &units);
	CHECK(sem_post(&units) == 0);
	CHECK(sem_trywait(&units) == 0);

	check_cancelled(wait_join, NULL);
	CHECK(sem_post(&may_end) == 0);
	CHECK(finish(sleeper) == NULL);

	check_cancelled(wait_sleep, NULL);
	puts("cond, timed cond, sem, timed sem, join, sleep: cancelled");
}
