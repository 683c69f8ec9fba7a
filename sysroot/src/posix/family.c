/*
 * The process among others: there are no others. It leads its group and its
 * session, has no children to wait for, and its parent is the process 1.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <features.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int fail(int error)
{
	errno = error;
	return -1;
}

static int is_own(pid_t process)
{
	return process == 0 || process == getpid();
}

weak pid_t getppid(void) { return 1; }
weak pid_t getpgrp(void) { return getpid(); }
weak pid_t getpgid(pid_t process) { return is_own(process) ? getpid() : fail(ESRCH); }
weak pid_t getsid(pid_t process) { return is_own(process) ? getpid() : fail(ESRCH); }

/* A leader of a session cannot change its group, nor begin a session. */
weak pid_t setsid(void) { return fail(EPERM); }
weak pid_t setpgrp(void) { return getpid(); }

weak int setpgid(pid_t process, pid_t group)
{
	if (group < 0)
		return fail(EINVAL);
	return is_own(process) ? fail(EPERM) : fail(ESRCH);
}

weak int killpg(pid_t group, int number)
{
	if (group < 0)
		return fail(EINVAL);
	return is_own(group) ? kill(0, number) : fail(ESRCH);
}

weak pid_t wait(int *status)
{
	(void)status;
	return fail(ECHILD);
}

weak pid_t waitpid(pid_t process, int *status, int options)
{
	(void)process, (void)status;
	return fail(options & ~(WNOHANG | WUNTRACED | WCONTINUED) ? EINVAL : ECHILD);
}

weak int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	(void)type, (void)id, (void)info, (void)options;
	return fail(ECHILD);
}

weak pid_t wait3(int *status, int options, struct rusage *usage)
{
	(void)usage;
	return waitpid(-1, status, options);
}

weak pid_t wait4(pid_t process, int *status, int options, struct rusage *usage)
{
	(void)usage;
	return waitpid(process, status, options);
}
