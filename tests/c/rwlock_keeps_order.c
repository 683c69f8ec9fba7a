// Readers and writers together: a writer is inside alone, and all of them get in.
#include "check.h"
#include <sched.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int readers, writers, written;
static pthread_mutex_t count = PTHREAD_MUTEX_INITIALIZER;

static void add(int *number, int difference)
{
	CHECK_OK(pthread_mutex_lock(&count));
	*number += difference;
	CHECK_OK(pthread_mutex_unlock(&count));
}

static void *read_often(void *unused)
{
	for (int i = 0; i < 50; i++) {
		CHECK_OK(pthread_rwlock_rdlock(&lock));
		add(&readers, 1);
		sched_yield();
		CHECK(writers == 0);
		add(&readers, -1);
		CHECK_OK(pthread_rwlock_unlock(&lock));
	}
	return unused;
}

static void *write_often(void *unused)
{
	for (int i = 0; i < 50; i++) {
		CHECK_OK(pthread_rwlock_wrlock(&lock));
		CHECK(writers++ == 0);
		sched_yield();
		CHECK(readers == 0);
		CHECK(--writers == 0);
		written++;
		CHECK_OK(pthread_rwlock_unlock(&lock));
		sched_yield();
	}
	return unused;
}

int main(void)
{
	pthread_t threads[6];
	for (int i = 0; i < 6; i++)
		threads[i] = start(i < 4 ? read_often : write_often, NULL);
	for (int i = 0; i < 6; i++)
		finish(threads[i]);
	CHECK(written == 100);
}
