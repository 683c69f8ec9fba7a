// A thread of higher priority runs at the next preemption. The preempted thread
// goes on before the other threads of its priority.
// STDOUT:
//   main has raised high, and still runs
//   high
//   main goes on before low
//   low
// SKIP: native: uses coopt.h
#include "check.h"
#include <coopt.h>
#include <sched.h>

static void *say(void *name)
{
	puts(name);
	return NULL;
}

static int high_id;

static void *raised(void *unused)
{
	high_id = coopt_thread_self();
	sched_yield();
	puts("high");
	return unused;
}

int main(void)
{
	coopt_thread_preempt(); /* nobody to give way to */
	pthread_t high = start(raised, NULL);
	sched_yield();
	pthread_t low = start(say, "low");
	CHECK(high_id > COOPT_THREAD_MAIN);

	coopt_thread_preempt(); /* all are equal */
	CHECK(coopt_thread_set_priority(high_id, COOPT_PRIORITY_MAX) == 0);
	puts("main has raised high, and still runs");
	coopt_thread_preempt();
	puts("main goes on before low");
	finish(low);
	finish(high);
}
