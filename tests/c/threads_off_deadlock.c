// With threads off, a wait that nothing could end is a deadlock at once.
// RUN-FLAGS: --threads=off
// EXIT: 124
// STDERR-CONTAINS: thread 1 `main` waits for the semaphore
// SKIP: native: would hang
#include "check.h"
#include <semaphore.h>

int main(void)
{
	sem_t semaphore;
	CHECK(sem_init(&semaphore, 0, 0) == 0);
	sem_wait(&semaphore);
}
