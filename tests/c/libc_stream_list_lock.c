// A thread that flushes all streams waits for a held stream, and keeps the list of
// streams locked. So a thread that opens a stream meanwhile waits for the list.
// Both go on when the held stream is given back.
// STDOUT:
//   given back
//   flushed
//   opened
// SKIP: native: the order of the last two is not certain there
#include "check.h"
#include <sched.h>

static void *flush_all(void *unused)
{
	CHECK(fflush(NULL) == 0);
	printf("flushed\n");
	return unused;
}

static void *open_one(void *unused)
{
	static char text[8];
	FILE *file = fmemopen(text, sizeof text, "w");
	CHECK(file != NULL);
	printf("opened\n");
	CHECK(fclose(file) == 0);
	return unused;
}

int main(void)
{
	static char text[8];
	FILE *held = fmemopen(text, sizeof text, "w");
	CHECK(held != NULL);
	flockfile(held);
	pthread_t flusher = start(flush_all, NULL);
	sched_yield();
	pthread_t opener = start(open_one, NULL);
	sched_yield();
	printf("given back\n");
	funlockfile(held);
	finish(flusher);
	finish(opener);
	CHECK(fclose(held) == 0);
}
