// Threads that take lines from one stream on a file get each line once, whole.
// DIR:
// STDOUT:
//   3000 lines
#include "files.h"
#include <sched.h>

enum { THREADS = 4, LINES = 3000 };

static FILE *file;
static int seen[LINES];

static void *take(void *unused)
{
	char text[300];
	while (fgets(text, sizeof text, file)) {
		int line, at;
		CHECK(sscanf(text, "%d %n", &line, &at) == 1 && line >= 0 && line < LINES);
		int size = line * 13 % 200;
		for (int i = 0; i < size; i++)
			CHECK(text[at + i] == 'x');
		CHECK(strcmp(text + at + size, ".\n") == 0);
		__atomic_add_fetch(&seen[line], 1, __ATOMIC_SEQ_CST);
		if (line % 8 == 0)
			sched_yield();
	}
	return unused;
}

int main(void)
{
	char text[201];
	memset(text, 'x', 200);
	text[200] = 0;
	file = fopen("file", "w");
	CHECK(file != NULL);
	for (int line = 0; line < LINES; line++)
		CHECK(fprintf(file, "%d %.*s.\n", line, line * 13 % 200, text) > 0);
	CHECK(fclose(file) == 0);
	file = fopen("file", "r");
	CHECK(file != NULL);
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(take, NULL);
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
	int lines = 0;
	for (int line = 0; line < LINES; line++) {
		CHECK(seen[line] == 1);
		lines++;
	}
	printf("%d lines\n", lines);
}
