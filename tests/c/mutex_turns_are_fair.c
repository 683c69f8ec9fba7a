// Sixteen threads that lock, yield and unlock as often as they can for a while
// get about the same number of turns: the fewest at least half of the most.
// SKIP: native: a native mutex promises no such thing
// SKIP: wasi-sdk: its mutex lets one of 16 threads have nearly all turns
#include "check.h"
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { THREADS = 16 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static atomic_bool stop;

static void *take_turns(void *turns)
{
	while (!stop) {
		pthread_mutex_lock(&mutex);
		sched_yield();
		pthread_mutex_unlock(&mutex);
		++*(int *)turns;
	}
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];
	int turns[THREADS] = { 0 };
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(take_turns, &turns[i]);
	sleep_ns(100 * MS);
	stop = true;
	int fewest = turns[0], most = turns[0];
	for (int i = 0; i < THREADS; i++) {
		finish(threads[i]);
		fewest = turns[i] < fewest ? turns[i] : fewest;
		most = turns[i] > most ? turns[i] : most;
	}
	if (most < 10 || 2 * fewest < most) {
		fprintf(stderr, "fewest turns %d, most %d\n", fewest, most);
		return 1;
	}
}
