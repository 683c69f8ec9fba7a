// A thread joins another, which waits for a mutex that the first holds.
// EXIT: 124
// STDERR-CONTAINS: thread 1 `main` waits to join thread 2
// STDERR-CONTAINS: in a circle: 1 -> 2 -> 1
// SKIP: native: hangs
#include "check.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *lock(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	return unused;
}

int main(void)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	finish(start(lock, NULL));
}
