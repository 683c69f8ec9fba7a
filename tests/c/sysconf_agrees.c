// sysconf says at run time what unistd.h and limits.h say to the compiler: which
// options there are, and the limits.
// SKIP: wasi-sdk: wasi-libc claims clocks and signals that it has not
#include "check.h"
#include <limits.h>
#include <unistd.h>

/* An option is there (> 0), is not (-1), or only sysconf knows (0). */
static void check_option(const char *name, long macro, int number)
{
	errno = 0;
	long value = sysconf(number);
	if ((macro != 0 && value != macro) || errno != 0) {
		fprintf(stderr, "%s is %ld, and sysconf says %ld\n", name, macro, value);
		exit(1);
	}
}

#define OPTION(name) check_option(#name, _POSIX_##name, _SC_##name)

int main(void)
{
	OPTION(THREADS);
	OPTION(SEMAPHORES);
	OPTION(TIMEOUTS);
	OPTION(BARRIERS);
	OPTION(SPIN_LOCKS);
	OPTION(READER_WRITER_LOCKS);
	OPTION(CLOCK_SELECTION);
	OPTION(MONOTONIC_CLOCK);
	OPTION(TIMERS);
	OPTION(CPUTIME);
	OPTION(REALTIME_SIGNALS);
	OPTION(THREAD_ATTR_STACKADDR);
	OPTION(THREAD_ATTR_STACKSIZE);
	OPTION(THREAD_CPUTIME);
	OPTION(THREAD_PRIORITY_SCHEDULING);
	OPTION(THREAD_PRIO_INHERIT);
	OPTION(THREAD_PRIO_PROTECT);
	OPTION(THREAD_PROCESS_SHARED);
	OPTION(THREAD_SAFE_FUNCTIONS);

	CHECK(sysconf(_SC_THREAD_KEYS_MAX) == PTHREAD_KEYS_MAX);
	CHECK(sysconf(_SC_THREAD_DESTRUCTOR_ITERATIONS) == PTHREAD_DESTRUCTOR_ITERATIONS);
	CHECK(sysconf(_SC_THREAD_STACK_MIN) == PTHREAD_STACK_MIN);
	CHECK(sysconf(_SC_SEM_VALUE_MAX) == SEM_VALUE_MAX);
	/* No limit, or none that is known before the program runs. */
	errno = 0;
	CHECK(sysconf(_SC_THREAD_THREADS_MAX) == -1);
	CHECK(sysconf(_SC_SEM_NSEMS_MAX) == -1);
	CHECK(errno == 0);
}
