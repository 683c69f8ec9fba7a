// sigwait takes a signal that is not blocked, and its handler does not run. Outside
// of sigwait the handler runs. POSIX leaves that undefined; programs rely on it.
// SKIP: wasi-sdk: wasi-libc has no sigwait
#include "check.h"
#include <signal.h>

static volatile int handled;
static volatile int waits;

static void handle(int number)
{
	(void)number;
	handled++;
}

static void *take(void *unused)
{
	sigset_t set;
	int taken;
	CHECK(sigemptyset(&set) == 0);
	CHECK(sigaddset(&set, SIGUSR1) == 0);
	waits = 1;
	CHECK_OK(sigwait(&set, &taken));
	CHECK_RESULT(taken, SIGUSR1);
	CHECK_RESULT(handled, 0);
	CHECK(raise(SIGUSR1) == 0);
	CHECK_RESULT(handled, 1);
	return unused;
}

int main(void)
{
	CHECK(signal(SIGUSR1, handle) == SIG_DFL);
	pthread_t thread = start(take, NULL);
	while (!waits)
		sched_yield();
	sleep_ns(20 * MS); /* the thread waits by now, also where threads are preempted */
	CHECK_OK(pthread_kill(thread, SIGUSR1));
	finish(thread);
}
