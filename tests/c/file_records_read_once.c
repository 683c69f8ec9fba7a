// Four threads read records from one descriptor: each record goes to one of them,
// whole. Meanwhile others read anywhere with pread, which moves nothing.
// DIR:
// STDOUT:
//   2000 records, each once
#include "files.h"
#include <sched.h>

enum { READERS = 4, OTHERS = 4, RECORDS = 2000, SIZE = 64 };

static int file, seen[RECORDS];

static void fill(char *bytes, int number)
{
	memset(bytes, 'A' + number % 26, SIZE);
	int size = snprintf(bytes, SIZE, "%d", number);
	bytes[size] = ' ';
}

static void check(const char *bytes, int number)
{
	char expected[SIZE];
	CHECK(number >= 0 && number < RECORDS);
	fill(expected, number);
	CHECK(memcmp(bytes, expected, SIZE) == 0);
}

static void *read_in_order(void *unused)
{
	char bytes[SIZE];
	ssize_t count;
	while ((count = read(file, bytes, SIZE)) == SIZE) {
		int number = atoi(bytes);
		check(bytes, number);
		__atomic_add_fetch(&seen[number], 1, __ATOMIC_SEQ_CST);
		if (number % 16 == 0)
			sched_yield();
	}
	CHECK(count == 0);
	return unused;
}

static void *read_anywhere(void *seed)
{
	unsigned state = (unsigned)AS_NUMBER(seed) * 7919 + 1;
	char bytes[SIZE];
	for (int i = 0; i < RECORDS; i++) {
		state = state * 1664525 + 1013904223;
		int number = (int)(state >> 8) % RECORDS;
		CHECK(pread(file, bytes, SIZE, (off_t)number * SIZE) == SIZE);
		check(bytes, number);
		if (i % 16 == 0)
			sched_yield();
	}
	return NULL;
}

int main(void)
{
	file = open("file", O_RDWR | O_CREAT, 0644);
	char bytes[SIZE];
	for (int i = 0; i < RECORDS; i++) {
		fill(bytes, i);
		CHECK(write(file, bytes, SIZE) == SIZE);
	}
	CHECK(lseek(file, 0, SEEK_SET) == 0);
	pthread_t threads[READERS + OTHERS];
	for (int i = 0; i < READERS + OTHERS; i++)
		threads[i] = start(i % 2 ? read_in_order : read_anywhere, NUMBER(i));
	for (int i = 0; i < READERS + OTHERS; i++)
		finish(threads[i]);
	for (int i = 0; i < RECORDS; i++)
		CHECK(seen[i] == 1);
	printf("%d records, each once\n", RECORDS);
}
