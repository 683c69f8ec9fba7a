// A thread that waits for a datagram blocks itself only; eight clients of one server get their
// answers.
// NET: loopback
// STDOUT:
//   8 clients, 800 answers
#include "sockets.h"

#define CLIENTS 8
#define ROUNDS 100

static int port, answers;

static void *serve(void *argument)
{
	int fd = (int)(intptr_t)argument;
	for (;;) {
		char bytes[64];
		struct sockaddr_in from;
		socklen_t len = sizeof from;
		ssize_t count = recvfrom(fd, bytes, sizeof bytes, 0, (struct sockaddr *)&from, &len);
		CHECK(count >= 0);
		if (count == 0)
			return NULL;
		CHECK(sendto(fd, bytes, count, 0, (struct sockaddr *)&from, len) == count);
	}
}

static void *ask(void *argument)
{
	struct sockaddr_in server = loopback(port);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	CHECK(connect(fd, ADDRESS(server)) == 0);
	for (int round = 0; round < ROUNDS; round++) {
		char bytes[64], back[64];
		int len = snprintf(bytes, sizeof bytes, "%d of %d", round, (int)(intptr_t)argument);
		CHECK(send(fd, bytes, len, 0) == len);
		CHECK(recv(fd, back, sizeof back, 0) == len && memcmp(bytes, back, len) == 0);
		__atomic_add_fetch(&answers, 1, __ATOMIC_RELAXED);
	}
	CHECK(close(fd) == 0);
	return NULL;
}

int main(void)
{
	struct sockaddr_in address = loopback(0);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	CHECK(bind(fd, ADDRESS(address)) == 0);
	port = port_of(fd);
	pthread_t server = start(serve, (void *)(intptr_t)fd), clients[CLIENTS];
	for (int i = 0; i < CLIENTS; i++)
		clients[i] = start(ask, (void *)(intptr_t)i);
	for (int i = 0; i < CLIENTS; i++)
		CHECK_OK(pthread_join(clients[i], NULL));
	address = loopback(port);
	CHECK(sendto(fd, "", 0, 0, ADDRESS(address)) == 0);
	CHECK_OK(pthread_join(server, NULL));
	printf("%d clients, %d answers\n", CLIENTS, answers);
	return 0;
}
