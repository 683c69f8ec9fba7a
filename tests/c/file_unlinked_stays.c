// A file whose last name is gone stays for those who have it open, and what is
// made under its name is another file.
// DIR:
// STDOUT:
//   write(file, "first", 5): 5
//   unlink("file"): 0
//   access("file", F_OK): ENOENT
//   unlink("file"): ENOENT
//   lseek(file, 0, SEEK_SET): 0
//   read: 3 `fir`
//   write(file, "!!!", 3): 3
//   lseek(file, 1, SEEK_SET): 1
//   read: 5 `ir!!!`
//   write(other, "second", 6): 6
//   file: `second`
//   lseek(file, 0, SEEK_SET): 0
//   read: 6 `fir!!!`
//   0 names, 6 bytes
//   1 names, 6 bytes
//   ftruncate(file, 2): 0
//   pwrite(file, "x", 1, 4): 1
//   lseek(file, 0, SEEK_SET): 0
//   read: 5 `fi..x`
//   close(file): 0
//   file: `second`
//   close(other): 0
#include "files.h"

int main(void)
{
	int file = open("file", O_RDWR | O_CREAT | O_EXCL, 0644);
	SHOW(write(file, "first", 5));
	SHOW(unlink("file"));
	SHOW(access("file", F_OK));
	SHOW(unlink("file"));
	SHOW(lseek(file, 0, SEEK_SET));
	show_read(file, 3);
	SHOW(write(file, "!!!", 3));
	SHOW(lseek(file, 1, SEEK_SET));
	show_read(file, 100);

	int other = open("file", O_RDWR | O_CREAT | O_EXCL, 0644);
	SHOW(write(other, "second", 6));
	show_file("file");
	SHOW(lseek(file, 0, SEEK_SET));
	show_read(file, 100);

	struct stat found;
	CHECK(fstat(file, &found) == 0);
	printf("%d names, %d bytes\n", (int)found.st_nlink, (int)found.st_size);
	CHECK(fstat(other, &found) == 0);
	printf("%d names, %d bytes\n", (int)found.st_nlink, (int)found.st_size);
	SHOW(ftruncate(file, 2));
	SHOW(pwrite(file, "x", 1, 4));
	SHOW(lseek(file, 0, SEEK_SET));
	show_read(file, 100);
	SHOW(close(file));
	show_file("file");
	SHOW(close(other));
}
