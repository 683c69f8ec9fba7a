// A server with a thread for each of 20 connections sends back what it gets, and
// each client gets its own bytes.
// NET: loopback
// STDOUT:
//   20 clients, 20 connections
#include "sockets.h"

#define CLIENTS 20
#define ROUNDS 10

static int port, connections;

static void *serve(void *argument)
{
	int fd = (int)(intptr_t)argument;
	char bytes[64];
	ssize_t len;
	while ((len = recv(fd, bytes, sizeof bytes, 0)) > 0)
		send_all(fd, bytes, len);
	CHECK(len == 0);
	CHECK(close(fd) == 0);
	return NULL;
}

static void *accept_all(void *argument)
{
	int listener = (int)(intptr_t)argument;
	pthread_t threads[CLIENTS];
	for (int i = 0; i < CLIENTS; i++) {
		struct sockaddr_in peer;
		socklen_t len = sizeof peer;
		int fd = accept(listener, (struct sockaddr *)&peer, &len);
		CHECK(fd >= 0);
		CHECK(peer.sin_family == AF_INET && peer.sin_addr.s_addr == htonl(INADDR_LOOPBACK));
		connections++;
		threads[i] = start(serve, (void *)(intptr_t)fd);
	}
	for (int i = 0; i < CLIENTS; i++)
		CHECK_OK(pthread_join(threads[i], NULL));
	return NULL;
}

static void *talk(void *argument)
{
	int number = (int)(intptr_t)argument, fd = connect_to(port);
	for (int round = 0; round < ROUNDS; round++) {
		char bytes[64], back[64];
		int len = snprintf(bytes, sizeof bytes, "client %d, round %d", number, round);
		send_all(fd, bytes, len);
		CHECK(receive_all(fd, back, len) == (size_t)len);
		CHECK(memcmp(bytes, back, len) == 0);
	}
	CHECK(close(fd) == 0);
	return NULL;
}

int main(void)
{
	pthread_t clients[CLIENTS], server;
	int listener = listen_at(&port);
	server = start(accept_all, (void *)(intptr_t)listener);
	for (int i = 0; i < CLIENTS; i++)
		clients[i] = start(talk, (void *)(intptr_t)i);
	for (int i = 0; i < CLIENTS; i++)
		CHECK_OK(pthread_join(clients[i], NULL));
	CHECK_OK(pthread_join(server, NULL));
	printf("%d clients, %d connections\n", CLIENTS, connections);
	return 0;
}
