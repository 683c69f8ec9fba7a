// The report of a deadlock names the priority of a thread that has another
// priority than the lowest.
// EXIT: 124
// STDERR-CONTAINS: thread 1 `main` waits to join thread 2 `important` (priority 7)
// STDERR-CONTAINS: thread 2 `important` (priority 7) waits for the mutex
// SKIP: native: would hang
// SKIP: wasi-sdk: wasi-libc has no pthread_setname_np
#include "check.h"
#include <coopt.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *lock(void *unused)
{
	CHECK_OK(pthread_setname_np(pthread_self(), "important"));
	CHECK(coopt_thread_set_priority(coopt_thread_self(), 7) == 0);
	CHECK_OK(pthread_mutex_lock(&mutex));
	return unused;
}

int main(void)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	finish(start(lock, NULL));
}
