// A signal for the process goes to one thread that does not block it.
// STDOUT:
//   to the only thread that does not block it
//   to whoever unblocks it, when all did
// SKIP: wasi-sdk: wasi-libc has no kill
#include "check.h"
#include <semaphore.h>
#include <signal.h>

static sigset_t usr1;
static sem_t ready;
static volatile int handled;
static pthread_t handled_by;

static void note(int number)
{
	(void)number;
	handled_by = pthread_self();
	handled++;
}

static void *be_open(void *unused)
{
	CHECK_OK(pthread_sigmask(SIG_UNBLOCK, &usr1, NULL));
	CHECK(sem_post(&ready) == 0);
	while (!handled)
		sched_yield();
	CHECK_OK(pthread_sigmask(SIG_BLOCK, &usr1, NULL));
	return unused;
}

static void *open_late(void *unused)
{
	CHECK_RESULT(handled, 0);
	CHECK_OK(pthread_sigmask(SIG_UNBLOCK, &usr1, NULL));
	CHECK_RESULT(handled, 1);
	return unused;
}

int main(void)
{
	struct sigaction action = { .sa_handler = note };
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(sem_init(&ready, 0, 0) == 0);
	CHECK(sigemptyset(&usr1) == 0);
	CHECK(sigaddset(&usr1, SIGUSR1) == 0);
	CHECK_OK(pthread_sigmask(SIG_BLOCK, &usr1, NULL));

	pthread_t open = start(be_open, NULL);
	CHECK(sem_wait(&ready) == 0);
	CHECK(kill(OWN_PROCESS, SIGUSR1) == 0);
	finish(open);
	CHECK_RESULT(handled, 1);
	CHECK(pthread_equal(handled_by, open));
	puts("to the only thread that does not block it");

	handled = 0;
	CHECK(kill(OWN_PROCESS, SIGUSR1) == 0);
	sched_yield();
	CHECK_RESULT(handled, 0);
	open = start(open_late, NULL);
	finish(open);
	CHECK_RESULT(handled, 1);
	puts("to whoever unblocks it, when all did");

	CHECK_ERRNO(kill(1000000, 0), ESRCH);
	CHECK_ERRNO(kill(OWN_PROCESS, 1000), EINVAL);
	CHECK(kill(OWN_PROCESS, 0) == 0);
}
