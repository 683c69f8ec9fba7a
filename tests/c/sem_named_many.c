// Names do not get into each other's way, in whatever order they are opened,
// unlinked and closed.
// SKIP: wasi-sdk: wasi-libc has no sem_open
#include "check.h"
#include <fcntl.h>
#include <semaphore.h>

enum { COUNT = 100 };

static const char *name(int i)
{
	static char name[32];
	snprintf(name, sizeof name, "/coopt-sem-named-many-%d", i);
	return name;
}

int main(void)
{
	sem_t *semaphores[COUNT];
	for (int i = 0; i < COUNT; i++) {
		sem_unlink(name(i));
		semaphores[i] = sem_open(name(i), O_CREAT | O_EXCL, 0600, i);
		CHECK(semaphores[i] != SEM_FAILED);
	}
	for (int i = 0; i < COUNT; i++) {
		/* 37 and 100 have no common divisor: each once, in disorder. */
		int at = i * 37 % COUNT, value;
		CHECK(sem_open(name(at), 0) == semaphores[at]);
		CHECK(sem_getvalue(semaphores[at], &value) == 0 && value == at);
		CHECK(sem_close(semaphores[at]) == 0);
		if (at % 2)
			CHECK(sem_unlink(name(at)) == 0);
		CHECK(sem_close(semaphores[at]) == 0);
		if (at % 2 == 0)
			CHECK(sem_unlink(name(at)) == 0);
		CHECK_ERRNO(sem_unlink(name(at)), ENOENT);
	}
}
