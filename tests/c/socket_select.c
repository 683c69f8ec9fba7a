// One thread serves a listener and its connections by select.
// NET: loopback
// STDOUT:
//   5 clients were served by one thread
#include "sockets.h"
#include <sys/select.h>

#define CLIENTS 5

static int port;

static void *talk(void *argument)
{
	char bytes[8];
	int fd = connect_to(port);
	for (int round = 0; round < 3; round++) {
		send_all(fd, "request", 7);
		CHECK(receive_all(fd, bytes, 7) == 7 && memcmp(bytes, "REQUEST", 7) == 0);
	}
	CHECK(close(fd) == 0);
	return argument;
}

/* Answers what has come; whether the connection goes on. */
static int answer(int fd)
{
	char bytes[64];
	ssize_t len = recv(fd, bytes, sizeof bytes, 0);
	CHECK(len >= 0);
	for (ssize_t i = 0; i < len; i++)
		bytes[i] -= 'a' - 'A';
	if (len > 0)
		send_all(fd, bytes, len);
	else
		CHECK(close(fd) == 0);
	return len > 0;
}

int main(void)
{
	int listener = listen_at(&port), fds[CLIENTS], open = 0, ended = 0;
	pthread_t clients[CLIENTS];
	for (int i = 0; i < CLIENTS; i++)
		clients[i] = start(talk, NULL);
	while (ended < CLIENTS) {
		fd_set readable;
		int last = listener;
		FD_ZERO(&readable);
		FD_SET(listener, &readable);
		for (int i = 0; i < open; i++) {
			FD_SET(fds[i], &readable);
			last = fds[i] > last ? fds[i] : last;
		}
		CHECK(select(last + 1, &readable, NULL, NULL, &(struct timeval){ 5, 0 }) > 0);
		int were_open = open;
		for (int i = were_open - 1; i >= 0; i--) {
			if (FD_ISSET(fds[i], &readable) && !answer(fds[i])) {
				fds[i] = fds[--open];
				ended++;
			}
		}
		if (FD_ISSET(listener, &readable)) {
			CHECK(open < CLIENTS);
			fds[open] = accept(listener, NULL, NULL);
			CHECK(fds[open++] >= 0);
		}
	}
	for (int i = 0; i < CLIENTS; i++)
		CHECK_OK(pthread_join(clients[i], NULL));
	printf("%d clients were served by one thread\n", CLIENTS);
	return 0;
}
