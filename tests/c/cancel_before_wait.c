// A request that came before a wait ends the thread there, even if it would
// not have had to wait: the unit of the semaphore stays. Locking a mutex is no
// cancellation point.
// STDOUT:
//   locked and unlocked; the unit is still there
// SKIP: wasi-sdk: wasi-libc has no pthread_cancel
#include "check.h"
#include <semaphore.h>
#include <stdbool.h>

static sem_t unit;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static bool locked;

static void *live(void *unused)
{
	CHECK_OK(pthread_cancel(pthread_self()));
	CHECK_OK(pthread_mutex_lock(&mutex));
	locked = true;
	CHECK_OK(pthread_mutex_unlock(&mutex));
	sem_wait(&unit);
	return unused;
}

int main(void)
{
	int value;
	CHECK(sem_init(&unit, 0, 1) == 0);
	CHECK(finish(start(live, NULL)) == PTHREAD_CANCELED);
	CHECK(sem_getvalue(&unit, &value) == 0);
	CHECK(value == 1 && locked);
	puts("locked and unlocked; the unit is still there");
}
