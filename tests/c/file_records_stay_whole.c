// Eight threads write records of 100 bytes to one file, by one descriptor, plain or
// with O_APPEND, and by one for each: every record is whole, and all are there.
// DIR:
// STDOUT:
//   one plain descriptor: 1600 records
//   one descriptor with O_APPEND: 1600 records
//   a descriptor with O_APPEND for each thread: 1600 records
#include "files.h"
#include <sched.h>

enum { THREADS = 8, RECORDS = 200, SIZE = 100 };

static int files[THREADS];

static void *record(void *number)
{
	int thread = AS_NUMBER(number);
	for (int i = 0; i < RECORDS; i++) {
		char bytes[SIZE + 1];
		memset(bytes, 'a' + thread, SIZE);
		int size = snprintf(bytes, sizeof bytes, "%d %d ", thread, i);
		bytes[size] = ' ';
		CHECK(write(files[thread], bytes, SIZE) == SIZE);
		if (i % 16 == thread)
			sched_yield();
	}
	return NULL;
}

static void run(const char *title, int flags, bool shared)
{
	int first = open("file", O_WRONLY | O_CREAT | O_TRUNC | flags, 0644);
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++) {
		files[i] = shared || i == 0 ? first : open("file", O_WRONLY | flags);
		CHECK(files[i] >= 0);
	}
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(record, NUMBER(i));
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);

	int file = open("file", O_RDONLY), next[THREADS] = { 0 }, records = 0;
	char bytes[SIZE];
	ssize_t count;
	while ((count = read(file, bytes, SIZE)) == SIZE) {
		int thread = bytes[0] - '0', i = atoi(bytes + 2);
		CHECK(thread >= 0 && thread < THREADS && i == next[thread]++);
		for (int at = 8; at < SIZE; at++)
			CHECK(bytes[at] == 'a' + thread);
		records++;
	}
	printf("%s: %d records\n", title, records);
	CHECK(count == 0);
	CHECK(close(file) == 0);
	for (int i = 0; i < (shared ? 1 : THREADS); i++)
		CHECK(close(files[i]) == 0);
}

int main(void)
{
	run("one plain descriptor", 0, true);
	run("one descriptor with O_APPEND", O_APPEND, true);
	run("a descriptor with O_APPEND for each thread", O_APPEND, false);
}
