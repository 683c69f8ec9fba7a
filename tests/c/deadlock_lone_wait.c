// A thread waits on a condition variable, and no other thread is left to signal.
// EXIT: 124
// STDERR-CONTAINS: thread 1 `main` waits on the condition variable
// SKIP: native: would hang
#include "check.h"

static void *end_early(void *unused)
{
	return unused;
}

int main(void)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
	finish(start(end_early, NULL));
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_OK(pthread_cond_wait(&cond, &mutex));
}
