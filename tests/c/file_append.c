// With O_APPEND each write goes to the end there is, whatever the position is,
// also by two descriptors in turn, and also when fcntl has set it.
// DIR:
// STDOUT:
//   lseek(one, 0, SEEK_CUR): 0
//   write(one, "a", 1): 1
//   lseek(one, 0, SEEK_CUR): 5
//   write(other, "bb", 2): 2
//   lseek(other, 0, SEEK_CUR): 7
//   write(one, "cc", 2): 2
//   lseek(one, 0, SEEK_CUR): 9
//   lseek(one, 1, SEEK_SET): 1
//   write(one, "d", 1): 1
//   lseek(one, 0, SEEK_CUR): 10
//   file: `0123abbccd`
//   lseek(other, 0, SEEK_SET): 0
//   read: 2 `01`
//   write(other, "e", 1): 1
//   read: 0 ``
//   lseek(other, 0, SEEK_CUR): 11
//   lseek(other, 2, SEEK_SET): 2
//   read: 9 `23abbccde`
//   ftruncate(other, 3): 0
//   write(one, "f", 1): 1
//   file: `012f`
//   write(plain, "P", 1): 1
//   fcntl(plain, F_SETFL, O_APPEND): 0
//   write(plain, "Q", 1): 1
//   lseek(plain, 0, SEEK_CUR): 5
//   fcntl(plain, F_SETFL, 0): 0
//   lseek(plain, 1, SEEK_SET): 1
//   write(plain, "R", 1): 1
//   fcntl(one, F_SETFL, 0): 0
//   lseek(one, 2, SEEK_SET): 2
//   write(one, "S", 1): 1
//   file: `PRSfQ`
//   open("new", O_WRONLY | O_CREAT | O_APPEND, 0644): opened
//   new: ``
#include "files.h"

int main(void)
{
	make_file("file", "0123");
	int one = open("file", O_WRONLY | O_APPEND);
	int other = open("file", O_RDWR | O_APPEND);
	SHOW(lseek(one, 0, SEEK_CUR));
	SHOW(write(one, "a", 1));
	SHOW(lseek(one, 0, SEEK_CUR));
	SHOW(write(other, "bb", 2));
	SHOW(lseek(other, 0, SEEK_CUR));
	SHOW(write(one, "cc", 2));
	SHOW(lseek(one, 0, SEEK_CUR));
	SHOW(lseek(one, 1, SEEK_SET));
	SHOW(write(one, "d", 1));
	SHOW(lseek(one, 0, SEEK_CUR));
	show_file("file");

	/* Reading begins at the beginning; a write moves the position to the end. */
	SHOW(lseek(other, 0, SEEK_SET));
	show_read(other, 2);
	SHOW(write(other, "e", 1));
	show_read(other, 2);
	SHOW(lseek(other, 0, SEEK_CUR));
	SHOW(lseek(other, 2, SEEK_SET));
	show_read(other, 100);

	SHOW(ftruncate(other, 3));
	SHOW(write(one, "f", 1));
	show_file("file");

	int plain = open("file", O_RDWR);
	SHOW(write(plain, "P", 1));
	SHOW(fcntl(plain, F_SETFL, O_APPEND));
	SHOW(write(plain, "Q", 1));
	SHOW(lseek(plain, 0, SEEK_CUR));
	SHOW(fcntl(plain, F_SETFL, 0));
	SHOW(lseek(plain, 1, SEEK_SET));
	SHOW(write(plain, "R", 1));
	SHOW(fcntl(one, F_SETFL, 0));
	SHOW(lseek(one, 2, SEEK_SET));
	SHOW(write(one, "S", 1));
	show_file("file");

	SHOW_OPEN(open("new", O_WRONLY | O_CREAT | O_APPEND, 0644));
	show_file("new");
}
