/* What WASI does not let a program do with files and file systems. */
#define _GNU_SOURCE
#include "absent.h"
#include <dirent.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

FAILS(int, fchdir, (int folder))
FAILS(int, chroot, (const char *path))
FAILS(int, mkfifo, (const char *path, mode_t mode))
FAILS(int, mkfifoat, (int folder, const char *path, mode_t mode))
FAILS(int, mknod, (const char *path, mode_t mode, dev_t device))
FAILS(int, mknodat, (int folder, const char *path, mode_t mode, dev_t device))
FAILS(int, getdents, (int folder, struct dirent *to, size_t size))
FAILS(int, statvfs, (const char *restrict path, struct statvfs *restrict to))
FAILS(int, fstatvfs, (int file, struct statvfs *to))
FAILS(int, statfs, (const char *path, struct statfs *to))
FAILS(int, fstatfs, (int file, struct statfs *to))
