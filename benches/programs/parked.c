/*
 * parked.c - what a blocked thread costs in memory.
 *
 *   parked COUNT    blocks COUNT threads with stacks of 64 KiB, writes a line
 *                   to standard error, and waits for the end of its input
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

static sem_t arrived, gate;

static void *park(void *unused)
{
	sem_post(&arrived);
	sem_wait(&gate);
	return unused;
}

int main(int argc, char **argv)
{
	int count = argc > 1 ? atoi(argv[1]) : 0;
	pthread_attr_t attr;
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 65536);
	sem_init(&arrived, 0, 0);
	sem_init(&gate, 0, 0);
	for (int i = 0; i < count; i++) {
		pthread_t thread;
		int error = pthread_create(&thread, &attr, park, NULL);
		if (error != 0) {
			fprintf(stderr, "thread %d was refused (%d)\n", i, error);
			return 1;
		}
		pthread_detach(thread);
	}
	for (int i = 0; i < count; i++)
		sem_wait(&arrived);
	fputs("parked\n", stderr);
	getchar();
	return 0;
}
