// What a pipe refuses, and how.
// SKIP: wasi-sdk: wasi-libc has no pipe
// STDOUT:
//   read of the writing end: EBADF
//   write to the reading end: EBADF
//   lseek: ESPIPE
//   pread: ESPIPE
//   read of an empty one that does not wait: EAGAIN
//   filled: 65536 bytes, then EAGAIN
//   write without a reader: EPIPE
//   poll without a reader: an error
//   poll without a writer: a hangup
#include "files.h"
#include <poll.h>
#include <signal.h>
#include <unistd.h>

static void tell(const char *what, ssize_t result)
{
	printf("%s: %s\n", what, error_name(result == -1 ? errno : 0));
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	int ends[2];
	char bytes[4096] = { 0 };
	CHECK(pipe(ends) == 0);
	tell("read of the writing end", read(ends[1], bytes, 1));
	tell("write to the reading end", write(ends[0], bytes, 1));
	tell("lseek", lseek(ends[0], 0, SEEK_SET));
	tell("pread", pread(ends[0], bytes, 1, 0));
	CHECK(fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
	CHECK(fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0);
	tell("read of an empty one that does not wait", read(ends[0], bytes, 1));
	int filled = 0;
	ssize_t len;
	while ((len = write(ends[1], bytes, sizeof bytes)) > 0)
		filled += (int)len;
	printf("filled: %d bytes, then %s\n", filled, error_name(errno));
	CHECK(close(ends[0]) == 0);
	tell("write without a reader", write(ends[1], bytes, 1));
	struct pollfd poller = { .fd = ends[1], .events = POLLOUT };
	CHECK(poll(&poller, 1, 1000) == 1);
	printf("poll without a reader: %s\n", poller.revents & POLLERR ? "an error" : "none");
	CHECK(close(ends[1]) == 0 && pipe(ends) == 0 && close(ends[1]) == 0);
	poller = (struct pollfd){ .fd = ends[0], .events = POLLIN };
	CHECK(poll(&poller, 1, 1000) == 1);
	printf("poll without a writer: %s\n", poller.revents & POLLHUP ? "a hangup" : "none");
}
