/*
 * Five philosophers share five forks, and nobody starves.
 *
 * Each needs the forks on both sides to eat. Were all of them to take the left
 * one first, each could end up holding one and waiting for the other: a
 * deadlock (try it, coopt says who waits for whom). Everybody takes the fork
 * with the lower number first, so the waits cannot form a circle.
 *
 * While they eat and think they let others run: on a machine with one
 * processor nothing interesting would happen otherwise.
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
