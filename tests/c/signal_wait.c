// All threads block the signals of the process but one, which takes them by
// sigwait: the usual way to handle them without handlers.
// STDOUT:
//   taken: SIGTERM, SIGUSR1, then SIGINT
//   nothing in time: EAGAIN
// SKIP: wasi-sdk: wasi-libc has no pthread_kill
#include "check.h"
#include <semaphore.h>
#include <signal.h>

static sigset_t signals;
static sem_t taken;
static int log_[3];

static void *take(void *unused)
{
	for (int i = 0; i < 3; i++) {
		siginfo_t info;
		if (i == 1) {
			CHECK_RESULT(sigwaitinfo(&signals, &info), SIGUSR1);
			CHECK_RESULT(info.si_signo, SIGUSR1);
			CHECK_RESULT(info.si_code, SI_USER);
			log_[i] = info.si_signo;
		} else {
			CHECK_OK(sigwait(&signals, &log_[i]));
		}
		CHECK(sem_post(&taken) == 0);
	}
	return unused;
}

int main(void)
{
	CHECK(sem_init(&taken, 0, 0) == 0);
	CHECK(sigemptyset(&signals) == 0);
	CHECK(sigaddset(&signals, SIGTERM) == 0);
	CHECK(sigaddset(&signals, SIGUSR1) == 0);
	CHECK(sigaddset(&signals, SIGINT) == 0);
	CHECK_OK(pthread_sigmask(SIG_BLOCK, &signals, NULL));

	/* No thread waits yet: the signal stays pending for the process. */
	CHECK(kill(OWN_PROCESS, SIGTERM) == 0);
	pthread_t taker = start(take, NULL);
	CHECK(sem_wait(&taken) == 0);
	CHECK_OK(pthread_kill(taker, SIGUSR1));
	CHECK(sem_wait(&taken) == 0);
	CHECK(kill(OWN_PROCESS, SIGINT) == 0);
	CHECK(sem_wait(&taken) == 0);
	finish(taker);
	CHECK_RESULT(log_[0], SIGTERM);
	CHECK_RESULT(log_[1], SIGUSR1);
	CHECK_RESULT(log_[2], SIGINT);
	puts("taken: SIGTERM, SIGUSR1, then SIGINT");

	struct timespec moment = { .tv_nsec = 2 * MS }, malformed = { .tv_nsec = -1 };
	long long before = now_ns(CLOCK_MONOTONIC);
	CHECK_ERRNO(sigtimedwait(&signals, NULL, &moment), EAGAIN);
	CHECK(now_ns(CLOCK_MONOTONIC) - before >= 2 * MS);
	CHECK_ERRNO(sigtimedwait(&signals, NULL, &malformed), EINVAL);
	CHECK(raise(SIGINT) == 0);
	CHECK_RESULT(sigtimedwait(&signals, NULL, &moment), SIGINT);
	puts("nothing in time: EAGAIN");
}
