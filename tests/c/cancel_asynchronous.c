// A thread of the asynchronous type ends without a cancellation point: at once
// when it cancels itself, and when it was cancelled while others ran.
// STDOUT:
//   itself, while it yielded, when it became asynchronous
// SKIP: wasi-sdk: wasi-libc has no pthread_cancel
#include "check.h"
#include <stdatomic.h>

static atomic_int begun;

static void become_asynchronous(void)
{
	int before;
	CHECK_OK(pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &before));
	CHECK(before == PTHREAD_CANCEL_DEFERRED);
}

static void *cancel_itself(void *unused)
{
	become_asynchronous();
	CHECK_OK(pthread_cancel(pthread_self()));
	return unused;
}

static void *yield_for_ever(void *unused)
{
	become_asynchronous();
	begun = 1;
	while (begun)
		sched_yield();
	return unused;
}

static void *become_it_too_late(void *unused)
{
	CHECK_OK(pthread_cancel(pthread_self()));
	become_asynchronous();
	return unused;
}

int main(void)
{
	CHECK(finish(start(cancel_itself, NULL)) == PTHREAD_CANCELED);
	pthread_t yielding = start(yield_for_ever, NULL);
	while (!begun)
		sched_yield();
	CHECK_OK(pthread_cancel(yielding));
	CHECK(finish(yielding) == PTHREAD_CANCELED);
	CHECK(finish(start(become_it_too_late, NULL)) == PTHREAD_CANCELED);
	puts("itself, while it yielded, when it became asynchronous");
}
