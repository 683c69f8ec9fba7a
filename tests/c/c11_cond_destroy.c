// A cnd_t can be destroyed once all its waits are over, though a waiter that
// timed out may have yet to run: the waiter does not touch the cnd_t again.
// STDOUT:
//   it was overwritten
// SKIP: native: takes a privilege
// SKIP: wasi-sdk: wasi-libc's cnd_destroy does nothing
#include "check.h"
#include <sched.h>
#include <threads.h>

static mtx_t mutex;
static cnd_t cond;

static int time_out(void *deadline)
{
	CHECK(mtx_lock(&mutex) == thrd_success);
	CHECK(cnd_timedwait(&cond, &mutex, deadline) == thrd_timedout);
	CHECK(mtx_unlock(&mutex) == thrd_success);
	return 0;
}

int main(void)
{
	CHECK(mtx_init(&mutex, mtx_timed) == thrd_success);
	CHECK(cnd_init(&cond) == thrd_success);
	struct timespec deadline = in_ns(CLOCK_REALTIME, 20 * MS);
	thrd_t waiter;
	CHECK(thrd_create(&waiter, time_out, &deadline) == thrd_success);
	thrd_yield();
	/* From here on the waiter is below the main thread. After the loop the wait
	 * is over, and the waiter has not run since. */
	struct sched_param above = { .sched_priority = 1 };
	CHECK_OK(pthread_setschedparam(pthread_self(), SCHED_FIFO, &above));
	while (now_ns(CLOCK_REALTIME) < deadline.tv_sec * 1000000000LL + deadline.tv_nsec)
		;
	sleep_ns(1);
	cnd_destroy(&cond);
	unsigned char left[sizeof cond];
	memset(left, 0x55, sizeof left);
	memset(&cond, 0x55, sizeof cond);
	CHECK(thrd_join(waiter, NULL) == thrd_success);
	CHECK(memcmp(&cond, left, sizeof left) == 0);
	puts("it was overwritten");
}
