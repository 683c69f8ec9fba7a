/*
 * echo_clients.c - the clients of echo.c; natively only.
 *
 *   echo_clients PORT TALKING SILENT
 *
 * Connects SILENT clients that say nothing, and TALKING clients that each send a
 * message and wait for it to come back, again and again. One thread plays all of
 * them, so that they cost less than the server that they are to measure. Writes
 * `echo NS` to standard error: the time that passes for each message.
 */
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MESSAGE = 64, EVENTS = 128 };

/* Until caches are warm, and for how long messages are counted then. */
#define WARM_UP_NS 200000000u
#define MEASURED_NS 500000000u

static int events;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static uint64_t now_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static int client(int port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
		fail("connect");
	return fd;
}

static void say(int fd)
{
	static const char message[MESSAGE];
	if (send(fd, message, MESSAGE, MSG_NOSIGNAL) != MESSAGE)
		fail("send");
}

static void hear(int fd)
{
	char message[MESSAGE];
	if (recv(fd, message, MESSAGE, MSG_WAITALL) != MESSAGE)
		fail("recv");
}

/* Answers each message with the next until `end_ns`, and returns how many came. */
static uint64_t talk_until(uint64_t end_ns)
{
	struct epoll_event ready[EVENTS];
	uint64_t count = 0;
	while (now_ns() < end_ns) {
		int some = epoll_wait(events, ready, EVENTS, 1000);
		for (int i = 0; i < some; i++) {
			hear(ready[i].data.fd);
			say(ready[i].data.fd);
		}
		count += some > 0 ? (uint64_t)some : 0;
	}
	return count;
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	int port = atoi(argv[1]), talking = atoi(argv[2]), silent = atoi(argv[3]);
	events = epoll_create1(0);
	while (silent-- > 0)
		client(port);
	while (talking-- > 0) {
		int fd = client(port);
		struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };
		if (epoll_ctl(events, EPOLL_CTL_ADD, fd, &event) != 0)
			fail("epoll_ctl");
		say(fd);
	}
	talk_until(now_ns() + WARM_UP_NS);
	uint64_t began = now_ns();
	uint64_t count = talk_until(began + MEASURED_NS);
	fprintf(stderr, "echo %.3f\n", (double)(now_ns() - began) / (double)count);
	return 0;
}
