// Nine hundred threads that each have a file open, all at once, each find their own
// text in it, and read on in a file that is removed while it is open. (Most systems
// let a program have 1024 files open.)
// DIR:
#include "files.h"

enum { OPENERS = 900 };

static pthread_barrier_t all_open;

static void *work(void *number)
{
	char name[32], text[64], found[64];
	snprintf(name, sizeof name, "file-%d", AS_NUMBER(number));
	snprintf(text, sizeof text, "the text of thread %d\n", AS_NUMBER(number));
	make_file(name, text);
	FILE *file = fopen(name, "r");
	CHECK(file != NULL);
	pthread_barrier_wait(&all_open);
	CHECK(unlink(name) == 0);
	CHECK(fgets(found, sizeof found, file) != NULL);
	CHECK(strcmp(found, text) == 0);
	CHECK(fclose(file) == 0);
	return NULL;
}

int main(void)
{
	static pthread_t threads[OPENERS];
	CHECK_OK(pthread_barrier_init(&all_open, NULL, OPENERS));
	for (int i = 0; i < OPENERS; i++)
		threads[i] = start(work, NUMBER(i));
	for (int i = 0; i < OPENERS; i++)
		finish(threads[i]);
}
