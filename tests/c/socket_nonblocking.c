// Non-blocking sockets: a connection that poll tells of, an accept, receives and sends that do not
// wait, and what went wrong by SO_ERROR.
// NET: loopback
// STDOUT:
//   connected, error 0
//   sent until it was full, writable once read
//   refused: POLLERR, then an error once
#include "sockets.h"

static int error_of(int fd)
{
	int error = -1;
	socklen_t len = sizeof error;
	CHECK(getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) == 0 && len == sizeof error);
	return error;
}

static short wait_for(int fd, short events)
{
	struct pollfd one = { .fd = fd, .events = events };
	CHECK(poll(&one, 1, 5000) == 1);
	return one.revents;
}

static int begin_connect(int port)
{
	struct sockaddr_in address = loopback(port);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	CHECK(fd >= 0);
	CHECK_ERRNO(connect(fd, ADDRESS(address)), EINPROGRESS);
	return fd;
}

static void is_full_and_then_not(int from, int to)
{
	static char bytes[64 << 10];
	size_t sent = 0, read = 0;
	for (;;) {
		ssize_t some = send(from, bytes, sizeof bytes, MSG_NOSIGNAL);
		if (some < 0) {
			/* The reader may have room a moment later. */
			struct pollfd one = { .fd = from, .events = POLLOUT };
			CHECK(errno == EAGAIN);
			if (poll(&one, 1, 100) == 0)
				break;
			continue;
		}
		sent += some;
	}
	while (read < sent) {
		ssize_t some = recv(to, bytes, sizeof bytes, 0);
		CHECK(some > 0);
		read += some;
	}
	CHECK(wait_for(from, POLLOUT) & POLLOUT);
	CHECK(send(from, "x", 1, MSG_NOSIGNAL) == 1);
	puts("sent until it was full, writable once read");
}

int main(void)
{
	char byte;
	int port, listener = listen_at(&port);
	CHECK(fcntl(listener, F_SETFL, O_NONBLOCK) == 0);
	CHECK_ERRNO(accept(listener, NULL, NULL), EAGAIN);

	int fd = begin_connect(port);
	CHECK(wait_for(fd, POLLOUT) == POLLOUT);
	printf("connected, error %d\n", error_of(fd));
	CHECK(wait_for(listener, POLLIN) == POLLIN);
	int server = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
	CHECK(server >= 0);
	CHECK(fcntl(server, F_GETFL) & O_NONBLOCK);
	CHECK_ERRNO(recv(server, &byte, 1, 0), EAGAIN);
	CHECK(fcntl(server, F_SETFL, 0) == 0);
	CHECK_ERRNO(recv(server, &byte, 1, MSG_DONTWAIT), EAGAIN);
	send_all(fd, "y", 1);
	CHECK(wait_for(server, POLLIN) == POLLIN);
	CHECK(recv(server, &byte, 1, MSG_DONTWAIT) == 1 && byte == 'y');
	is_full_and_then_not(fd, server);
	CHECK(close(listener) == 0);

	fd = begin_connect(port);
	CHECK(wait_for(fd, POLLOUT) & POLLERR);
	CHECK(error_of(fd) == ECONNREFUSED);
	CHECK(error_of(fd) == 0);
	puts("refused: POLLERR, then an error once");
	return 0;
}
