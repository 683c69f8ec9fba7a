/*
 * echo.c - a server that sends back what it gets, with a thread for each connection.
 *
 * Listens at a port of loopback that nobody uses, writes `port N` to standard
 * error, and ends at the end of its input.
 */
#include <netinet/in.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MESSAGE = 64, STACK = 65536, BACKLOG = 128 };

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void *echo(void *argument)
{
	int fd = (int)(intptr_t)argument;
	char message[MESSAGE];
	ssize_t len;
	while ((len = recv(fd, message, sizeof message, 0)) > 0)
		if (send(fd, message, (size_t)len, MSG_NOSIGNAL) != len)
			break;
	close(fd);
	return NULL;
}

static void *accept_all(void *argument)
{
	int listener = (int)(intptr_t)argument, fd;
	pthread_attr_t attr;
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	while ((fd = accept(listener, NULL, NULL)) >= 0) {
		pthread_t thread;
		if (pthread_create(&thread, &attr, echo, (void *)(intptr_t)fd) != 0)
			fail("pthread_create");
	}
	fail("accept");
	return NULL;
}

int main(void)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t len = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
	    listen(listener, BACKLOG) != 0 ||
	    getsockname(listener, (struct sockaddr *)&address, &len) != 0)
		fail("listening");
	fprintf(stderr, "port %d\n", ntohs(address.sin_port));
	pthread_t thread;
	if (pthread_create(&thread, NULL, accept_all, (void *)(intptr_t)listener) != 0)
		fail("pthread_create");
	getchar();
	return 0;
}
