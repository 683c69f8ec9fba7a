/*
 * Limits and priorities of the process. A limit can be lowered and is then
 * remembered, but nothing acts by it: the host has its own.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <features.h>
#include <sys/resource.h>
#include <unistd.h>

static int fail(int error)
{
	errno = error;
	return -1;
}

/* How many files may be open: as many as the host lets be; a number that
 * programs can close one by one. */
enum { FILES = 1024 };

/* The main thread's stack, between what the linker says. */
extern char __stack_low, __stack_high;

static struct rlimit limits[RLIMIT_NLIMITS];
static unsigned is_set;

static struct rlimit *limit_of(int resource)
{
	struct rlimit *limit = &limits[resource];
	if (is_set & 1u << resource)
		return limit;
	is_set |= 1u << resource;
	rlim_t most = RLIM_INFINITY;
	if (resource == RLIMIT_NOFILE)
		most = FILES;
	if (resource == RLIMIT_STACK)
		most = &__stack_high - &__stack_low;
	if (resource == RLIMIT_CORE)
		most = 0;
	*limit = (struct rlimit){ most, most };
	return limit;
}

weak int getrlimit(int resource, struct rlimit *limit)
{
	if (resource < 0 || resource >= RLIMIT_NLIMITS)
		return fail(EINVAL);
	*limit = *limit_of(resource);
	return 0;
}

weak int setrlimit(int resource, const struct rlimit *limit)
{
	if (resource < 0 || resource >= RLIMIT_NLIMITS || limit->rlim_cur > limit->rlim_max)
		return fail(EINVAL);
	struct rlimit *old = limit_of(resource);
	if (limit->rlim_max > old->rlim_max)
		return fail(EPERM);
	*old = *limit;
	return 0;
}

weak int prlimit(pid_t process, int resource, const struct rlimit *new, struct rlimit *old)
{
	struct rlimit before;
	if (process != 0 && process != getpid())
		return fail(ESRCH);
	if (getrlimit(resource, &before) || (new && setrlimit(resource, new)))
		return -1;
	if (old)
		*old = before;
	return 0;
}

/* The priority of the process among others, of which there are none. */
weak int getpriority(int which, id_t who)
{
	if (which != PRIO_PROCESS && which != PRIO_PGRP && which != PRIO_USER)
		return fail(EINVAL);
	return who == 0 || which == PRIO_USER || who == (id_t)getpid() ? 0 : fail(ESRCH);
}

weak int setpriority(int which, id_t who, int priority)
{
	if (getpriority(which, who))
		return -1;
	return priority >= 0 ? 0 : fail(EACCES);
}

weak int nice(int increment)
{
	return increment >= 0 ? 0 : fail(EPERM);
}

/* No load is known. */
weak int getloadavg(double *load, int count)
{
	(void)load, (void)count;
	return -1;
}
