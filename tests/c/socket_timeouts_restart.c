// A call that has a time ends with EINTR after a handler, also one that restarts calls: on Linux the time does not begin
// anew. Without a time it goes on.
// NET: loopback
// STDOUT:
//   recv: EINTR
//   accept: EINTR
//   send: EINTR
//   recv without a time: 1
#include "sockets.h"
#include <signal.h>
#include <sys/time.h>

static int fd;
static char bytes[64 << 10];

static void nothing(int signal)
{
	(void)signal;
}

static void *receive(void *unused)
{
	(void)unused;
	return (void *)(intptr_t)(recv(fd, bytes, 1, 0) < 0 ? -errno : 1);
}

static void *take(void *unused)
{
	(void)unused;
	return (void *)(intptr_t)(accept(fd, NULL, NULL) < 0 ? -errno : 1);
}

static void *transmit(void *unused)
{
	(void)unused;
	while (send(fd, bytes, sizeof bytes, 0) > 0)
		;
	return (void *)(intptr_t)-errno;
}

static void set(int fd, int option, int seconds)
{
	struct timeval timeout = { seconds, 0 };
	CHECK(setsockopt(fd, SOL_SOCKET, option, &timeout, sizeof timeout) == 0);
}

/* What the call comes to, which waits while a signal comes. */
static intptr_t interrupted(void *(*call)(void *), int (*then)(void))
{
	void *result;
	pthread_t thread = start(call, NULL);
	for (int i = 0; i < 5; i++) {
		nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
		pthread_kill(thread, SIGUSR1);
	}
	if (then)
		CHECK(then() == 0);
	CHECK(pthread_join(thread, &result) == 0);
	return (intptr_t)result;
}

static int peer;

static int answer(void)
{
	return send(peer, "x", 1, 0) == 1 ? 0 : -1;
}

static void tell(const char *what, intptr_t result)
{
	printf("%s: %s\n", what, result == -EINTR ? "EINTR" : result == -EAGAIN ? "EAGAIN" : "something else");
}

int main(void)
{
	struct sigaction action = { .sa_handler = nothing, .sa_flags = SA_RESTART };
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	int port, pair[2], listener = listen_at(&port);
	connected_pair(pair);
	fd = pair[0], peer = pair[1];

	set(fd, SO_RCVTIMEO, 30);
	tell("recv", interrupted(receive, NULL));
	fd = listener;
	set(fd, SO_RCVTIMEO, 30);
	tell("accept", interrupted(take, NULL));
	fd = pair[0];
	set(fd, SO_SNDTIMEO, 30);
	tell("send", interrupted(transmit, NULL));
	set(fd, SO_RCVTIMEO, 0);
	printf("recv without a time: %d\n", (int)interrupted(receive, answer));
	return 0;
}
