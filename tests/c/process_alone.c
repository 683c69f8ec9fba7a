// The process has no others: it leads its group and session, and has limits that
// can be lowered.
// SKIP: wasi-sdk: wasi-libc has none of it
// SKIP: native: it has others
#include "check.h"
#include <limits.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <unistd.h>

int main(void)
{
	struct rlimit limit;
	struct rusage usage;
	struct tms spent;
	struct utsname names;
	char host[HOST_NAME_MAX + 1];

	CHECK(getpid() > 1 && gettid() == getpid() && getpgrp() == getpid() && getsid(0) == getpid());
	CHECK(getppid() == 1 && kill(getpid(), 0) == 0);
	CHECK_ERRNO(getpgid(9999), ESRCH);
	CHECK_ERRNO(setsid(), EPERM);

	CHECK(getuid() == 0 && geteuid() == 0 && getgid() == 0 && getegid() == 0);
	CHECK(setuid(0) == 0 && seteuid(0) == 0 && setreuid(-1, 0) == 0 && getgroups(0, NULL) == 0);
	CHECK_ERRNO(setuid(1000), EPERM);

	CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur == limit.rlim_max);
	CHECK(sysconf(_SC_OPEN_MAX) == (long)limit.rlim_cur && getdtablesize() == (int)limit.rlim_cur);
	limit.rlim_cur = 64;
	CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
	CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur == 64);
	limit.rlim_max++;
	CHECK_ERRNO(setrlimit(RLIMIT_NOFILE, &limit), EPERM);
	limit.rlim_cur = limit.rlim_max + 1;
	CHECK_ERRNO(setrlimit(RLIMIT_NOFILE, &limit), EINVAL);
	CHECK_ERRNO(getrlimit(99, &limit), EINVAL);
	CHECK(getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur == 1 << 20);
	CHECK(nice(0) == 0 && getpriority(PRIO_PROCESS, 0) == 0);
	CHECK_ERRNO(nice(-1), EPERM);

	for (volatile int turn = 0; turn < 1000000; turn++)
		;
	CHECK(clock() > 0 && getrusage(RUSAGE_SELF, &usage) == 0 && times(&spent) != (clock_t)-1);
	CHECK(usage.ru_utime.tv_sec > 0 || usage.ru_utime.tv_usec > 0);
	CHECK(spent.tms_utime > 0);
	CHECK(uname(&names) == 0 && gethostname(host, sizeof host) == 0);
	CHECK(strcmp(names.nodename, host) == 0);
}
