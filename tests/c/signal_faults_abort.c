// A signal of a fault, such as SIGSEGV, ends the program like a trap.
// EXIT: 134
// STDERR-CONTAINS: coopt: the program was ended by signal 11
// STDERR-CONTAINS: thread 2 `faulty` trapped
// SKIP: native: a process that a signal ends has no exit code
// SKIP: wasi-sdk: wasi-libc says it in other words
#include "check.h"
#include <signal.h>

static void *fail(void *unused)
{
	CHECK_OK(pthread_setname_np(pthread_self(), "faulty"));
	raise(SIGSEGV);
	return unused;
}

int main(void)
{
	finish(start(fail, NULL));
}
