// No thread passes before all have arrived. One thread of each round gets
// PTHREAD_BARRIER_SERIAL_THREAD. The barrier can be used again at once.
#include "check.h"

enum { THREADS = 7, ROUNDS = 20 };

static pthread_barrier_t barrier;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int arrived, serials;

static void *walk(void *unused)
{
	for (int round = 0; round < ROUNDS; round++) {
		CHECK_OK(pthread_mutex_lock(&mutex));
		arrived++;
		CHECK_OK(pthread_mutex_unlock(&mutex));
		int result = pthread_barrier_wait(&barrier);
		CHECK(arrived >= (round + 1) * THREADS);
		if (result == PTHREAD_BARRIER_SERIAL_THREAD) {
			CHECK_OK(pthread_mutex_lock(&mutex));
			serials++;
			CHECK_OK(pthread_mutex_unlock(&mutex));
		} else {
			CHECK_OK(result);
		}
	}
	return unused;
}

int main(void)
{
	pthread_t threads[THREADS];
	CHECK_RESULT(pthread_barrier_init(&barrier, NULL, 0), EINVAL);
	CHECK_OK(pthread_barrier_init(&barrier, NULL, THREADS));
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(walk, NULL);
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
	CHECK(serials == ROUNDS);
	CHECK_OK(pthread_barrier_destroy(&barrier));
}
