// The older functions for signals: to hold one and let it go, to wait for one, to
// ignore one; and a signal to the process's group.
// SKIP: wasi-sdk: wasi-libc has none of it
// STDOUT:
//   held: 0, let go: 1, waited: 2
//   ignored: 2, handled again: 3
//   held by sigset: yes
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#include "check.h"
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t count;

static void on_signal(int number)
{
	(void)number;
	count++;
}

int main(void)
{
	CHECK(sigset(SIGUSR1, on_signal) == SIG_DFL);
	CHECK(sighold(SIGUSR1) == 0 && killpg(getpgrp(), 0) == 0 && kill(getpid(), SIGUSR1) == 0);
	int held = count;
	CHECK(sigrelse(SIGUSR1) == 0);
	int released = count;
	CHECK(sighold(SIGUSR1) == 0 && kill(getpid(), SIGUSR1) == 0);
	CHECK_ERRNO(sigpause(SIGUSR1), EINTR);
	printf("held: %d, let go: %d, waited: %d\n", held, released, (int)count);
	CHECK(sigrelse(SIGUSR1) == 0 && sigignore(SIGUSR1) == 0 && raise(SIGUSR1) == 0);
	int ignored = count;
	CHECK(sigset(SIGUSR1, on_signal) == SIG_IGN && siginterrupt(SIGUSR1, 1) == 0);
	CHECK(raise(SIGUSR1) == 0);
	printf("ignored: %d, handled again: %d\n", ignored, (int)count);
	CHECK(sigset(SIGUSR1, SIG_HOLD) == on_signal);
	printf("held by sigset: %s\n", sigset(SIGUSR1, SIG_DFL) == SIG_HOLD ? "yes" : "no");
	CHECK_ERRNO(sighold(99), EINVAL);
	CHECK_ERRNO(killpg(-5, 0), EINVAL);
}
