// A thread of the asynchronous type is cancelled when it yields by thrd_yield,
// too.
// STDOUT:
//   cancelled in thrd_yield
// SKIP: wasi-sdk: wasi-libc has no pthread_cancel
#include "check.h"
#include <stdatomic.h>
#include <threads.h>

static atomic_int begun;

static void *yield_for_ever(void *unused)
{
	CHECK_OK(pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL));
	begun = 1;
	while (begun)
		thrd_yield();
	return unused;
}

int main(void)
{
	pthread_t thread = start(yield_for_ever, NULL);
	while (!begun)
		thrd_yield();
	CHECK_OK(pthread_cancel(thread));
	CHECK(finish(thread) == PTHREAD_CANCELED);
	puts("cancelled in thrd_yield");
}
