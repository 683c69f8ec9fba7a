// What is no socket is refused with ENOTSOCK where a socket is asked for, and what
// is closed with EBADF.
// DIR:
// STDOUT:
//   accept(file, NULL, NULL): ENOTSOCK
//   accept4(file, NULL, NULL, SOCK_NONBLOCK): ENOTSOCK
//   send(file, bytes, 3, 0): ENOTSOCK
//   recv(file, bytes, 3, 0): ENOTSOCK
//   recv(file, bytes, 3, MSG_PEEK): ENOTSOCK
//   shutdown(file, SHUT_RDWR): ENOTSOCK
//   getsockopt(file, SOL_SOCKET, SO_TYPE, &value, &size): ENOTSOCK
//   accept(folder, NULL, NULL): ENOTSOCK
//   send(folder, bytes, 3, 0): ENOTSOCK
//   shutdown(folder, SHUT_WR): ENOTSOCK
//   accept(STDIN_FILENO, NULL, NULL): ENOTSOCK
//   recv(STDIN_FILENO, bytes, 3, 0): ENOTSOCK
//   send(STDOUT_FILENO, bytes, 3, 0): ENOTSOCK
//   accept(closed, NULL, NULL): EBADF
//   send(closed, bytes, 3, 0): EBADF
//   recv(closed, bytes, 3, 0): EBADF
//   shutdown(closed, SHUT_RD): EBADF
//   accept(below, NULL, NULL): EBADF
//   file: `text`
#include "files.h"
#include <sys/socket.h>

int main(void)
{
	char bytes[4] = "abc";
	make_file("file", "text");
	int file = open("file", O_RDWR), closed = open("file", O_RDWR);
	int folder = open(".", O_RDONLY | O_DIRECTORY);
	CHECK(close(closed) == 0);
	SHOW(accept(file, NULL, NULL));
	SHOW(accept4(file, NULL, NULL, SOCK_NONBLOCK));
	SHOW(send(file, bytes, 3, 0));
	SHOW(recv(file, bytes, 3, 0));
	SHOW(recv(file, bytes, 3, MSG_PEEK));
	SHOW(shutdown(file, SHUT_RDWR));
	int value;
	socklen_t size = sizeof value;
	SHOW(getsockopt(file, SOL_SOCKET, SO_TYPE, &value, &size));
	SHOW(accept(folder, NULL, NULL));
	SHOW(send(folder, bytes, 3, 0));
	SHOW(shutdown(folder, SHUT_WR));
	SHOW(accept(STDIN_FILENO, NULL, NULL));
	SHOW(recv(STDIN_FILENO, bytes, 3, 0));
	SHOW(send(STDOUT_FILENO, bytes, 3, 0));

	volatile int below = -1; /* A constant would be warned of. */
	SHOW(accept(closed, NULL, NULL));
	SHOW(send(closed, bytes, 3, 0));
	SHOW(recv(closed, bytes, 3, 0));
	SHOW(shutdown(closed, SHUT_RD));
	SHOW(accept(below, NULL, NULL));
	show_file("file");
}
