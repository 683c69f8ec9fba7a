// ftruncate and truncate make a file shorter or longer; what is new is zero, and a
// reader in the middle meets the new end.
// DIR:
// STDOUT:
//   read: 5 `01234`
//   ftruncate(writer, 8): 0
//   read: 2 `56`
//   read: 1 `7`
//   read: 0 ``
//   ftruncate(writer, 12): 0
//   read: 3 `...`
//   read: 1 `.`
//   read: 0 ``
//   ftruncate(writer, 3): 0
//   read: 0 ``
//   lseek(reader, 0, SEEK_CUR): 12
//   ftruncate(writer, 14): 0
//   read: 2 `..`
//   file: `012...........`
//   lseek(writer, 10, SEEK_SET): 10
//   ftruncate(writer, 2): 0
//   lseek(writer, 0, SEEK_CUR): 10
//   write(writer, "X", 1): 1
//   file: `01........X`
//   truncate("file", 1): 0
//   file: `0`
//   truncate("file", 4): 0
//   file: `0...`
//   ftruncate(writer, 4): 0
//   ftruncate(writer, -1): EINVAL
//   ftruncate(reader, 0): EINVAL
//   truncate("file", -1): EINVAL
//   truncate("missing", 0): ENOENT
//   truncate("folder", 0): EISDIR
//   file: `0...`
#include "files.h"

int main(void)
{
	make_file("file", "0123456789abcdefghij");
	int reader = open("file", O_RDONLY);
	int writer = open("file", O_RDWR);
	show_read(reader, 5);
	SHOW(ftruncate(writer, 8));
	show_read(reader, 2);
	show_read(reader, 5);
	show_read(reader, 5);
	SHOW(ftruncate(writer, 12));
	show_read(reader, 3);
	show_read(reader, 3);
	show_read(reader, 3);
	SHOW(ftruncate(writer, 3));
	show_read(reader, 3);
	SHOW(lseek(reader, 0, SEEK_CUR));
	SHOW(ftruncate(writer, 14));
	show_read(reader, 3);
	show_file("file");

	SHOW(lseek(writer, 10, SEEK_SET));
	SHOW(ftruncate(writer, 2));
	SHOW(lseek(writer, 0, SEEK_CUR));
	SHOW(write(writer, "X", 1));
	show_file("file");

	SHOW(truncate("file", 1));
	show_file("file");
	SHOW(truncate("file", 4));
	show_file("file");
	SHOW(ftruncate(writer, 4));
	SHOW(ftruncate(writer, -1));
	SHOW(ftruncate(reader, 0));
	SHOW(truncate("file", -1));
	SHOW(truncate("missing", 0));
	CHECK(mkdir("folder", 0755) == 0);
	SHOW(truncate("folder", 0));
	show_file("file");
}
