// Linked with SQLite where it is compiled for coopt: the two calls of the system
// that its own VFS for Unix misses in WASI. SQLite calls `sqlite_extra_init` when it
// is first used.
//
// - fchmod. SQLite knows that WASI has none, and calls it all the same, through a
//   null pointer, for temporary files: WASI tells no permissions of files, so they
//   are never those that SQLite asked for.
// - Locks of files, which keep other processes away. WASI has none, and our fcntl
//   says so. SQLite itself keeps the connections of one program apart, so here every
//   lock is granted.
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <sys/types.h>

int sqlite_extra_init(const char *unused);

static int change_nothing(int file, mode_t mode)
{
	(void)file, (void)mode;
	return 0;
}

static int grant_locks(int file, int command, ...)
{
	(void)file;
	if (command == F_GETLK) {
		va_list arguments;
		va_start(arguments, command);
		va_arg(arguments, struct flock *)->l_type = F_UNLCK;
		va_end(arguments);
	}
	return command == F_GETLK || command == F_SETLK ? 0 : -1;
}

int sqlite_extra_init(const char *unused)
{
	(void)unused;
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
	vfs->xSetSystemCall(vfs, "fchmod", (sqlite3_syscall_ptr)change_nothing);
	return vfs->xSetSystemCall(vfs, "fcntl", (sqlite3_syscall_ptr)grant_locks);
}
