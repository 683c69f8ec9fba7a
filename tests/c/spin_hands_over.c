// A thread that finds the spin lock held lets the holder run. A loop without a
// yield would never end.
// SKIP: wasi-sdk: its spin lock does not yield
#include "check.h"
#include <sched.h>

static pthread_spinlock_t lock;
static int inside;

static void *enter_often(void *unused)
{
	for (int i = 0; i < 20; i++) {
		CHECK_OK(pthread_spin_lock(&lock));
		CHECK(inside++ == 0);
		sched_yield();
		CHECK(--inside == 0);
		CHECK_OK(pthread_spin_unlock(&lock));
	}
	return unused;
}

int main(void)
{
	pthread_t threads[4];
	CHECK_OK(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE));
	for (int i = 0; i < 4; i++)
		threads[i] = start(enter_often, NULL);
	for (int i = 0; i < 4; i++)
		finish(threads[i]);
	CHECK_OK(pthread_spin_trylock(&lock));
	CHECK_RESULT(pthread_spin_trylock(&lock), EBUSY);
	CHECK_OK(pthread_spin_unlock(&lock));
	CHECK_OK(pthread_spin_destroy(&lock));
}
