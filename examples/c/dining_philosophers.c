/*
 * Five philosophers share five forks, and nobody starves.
 *
 * A philosopher needs the forks on both sides to eat. If all of them took the
 * left fork first, each could hold one fork and wait for the next: a deadlock,
 * of which coopt would say who waits for whom. So each takes the fork with the
 * lower number first, and the waits cannot form a circle.
 *
 * Philosophers yield while they eat and think. Without a yield, each would eat
 * all its meals in one turn, because threads are cooperative.
 */
// STDOUT:
//   Thales ate 100 times
//   Solon ate 100 times
//   Chilon ate 100 times
//   Pittacus ate 100 times
//   Bias ate 100 times
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

enum { SEATS = 5, MEALS = 100 };

static const char *const names[SEATS] = { "Thales", "Solon", "Chilon", "Pittacus", "Bias" };

static pthread_mutex_t forks[SEATS];

struct philosopher {
	pthread_t thread;
	int seat;
	int meals;
};

static void eat(struct philosopher *philosopher)
{
	int left = philosopher->seat;
	int right = (left + 1) % SEATS;
	pthread_mutex_t *first = &forks[left < right ? left : right];
	pthread_mutex_t *second = &forks[left < right ? right : left];

	pthread_mutex_lock(first);
	pthread_mutex_lock(second);
	sched_yield();
	philosopher->meals++;
	pthread_mutex_unlock(second);
	pthread_mutex_unlock(first);
}

static void think(void)
{
	sched_yield();
}

static void *live(void *argument)
{
	struct philosopher *philosopher = argument;
	while (philosopher->meals < MEALS) {
		eat(philosopher);
		think();
	}
	return NULL;
}

int main(void)
{
	struct philosopher table[SEATS];
	for (int seat = 0; seat < SEATS; seat++)
		pthread_mutex_init(&forks[seat], NULL);
	for (int seat = 0; seat < SEATS; seat++) {
		table[seat] = (struct philosopher){ .seat = seat };
		if (pthread_create(&table[seat].thread, NULL, live, &table[seat]) != 0)
			return EXIT_FAILURE;
	}
	for (int seat = 0; seat < SEATS; seat++) {
		pthread_join(table[seat].thread, NULL);
		printf("%s ate %d times\n", names[seat], table[seat].meals);
	}
}
