// The output of one call of fprintf stays together while other threads print.
#include "check.h"
#include <sched.h>
#include <stdio.h>

enum { THREADS = 4, LINES = 50 };

static FILE *file;

static void *print(void *number)
{
	for (int i = 0; i < LINES; i++) {
		char c = (char)('a' + AS_NUMBER(number));
		fprintf(file, "%c%c%c%c %3d %c%c%c%c\n", c, c, c, c, i, c, c, c, c);
		sched_yield();
	}
	return NULL;
}

int main(void)
{
	static char text[THREADS * LINES * 14 + 1];
	file = fmemopen(text, sizeof text, "w");
	CHECK(file != NULL);
	CHECK(setvbuf(file, NULL, _IONBF, 0) == 0);
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(print, NUMBER(i));
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
	CHECK(fclose(file) == 0);

	int next[THREADS] = { 0 };
	for (int line = 0; line < THREADS * LINES; line++) {
		const char *at = text + line * 14;
		int number = at[0] - 'a';
		char expected[15];
		CHECK(number >= 0 && number < THREADS);
		snprintf(expected, sizeof expected, "%c%c%c%c %3d %c%c%c%c\n", at[0], at[0], at[0],
		         at[0], next[number]++, at[0], at[0], at[0], at[0]);
		CHECK(memcmp(at, expected, 14) == 0);
	}
}
