// There are no owners and permissions: a change of permissions has no effect, a
// change of the owner to another is not permitted, and the file must be there.
// DIR:
// SKIP: wasi-sdk: wasi-libc has none of it
// SKIP: native: it has owners and permissions
// STDOUT:
//   mode before and after: the same
//   the mask is remembered: 22, then 77
#include "files.h"
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
	struct stat before, after;
	make_file("file", "x");
	int file = open("file", O_RDONLY);
	CHECK(file >= 0 && fstat(file, &before) == 0);
	CHECK(chmod("file", 0400) == 0 && fchmod(file, 0600) == 0);
	CHECK(fchmodat(AT_FDCWD, "file", 0644, 0) == 0);
	CHECK(fchmodat(AT_FDCWD, "file", 0644, AT_SYMLINK_NOFOLLOW) == 0);
	CHECK(fstat(file, &after) == 0);
	printf("mode before and after: %s\n", before.st_mode == after.st_mode ? "the same" : "others");
	CHECK(chown("file", geteuid(), getegid()) == 0 && lchown("file", -1, -1) == 0);
	CHECK(fchown(file, before.st_uid, before.st_gid) == 0);
	CHECK(fchownat(AT_FDCWD, "file", 0, -1, 0) == 0);
	CHECK_ERRNO(chown("file", 1000, -1), EPERM);
	CHECK_ERRNO(fchown(file, -1, 5), EPERM);
	CHECK_ERRNO(chmod("none", 0600), ENOENT);
	CHECK_ERRNO(chown("none", 0, 0), ENOENT);
	CHECK_ERRNO(fchmodat(AT_FDCWD, "file", 0600, 0x40000000), EINVAL);
	CHECK(close(file) == 0);
	CHECK_ERRNO(fchmod(file, 0600), EBADF);
	CHECK_ERRNO(fchown(file, 0, 0), EBADF);
	unsigned first = umask(077), second = umask(first);
	printf("the mask is remembered: %o, then %o\n", first, second);
}
