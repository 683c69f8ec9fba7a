// Sends without blocking meet a peer that has closed with bytes unread: each ends in EPIPE or
// ECONNRESET, whether the connection was full at that time or not.
// NET: loopback
// STDOUT:
//   50 sends ended
#include "sockets.h"

enum { ROUNDS = 50 };
static int round = 0;

// Some rounds close at once, others when the sender has met a full connection.
static void *close_soon(void *peer)
{
	static char bytes[65536];
	int fd = *(int *)peer;
	for (int part = 0; part < round % 8; part++)
		read(fd, bytes, sizeof bytes);
	nanosleep(&(struct timespec){ 0, 1000 * (round % 5) * 300 }, NULL);
	CHECK(close(fd) == 0);
	return NULL;
}

int main(void)
{
	static char bytes[300000];
	for (round = 0; round < ROUNDS; round++) {
		int pair[2];
		connected_pair(pair);
		CHECK(fcntl(pair[0], F_SETFL, O_NONBLOCK) == 0);
		pthread_t closer;
		CHECK(pthread_create(&closer, NULL, close_soon, &pair[1]) == 0);
		ssize_t sent;
		do
			sent = send(pair[0], bytes, sizeof bytes, MSG_NOSIGNAL);
		while (sent > 0 || errno == EAGAIN);
		CHECK(errno == EPIPE || errno == ECONNRESET);
		CHECK(pthread_join(closer, NULL) == 0);
		CHECK(close(pair[0]) == 0);
	}
	printf("%d sends ended\n", round);
	return 0;
}
