// What is refused, and with which error.
// NET: loopback
// STDOUT:
//   all as expected
#include "sockets.h"

int main(void)
{
	char bytes[8];
	int port, other, listener = listen_at(&port);
	struct sockaddr_in address = loopback(port);
	struct sockaddr_in6 address6 = loopback6(port);
	socklen_t len = sizeof address;

	int fd = socket(AF_INET, SOCK_STREAM, 0);
	CHECK_ERRNO(bind(fd, ADDRESS(address)), EADDRINUSE);
	CHECK_ERRNO(getpeername(fd, (struct sockaddr *)&address, &len), ENOTCONN);
	CHECK_ERRNO(recv(fd, bytes, sizeof bytes, 0), ENOTCONN);
	CHECK_ERRNO(shutdown(fd, SHUT_RDWR), ENOTCONN);
	CHECK_ERRNO(accept(fd, NULL, NULL), EINVAL);
	CHECK_ERRNO(bind(fd, ADDRESS(address6)), EAFNOSUPPORT);
	CHECK_ERRNO(bind(fd, (struct sockaddr *)&address, 3), EINVAL);
	CHECK(connect(fd, ADDRESS(address)) == 0);
	CHECK_ERRNO(connect(fd, ADDRESS(address)), EISCONN);
	CHECK_ERRNO(listen(fd, 1), EINVAL);
	CHECK(close(fd) == 0);
	CHECK_ERRNO(recv(fd, bytes, sizeof bytes, 0), EBADF);

	/* A port that nobody listens at: that of a socket which is gone. */
	other = listen_at(&port);
	CHECK(close(other) == 0);
	address = loopback(port);
	fd = socket(AF_INET, SOCK_STREAM, 0);
	CHECK_ERRNO(connect(fd, ADDRESS(address)), ECONNREFUSED);
	CHECK(close(fd) == 0);

	CHECK_ERRNO(socket(AF_INET, 77, 0) < 0 ? -1 : 0, errno);
	CHECK_ERRNO(socket(77, SOCK_STREAM, 0), EAFNOSUPPORT);
	CHECK_ERRNO(socket(AF_INET, SOCK_STREAM, IPPROTO_UDP), EPROTONOSUPPORT);
	CHECK_ERRNO(listen(STDIN_FILENO, 1), ENOTSOCK);
	CHECK_ERRNO(shutdown(listener, 77), EINVAL);

	fd = socket(AF_INET, SOCK_DGRAM, 0);
	CHECK_ERRNO(listen(fd, 1), EOPNOTSUPP);
	CHECK_ERRNO(accept(fd, NULL, NULL), EOPNOTSUPP);
	CHECK_ERRNO(send(fd, "x", 1, 0), EDESTADDRREQ);
	puts("all as expected");
	return 0;
}
