// A handler that runs in the middle of a call ends the call with EINTR, unless the
// handler was installed with SA_RESTART.
// STDOUT:
//   sem_wait, sem_timedwait, nanosleep, sigwaitinfo, pause, sigsuspend: EINTR
//   sem_wait goes on after a handler with SA_RESTART
// SKIP: wasi-sdk: wasi-libc has no pthread_kill
#include "check.h"
#include <semaphore.h>
#include <signal.h>
#include <unistd.h>

static sem_t unit;
static volatile int handled;
static volatile int over;

static void count(int number)
{
	CHECK_RESULT(number, SIGUSR1);
	handled++;
}

static int wait_sem(void)
{
	return sem_wait(&unit);
}

static int wait_sem_long(void)
{
	struct timespec later = in_ns(CLOCK_REALTIME, 3600 * 1000 * MS);
	return sem_timedwait(&unit, &later);
}

static int sleep_long(void)
{
	struct timespec hour = { .tv_sec = 3600 }, left = { .tv_sec = 0 };
	int result = nanosleep(&hour, &left);
	CHECK(left.tv_sec >= 3590 && left.tv_sec < 3600);
	return result;
}

static int wait_for_another(void)
{
	sigset_t set;
	CHECK(sigemptyset(&set) == 0);
	CHECK(sigaddset(&set, SIGUSR2) == 0);
	return sigwaitinfo(&set, NULL);
}

static int suspend(void)
{
	sigset_t none;
	CHECK(sigemptyset(&none) == 0);
	return sigsuspend(&none);
}

static void *make(void *call)
{
	CHECK_ERRNO(((int (*)(void))call)(), EINTR);
	over = 1;
	return NULL;
}

static void *take_unit(void *unused)
{
	CHECK(sem_wait(&unit) == 0);
	over = 1;
	return unused;
}

static void check_ends(int (*call)(void))
{
	over = 0;
	handled = 0;
	pthread_t thread = start(make, (void *)call);
	/* Where threads are preempted, the first signal may come before the call. */
	while (!over) {
		CHECK_OK(pthread_kill(thread, SIGUSR1));
		sleep_ns(MS);
	}
	finish(thread);
	CHECK(handled > 0);
}

int main(void)
{
	struct sigaction action = { .sa_handler = count };
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(sem_init(&unit, 0, 0) == 0);
	check_ends(wait_sem);
	check_ends(wait_sem_long);
	check_ends(sleep_long);
	check_ends(wait_for_another);
	check_ends(pause);
	check_ends(suspend);
	puts("sem_wait, sem_timedwait, nanosleep, sigwaitinfo, pause, sigsuspend: EINTR");

	action.sa_flags = SA_RESTART;
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	over = 0;
	handled = 0;
	pthread_t thread = start(take_unit, NULL);
	while (handled < 3) {
		CHECK_OK(pthread_kill(thread, SIGUSR1));
		sleep_ns(MS);
	}
	CHECK(!over);
	CHECK(sem_post(&unit) == 0);
	finish(thread);
	puts("sem_wait goes on after a handler with SA_RESTART");
}
