// Threads that open, write, read, rename and remove files at once each find their
// own as they left them, and numbers are not given twice.
// DIR:
#include "files.h"
#include <sched.h>

enum { THREADS = 8, ROUNDS = 40 };

static void *work(void *number)
{
	char name[32], moved[32], text[32], found[32];
	for (int round = 0; round < ROUNDS; round++) {
		snprintf(name, sizeof name, "file-%d", AS_NUMBER(number));
		snprintf(moved, sizeof moved, "moved-%d", AS_NUMBER(number));
		int size = snprintf(text, sizeof text, "%d of %d", round, AS_NUMBER(number));
		int file = open(name, O_RDWR | O_CREAT | O_EXCL, 0644);
		CHECK(file >= 0);
		sched_yield();
		CHECK(write(file, text, (size_t)size) == size);
		int other = open(name, O_RDONLY);
		CHECK(other >= 0 && other != file);
		sched_yield();
		CHECK(rename(name, moved) == 0);
		CHECK(read(other, found, sizeof found) == size && memcmp(found, text, (size_t)size) == 0);
		sched_yield();
		CHECK(close(file) == 0);
		CHECK(unlink(moved) == 0);
		sched_yield();
		CHECK(pread(other, found, 2, 1) == 2 && memcmp(found, text + 1, 2) == 0);
		CHECK(close(other) == 0);
	}
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(work, NUMBER(i));
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
}
