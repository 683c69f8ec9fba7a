// coopt's own futex releases a lock whose word names its owner and waits for
// something else in one call, with nobody running in between.
// STDOUT:
//   first, second
// SKIP: native: is coopt's own
#include "check.h"
#include <coopt.h>
#include <sched.h>

static uint32_t lock, event;
static uint32_t ids[2];

static int32_t release_and_wait(uint32_t expected, int64_t deadline_ns)
{
	return coopt_futex_handoff_wait(&lock, &event, expected, COOPT_KIND_FUTEX, 0, deadline_ns);
}

/* Waits for the lock, and says what its word then says. */
static uint32_t take(int me)
{
	ids[me] = (uint32_t)coopt_thread_self();
	CHECK(coopt_futex_wait(&lock, lock, COOPT_KIND_MUTEX | COOPT_OWNER_IN_WORD, 0,
	                       COOPT_NO_DEADLINE) == COOPT_WAIT_WOKEN);
	return lock;
}

static void *first(void *unused)
{
	CHECK(take(0) == (ids[0] | COOPT_HANDOFF_MORE));
	fputs("first, ", stdout);
	/* Its turn is over before its wait begins, but the lock goes on. */
	CHECK(release_and_wait(event, 0) == COOPT_WAIT_TIMED_OUT);
	CHECK(lock == ids[1]);
	return unused;
}

static void *second(void *unused)
{
	CHECK(take(1) == ids[1]);
	puts("second");
	/* Nobody waits for the lock any more: it is free. */
	CHECK(coopt_futex_wake(&event, 1) == 1);
	CHECK(release_and_wait(event, coopt_deadline_in(1 * MS)) == COOPT_WAIT_TIMED_OUT);
	CHECK(lock == 0);
	return unused;
}

int main(void)
{
	const uint32_t me = (uint32_t)coopt_thread_self();
	lock = me;
	pthread_t threads[2] = { start(first, NULL), start(second, NULL) };
	sched_yield();

	/* What the word says is not what is expected: nothing happens. */
	CHECK(release_and_wait(event + 1, COOPT_NO_DEADLINE) == COOPT_WAIT_NOT_EQUAL);
	CHECK(lock == me);

	CHECK(release_and_wait(event, COOPT_NO_DEADLINE) == COOPT_WAIT_WOKEN);
	finish(threads[0]);
	finish(threads[1]);
	CHECK(lock == 0);
}
