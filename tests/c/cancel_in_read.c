// A thread that waits in read, write or poll is cancelled at once, and loses nothing:
// what it did not take is there for the next.
// SKIP: wasi-sdk: wasi-libc has no pipe
// SKIP: native: a thread may be cancelled before it waits
// STDOUT:
//   read: cancelled
//   poll: cancelled
//   write: cancelled
//   readv by a thread that may not be cancelled: 1 byte
//   the byte is there: x
#include "files.h"
#include <poll.h>
#include <sched.h>
#include <sys/uio.h>
#include <unistd.h>

static int ends[2];
static char bytes[65536];

static void *reads(void *unused)
{
	read(ends[0], bytes, 1);
	return unused;
}

static void *polls(void *unused)
{
	poll(&(struct pollfd){ .fd = ends[0], .events = POLLIN }, 1, -1);
	return unused;
}

static void *writes(void *unused)
{
	CHECK(write(ends[1], bytes, sizeof bytes) == sizeof bytes);
	write(ends[1], bytes, 1);
	return unused;
}

static void *reads_on(void *unused)
{
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	struct iovec piece = { bytes, 1 };
	ssize_t len = readv(ends[0], &piece, 1);
	printf("readv by a thread that may not be cancelled: %d byte\n", (int)len);
	return unused;
}

static void cancelled(const char *what, void *(*run)(void *))
{
	void *result;
	pthread_t thread = start(run, NULL);
	sched_yield();
	CHECK(pthread_cancel(thread) == 0 && pthread_join(thread, &result) == 0);
	printf("%s: %s\n", what, result == PTHREAD_CANCELED ? "cancelled" : "not");
}

int main(void)
{
	CHECK(pipe(ends) == 0);
	cancelled("read", reads);
	cancelled("poll", polls);
	cancelled("write", writes);
	CHECK(read(ends[0], bytes, sizeof bytes) == sizeof bytes);
	pthread_t thread = start(reads_on, NULL);
	sched_yield();
	CHECK(pthread_cancel(thread) == 0);
	CHECK(write(ends[1], "yx", 2) == 2);
	pthread_join(thread, NULL);
	CHECK(read(ends[0], bytes, sizeof bytes) == 1);
	printf("the byte is there: %c\n", bytes[0]);
}
