/*
 * Owners and permissions of files, which WASI does not have: every file is the
 * user's, who may do what the host permits. A change of permissions has no
 * effect, and a change of the owner to another is not permitted. A file must be
 * there for either.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <features.h>
#include <sys/stat.h>
#include <unistd.h>

weak int fchmod(int fd, mode_t mode)
{
	struct stat file;
	(void)mode;
	return fstat(fd, &file);
}

weak int fchmodat(int folder, const char *path, mode_t mode, int flags)
{
	struct stat file;
	(void)mode;
	if (flags & ~AT_SYMLINK_NOFOLLOW) {
		errno = EINVAL;
		return -1;
	}
	return fstatat(folder, path, &file, flags);
}

weak int chmod(const char *path, mode_t mode)
{
	return fchmodat(AT_FDCWD, path, mode, 0);
}

weak int lchmod(const char *path, mode_t mode)
{
	return fchmodat(AT_FDCWD, path, mode, AT_SYMLINK_NOFOLLOW);
}

/* The mask has no effect either, but is remembered. */
weak mode_t umask(mode_t mode)
{
	static mode_t mask = 022;
	mode_t old = mask;
	mask = mode & 0777;
	return old;
}

/* What a change of a file's owner returns, once the file was found. */
static int own(int found, uid_t user, gid_t group)
{
	if (found)
		return found;
	if ((user == 0 || user == (uid_t)-1) && (group == 0 || group == (gid_t)-1))
		return 0;
	errno = EPERM;
	return -1;
}

weak int fchown(int fd, uid_t user, gid_t group)
{
	struct stat file;
	return own(fstat(fd, &file), user, group);
}

weak int fchownat(int folder, const char *path, uid_t user, gid_t group, int flags)
{
	struct stat file;
	if (flags & ~AT_SYMLINK_NOFOLLOW) {
		errno = EINVAL;
		return -1;
	}
	return own(fstatat(folder, path, &file, flags), user, group);
}

weak int chown(const char *path, uid_t user, gid_t group)
{
	return fchownat(AT_FDCWD, path, user, group, 0);
}

weak int lchown(const char *path, uid_t user, gid_t group)
{
	return fchownat(AT_FDCWD, path, user, group, AT_SYMLINK_NOFOLLOW);
}
