// Threads that change the environment at once lose nothing: each finds what it
// set, and the variables of others are whole.
// SKIP: native: POSIX lets setenv and getenv race
#include "check.h"
#include <sched.h>

enum { THREADS = 8, ROUNDS = 50 };

static void check_value(int number, int round)
{
	char name[16], value[16];
	snprintf(name, sizeof name, "STORM_%d", number);
	snprintf(value, sizeof value, "%d-%d", number, round);
	const char *found = getenv(name);
	CHECK(found != NULL && strcmp(found, value) == 0);
}

static void *change(void *number)
{
	char name[16], value[16];
	snprintf(name, sizeof name, "STORM_%d", AS_NUMBER(number));
	for (int round = 0; round < ROUNDS; round++) {
		snprintf(value, sizeof value, "%d-%d", AS_NUMBER(number), round);
		CHECK(setenv(name, value, 1) == 0);
		sched_yield();
		check_value(AS_NUMBER(number), round);
		if (round % 8 == 0) {
			CHECK(unsetenv(name) == 0);
			sched_yield();
			CHECK(getenv(name) == NULL);
		}
	}
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(change, NUMBER(i));
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
	for (int i = 0; i < THREADS; i++)
		check_value(i, ROUNDS - 1);
}
