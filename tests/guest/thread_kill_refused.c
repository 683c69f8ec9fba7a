// There are no signals, and a thread that was freed does not exist.
// SKIP: native: has signals, and leaves the handle of a freed thread undefined
#define _WASI_EMULATED_SIGNAL
// SKIP: wasi-sdk: wasi-libc has no pthread_kill
#include "check.h"
#include <signal.h>

static void *end(void *unused)
{
	return unused;
}

int main(void)
{
	CHECK_RESULT(pthread_kill(pthread_self(), SIGTERM), ENOTSUP);
	pthread_t thread = start(end, NULL);
	finish(thread);
	CHECK_RESULT(pthread_kill(thread, 0), ESRCH);
	clockid_t clock;
	CHECK_RESULT(pthread_getcpuclockid(thread, &clock), ESRCH);
	CHECK_RESULT(pthread_getcpuclockid(pthread_self(), &clock), ENOENT);
}
