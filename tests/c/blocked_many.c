// Two thousand threads blocked at once on one condition variable, released
// together.
#include "check.h"
#include <limits.h>

enum { THREADS = 2000 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t go = PTHREAD_COND_INITIALIZER, counted = PTHREAD_COND_INITIALIZER;
static int waiting, released, going;

static void *block(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	waiting++;
	CHECK_OK(pthread_cond_signal(&counted));
	while (!going)
		CHECK_OK(pthread_cond_wait(&go, &mutex));
	released++;
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return unused;
}

int main(void)
{
	static pthread_t threads[THREADS];
	pthread_attr_t attr;
	CHECK_OK(pthread_attr_init(&attr));
	CHECK_OK(pthread_attr_setstacksize(&attr, 64 * 1024));
	for (int i = 0; i < THREADS; i++)
		CHECK_OK(pthread_create(&threads[i], &attr, block, NULL));
	CHECK_OK(pthread_mutex_lock(&mutex));
	while (waiting < THREADS)
		CHECK_OK(pthread_cond_wait(&counted, &mutex));
	going = 1;
	CHECK_OK(pthread_cond_broadcast(&go));
	CHECK_OK(pthread_mutex_unlock(&mutex));
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
	CHECK(released == THREADS);
}
