// A signal that stops the process is refused, since WASI cannot stop a process.
// The id of a joined thread is refused.
// SKIP: native: would stop, and leaves the handle of a freed thread undefined
// SKIP: wasi-sdk: wasi-libc has no pthread_kill
#include "check.h"
#include <signal.h>

static void *end(void *unused)
{
	return unused;
}

static void nothing(int number)
{
	(void)number;
}

int main(void)
{
	CHECK_RESULT(pthread_kill(pthread_self(), SIGSTOP), ENOTSUP);
	CHECK_ERRNO(raise(SIGTSTP), ENOTSUP);
	CHECK(signal(SIGTSTP, nothing) == SIG_DFL);
	CHECK(raise(SIGTSTP) == 0);
	pthread_t thread = start(end, NULL);
	sched_yield();
	CHECK_OK(pthread_kill(thread, SIGTERM)); /* no effect: the thread has ended */
	finish(thread);
	CHECK_RESULT(pthread_kill(thread, 0), ESRCH);
	CHECK_RESULT(pthread_kill(thread, SIGTERM), ESRCH);
	clockid_t clock;
	CHECK_RESULT(pthread_getcpuclockid(thread, &clock), ESRCH);
	CHECK_RESULT(pthread_getcpuclockid(pthread_self(), &clock), ENOENT);
}
