// A semaphore lets as many pass as were posted, and counts.
#include "check.h"
#include <limits.h>
#include <semaphore.h>

static sem_t items, done;

static void *take(void *unused)
{
	CHECK(sem_wait(&items) == 0);
	CHECK(sem_post(&done) == 0);
	return unused;
}

static int value(sem_t *semaphore)
{
	int found;
	CHECK(sem_getvalue(semaphore, &found) == 0);
	return found;
}

int main(void)
{
	pthread_t threads[5];
	CHECK(sem_init(&items, 0, 2) == 0);
	CHECK(sem_init(&done, 0, 0) == 0);
	for (int i = 0; i < 5; i++)
		threads[i] = start(take, NULL);
	CHECK(sem_wait(&done) == 0);
	CHECK(sem_wait(&done) == 0);
	CHECK_ERRNO(sem_trywait(&done), EAGAIN);
	CHECK(value(&items) == 0);
	for (int i = 0; i < 3; i++)
		CHECK(sem_post(&items) == 0);
	for (int i = 0; i < 5; i++)
		finish(threads[i]);
	CHECK(value(&done) == 3);
	CHECK(sem_destroy(&done) == 0);

	sem_t full;
	CHECK(sem_init(&full, 0, SEM_VALUE_MAX) == 0);
	CHECK_ERRNO(sem_post(&full), EOVERFLOW);
}
