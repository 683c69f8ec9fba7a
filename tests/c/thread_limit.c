// One thread more than the cap gets EAGAIN, and the program goes on: after
// some have ended there is room again.
// RUN-FLAGS: --max-threads 8
// STDOUT:
//   7 threads beside the main one, then EAGAIN
//   7 threads beside the main one, then EAGAIN
// SKIP: native: has no such cap
#include "check.h"
#include <semaphore.h>

static sem_t go;

static void *wait_to_go(void *unused)
{
	CHECK(sem_wait(&go) == 0);
	return unused;
}

static void fill(void)
{
	pthread_t threads[16];
	int count = 0, result;
	while ((result = pthread_create(&threads[count], NULL, wait_to_go, NULL)) == 0)
		count++;
	CHECK_RESULT(result, EAGAIN);
	printf("%d threads beside the main one, then EAGAIN\n", count);
	for (int i = 0; i < count; i++)
		CHECK(sem_post(&go) == 0);
	for (int i = 0; i < count; i++)
		finish(threads[i]);
}

int main(void)
{
	CHECK(sem_init(&go, 0, 0) == 0);
	fill();
	fill();
}
