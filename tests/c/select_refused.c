// select refuses a closed descriptor, and a negative number of descriptors.
// DIR:
// STDOUT:
//   select(closed + 1, &reads, NULL, NULL, &none): EBADF
//   select(closed + 1, &reads, NULL, NULL, NULL): EBADF
//   select(file + 1, &reads, NULL, NULL, NULL): 1
//   1
//   select(0, NULL, NULL, NULL, &none): 0
//   select(-1, NULL, NULL, NULL, &none): EINVAL
// FAILS: wasi-sdk: its select finds nothing wrong with a closed descriptor
#include "files.h"
#include <sys/select.h>

int main(void)
{
	make_file("file", "text");
	int file = open("file", O_RDWR), closed = open("file", O_RDWR);
	CHECK(close(closed) == 0);
	fd_set reads;
	struct timeval none = { 0, 0 };
	FD_ZERO(&reads);
	FD_SET(closed, &reads);
	SHOW(select(closed + 1, &reads, NULL, NULL, &none));
	FD_ZERO(&reads);
	FD_SET(file, &reads);
	FD_SET(closed, &reads);
	SHOW(select(closed + 1, &reads, NULL, NULL, NULL));
	/* What lies above the number is not looked at. */
	FD_ZERO(&reads);
	FD_SET(file, &reads);
	FD_SET(closed, &reads);
	SHOW(select(file + 1, &reads, NULL, NULL, NULL));
	printf("%d\n", !!FD_ISSET(file, &reads));
	SHOW(select(0, NULL, NULL, NULL, &none));
	SHOW(select(-1, NULL, NULL, NULL, &none));
}
