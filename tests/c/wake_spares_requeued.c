// coopt_thread_wake ends a wait, but not the wait of a thread that a requeue has
// moved, because the event that this thread waited for has come.
// SKIP: native: uses coopt.h
#include "check.h"
#include <coopt.h>

static int signal_word, lock_word, ids[2], parked;

static void *wait_for_signal(void *number)
{
	ids[AS_NUMBER(number)] = coopt_thread_self();
	parked++;
	return NUMBER(coopt_futex_wait(&signal_word, 0, COOPT_KIND_COND, 0, COOPT_NO_DEADLINE));
}

int main(void)
{
	pthread_t moved = start(wait_for_signal, NUMBER(0));
	pthread_t left = start(wait_for_signal, NUMBER(1));
	while (parked < 2)
		coopt_thread_yield();

	CHECK(coopt_futex_requeue(&signal_word, &lock_word, 0, 1) == 1);
	CHECK(coopt_thread_wake(ids[0]) == 0);
	CHECK(coopt_thread_wake(ids[1]) == 1);
	CHECK(coopt_thread_wake(ids[1]) == 0);
	CHECK(AS_NUMBER(finish(left)) == COOPT_WAIT_INTERRUPTED);
	CHECK(coopt_futex_wake(&lock_word, 1) == 1);
	CHECK(AS_NUMBER(finish(moved)) == COOPT_WAIT_WOKEN);
	CHECK(coopt_thread_wake(COOPT_THREAD_MAIN) == 0);
}
