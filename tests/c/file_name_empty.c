// An empty name is the name of nothing.
// DIR:
// STDOUT:
//   open("", O_RDONLY): ENOENT
//   open("", O_WRONLY | O_CREAT, 0644): ENOENT
//   stat("", &found): ENOENT
//   lstat("", &found): ENOENT
//   access("", F_OK): ENOENT
//   utimensat(AT_FDCWD, "", NULL, 0): ENOENT
//   truncate("", 0): ENOENT
//   mkdir("", 0755): ENOENT
//   rmdir(""): ENOENT
//   unlink(""): ENOENT
//   rename("", "new"): ENOENT
//   rename("file", ""): ENOENT
//   link("", "new"): ENOENT
//   link("file", ""): ENOENT
//   symlink("file", ""): ENOENT
//   symlink("", "new"): ENOENT
//   readlink("", bytes, 4): ENOENT
//   chdir(""): ENOENT
//   opendir(""): ENOENT
//   fopen("", "r"): ENOENT
//   file: `text`
// FAILS: coopt: wasi-libc takes an empty path for the current folder
// FAILS: wasi-sdk: wasi-libc takes an empty path for the current folder
// FAILS: wasmtime: wasi-libc takes an empty path for the current folder
// FAILS: stock: wasi-libc takes an empty path for the current folder
#include "files.h"
#include <dirent.h>

int main(void)
{
	char bytes[4];
	struct stat found;
	make_file("file", "text");
	SHOW_OPEN(open("", O_RDONLY));
	SHOW_OPEN(open("", O_WRONLY | O_CREAT, 0644));
	SHOW(stat("", &found));
	SHOW(lstat("", &found));
	SHOW(access("", F_OK));
	SHOW(utimensat(AT_FDCWD, "", NULL, 0));
	SHOW(truncate("", 0));
	SHOW(mkdir("", 0755));
	SHOW(rmdir(""));
	SHOW(unlink(""));
	SHOW(rename("", "new"));
	SHOW(rename("file", ""));
	SHOW(link("", "new"));
	SHOW(link("file", ""));
	SHOW(symlink("file", ""));
	SHOW(symlink("", "new"));
	SHOW(readlink("", bytes, 4));
	SHOW(chdir(""));
	SHOW_POINTER(opendir(""));
	SHOW_POINTER(fopen("", "r"));
	show_file("file");
}
