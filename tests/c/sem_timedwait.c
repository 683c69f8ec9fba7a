// A timed wait on a semaphore gives up at its deadline, and does not look at
// the deadline when it need not wait.
#include "check.h"
#include <semaphore.h>

int main(void)
{
	sem_t semaphore;
	CHECK(sem_init(&semaphore, 0, 1) == 0);
	struct timespec past = { 0 };
	CHECK(sem_timedwait(&semaphore, &past) == 0);
	CHECK_ERRNO(sem_timedwait(&semaphore, &past), ETIMEDOUT);

	long long before = now_ns(CLOCK_REALTIME);
	struct timespec soon = in_ns(CLOCK_REALTIME, 5 * MS);
	CHECK_ERRNO(sem_timedwait(&semaphore, &soon), ETIMEDOUT);
	CHECK(now_ns(CLOCK_REALTIME) - before >= 5 * MS);
}
