// The process lives until its last thread ends, although another thread wakes the
// main thread. The handlers of atexit can ask for the main thread's policy.
// STDOUT:
//   the last one
//   main has a policy
// SKIP: native: uses coopt.h
// SKIP: wasi-sdk: wasi-libc has no pthread_exit
#include "check.h"
#include <coopt.h>
#include <sched.h>

static void *wake_main(void *unused)
{
	sleep_ns(MS);
	coopt_thread_wake(COOPT_THREAD_MAIN);
	sleep_ns(10 * MS);
	puts("the last one");
	return unused;
}

static void at_exit(void)
{
	int policy;
	struct sched_param param;
	CHECK_OK(pthread_getschedparam(pthread_self(), &policy, &param));
	puts("main has a policy");
}

int main(void)
{
	CHECK(atexit(at_exit) == 0);
	start(wake_main, NULL);
	CHECK_OK(pthread_detach(pthread_self()));
	pthread_exit(NULL);
}
