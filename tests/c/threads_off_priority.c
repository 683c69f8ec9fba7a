// With threads off the functions for priorities exist, and work for the one
// thread.
// RUN-FLAGS: --threads=off
// SKIP: native: uses coopt.h
#include "check.h"
#include <coopt.h>

static int word;

int main(void)
{
	CHECK(coopt_thread_set_priority(COOPT_THREAD_MAIN, COOPT_PRIORITY_MAX) == 0);
	coopt_thread_preempt();
	coopt_thread_yield();
	CHECK(coopt_thread_set_priority(COOPT_THREAD_MAIN, COOPT_PRIORITY_MIN) == 0);
	CHECK(coopt_futex_priority(&word) == -1);
}
