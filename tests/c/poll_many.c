// A thread of the usual stack polls two thousand descriptors, and the last that is
// ready is found.
// SKIP: wasi-sdk: its poll overruns the stack
// STDOUT:
//   1 of 2000, the last
//   cancelled
#include "files.h"
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

enum { MANY = 2000 };

static int ends[2], other[2];

static void *poll_all(void *unused)
{
	struct pollfd *all = calloc(MANY, sizeof *all);
	for (int i = 0; i < MANY; i++)
		all[i] = (struct pollfd){ .fd = other[0], .events = POLLIN };
	all[MANY - 1].fd = ends[0];
	int ready = poll(all, MANY, 10000);
	printf("%d of %d, %s\n", ready, MANY, all[MANY - 1].revents == POLLIN ? "the last" : "another");
	free(all);
	return unused;
}

static void *poll_for_ever(void *unused)
{
	poll(&(struct pollfd){ .fd = other[0], .events = POLLIN }, 1, -1);
	return unused;
}

int main(void)
{
	CHECK(pipe(ends) == 0 && pipe(other) == 0);
	CHECK(write(ends[1], "x", 1) == 1);
	pthread_join(start(poll_all, NULL), NULL);
	pthread_t thread = start(poll_for_ever, NULL);
	CHECK(pthread_cancel(thread) == 0);
	void *result;
	CHECK(pthread_join(thread, &result) == 0 && result == PTHREAD_CANCELED);
	puts("cancelled");
}
