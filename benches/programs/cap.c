/*
 * cap.c - one thread more than there may be.
 *
 * Creates threads, which block, until pthread_create refuses. Then the program
 * must go on: it releases and joins all threads, and starts another. Writes how
 * many threads there were at once, the main thread included, or 0 when the
 * refusal was no EAGAIN or the program could not go on.
 */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#define THREADS_MAX 40000

static pthread_t threads[THREADS_MAX];
static sem_t gate;

static void *park(void *unused)
{
	sem_wait(&gate);
	return unused;
}

static void *pass(void *argument) { return argument; }

int main(void)
{
	pthread_attr_t attr;
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 16384);
	sem_init(&gate, 0, 0);
	int count = 0, error = 0;
	while (count < THREADS_MAX && error == 0) {
		error = pthread_create(&threads[count], &attr, park, NULL);
		count += error == 0;
	}
	for (int i = 0; i < count; i++)
		sem_post(&gate);
	for (int i = 0; i < count; i++)
		pthread_join(threads[i], NULL);

	pthread_t another;
	void *result = NULL;
	int goes_on = pthread_create(&another, &attr, pass, &another) == 0 &&
	              pthread_join(another, &result) == 0 && result == &another;
	fprintf(stderr, "cap %d\n", error == EAGAIN && goes_on ? count + 1 : 0);
	return 0;
}
