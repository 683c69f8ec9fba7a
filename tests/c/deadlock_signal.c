// A thread waits for a signal by sigwait, and no other thread is left to send it.
// EXIT: 124
// STDERR-CONTAINS: thread 1 `main` waits for a signal, for
// SKIP: native: would hang
// SKIP: wasi-sdk: wasi-libc has no sigwait
#include "check.h"
#include <signal.h>

int main(void)
{
	sigset_t set;
	int taken;
	CHECK(sigfillset(&set) == 0);
	CHECK_OK(pthread_sigmask(SIG_BLOCK, &set, NULL));
	CHECK_OK(sigwait(&set, &taken));
}
