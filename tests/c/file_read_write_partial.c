// Reads and writes of any length, also none: what they return, where the position
// is afterwards, and that pread and pwrite leave it where it was.
// DIR:
// STDOUT:
//   write(file, "0123456789", 10): 10
//   lseek(file, 0, SEEK_CUR): 10
//   read: 0 ``
//   lseek(file, 0, SEEK_SET): 0
//   read: 4 `0123`
//   read: 0 ``
//   read: 6 `456789`
//   read: 0 ``
//   read: 0 ``
//   lseek(file, 0, SEEK_CUR): 10
//   pread(file, bytes, 3, 2): 3
//   `234`
//   pread(file, bytes, 15, 7): 3
//   `789`
//   pread(file, bytes, 0, 2): 0
//   pread(file, bytes, 3, 10): 0
//   pread(file, bytes, 3, 1000): 0
//   pread(file, bytes, 3, -1): EINVAL
//   lseek(file, 0, SEEK_CUR): 10
//   lseek(file, 5, SEEK_SET): 5
//   pwrite(file, "ab", 2, 1): 2
//   pwrite(file, "", 0, 1000): 0
//   pwrite(file, "x", 1, -1): EINVAL
//   write(file, "", 0): 0
//   write(file, "c", 1): 1
//   lseek(file, 0, SEEK_CUR): 6
//   lseek(file, 0, SEEK_END): 10
//   pwrite(file, "end", 3, 12): 3
//   lseek(file, 0, SEEK_CUR): 10
//   file: `0ab34c6789..end`
//   close(file): 0
//   lseek(file, 100, SEEK_SET): 100
//   write(file, "", 0): 0
//   lseek(file, 0, SEEK_END): 0
//   read: 0 ``
//   close(file): 0
#include "files.h"

int main(void)
{
	int file = open("file", O_RDWR | O_CREAT, 0644);
	CHECK(file >= 0);
	SHOW(write(file, "0123456789", 10));
	SHOW(lseek(file, 0, SEEK_CUR));
	show_read(file, 4);
	SHOW(lseek(file, 0, SEEK_SET));
	show_read(file, 4);
	show_read(file, 0);
	show_read(file, 100);
	show_read(file, 100);
	show_read(file, 0);
	SHOW(lseek(file, 0, SEEK_CUR));

	char bytes[16] = { 0 };
	SHOW(pread(file, bytes, 3, 2));
	printf("`%s`\n", bytes);
	SHOW(pread(file, bytes, 15, 7));
	printf("`%s`\n", bytes);
	SHOW(pread(file, bytes, 0, 2));
	SHOW(pread(file, bytes, 3, 10));
	SHOW(pread(file, bytes, 3, 1000));
	SHOW(pread(file, bytes, 3, -1));
	SHOW(lseek(file, 0, SEEK_CUR));

	SHOW(lseek(file, 5, SEEK_SET));
	SHOW(pwrite(file, "ab", 2, 1));
	SHOW(pwrite(file, "", 0, 1000));
	SHOW(pwrite(file, "x", 1, -1));
	SHOW(write(file, "", 0));
	SHOW(write(file, "c", 1));
	SHOW(lseek(file, 0, SEEK_CUR));
	SHOW(lseek(file, 0, SEEK_END));
	SHOW(pwrite(file, "end", 3, 12));
	SHOW(lseek(file, 0, SEEK_CUR));
	show_file("file");
	SHOW(close(file));

	/* Nothing is written beyond the end by a write of nothing. */
	file = open("empty", O_RDWR | O_CREAT, 0644);
	SHOW(lseek(file, 100, SEEK_SET));
	SHOW(write(file, "", 0));
	SHOW(lseek(file, 0, SEEK_END));
	show_read(file, 1);
	SHOW(close(file));
}
