// With threads off a program starts, locks work for its one thread, and
// creating another fails with ENOTSUP.
// RUN-FLAGS: --threads=off
// STDOUT:
//   no thread, and that is known
// SKIP: native: has threads
// SKIP: wasi-sdk: pthread_create answers EAGAIN where ours says ENOTSUP
#include "check.h"
#include <semaphore.h>

static void *never(void *unused)
{
	return unused;
}

int main(void)
{
	pthread_t thread;
	CHECK_RESULT(pthread_create(&thread, NULL, never, NULL), ENOTSUP);

	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
	CHECK_OK(pthread_mutex_lock(&mutex));
	struct timespec soon = in_ns(CLOCK_REALTIME, 2 * MS);
	CHECK_RESULT(pthread_cond_timedwait(&cond, &mutex, &soon), ETIMEDOUT);
	CHECK_OK(pthread_mutex_unlock(&mutex));

	sem_t semaphore;
	CHECK(sem_init(&semaphore, 0, 1) == 0);
	CHECK(sem_wait(&semaphore) == 0);
	sleep_ns(1 * MS);
	printf("no thread, and that is known\n");
}
