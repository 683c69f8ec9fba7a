// A close ends calls that wait for the descriptor with EBADF. POSIX leaves that open, and Linux
// lets them wait.
// NET: loopback
// STDOUT:
//   accept: EBADF
//   recv: EBADF
//   recvfrom: EBADF
//   send: EBADF after some bytes
// SKIP: native: there a close does not wake who waits
#include "sockets.h"

static int fd;

static void show(const char *what, ssize_t result)
{
	printf("%s: %s\n", what, result == -1 && errno == EBADF ? "EBADF" : "SOMETHING ELSE");
}

static void *accept_one(void *unused)
{
	show("accept", accept(fd, NULL, NULL));
	return unused;
}

static void *receive_one(void *unused)
{
	char byte;
	show("recv", recv(fd, &byte, 1, 0));
	return unused;
}

static void *receive_datagram(void *unused)
{
	char byte;
	show("recvfrom", recvfrom(fd, &byte, 1, 0, NULL, NULL));
	return unused;
}

static void *send_much(void *unused)
{
	static char bytes[32 << 20];
	ssize_t sent = send(fd, bytes, sizeof bytes, MSG_NOSIGNAL);
	CHECK(sent > 0 && sent < (ssize_t)sizeof bytes);
	CHECK_ERRNO(send(fd, bytes, 1, MSG_NOSIGNAL), EBADF);
	puts("send: EBADF after some bytes");
	return unused;
}

static void close_while(void *(*waits)(void *), int waited_for)
{
	fd = waited_for;
	pthread_t thread = start(waits, NULL);
	nanosleep(&(struct timespec){ 0, 50000000 }, NULL);
	CHECK(close(fd) == 0);
	CHECK_OK(pthread_join(thread, NULL));
}

int main(void)
{
	int port, pair[2];
	close_while(accept_one, listen_at(&port));
	connected_pair(pair);
	close_while(receive_one, pair[0]);
	close_while(receive_datagram, socket(AF_INET, SOCK_DGRAM, 0));
	connected_pair(pair);
	close_while(send_much, pair[0]);
	return 0;
}
