// linkat with AT_SYMLINK_FOLLOW gives another name to what a link leads to.
// DIR:
// STDOUT:
//   linkat(AT_FDCWD, "file", AT_FDCWD, "second", AT_SYMLINK_FOLLOW): 0
//   linkat(AT_FDCWD, "folder/link", AT_FDCWD, "third", AT_SYMLINK_FOLLOW): 0
//   linkat(AT_FDCWD, "dangling", AT_FDCWD, "fourth", AT_SYMLINK_FOLLOW): ENOENT
//   3 names
// FAILS: coopt: Wasmtime refuses to follow a link there
// FAILS: wasi-sdk: Wasmtime refuses to follow a link there
// FAILS: wasmtime: Wasmtime refuses to follow a link there
// FAILS: stock: Wasmtime refuses to follow a link there
#include "files.h"

int main(void)
{
	struct stat found;
	make_file("file", "text");
	CHECK(mkdir("folder", 0755) == 0);
	CHECK(symlink("../file", "folder/link") == 0);
	CHECK(symlink("nowhere", "dangling") == 0);
	SHOW(linkat(AT_FDCWD, "file", AT_FDCWD, "second", AT_SYMLINK_FOLLOW));
	SHOW(linkat(AT_FDCWD, "folder/link", AT_FDCWD, "third", AT_SYMLINK_FOLLOW));
	SHOW(linkat(AT_FDCWD, "dangling", AT_FDCWD, "fourth", AT_SYMLINK_FOLLOW));
	CHECK(stat("file", &found) == 0);
	printf("%d names\n", (int)found.st_nlink);
}
