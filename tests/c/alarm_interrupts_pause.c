// alarm sends SIGALRM once, setitimer again and again, and setting either anew
// replaces what was set.
// SKIP: wasi-sdk: wasi-libc has none of it
// STDOUT:
//   before: 0 s left
//   set anew: 100 s left
//   the signals end a pause: 4
//   disarmed: 0 s left
#include "check.h"
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

static volatile sig_atomic_t alarms;

static void on_alarm(int number)
{
	(void)number;
	alarms++;
}

/* Waits for the alarm, which comes later than this returns to wait. */
static void wait_for(int count)
{
	sigset_t alarm_only, before;
	sigemptyset(&alarm_only);
	sigaddset(&alarm_only, SIGALRM);
	CHECK_OK(pthread_sigmask(SIG_BLOCK, &alarm_only, &before));
	while (alarms < count)
		CHECK_ERRNO(sigsuspend(&before), EINTR);
	CHECK_OK(pthread_sigmask(SIG_SETMASK, &before, NULL));
}

int main(void)
{
	struct sigaction action = { .sa_handler = on_alarm };
	struct itimerval soon = { .it_value.tv_usec = 20000, .it_interval.tv_usec = 20000 };
	struct itimerval never = { 0 }, left;
	CHECK(sigaction(SIGALRM, &action, NULL) == 0);

	printf("before: %u s left\n", alarm(100));
	printf("set anew: %u s left\n", alarm(1));
	wait_for(1);
	CHECK(setitimer(ITIMER_REAL, &soon, NULL) == 0);
	wait_for(4);
	CHECK(getitimer(ITIMER_REAL, &left) == 0);
	CHECK(left.it_interval.tv_usec == 20000);
	CHECK(left.it_value.tv_sec == 0 && left.it_value.tv_usec <= 20000);
	CHECK(setitimer(ITIMER_REAL, &never, NULL) == 0);
	printf("the signals end a pause: %d\n", (int)alarms);
	printf("disarmed: %u s left\n", alarm(0));
	CHECK_ERRNO(setitimer(99, &soon, NULL), EINVAL);
	soon.it_value.tv_usec = 1000000;
	CHECK_ERRNO(setitimer(ITIMER_REAL, &soon, NULL), EINVAL);
}
