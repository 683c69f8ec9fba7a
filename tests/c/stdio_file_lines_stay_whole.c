// Eight threads print lines of different length to one stream on a file: each line
// is whole, and all are there in the order of their thread.
// DIR:
// STDOUT:
//   1600 lines
#include "files.h"
#include <sched.h>

enum { THREADS = 8, LINES = 200 };

static FILE *file;

static int length(int thread, int line)
{
	return (thread * 37 + line * 101) % 331;
}

static void *print(void *number)
{
	int thread = AS_NUMBER(number);
	for (int line = 0; line < LINES; line++) {
		char text[400];
		int size = length(thread, line);
		memset(text, 'a' + thread, (size_t)size);
		text[size] = 0;
		CHECK(fprintf(file, "%d %d %s.\n", thread, line, text) > 0);
		if (line % 16 == thread)
			sched_yield();
	}
	return NULL;
}

int main(void)
{
	file = fopen("file", "w");
	CHECK(file != NULL);
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(print, NUMBER(i));
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
	CHECK(fclose(file) == 0);

	file = fopen("file", "r");
	CHECK(file != NULL);
	int next[THREADS] = { 0 }, lines = 0;
	char text[500];
	while (fgets(text, sizeof text, file)) {
		int thread, line, at;
		CHECK(sscanf(text, "%d %d %n", &thread, &line, &at) == 2);
		CHECK(thread >= 0 && thread < THREADS && line == next[thread]++);
		int size = length(thread, line);
		for (int i = 0; i < size; i++)
			CHECK(text[at + i] == 'a' + thread);
		CHECK(strcmp(text + at + size, ".\n") == 0);
		lines++;
	}
	printf("%d lines\n", lines);
}
