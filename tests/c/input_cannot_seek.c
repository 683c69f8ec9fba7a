// A pipe has no position: what asks for one is refused with ESPIPE, and takes
// nothing from it.
// STDIN: printf 'some text'
// STDOUT:
//   lseek(STDIN_FILENO, 0, SEEK_SET): ESPIPE
//   lseek(STDIN_FILENO, 0, SEEK_CUR): ESPIPE
//   lseek(STDIN_FILENO, 0, SEEK_END): ESPIPE
//   pread(STDIN_FILENO, bytes, 3, 0): ESPIPE
//   lseek(STDOUT_FILENO, 0, SEEK_CUR): ESPIPE
//   pwrite(STDOUT_FILENO, bytes, 3, 0): ESPIPE
//   fseek(stdin, 0, SEEK_SET): ESPIPE
//   ftell(stdin): ESPIPE
//   ftruncate(STDOUT_FILENO, 0): EINVAL
//   read: 9 `some text`
//   read: 0 ``
//   write(STDIN_FILENO, bytes, 3): EBADF
//   read(STDOUT_FILENO, bytes, 3): EBADF
// FAILS: stock: its preview1 says EBADF where a stream is truncated
#include "files.h"

int main(void)
{
	char bytes[4] = "abc";
	SHOW(lseek(STDIN_FILENO, 0, SEEK_SET));
	SHOW(lseek(STDIN_FILENO, 0, SEEK_CUR));
	SHOW(lseek(STDIN_FILENO, 0, SEEK_END));
	SHOW(pread(STDIN_FILENO, bytes, 3, 0));
	SHOW(lseek(STDOUT_FILENO, 0, SEEK_CUR));
	SHOW(pwrite(STDOUT_FILENO, bytes, 3, 0));
	SHOW(fseek(stdin, 0, SEEK_SET));
	SHOW(ftell(stdin));
	SHOW(ftruncate(STDOUT_FILENO, 0));
	show_read(STDIN_FILENO, 100);
	show_read(STDIN_FILENO, 100);
	SHOW(write(STDIN_FILENO, bytes, 3));
	SHOW(read(STDOUT_FILENO, bytes, 3));
}
