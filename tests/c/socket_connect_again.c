// A connection that poll tells of is told of by the next connect too, once; and a connect that may
// wait goes on with one that did not.
// NET: loopback
// STDOUT:
//   told once
//   went on
#include "sockets.h"

int main(void)
{
	int port;
	int listener = listen_at(&port);
	struct sockaddr_in address = loopback(port);

	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	CHECK_ERRNO(connect(fd, ADDRESS(address)), EINPROGRESS);
	struct pollfd one = { .fd = fd, .events = POLLOUT };
	CHECK(poll(&one, 1, 5000) == 1);
	CHECK(write(fd, "x", 1) == 1);
	CHECK(connect(fd, ADDRESS(address)) == 0);
	CHECK_ERRNO(connect(fd, ADDRESS(address)), EISCONN);
	CHECK(close(fd) == 0);
	puts("told once");

	fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	CHECK_ERRNO(connect(fd, ADDRESS(address)), EINPROGRESS);
	CHECK(fcntl(fd, F_SETFL, 0) == 0);
	CHECK(connect(fd, ADDRESS(address)) == 0);
	CHECK_ERRNO(connect(fd, ADDRESS(address)), EISCONN);
	CHECK(close(fd) == 0);
	puts("went on");
	CHECK(close(listener) == 0);
	return 0;
}
