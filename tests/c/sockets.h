/*
 * sockets.h - what the test programs of sockets share. All is on the loopback, at ports
 * that the system chooses.
 */
#ifndef SOCKETS_H
#define SOCKETS_H

#include "check.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

__attribute__((unused))
static struct sockaddr_in loopback(int port)
{
	return (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
}

__attribute__((unused))
static struct sockaddr_in6 loopback6(int port)
{
	return (struct sockaddr_in6){
		.sin6_family = AF_INET6,
		.sin6_port = htons(port),
		.sin6_addr = IN6ADDR_LOOPBACK_INIT,
	};
}

#define ADDRESS(a) (struct sockaddr *)&(a), sizeof(a)

/* The port that a socket is bound to. */
__attribute__((unused))
static int port_of(int fd)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof address;
	CHECK(getsockname(fd, (struct sockaddr *)&address, &len) == 0);
	return ntohs(((struct sockaddr_in *)&address)->sin_port);
}

/* A socket that listens; its port. */
__attribute__((unused))
static int listen_at(int *port)
{
	struct sockaddr_in address = loopback(0);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	CHECK(fd >= 0);
	CHECK(bind(fd, ADDRESS(address)) == 0);
	CHECK(listen(fd, 64) == 0);
	*port = port_of(fd);
	return fd;
}

/* A socket with a connection to the port. */
__attribute__((unused))
static int connect_to(int port)
{
	struct sockaddr_in address = loopback(port);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	CHECK(fd >= 0);
	CHECK(connect(fd, ADDRESS(address)) == 0);
	return fd;
}

/* Two sockets with a connection to each other. */
__attribute__((unused))
static void connected_pair(int pair[2])
{
	int port, listener = listen_at(&port);
	pair[0] = connect_to(port);
	pair[1] = accept(listener, NULL, NULL);
	CHECK(pair[1] >= 0);
	CHECK(close(listener) == 0);
}

__attribute__((unused))
static void send_all(int fd, const void *bytes, size_t len)
{
	const char *rest = bytes;
	while (len > 0) {
		ssize_t sent = send(fd, rest, len, MSG_NOSIGNAL);
		CHECK(sent > 0);
		rest += sent;
		len -= sent;
	}
}

/* Receives so many bytes, unless they end before. */
__attribute__((unused))
static size_t receive_all(int fd, void *bytes, size_t len)
{
	size_t got = 0;
	while (got < len) {
		ssize_t some = recv(fd, (char *)bytes + got, len - got, 0);
		CHECK(some >= 0);
		if (some == 0)
			break;
		got += some;
	}
	return got;
}

#endif
