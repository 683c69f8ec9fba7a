/*
 * One user and one group, both 0, as whom `stat` names for every file. To become
 * them is no change; to become another is not permitted.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <features.h>
#include <grp.h>
#include <sys/types.h>
#include <unistd.h>

/* Whether an id that a call sets stays as it is. */
static int stays(unsigned id)
{
	return id == 0 || id == (unsigned)-1;
}

static int permitted(int is_permitted)
{
	if (is_permitted)
		return 0;
	errno = EPERM;
	return -1;
}

weak uid_t getuid(void) { return 0; }
weak uid_t geteuid(void) { return 0; }
weak gid_t getgid(void) { return 0; }
weak gid_t getegid(void) { return 0; }

weak int setuid(uid_t id) { return permitted(id == 0); }
weak int seteuid(uid_t id) { return permitted(id == 0); }
weak int setgid(gid_t id) { return permitted(id == 0); }
weak int setegid(gid_t id) { return permitted(id == 0); }
weak int setreuid(uid_t real, uid_t effective) { return permitted(stays(real) && stays(effective)); }
weak int setregid(gid_t real, gid_t effective) { return permitted(stays(real) && stays(effective)); }

weak int setresuid(uid_t real, uid_t effective, uid_t saved)
{
	return permitted(stays(real) && stays(effective) && stays(saved));
}

weak int setresgid(gid_t real, gid_t effective, gid_t saved)
{
	return permitted(stays(real) && stays(effective) && stays(saved));
}

weak int getresuid(uid_t *real, uid_t *effective, uid_t *saved)
{
	*real = *effective = *saved = 0;
	return 0;
}

weak int getresgid(gid_t *real, gid_t *effective, gid_t *saved)
{
	*real = *effective = *saved = 0;
	return 0;
}

/* No supplementary groups. */
weak int getgroups(int size, gid_t groups[])
{
	(void)groups;
	if (size >= 0)
		return 0;
	errno = EINVAL;
	return -1;
}

weak int setgroups(size_t size, const gid_t groups[])
{
	(void)groups;
	return permitted(size == 0);
}

weak int initgroups(const char *user, gid_t group)
{
	(void)user;
	return permitted(group == 0);
}

weak int issetugid(void) { return 0; }
