// A loop that polls what is always writable beside what it waits for is told soon of what it waits for, and lets others
// run; a socket that listens is never writable.
// NET: loopback
// STDOUT:
//   a connection, a byte, the end
#include "sockets.h"
#include <poll.h>

static int port;

static void *be_client(void *unused)
{
	nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
	int fd = connect_to(port);
	nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
	CHECK(send(fd, "x", 1, 0) == 1);
	nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
	CHECK(close(fd) == 0);
	return unused;
}

/* Polls until there is something to read, beside standard output, which is always writable. */
static void await(int fd)
{
	struct pollfd both[] = { { fd, POLLIN, 0 }, { STDOUT_FILENO, POLLOUT, 0 } };
	for (int rounds = 0; !(both[0].revents & POLLIN); rounds++) {
		CHECK(rounds < 10000000);
		CHECK(poll(both, 2, -1) >= 1);
	}
}

int main(void)
{
	char byte;
	int listener = listen_at(&port);
	struct pollfd never = { listener, POLLOUT, 0 };
	CHECK(poll(&never, 1, 0) == 0);
	pthread_t client = start(be_client, NULL);
	await(listener);
	int fd = accept(listener, NULL, NULL);
	CHECK(fd >= 0);
	printf("a connection, ");
	await(fd);
	CHECK(read(fd, &byte, 1) == 1);
	printf("a byte, ");
	await(fd);
	CHECK(read(fd, &byte, 1) == 0);
	printf("the end\n");
	CHECK_OK(pthread_join(client, NULL));
}
