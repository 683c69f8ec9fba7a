// Ten megabytes go each way at once, and each byte arrives in its place.
// NET: loopback
// STDOUT:
//   client: 10485760 bytes in order
//   server: 10485760 bytes in order
#include "sockets.h"

#define TOTAL (10u << 20)
#define PIECE 50000

struct side {
	const char *name;
	int fd, salt;
};

static unsigned char byte_at(size_t place, int salt)
{
	return (unsigned char)(place * 31 + place / 251 + salt);
}

static void *send_side(void *argument)
{
	struct side *side = argument;
	static _Thread_local unsigned char bytes[PIECE];
	for (size_t sent = 0; sent < TOTAL;) {
		size_t len = TOTAL - sent < PIECE ? TOTAL - sent : PIECE;
		for (size_t i = 0; i < len; i++)
			bytes[i] = byte_at(sent + i, side->salt);
		send_all(side->fd, bytes, len);
		sent += len;
	}
	CHECK(shutdown(side->fd, SHUT_WR) == 0);
	return NULL;
}

static void *receive_side(void *argument)
{
	struct side *side = argument;
	static _Thread_local unsigned char bytes[PIECE];
	size_t received = 0;
	ssize_t len;
	while ((len = recv(side->fd, bytes, sizeof bytes, 0)) > 0) {
		for (ssize_t i = 0; i < len; i++)
			CHECK(bytes[i] == byte_at(received + i, !side->salt));
		received += len;
	}
	CHECK(len == 0);
	return (void *)received;
}

int main(void)
{
	int pair[2];
	connected_pair(pair);
	struct side sides[] = { { "client", pair[0], 0 }, { "server", pair[1], 1 } };
	pthread_t senders[2], receivers[2];
	for (int i = 0; i < 2; i++) {
		senders[i] = start(send_side, &sides[i]);
		receivers[i] = start(receive_side, &sides[i]);
	}
	for (int i = 0; i < 2; i++) {
		void *received;
		CHECK_OK(pthread_join(senders[i], NULL));
		CHECK_OK(pthread_join(receivers[i], &received));
		printf("%s: %zu bytes in order\n", sides[i].name, (size_t)received);
		CHECK(close(sides[i].fd) == 0);
	}
	return 0;
}
