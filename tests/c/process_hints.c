// The level of concurrency, a hint without effect, is kept. pthread_atfork accepts
// handlers.
// SKIP: wasi-sdk: wasi-libc has no pthread_getconcurrency
#include "check.h"

static void never(void)
{
	CHECK(!"this process does not fork");
}

int main(void)
{
	CHECK(pthread_getconcurrency() == 0);
	CHECK_OK(pthread_setconcurrency(4));
	CHECK(pthread_getconcurrency() == 4);
	CHECK_RESULT(pthread_setconcurrency(-1), EINVAL);
	CHECK(pthread_getconcurrency() == 4);
	CHECK_OK(pthread_atfork(never, never, never));
	CHECK_OK(pthread_atfork(NULL, NULL, NULL));
}
