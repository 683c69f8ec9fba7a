// A trap ends the program; the report names the thread and the function.
// EXIT: 134
// STDERR-CONTAINS: thread 2 `divider` trapped
// STDERR-CONTAINS: divide
// SKIP: native: is killed by a signal of its own
// SKIP: wasi-sdk: wasi-libc has no pthread_setname_np
#include "check.h"

__attribute__((noinline))
static int divide(volatile int *by)
{
	return 100 / *by;
}

static void *live(void *zero)
{
	CHECK_OK(pthread_setname_np(pthread_self(), "divider"));
	return NUMBER(divide(zero));
}

int main(void)
{
	int zero = 0;
	finish(start(live, &zero));
}
