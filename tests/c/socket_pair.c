// The ends of a socketpair send, receive and shut down; what was sent before is received.
// SKIP: wasi-sdk: wasi-libc has no socketpair
// STDOUT:
//   there: 4 bytes, ping
//   back: 4 bytes, pong
//   the last: 4 bytes, done
//   after the shutdown: 0
//   send after the shutdown: EPIPE
//   back still: 3 bytes, yes
#include "files.h"
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void receive(const char *what, int from)
{
	char bytes[16] = "";
	ssize_t len = recv(from, bytes, sizeof bytes, 0);
	if (len > 0)
		printf("%s: %d bytes, %s\n", what, (int)len, bytes);
	else
		printf("%s: %d\n", what, (int)len);
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	int ends[2];
	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	CHECK(send(ends[0], "ping", 4, 0) == 4);
	receive("there", ends[1]);
	CHECK(write(ends[1], "pong", 4) == 4);
	receive("back", ends[0]);
	CHECK(send(ends[0], "done", 4, 0) == 4 && shutdown(ends[0], SHUT_WR) == 0);
	receive("the last", ends[1]);
	receive("after the shutdown", ends[1]);
	ssize_t sent = send(ends[0], "x", 1, 0);
	printf("send after the shutdown: %s\n", error_name(sent == -1 ? errno : 0));
	CHECK(send(ends[1], "yes", 3, 0) == 3);
	receive("back still", ends[0]);
}
