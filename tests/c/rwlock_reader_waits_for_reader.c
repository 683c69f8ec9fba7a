// A reader waits, with the lock held, for another reader, while a writer waits.
// By default the second reader goes past the writer, as in the GNU C library and
// musl. A lock of the kind PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP keeps the
// second reader waiting.
// STDOUT:
//   a reader went past the writer
//   a reader waited for the writer
// SKIP: wasi-sdk: wasi-libc has no such preferences
#include "check.h"
#include <semaphore.h>

static pthread_rwlock_t lock;
static sem_t came;

static void *write_it(void *unused)
{
	CHECK_OK(pthread_rwlock_wrlock(&lock));
	CHECK_OK(pthread_rwlock_unlock(&lock));
	return unused;
}

static void *read_it(void *unused)
{
	CHECK_OK(pthread_rwlock_rdlock(&lock));
	CHECK(sem_post(&came) == 0);
	CHECK_OK(pthread_rwlock_unlock(&lock));
	return unused;
}

static void meet(int preference, const char *if_it_comes, const char *if_not)
{
	pthread_rwlockattr_t attr;
	CHECK_OK(pthread_rwlockattr_init(&attr));
	CHECK_OK(pthread_rwlockattr_setkind_np(&attr, preference));
	int found;
	CHECK_OK(pthread_rwlockattr_getkind_np(&attr, &found));
	CHECK(found == preference);
	CHECK_OK(pthread_rwlock_init(&lock, &attr));
	CHECK(sem_init(&came, 0, 0) == 0);

	CHECK_OK(pthread_rwlock_rdlock(&lock));
	pthread_t writer = start(write_it, NULL);
	sleep_ns(50 * MS);
	pthread_t reader = start(read_it, NULL);
	struct timespec soon = in_ns(CLOCK_REALTIME, 200 * MS);
	puts(sem_timedwait(&came, &soon) == 0 ? if_it_comes : if_not);
	CHECK_OK(pthread_rwlock_unlock(&lock));
	finish(writer);
	finish(reader);
}

int main(void)
{
	meet(PTHREAD_RWLOCK_DEFAULT_NP, "a reader went past the writer", "it did not come");
	meet(PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP, "it came too early",
	     "a reader waited for the writer");
	pthread_rwlockattr_t attr;
	CHECK_OK(pthread_rwlockattr_init(&attr));
	CHECK_RESULT(pthread_rwlockattr_setkind_np(&attr, 7), EINVAL);
}
