// Ten thousand threads of default attributes are there at once.
// LIMIT-S: 120
// SKIP: native: machines differ in how many threads there may be
// SKIP: wasi-sdk: has another default
#include "check.h"

enum { THREADS = 10000 };

static pthread_barrier_t all;

static void *live(void *number)
{
	pthread_barrier_wait(&all);
	return number;
}

int main(void)
{
	static pthread_t threads[THREADS];
	CHECK_OK(pthread_barrier_init(&all, NULL, THREADS + 1));
	for (int i = 0; i < THREADS; i++)
		CHECK_OK(pthread_create(&threads[i], NULL, live, NUMBER(i)));
	pthread_barrier_wait(&all);
	for (int i = 0; i < THREADS; i++)
		CHECK(finish(threads[i]) == NUMBER(i));
}
