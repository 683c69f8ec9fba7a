// A thread that waits for a spin lock lets the holder run, though the holder has a
// lower priority. When the lock is released, the waiter goes on at once.
// STDOUT:
//   low holds the lock
//   high waits
//   low releases it
//   high has it
//   low goes on
// SKIP: wasi-sdk: wasi-libc has no priorities
// SKIP: native: takes a privilege, and has several processors
#include "check.h"
#include <sched.h>

enum { LOW = 10, HIGH = 20 };

static pthread_spinlock_t lock;

static void *hold(void *unused)
{
	CHECK_OK(pthread_spin_lock(&lock));
	puts("low holds the lock");
	CHECK_OK(pthread_setschedprio(pthread_self(), LOW));
	puts("low releases it");
	CHECK_OK(pthread_spin_unlock(&lock));
	puts("low goes on");
	return unused;
}

int main(void)
{
	struct sched_param high = { .sched_priority = HIGH };
	CHECK_OK(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE));
	CHECK_OK(pthread_setschedparam(pthread_self(), SCHED_FIFO, &high));
	pthread_t low = start_at(HIGH + 1, hold, NULL);
	puts("high waits");
	CHECK_OK(pthread_spin_lock(&lock));
	puts("high has it");
	CHECK_OK(pthread_spin_unlock(&lock));
	finish(low);
	CHECK_OK(pthread_spin_destroy(&lock));
}
