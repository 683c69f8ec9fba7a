// Runnable threads run by priority, and threads of one priority in the order in
// which they became runnable. A thread of higher priority runs as soon as it is
// created or woken.
// STDOUT:
//   creation: high ran before pthread_create returned
//   order: 30 20 20 10 0
//   post: high ran before sem_post returned
//   unlock: high ran before pthread_mutex_unlock returned
// SKIP: wasi-sdk: wasi-libc has no priorities
// SKIP: native: takes a privilege, and has several processors
#include "check.h"
#include <sched.h>
#include <semaphore.h>
#include <stdbool.h>

static sem_t go;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static const char *happened = "nothing";

static void *say_priority(void *priority)
{
	CHECK(sem_wait(&go) == 0);
	printf(" %d", AS_NUMBER(priority));
	return NULL;
}

static void *happen(void *unused)
{
	happened = "high ran";
	return unused;
}

static void *wait_and_happen(void *unused)
{
	CHECK(sem_wait(&go) == 0);
	return happen(unused);
}

static void *lock_and_happen(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return happen(unused);
}

static void run_in_order(void)
{
	int priorities[] = { 0, 20, 10, 30, 20 };
	struct sched_param lowest = { .sched_priority = 0 }, highest = { .sched_priority = 99 };
	pthread_t threads[5];
	for (int i = 0; i < 5; i++)
		threads[i] = start_at(priorities[i], say_priority, NUMBER(priorities[i]));
	sched_yield();
	/* No other thread runs between the posts. */
	CHECK_OK(pthread_setschedparam(pthread_self(), SCHED_FIFO, &highest));
	for (int i = 0; i < 5; i++)
		CHECK(sem_post(&go) == 0);
	printf("order:");
	CHECK_OK(pthread_setschedparam(pthread_self(), SCHED_OTHER, &lowest));
	for (int i = 0; i < 5; i++)
		finish(threads[i]);
	puts("");
}

int main(void)
{
	CHECK(sem_init(&go, 0, 0) == 0);
	pthread_t thread = start_at(1, happen, NULL);
	printf("creation: %s before pthread_create returned\n", happened);
	finish(thread);

	run_in_order();

	happened = "nothing";
	thread = start_at(1, wait_and_happen, NULL);
	CHECK(sem_post(&go) == 0);
	printf("post: %s before sem_post returned\n", happened);
	finish(thread);

	happened = "nothing";
	CHECK_OK(pthread_mutex_lock(&mutex));
	thread = start_at(1, lock_and_happen, NULL);
	CHECK_OK(pthread_mutex_unlock(&mutex));
	printf("unlock: %s before pthread_mutex_unlock returned\n", happened);
	finish(thread);
}
