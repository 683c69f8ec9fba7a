// Threads that read one folder at once, each by a stream of its own, each find
// every entry once, while others make and remove files beside them.
// DIR:
// LIMIT-S: 120
// STDOUT:
//   4 readers found 400 entries, 5 times each
#include "files.h"
#include <dirent.h>
#include <sched.h>

enum { READERS = 4, MAKERS = 2, FILES = 400, ROUNDS = 5 };

static int stop;

static void *read_all(void *unused)
{
	for (int round = 0; round < ROUNDS; round++) {
		char seen[FILES] = { 0 };
		int count = 0;
		DIR *folder = opendir("folder");
		CHECK(folder != NULL);
		struct dirent *entry;
		for (errno = 0; (entry = readdir(folder)) != NULL; errno = 0) {
			if (entry->d_name[0] == '.' || entry->d_name[0] == 'x')
				continue;
			int number = atoi(entry->d_name);
			CHECK(number >= 0 && number < FILES && !seen[number]);
			seen[number] = 1;
			if (++count % 16 == 0)
				sched_yield();
		}
		CHECK_RESULT(errno, 0);
		CHECK(count == FILES);
		CHECK(closedir(folder) == 0);
	}
	return unused;
}

static void *make(void *number)
{
	char path[32];
	snprintf(path, sizeof path, "folder/x-%d", AS_NUMBER(number));
	while (!__atomic_load_n(&stop, __ATOMIC_SEQ_CST)) {
		make_file(path, "");
		sched_yield();
		CHECK(unlink(path) == 0);
		sched_yield();
	}
	return NULL;
}

int main(void)
{
	char path[32];
	CHECK(mkdir("folder", 0755) == 0);
	for (int i = 0; i < FILES; i++) {
		snprintf(path, sizeof path, "folder/%d", i);
		make_file(path, "");
	}
	pthread_t readers[READERS], makers[MAKERS];
	for (int i = 0; i < MAKERS; i++)
		makers[i] = start(make, NUMBER(i));
	for (int i = 0; i < READERS; i++)
		readers[i] = start(read_all, NULL);
	for (int i = 0; i < READERS; i++)
		finish(readers[i]);
	__atomic_store_n(&stop, 1, __ATOMIC_SEQ_CST);
	for (int i = 0; i < MAKERS; i++)
		finish(makers[i]);
	printf("%d readers found %d entries, %d times each\n", READERS, FILES, ROUNDS);
}
