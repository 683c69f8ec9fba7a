// A broadcast ends every wait.
#include "check.h"
#include <sched.h>

enum { THREADS = 50 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_cond_t counted = PTHREAD_COND_INITIALIZER;
static int waiting, generation;

static void *wait_for_next(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	int mine = generation;
	waiting++;
	CHECK_OK(pthread_cond_signal(&counted));
	while (generation == mine)
		CHECK_OK(pthread_cond_wait(&cond, &mutex));
	waiting--;
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return unused;
}

int main(void)
{
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(wait_for_next, NULL);
	CHECK_OK(pthread_mutex_lock(&mutex));
	while (waiting < THREADS)
		CHECK_OK(pthread_cond_wait(&counted, &mutex));
	generation++;
	CHECK_OK(pthread_cond_broadcast(&cond));
	CHECK(waiting == THREADS); /* nobody gets past the mutex we hold */
	CHECK_OK(pthread_mutex_unlock(&mutex));
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
	CHECK(waiting == 0);
}
