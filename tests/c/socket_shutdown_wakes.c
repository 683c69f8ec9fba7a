// A shutdown of receiving ends a receive that waits, which reads the end; one of both directions
// tells the other side. One of a socket that listens ends an accept.
// NET: loopback
// STDOUT:
//   waiting receive: 0
//   the other side: 0
//   waiting accept: EINVAL
#include "sockets.h"

static void *receive(void *argument)
{
	char byte;
	return (void *)(intptr_t)recv((int)(intptr_t)argument, &byte, 1, 0);
}

static void *accept_one(void *listener)
{
	CHECK_ERRNO(accept((int)(intptr_t)listener, NULL, NULL), EINVAL);
	puts("waiting accept: EINVAL");
	return NULL;
}

static void shuts_a_listener(void)
{
	int port;
	int listener = listen_at(&port);
	pthread_t accepter = start(accept_one, (void *)(intptr_t)listener);
	nanosleep(&(struct timespec){ 0, 50000000 }, NULL);
	CHECK(shutdown(listener, SHUT_RDWR) == 0);
	CHECK_OK(pthread_join(accepter, NULL));
	CHECK(close(listener) == 0);
}

int main(void)
{
	char byte;
	int pair[2];
	connected_pair(pair);
	pthread_t receiver = start(receive, (void *)(intptr_t)pair[0]);
	nanosleep(&(struct timespec){ 0, 50000000 }, NULL);
	CHECK(shutdown(pair[0], SHUT_RDWR) == 0);
	void *received;
	CHECK_OK(pthread_join(receiver, &received));
	printf("waiting receive: %d\n", (int)(intptr_t)received);
	printf("the other side: %d\n", (int)recv(pair[1], &byte, 1, 0));
	CHECK_ERRNO(send(pair[0], "x", 1, MSG_NOSIGNAL), EPIPE);
	shuts_a_listener();
	return 0;
}
