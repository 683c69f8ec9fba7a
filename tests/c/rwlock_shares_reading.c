// Several threads may read together; a writer is alone.
#include "check.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *try_both(void *unused)
{
	(void)unused;
	int reading = pthread_rwlock_tryrdlock(&lock);
	if (reading == 0)
		CHECK_OK(pthread_rwlock_unlock(&lock));
	int writing = pthread_rwlock_trywrlock(&lock);
	if (writing == 0)
		CHECK_OK(pthread_rwlock_unlock(&lock));
	return NUMBER((reading == 0) + 2 * (writing == 0));
}

/* What another thread may do: 1 to read, 2 to write. */
static int allowed(void)
{
	return AS_NUMBER(finish(start(try_both, NULL)));
}

int main(void)
{
	CHECK(allowed() == 3);
	CHECK_OK(pthread_rwlock_rdlock(&lock));
	CHECK_OK(pthread_rwlock_rdlock(&lock));
	CHECK(allowed() == 1);
	CHECK_OK(pthread_rwlock_unlock(&lock));
	CHECK(allowed() == 1);
	CHECK_OK(pthread_rwlock_unlock(&lock));
	CHECK_OK(pthread_rwlock_wrlock(&lock));
	CHECK(allowed() == 0);
	CHECK_OK(pthread_rwlock_unlock(&lock));
	CHECK(allowed() == 3);
	CHECK_OK(pthread_rwlock_destroy(&lock));
}
