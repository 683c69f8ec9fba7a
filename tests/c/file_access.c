// access and faccessat say whether a file is there and may be used.
// DIR:
// STDOUT:
//   access("file", F_OK): 0
//   access("file", R_OK): 0
//   access("file", W_OK): 0
//   access("file", R_OK | W_OK): 0
//   access("folder", F_OK): 0
//   access("folder", R_OK | W_OK | X_OK): 0
//   access(".", R_OK | X_OK): 0
//   access("missing", F_OK): ENOENT
//   access("missing/file", F_OK): ENOENT
//   access("file/below", F_OK): ENOTDIR
//   access("file/", F_OK): ENOTDIR
//   access("dangling", F_OK): ENOENT
//   access("file", 64): EINVAL
//   faccessat(AT_FDCWD, "file", R_OK, 0): 0
//   faccessat(AT_FDCWD, "file", R_OK, AT_EACCESS): 0
//   faccessat(folder, "file", F_OK, 0): ENOENT
#include "files.h"

int main(void)
{
	make_file("file", "text");
	CHECK(mkdir("folder", 0755) == 0);
	CHECK(symlink("nowhere", "dangling") == 0);
	SHOW(access("file", F_OK));
	SHOW(access("file", R_OK));
	SHOW(access("file", W_OK));
	SHOW(access("file", R_OK | W_OK));
	SHOW(access("folder", F_OK));
	SHOW(access("folder", R_OK | W_OK | X_OK));
	SHOW(access(".", R_OK | X_OK));
	SHOW(access("missing", F_OK));
	SHOW(access("missing/file", F_OK));
	SHOW(access("file/below", F_OK));
	SHOW(access("file/", F_OK));
	SHOW(access("dangling", F_OK));
	SHOW(access("file", 64));
	SHOW(faccessat(AT_FDCWD, "file", R_OK, 0));
	SHOW(faccessat(AT_FDCWD, "file", R_OK, AT_EACCESS));
	int folder = open("folder", O_RDONLY | O_DIRECTORY);
	SHOW(faccessat(folder, "file", F_OK, 0));
}
