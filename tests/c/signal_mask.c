// A blocked signal stays pending until the thread unblocks it. A new thread
// inherits the mask, and no pending signals.
// STDOUT:
//   blocked: pending, not handled
//   unblocked: handled before the call returns
//   inherited by a new thread, whose own are none
//   blocked by the handler itself, and by sa_mask
// SKIP: wasi-sdk: wasi-libc has no pthread_kill
#include "check.h"
#include <signal.h>

static volatile int first, second;
static volatile int depth;

static sigset_t set_of(int number)
{
	sigset_t set;
	CHECK(sigemptyset(&set) == 0);
	CHECK(sigaddset(&set, number) == 0);
	CHECK_RESULT(sigismember(&set, number), 1);
	return set;
}

static int is_pending(int number)
{
	sigset_t set;
	CHECK(sigpending(&set) == 0);
	return sigismember(&set, number);
}

static void handle_first(int number)
{
	CHECK_RESULT(number, SIGUSR1);
	CHECK_RESULT(depth, 0);
	depth++;
	if (first++ == 0) {
		/* Both wait for this handler to return. */
		CHECK(raise(SIGUSR1) == 0);
		CHECK(raise(SIGUSR2) == 0);
		CHECK_RESULT(first, 1);
		CHECK_RESULT(second, 0);
		CHECK(is_pending(SIGUSR1) && is_pending(SIGUSR2));
	}
	depth--;
}

static void handle_second(int number)
{
	CHECK_RESULT(number, SIGUSR2);
	second++;
}

static void *inherit(void *unused)
{
	sigset_t mask;
	CHECK_OK(pthread_sigmask(SIG_BLOCK, NULL, &mask));
	CHECK_RESULT(sigismember(&mask, SIGUSR1), 1);
	CHECK_RESULT(sigismember(&mask, SIGUSR2), 0);
	CHECK(!is_pending(SIGUSR1));
	return unused;
}

int main(void)
{
	struct sigaction action = { .sa_handler = handle_first, .sa_mask = set_of(SIGUSR2) };
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(signal(SIGUSR2, handle_second) == SIG_DFL);
	CHECK(signal(SIGUSR2, handle_second) == handle_second);

	sigset_t mask, old;
	mask = set_of(SIGUSR1);
	CHECK_OK(pthread_sigmask(SIG_BLOCK, &mask, &old));
	CHECK_RESULT(sigismember(&old, SIGUSR1), 0);
	CHECK_OK(pthread_kill(pthread_self(), SIGUSR1));
	CHECK_OK(pthread_kill(pthread_self(), SIGUSR1));
	CHECK_RESULT(first, 0);
	CHECK_RESULT(is_pending(SIGUSR1), 1);
	puts("blocked: pending, not handled");

	finish(start(inherit, NULL));
	CHECK_OK(pthread_sigmask(SIG_SETMASK, &old, NULL));
	CHECK_RESULT(first, 2); /* the first call raises the signal again */
	CHECK_RESULT(second, 1);
	CHECK_RESULT(is_pending(SIGUSR1), 0);
	puts("unblocked: handled before the call returns");
	puts("inherited by a new thread, whose own are none");
	puts("blocked by the handler itself, and by sa_mask");

	CHECK_RESULT(pthread_sigmask(17, &mask, NULL), EINVAL);
	CHECK_OK(pthread_sigmask(17, NULL, NULL));
	CHECK_ERRNO(sigprocmask(-1, &mask, NULL), EINVAL);
	mask = set_of(SIGKILL);
	CHECK_OK(pthread_sigmask(SIG_BLOCK, &mask, NULL));
	CHECK_OK(pthread_sigmask(SIG_BLOCK, NULL, &mask));
	CHECK_RESULT(sigismember(&mask, SIGKILL), 0);
}
