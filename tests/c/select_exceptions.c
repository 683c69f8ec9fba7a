// select takes a set for exceptions, of which a file has none, refuses a time that
// is none, and takes a poll for no event.
// DIR:
// STDOUT:
//   select(file + 1, &reads, NULL, &errors, &none): 1
//   1 0
//   select(0, NULL, NULL, NULL, &below): EINVAL
//   poll(&asked, 1, 0): 0
//   0
//   fcntl(closed, F_GETFD): EBADF
// FAILS: coopt: wasi-libc leaves these out
// FAILS: wasi-sdk: wasi-libc leaves these out
// FAILS: wasmtime: wasi-libc leaves these out
// FAILS: stock: wasi-libc leaves these out
#include "files.h"
#include <poll.h>
#include <sys/select.h>

int main(void)
{
	make_file("file", "text");
	int file = open("file", O_RDWR);
	fd_set reads, errors;
	struct timeval none = { 0, 0 }, below = { -1, 0 };
	FD_ZERO(&reads);
	FD_ZERO(&errors);
	FD_SET(file, &reads);
	FD_SET(file, &errors);
	SHOW(select(file + 1, &reads, NULL, &errors, &none));
	printf("%d %d\n", !!FD_ISSET(file, &reads), !!FD_ISSET(file, &errors));
	SHOW(select(0, NULL, NULL, NULL, &below));
	struct pollfd asked = { .fd = file, .events = 0, .revents = -1 };
	SHOW(poll(&asked, 1, 0));
	printf("%d\n", asked.revents);
	int closed = open("file", O_RDWR);
	CHECK(close(closed) == 0);
	SHOW(fcntl(closed, F_GETFD));
}
