// lseek goes from the beginning, the position and the end, also beyond it; what
// is skipped there is zero once something is written behind it.
// DIR:
// STDOUT:
//   lseek(file, 3, SEEK_SET): 3
//   read: 1 `3`
//   lseek(file, 2, SEEK_CUR): 6
//   read: 1 `6`
//   lseek(file, -2, SEEK_CUR): 5
//   read: 2 `56`
//   lseek(file, -1, SEEK_END): 9
//   read: 1 `9`
//   lseek(file, 0, SEEK_END): 10
//   lseek(file, -1, SEEK_SET): EINVAL
//   lseek(file, -11, SEEK_END): EINVAL
//   lseek(file, -11, SEEK_CUR): EINVAL
//   lseek(file, 0, 77): EINVAL
//   lseek(file, 0, SEEK_CUR): 10
//   lseek(file, 14, SEEK_SET): 14
//   read: 0 ``
//   lseek(file, 0, SEEK_CUR): 14
//   lseek(file, 0, SEEK_END): 10
//   lseek(file, 14, SEEK_SET): 14
//   write(file, "ab", 2): 2
//   file: `0123456789....ab`
//   lseek(file, 5000000000, SEEK_SET): 5000000000
//   write(file, "far", 3): 3
//   lseek(file, 0, SEEK_END): 5000000003
//   lseek(file, -5, SEEK_END): 4999999998
//   read: 5 `..far`
//   ftruncate(file, 0): 0
//   lseek(file, 0, SEEK_CUR): 5000000003
//   close(file): 0
// FAILS: stock: its preview1 traps at a whence there is not
#include "files.h"

int main(void)
{
	make_file("file", "0123456789");
	int file = open("file", O_RDWR);
	SHOW(lseek(file, 3, SEEK_SET));
	show_read(file, 1);
	SHOW(lseek(file, 2, SEEK_CUR));
	show_read(file, 1);
	SHOW(lseek(file, -2, SEEK_CUR));
	show_read(file, 2);
	SHOW(lseek(file, -1, SEEK_END));
	show_read(file, 2);
	SHOW(lseek(file, 0, SEEK_END));

	SHOW(lseek(file, -1, SEEK_SET));
	SHOW(lseek(file, -11, SEEK_END));
	SHOW(lseek(file, -11, SEEK_CUR));
	SHOW(lseek(file, 0, 77));
	SHOW(lseek(file, 0, SEEK_CUR));

	SHOW(lseek(file, 14, SEEK_SET));
	show_read(file, 5);
	SHOW(lseek(file, 0, SEEK_CUR));
	SHOW(lseek(file, 0, SEEK_END));
	SHOW(lseek(file, 14, SEEK_SET));
	SHOW(write(file, "ab", 2));
	show_file("file");

	SHOW(lseek(file, 5000000000, SEEK_SET));
	SHOW(write(file, "far", 3));
	SHOW(lseek(file, 0, SEEK_END));
	SHOW(lseek(file, -5, SEEK_END));
	show_read(file, 9);
	SHOW(ftruncate(file, 0));
	SHOW(lseek(file, 0, SEEK_CUR));
	SHOW(close(file));
}
