// The flags SA_SIGINFO, SA_RESETHAND and SA_NODEFER do what POSIX says. A pending
// signal is dropped when it is ignored. Invalid signals are refused.
// STDOUT:
//   told of SIGUSR1
//   handlers serve once, twice at a time, or never
// SKIP: wasi-sdk: wasi-libc has no sigaction
#include "check.h"
#include <signal.h>

static volatile int calls, deepest, depth;

static void told(int number, siginfo_t *info, void *unused)
{
	(void)unused;
	CHECK_RESULT(number, SIGUSR1);
	CHECK_RESULT(info->si_signo, SIGUSR1);
	CHECK(info->si_code <= 0); /* sent by a program */
	calls++;
}

static void again(int number)
{
	depth++;
	deepest = depth > deepest ? depth : deepest;
	if (calls++ == 0)
		CHECK(raise(number) == 0);
	depth--;
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = told, .sa_flags = SA_SIGINFO }, old;
	CHECK(sigemptyset(&action.sa_mask) == 0);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	CHECK_RESULT(calls, 1);
	puts("told of SIGUSR1");

	/* The handler is reset to the default, which ignores SIGURG. */
	action = (struct sigaction){ .sa_handler = again, .sa_flags = SA_RESETHAND };
	CHECK(sigaction(SIGURG, &action, NULL) == 0);
	calls = 0;
	CHECK(raise(SIGURG) == 0);
	CHECK(sigaction(SIGURG, NULL, &old) == 0);
	CHECK(old.sa_handler == SIG_DFL);
	CHECK(raise(SIGURG) == 0);
	CHECK_RESULT(calls, 1);

	action = (struct sigaction){ .sa_handler = again, .sa_flags = SA_NODEFER };
	CHECK(sigaction(SIGUSR1, &action, &old) == 0);
	CHECK(old.sa_sigaction == told && (old.sa_flags & SA_SIGINFO));
	calls = 0;
	deepest = 0;
	CHECK(raise(SIGUSR1) == 0);
	CHECK_RESULT(calls, 2);
	CHECK_RESULT(deepest, 2);

	/* A pending signal is dropped when it is ignored. */
	sigset_t usr1, pending;
	CHECK(sigemptyset(&usr1) == 0);
	CHECK(sigaddset(&usr1, SIGUSR1) == 0);
	CHECK_OK(pthread_sigmask(SIG_BLOCK, &usr1, NULL));
	CHECK(raise(SIGUSR1) == 0);
	CHECK(signal(SIGUSR1, SIG_IGN) == again);
	CHECK(sigpending(&pending) == 0);
	CHECK_RESULT(sigismember(&pending, SIGUSR1), 0);
	CHECK(signal(SIGUSR1, again) == SIG_IGN);
	CHECK_OK(pthread_sigmask(SIG_UNBLOCK, &usr1, NULL));
	CHECK_RESULT(calls, 2);
	puts("handlers serve once, twice at a time, or never");

	CHECK_ERRNO(sigaction(SIGKILL, &action, NULL), EINVAL);
	CHECK_ERRNO(sigaction(SIGSTOP, &action, NULL), EINVAL);
	CHECK(sigaction(SIGKILL, NULL, &old) == 0);
	CHECK_ERRNO(sigaction(1000, &action, NULL), EINVAL);
	CHECK_ERRNO(raise(-1), EINVAL);
	errno = 0;
	CHECK(signal(0, again) == SIG_ERR);
	CHECK_RESULT(errno, EINVAL);
	sigset_t set;
	CHECK(sigfillset(&set) == 0);
	CHECK_ERRNO(sigaddset(&set, 0), EINVAL);
	CHECK_ERRNO(sigdelset(&set, 1000), EINVAL);
	CHECK_ERRNO(sigismember(&set, -1), EINVAL);
	CHECK(sigdelset(&set, SIGHUP) == 0);
	CHECK_RESULT(sigismember(&set, SIGHUP), 0);
	CHECK_RESULT(sigismember(&set, 64), 1);
}
