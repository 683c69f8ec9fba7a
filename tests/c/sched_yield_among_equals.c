// A thread that yields lets threads of its own priority run, and none of a lower
// priority.
// STDOUT:
//   after a yield: equal ran, low did not
//   after a wait: low ran too
// SKIP: wasi-sdk: wasi-libc has no priorities
// SKIP: native: takes a privilege, and has several processors
#include "check.h"
#include <sched.h>
#include <stdbool.h>

static bool equal_ran, low_ran;

static void *run(void *ran)
{
	*(bool *)ran = true;
	return NULL;
}

static void set_priority(pthread_t thread, int priority)
{
	struct sched_param param = { .sched_priority = priority };
	CHECK_OK(pthread_setschedparam(thread, SCHED_RR, &param));
}

int main(void)
{
	set_priority(pthread_self(), 20);
	pthread_t equal = start(run, &equal_ran), low = start(run, &low_ran);
	set_priority(low, 10);
	CHECK(sched_yield() == 0);
	printf("after a yield: equal %s, low %s\n", equal_ran ? "ran" : "did not",
	       low_ran ? "ran" : "did not");
	finish(low);
	printf("after a wait: low %s too\n", low_ran ? "ran" : "did not run");
	finish(equal);
}
