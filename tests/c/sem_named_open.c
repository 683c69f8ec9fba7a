// A name leads to one semaphore: the same address, however often it is opened. A
// missing name, a taken name and too large a value have an error each.
// SKIP: wasi-sdk: wasi-libc has no sem_open
#include "check.h"
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>

#define NAME "/coopt-sem-named-open"

#define CHECK_REFUSED(call, expected) \
	do { \
		errno = 0; \
		CHECK((call) == SEM_FAILED); \
		CHECK_RESULT(errno, expected); \
	} while (0)

int main(void)
{
	sem_unlink(NAME); /* what a run that was killed left behind */
	CHECK_REFUSED(sem_open(NAME, 0), ENOENT);
	CHECK_REFUSED(sem_open(NAME, O_CREAT, 0600, (unsigned)SEM_VALUE_MAX + 1), EINVAL);

	sem_t *semaphore = sem_open(NAME, O_CREAT | O_EXCL, 0600, 2);
	CHECK(semaphore != SEM_FAILED);
	CHECK_REFUSED(sem_open(NAME, O_CREAT | O_EXCL, 0600, 2), EEXIST);
	CHECK(sem_open(NAME, 0) == semaphore);
	CHECK(sem_open(NAME, O_CREAT, 0600, 99) == semaphore);
	int value;
	CHECK(sem_getvalue(semaphore, &value) == 0 && value == 2);

	CHECK(sem_close(semaphore) == 0);
	CHECK(sem_close(semaphore) == 0);
	CHECK(sem_trywait(semaphore) == 0);
	CHECK(sem_close(semaphore) == 0);
	semaphore = sem_open(NAME, 0);
	CHECK(semaphore != SEM_FAILED);
	CHECK(sem_getvalue(semaphore, &value) == 0 && value == 1);
	CHECK(sem_close(semaphore) == 0);
	CHECK(sem_unlink(NAME) == 0);
	CHECK_ERRNO(sem_unlink(NAME), ENOENT);
}
