// ppoll waits with another signal mask: a signal that was pending ends it, and the
// mask is as before afterwards.
// SKIP: wasi-sdk: wasi-libc has none of it
// STDOUT:
//   pending: EINTR, handled 1
//   a time passes: 0
//   ready: 1
#include "check.h"
#include <poll.h>
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t handled;

static void on_signal(int number)
{
	(void)number;
	handled++;
}

int main(void)
{
	int ends[2];
	sigset_t usr1, none, mask;
	struct sigaction action = { .sa_handler = on_signal };
	struct timespec soon = { .tv_nsec = 1000000 }, wrong = { .tv_nsec = -1 };
	CHECK(pipe(ends) == 0 && sigaction(SIGUSR1, &action, NULL) == 0);
	struct pollfd poll = { .fd = ends[0], .events = POLLIN };
	sigemptyset(&none);
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	CHECK_OK(pthread_sigmask(SIG_BLOCK, &usr1, NULL));
	CHECK(raise(SIGUSR1) == 0 && handled == 0);
	CHECK_ERRNO(ppoll(&poll, 1, NULL, &none), EINTR);
	printf("pending: EINTR, handled %d\n", (int)handled);
	CHECK_OK(pthread_sigmask(SIG_BLOCK, NULL, &mask));
	CHECK(sigismember(&mask, SIGUSR1) == 1);
	printf("a time passes: %d\n", ppoll(&poll, 1, &soon, &none));
	CHECK(write(ends[1], "x", 1) == 1);
	printf("ready: %d\n", ppoll(&poll, 1, NULL, NULL));
	CHECK_ERRNO(ppoll(&poll, 1, &wrong, NULL), EINVAL);
}
