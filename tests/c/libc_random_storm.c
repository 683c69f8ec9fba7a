// Threads that draw from random at once share one sequence: each number of it is
// drawn once.
#include "check.h"
#include <sched.h>

enum { THREADS = 8, DRAWS = 200 };

static int compare(const void *one, const void *other)
{
	long a = *(const long *)one, b = *(const long *)other;
	return (a > b) - (a < b);
}

static long drawn[THREADS * DRAWS], expected[THREADS * DRAWS];

static void *draw(void *number)
{
	for (int i = 0; i < DRAWS; i++) {
		drawn[AS_NUMBER(number) * DRAWS + i] = random();
		if (i % 16 == 0)
			sched_yield();
	}
	return NULL;
}

int main(void)
{
	srandom(42);
	for (int i = 0; i < THREADS * DRAWS; i++)
		expected[i] = random();
	srandom(42);
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(draw, NUMBER(i));
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
	qsort(drawn, THREADS * DRAWS, sizeof *drawn, compare);
	qsort(expected, THREADS * DRAWS, sizeof *expected, compare);
	CHECK(memcmp(drawn, expected, sizeof drawn) == 0);
}
