// A signal without a handler ends the program, with the code a shell shows.
// EXIT: 143
// STDERR-CONTAINS: coopt: the program was ended by signal 15
// SKIP: native: a process that a signal ends has no exit code
// SKIP: wasi-sdk: wasi-libc has no pthread_kill
#include "check.h"
#include <signal.h>

static void *sleep_long(void *unused)
{
	sleep_ns(3600 * 1000 * MS);
	return unused;
}

int main(void)
{
	pthread_t thread = start(sleep_long, NULL);
	sched_yield();
	CHECK_OK(pthread_kill(thread, SIGCHLD)); /* ignored */
	CHECK_OK(pthread_kill(thread, SIGTERM));
	finish(thread);
}
