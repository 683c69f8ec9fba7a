// An unlinked semaphore lives on for the threads that have it open, and its name
// may lead to another semaphore.
// SKIP: wasi-sdk: wasi-libc has no sem_open
#include "check.h"
#include <fcntl.h>
#include <semaphore.h>

#define NAME "/coopt-sem-named-unlink"

static sem_t *old;

static void *wait_for_old(void *unused)
{
	CHECK(sem_wait(old) == 0);
	return unused;
}

int main(void)
{
	sem_unlink(NAME);
	old = sem_open(NAME, O_CREAT | O_EXCL, 0600, 0);
	CHECK(old != SEM_FAILED);
	pthread_t waiter = start(wait_for_old, NULL);
	CHECK(sem_unlink(NAME) == 0);
	CHECK_ERRNO(sem_unlink(NAME), ENOENT);
	CHECK(sem_open(NAME, 0) == SEM_FAILED && errno == ENOENT);

	sem_t *new = sem_open(NAME, O_CREAT | O_EXCL, 0600, 5);
	CHECK(new != SEM_FAILED && new != old);
	CHECK(sem_post(old) == 0);
	finish(waiter);
	int value;
	CHECK(sem_getvalue(old, &value) == 0 && value == 0);
	CHECK(sem_getvalue(new, &value) == 0 && value == 5);
	CHECK(sem_close(old) == 0);
	CHECK(sem_unlink(NAME) == 0);
	CHECK(sem_post(new) == 0);
	CHECK(sem_close(new) == 0);
}
