// A duplicate shares offset and flags, gets the lowest number, and keeps the file
// open; dup2 replaces what its target stood for.
// DIR:
// SKIP: wasi-sdk: wasi-libc has no dup
// STDOUT:
//   lowest: as closed before
//   the offset is shared: 4
//   the flags are shared: yes
//   after the first is closed: 2 bytes, `56`
//   F_DUPFD from 30: 30, 31
//   dup2 onto itself: same
//   dup3 onto itself: EINVAL
//   dup of nothing: EBADF
//   dup2 of nothing: EBADF
//   standard output goes to a file, and back: `caught`
#include "files.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	make_file("file", "123456");
	int hole = open("file", O_RDONLY), file = open("file", O_RDWR);
	CHECK(hole >= 0 && file >= 0 && close(hole) == 0);
	int copy = dup(file);
	printf("lowest: %s\n", copy == hole ? "as closed before" : "no");
	char bytes[16] = "";
	CHECK(read(file, bytes, 4) == 4);
	printf("the offset is shared: %d\n", (int)lseek(copy, 0, SEEK_CUR));
	CHECK(fcntl(file, F_SETFL, O_APPEND) == 0);
	printf("the flags are shared: %s\n", fcntl(copy, F_GETFL) & O_APPEND ? "yes" : "no");
	CHECK(close(file) == 0);
	memset(bytes, 0, sizeof bytes);
	int len = (int)read(copy, bytes, sizeof bytes);
	printf("after the first is closed: %d bytes, `%s`\n", len, bytes);
	int thirty = fcntl(copy, F_DUPFD, 30), next = fcntl(copy, F_DUPFD, 30);
	printf("F_DUPFD from 30: %d, %d\n", thirty, next);
	printf("dup2 onto itself: %s\n", dup2(copy, copy) == copy ? "same" : "no");
	printf("dup3 onto itself: %s\n", error_name(dup3(copy, copy, 0) == -1 ? errno : 0));
	printf("dup of nothing: %s\n", error_name(dup(99) == -1 ? errno : 0));
	printf("dup2 of nothing: %s\n", error_name(dup2(99, 50) == -1 ? errno : 0));
	fflush(stdout);
	int saved = dup(STDOUT_FILENO);
	CHECK(ftruncate(copy, 0) == 0 && dup2(copy, STDOUT_FILENO) == STDOUT_FILENO);
	printf("caught");
	fflush(stdout);
	CHECK(dup2(saved, STDOUT_FILENO) == STDOUT_FILENO && close(saved) == 0);
	memset(bytes, 0, sizeof bytes);
	CHECK(pread(copy, bytes, sizeof bytes, 0) == 6);
	printf("standard output goes to a file, and back: `%s`\n", bytes);
}
