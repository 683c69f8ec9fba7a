// A poll that asks for nothing is told that the other side is gone, one that asks for bytes both; a poll of nothing at
// all waits for a signal handler.
// SKIP: wasi-sdk: wasi-libc has no pipe
// STDOUT:
//   nobody has gone: 0
//   nobody writes any more, there are bytes: 1, POLLIN POLLHUP
//   nothing is asked for: 1, POLLHUP
//   nobody reads any more: 1, POLLERR
//   one end of a pair is gone: 1, POLLHUP
//   nothing goes either way: 1, POLLHUP
//   the other side writes no more: 1, POLLIN POLLOUT
//   a poll is woken by it: 1, POLLHUP
//   a closed descriptor: 1, POLLNVAL
//   a poll of nothing: EINTR
//   a select of nothing: EINTR
#include "check.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

static void ask(const char *what, int fd, short events, int timeout)
{
	struct pollfd one = { fd, events, -1 };
	int ready = poll(&one, 1, timeout);
	printf("%s: %d", what, ready);
	if (ready == 1)
		printf(",%s%s%s%s%s", one.revents & POLLIN ? " POLLIN" : "", one.revents & POLLOUT ? " POLLOUT" : "",
		       one.revents & POLLHUP ? " POLLHUP" : "", one.revents & POLLERR ? " POLLERR" : "", one.revents & POLLNVAL ? " POLLNVAL" : "");
	printf("\n");
}

static void *close_it(void *fd)
{
	nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
	CHECK(close(*(int *)fd) == 0);
	return NULL;
}

static void nothing(int signal)
{
	(void)signal;
}

static void *send_signals(void *thread)
{
	for (int i = 0; i < 6; i++) {
		nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
		pthread_kill(*(pthread_t *)thread, SIGUSR1);
	}
	return NULL;
}

int main(void)
{
	int ends[2];
	CHECK(pipe(ends) == 0 && write(ends[1], "x", 1) == 1);
	ask("nobody has gone", ends[0], 0, 10);
	CHECK(close(ends[1]) == 0);
	ask("nobody writes any more, there are bytes", ends[0], POLLIN, -1);
	ask("nothing is asked for", ends[0], 0, -1);
	CHECK(close(ends[0]) == 0 && pipe(ends) == 0 && close(ends[0]) == 0);
	ask("nobody reads any more", ends[1], 0, -1);
	CHECK(close(ends[1]) == 0 && socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 && close(ends[1]) == 0);
	ask("one end of a pair is gone", ends[0], 0, -1);
	CHECK(close(ends[0]) == 0 && socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	CHECK(shutdown(ends[1], SHUT_WR) == 0 && shutdown(ends[0], SHUT_WR) == 0);
	ask("nothing goes either way", ends[0], 0, -1);
	CHECK(close(ends[0]) == 0 && close(ends[1]) == 0 && socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	CHECK(shutdown(ends[1], SHUT_WR) == 0);
	ask("the other side writes no more", ends[0], POLLIN | POLLOUT, -1);
	CHECK(close(ends[0]) == 0 && close(ends[1]) == 0 && pipe(ends) == 0);
	pthread_t thread = start(close_it, &ends[1]);
	ask("a poll is woken by it", ends[0], 0, -1);
	pthread_join(thread, NULL);
	CHECK(close(ends[0]) == 0);
	ask("a closed descriptor", ends[0], 0, -1);

	struct sigaction action = { .sa_handler = nothing, .sa_flags = SA_RESTART };
	pthread_t me = pthread_self();
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	thread = start(send_signals, &me);
	printf("a poll of nothing: %s\n", poll(NULL, 0, -1) == -1 && errno == EINTR ? "EINTR" : "something else");
	printf("a select of nothing: %s\n",
	       select(0, NULL, NULL, NULL, NULL) == -1 && errno == EINTR ? "EINTR" : "something else");
	pthread_join(thread, NULL);
}
