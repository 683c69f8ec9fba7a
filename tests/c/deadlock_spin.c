// A thread spins on a lock whose owner waits to join that thread: no endless loop,
// but a report.
// EXIT: 124
// STDERR-CONTAINS: deadlock
// STDERR-CONTAINS: thread 2 waits for the spin lock
// STDERR-CONTAINS: owned by thread 1 `main`
// STDERR-CONTAINS: thread 1 `main` waits to join thread 2
// STDERR-CONTAINS: in a circle: 1 -> 2 -> 1
// SKIP: native: would hang
// SKIP: wasi-sdk: its spin lock does not yield
#include "check.h"

static pthread_spinlock_t lock;

static void *want(void *unused)
{
	pthread_spin_lock(&lock);
	return unused;
}

int main(void)
{
	CHECK_OK(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE));
	CHECK_OK(pthread_spin_lock(&lock));
	finish(start(want, NULL));
}
