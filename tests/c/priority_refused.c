// A number that is no priority, and an id that is no thread, are refused.
// SKIP: native: uses coopt.h
#include "check.h"
#include <coopt.h>

static int ended_id;

static void *end(void *unused)
{
	ended_id = coopt_thread_self();
	return unused;
}

int main(void)
{
	CHECK_RESULT(coopt_thread_set_priority(COOPT_THREAD_MAIN, COOPT_PRIORITY_MAX + 1), EINVAL);
	CHECK_RESULT(coopt_thread_set_priority(COOPT_THREAD_MAIN, -1), EINVAL);
	CHECK_RESULT(coopt_thread_set_priority(0, 1), ESRCH);
	CHECK_RESULT(coopt_thread_set_priority(-1, 1), ESRCH);
	finish(start(end, NULL));
	CHECK(ended_id > COOPT_THREAD_MAIN);
	CHECK_RESULT(coopt_thread_set_priority(ended_id, 1), ESRCH);
}
