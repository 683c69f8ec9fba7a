// The waiters of a word are woken by priority, and within a priority in the order
// of their arrival. A change of priority moves a waiter.
// STDOUT:
//   9 after being raised
//   5 came first
//   5 came second
//   0 came first
//   0 after being lowered
// SKIP: native: uses coopt.h
#include "check.h"
#include <coopt.h>

enum { WAITERS = 5 };
static const struct waiter {
	int priority;
	const char *name;
} waiters[WAITERS] = {
	{ 0, "0 came first" },
	{ 5, "5 came first" },
	{ 5, "5 came second" },
	{ 0, "9 after being raised" },
	{ 7, "0 after being lowered" },
};
static int word, ids[WAITERS], parked;

static void *wait_and_tell(void *number)
{
	const struct waiter *waiter = &waiters[AS_NUMBER(number)];
	ids[AS_NUMBER(number)] = coopt_thread_self();
	CHECK(coopt_thread_set_priority(coopt_thread_self(), waiter->priority) == 0);
	parked++;
	int result = coopt_futex_wait(&word, 0, COOPT_KIND_FUTEX, 0, COOPT_NO_DEADLINE);
	CHECK(result == COOPT_WAIT_WOKEN);
	puts(waiter->name);
	return NULL;
}

int main(void)
{
	pthread_t threads[WAITERS];
	CHECK(coopt_futex_priority(&word) == -1);
	for (int i = 0; i < WAITERS; i++)
		threads[i] = start(wait_and_tell, NUMBER(i));
	while (parked < WAITERS)
		coopt_thread_yield();

	CHECK(coopt_futex_priority(&word) == 7);
	CHECK(coopt_thread_set_priority(ids[3], 9) == 0);
	/* A lowered waiter comes before its equals. So waiter 0 is raised and
	 * lowered too, and is before waiter 4 again. */
	CHECK(coopt_thread_set_priority(ids[4], 0) == 0);
	CHECK(coopt_thread_set_priority(ids[0], 1) == 0);
	CHECK(coopt_thread_set_priority(ids[0], 0) == 0);
	CHECK(coopt_futex_priority(&word) == 9);
	for (int i = 0; i < WAITERS; i++) {
		CHECK(coopt_futex_wake(&word, 1) == 1);
		coopt_thread_preempt();
		coopt_thread_yield();
	}
	CHECK(coopt_futex_priority(&word) == -1);
	for (int i = 0; i < WAITERS; i++)
		finish(threads[i]);
}
