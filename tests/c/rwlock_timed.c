// Timed locks give up at their deadline and leave the lock usable.
#include "check.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *give_up(void *held_to_write)
{
	struct timespec deadline = in_ns(CLOCK_REALTIME, 3 * MS);
	CHECK_RESULT(pthread_rwlock_timedwrlock(&lock, &deadline), ETIMEDOUT);
	deadline = in_ns(CLOCK_REALTIME, 3 * MS);
	int expected = held_to_write ? ETIMEDOUT : 0;
	CHECK_RESULT(pthread_rwlock_timedrdlock(&lock, &deadline), expected);
	if (!held_to_write)
		CHECK_OK(pthread_rwlock_unlock(&lock));
	return NULL;
}

int main(void)
{
	CHECK_OK(pthread_rwlock_rdlock(&lock));
	finish(start(give_up, NULL));
	CHECK_OK(pthread_rwlock_unlock(&lock));
	CHECK_OK(pthread_rwlock_wrlock(&lock));
	finish(start(give_up, &lock));
	CHECK_OK(pthread_rwlock_unlock(&lock));
	CHECK_OK(pthread_rwlock_trywrlock(&lock));
	CHECK_OK(pthread_rwlock_unlock(&lock));
}
