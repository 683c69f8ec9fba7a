// Threads that open and close streams at once, while others flush them all, keep
// the list of open streams whole.
#include "check.h"
#include <sched.h>

enum { THREADS = 8, ROUNDS = 30 };

static void *open_and_close(void *number)
{
	for (int round = 0; round < ROUNDS; round++) {
		char *text;
		size_t size;
		FILE *file = open_memstream(&text, &size);
		CHECK(file != NULL);
		CHECK(fprintf(file, "%d %d", AS_NUMBER(number), round) > 0);
		sched_yield();
		CHECK(fflush(NULL) == 0);
		sched_yield();
		CHECK(fclose(file) == 0);
		int found_number, found_round;
		CHECK(sscanf(text, "%d %d", &found_number, &found_round) == 2);
		CHECK(found_number == AS_NUMBER(number) && found_round == round);
		free(text);
	}
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(open_and_close, NUMBER(i));
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
}
