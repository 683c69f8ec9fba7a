// Readers that overlap all the time, and read another lock besides, let a writer
// in all the same.
// SKIP: native: glibc prefers readers and lets a writer starve
// SKIP: wasi-sdk: so does wasi-libc
#include "check.h"
#include <sched.h>
#include <stdbool.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t beside = PTHREAD_RWLOCK_INITIALIZER;
static volatile bool over;

static void *read_on(void *unused)
{
	CHECK_OK(pthread_rwlock_rdlock(&beside));
	while (!over) {
		CHECK_OK(pthread_rwlock_rdlock(&lock));
		sched_yield();
		CHECK_OK(pthread_rwlock_unlock(&lock));
	}
	CHECK_OK(pthread_rwlock_unlock(&beside));
	return unused;
}

int main(void)
{
	pthread_t readers[4];
	for (int i = 0; i < 4; i++)
		readers[i] = start(read_on, NULL);
	for (int i = 0; i < 1000; i++) {
		sched_yield();
		CHECK_OK(pthread_rwlock_wrlock(&lock));
		CHECK_OK(pthread_rwlock_unlock(&lock));
	}
	over = true;
	for (int i = 0; i < 4; i++)
		finish(readers[i]);
}
