// A poll waits for a pipe and for its time, and blocks the caller only.
// SKIP: wasi-sdk: wasi-libc has no pipe
// STDOUT:
//   empty: 0 after its time
//   a byte: 1, readable
//   two pipes: 1, the second
//   full: 0, then room: 1, writable
#include "files.h"
#include <poll.h>
#include <sched.h>
#include <unistd.h>

static int one[2], other[2];

static void *write_byte(void *unused)
{
	sched_yield();
	CHECK(write(one[1], "x", 1) == 1);
	return unused;
}

static void *write_other(void *unused)
{
	sched_yield();
	CHECK(write(other[1], "y", 1) == 1);
	return unused;
}

int main(void)
{
	CHECK(pipe(one) == 0 && pipe(other) == 0);
	struct pollfd both[] = { { .fd = one[0], .events = POLLIN }, { .fd = other[0], .events = POLLIN } };
	printf("empty: %d after its time\n", poll(both, 1, 20));
	pthread_t thread = start(write_byte, NULL);
	int ready = poll(both, 1, -1);
	printf("a byte: %d, %s\n", ready, both[0].revents == POLLIN ? "readable" : "not");
	pthread_join(thread, NULL);
	char byte;
	CHECK(read(one[0], &byte, 1) == 1 && byte == 'x');
	thread = start(write_other, NULL);
	ready = poll(both, 2, -1);
	printf("two pipes: %d, %s\n", ready, both[1].revents == POLLIN ? "the second" : "not");
	pthread_join(thread, NULL);
	static char bytes[65536];
	CHECK(write(one[1], bytes, sizeof bytes) == sizeof bytes);
	struct pollfd writer = { .fd = one[1], .events = POLLOUT };
	printf("full: %d", poll(&writer, 1, 0));
	CHECK(read(one[0], bytes, sizeof bytes) == sizeof bytes);
	ready = poll(&writer, 1, -1);
	printf(", then room: %d, %s\n", ready, writer.revents == POLLOUT ? "writable" : "not");
}
