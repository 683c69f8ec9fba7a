// coopt's own futex moves waiters from one word to another, in order, and has
// relative deadlines too.
// STDOUT:
//   0 1 2
// SKIP: native: is coopt's own
#include "check.h"
#include <coopt.h>
#include <sched.h>

static int from, to;

static void *wait(void *number)
{
	CHECK(coopt_futex_wait(&from, 0, COOPT_KIND_FUTEX, 0, coopt_deadline_in(-1)) == COOPT_WAIT_WOKEN);
	printf(AS_NUMBER(number) == 2 ? "%d\n" : "%d ", AS_NUMBER(number));
	return NULL;
}

int main(void)
{
	int64_t soon = coopt_deadline_in(2 * MS);
	CHECK(coopt_futex_wait(&from, 0, COOPT_KIND_FUTEX, 0, soon) == COOPT_WAIT_TIMED_OUT);
	CHECK(coopt_clock_monotonic() >= soon);
	CHECK(coopt_deadline_in(INT64_MAX) == INT64_MAX);

	pthread_t threads[3];
	for (int i = 0; i < 3; i++)
		threads[i] = start(wait, NUMBER(i));
	sched_yield();
	CHECK(coopt_futex_requeue(&from, &to, 1, UINT32_MAX) == 3);
	CHECK(coopt_futex_wake(&from, UINT32_MAX) == 0);
	finish(threads[0]);
	CHECK(coopt_futex_wake(&to, 1) == 1);
	finish(threads[1]);
	CHECK(coopt_futex_wake(&to, UINT32_MAX) == 1);
	finish(threads[2]);
}
