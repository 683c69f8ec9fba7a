// A write where nobody reads any more sends SIGPIPE to the thread, and fails with EPIPE if the program
// goes on: a handler runs first, a blocked signal is pending, an ignored one is not sent.
// SKIP: wasi-sdk: has neither pipes nor these signals
#include "check.h"
#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

static volatile int handled;

static void handle(int number)
{
	CHECK(number == SIGPIPE);
	handled++;
}

/* A descriptor that nobody reads from. */
static int broken(void)
{
	int fds[2];
	CHECK_OK(pipe(fds));
	CHECK_OK(close(fds[0]));
	return fds[1];
}

static void fails(ssize_t written)
{
	CHECK(written == -1 && errno == EPIPE);
}

static void *in_a_thread(void *fd)
{
	fails(write((int)(intptr_t)fd, "x", 1));
	return NULL;
}

int main(void)
{
	int fd = broken();
	signal(SIGPIPE, SIG_IGN);
	fails(write(fd, "x", 1));

	signal(SIGPIPE, handle);
	fails(write(fd, "x", 1));
	CHECK(handled == 1);
	finish(start(in_a_thread, NUMBER(fd)));
	CHECK(handled == 2);

	FILE *stream = fdopen(fd, "w");
	fputs("text", stream);
	CHECK(fflush(stream) == EOF && errno == EPIPE);
	CHECK(handled == 3);

	int pair[2];
	CHECK_OK(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	CHECK_OK(close(pair[1]));
	fails(send(pair[0], "x", 1, MSG_NOSIGNAL));
	CHECK(handled == 3);
	fails(send(pair[0], "x", 1, 0));
	CHECK(handled == 4);

	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	CHECK_OK(pthread_sigmask(SIG_BLOCK, &set, NULL));
	fails(write(broken(), "x", 1));
	CHECK(handled == 4);
	CHECK_OK(sigpending(&set));
	CHECK(sigismember(&set, SIGPIPE));
	int number;
	CHECK_OK(sigwait(&set, &number));
	CHECK(number == SIGPIPE);
}
