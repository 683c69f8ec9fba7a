/*
 * Four threads sum a quarter of the numbers each.
 *
 * The smallest program with threads: start threads, let each work on its own
 * part, wait for their ends. A thread leaves its result in the record that it was
 * given, and pthread_join makes the result visible, so no lock is needed.
 *
 *     coopt cc -O2 parallel_sum.c -o parallel_sum.wasm
 *     coopt run parallel_sum.wasm
 */
// STDOUT:
//   4 threads, sum 799980000
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { THREADS = 4, NUMBERS_PER_THREAD = 10000 };

struct part {
	pthread_t thread;
	unsigned first;
	unsigned sum;
};

static void *sum_part(void *argument)
{
	struct part *part = argument;
	for (unsigned i = 0; i < NUMBERS_PER_THREAD; i++)
		part->sum += part->first + i;
	return NULL;
}

int main(void)
{
	struct part parts[THREADS] = { 0 };
	for (int i = 0; i < THREADS; i++) {
		parts[i].first = i * NUMBERS_PER_THREAD;
		if (pthread_create(&parts[i].thread, NULL, sum_part, &parts[i]) != 0) {
			fprintf(stderr, "no thread could be started\n");
			return EXIT_FAILURE;
		}
	}

	unsigned sum = 0;
	for (int i = 0; i < THREADS; i++) {
		pthread_join(parts[i].thread, NULL);
		sum += parts[i].sum;
	}
	printf("%d threads, sum %u\n", THREADS, sum);
}
