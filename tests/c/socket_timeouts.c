// Calls that wait end with EAGAIN when their time is over, and others run meanwhile.
// NET: loopback
// STDOUT:
//   recv: in time, the other thread ran
//   read: in time, the other thread ran
//   accept: in time, the other thread ran
//   recvfrom: in time, the other thread ran
//   send: in time, the other thread ran
#include "sockets.h"
#include <sys/time.h>

static int ticks, stop;

static void *tick(void *unused)
{
	for (; !stop; ticks++)
		nanosleep(&(struct timespec){ 0, 5000000 }, NULL);
	return unused;
}

static long now_ms(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static long began;

static void begin(void)
{
	began = now_ms();
	ticks = 0;
}

static void end(const char *what, ssize_t result)
{
	CHECK(result == -1 && errno == EAGAIN);
	printf("%s: %s, the other thread %s\n", what, now_ms() - began >= 99 ? "in time" : "TOO EARLY",
	       ticks > 2 ? "ran" : "DID NOT RUN");
}

static void set(int fd, int option)
{
	struct timeval timeout = { 0, 100000 }, read;
	socklen_t len = sizeof read;
	CHECK(setsockopt(fd, SOL_SOCKET, option, &timeout, sizeof timeout) == 0);
	CHECK(getsockopt(fd, SOL_SOCKET, option, &read, &len) == 0);
	CHECK(read.tv_sec == 0 && read.tv_usec >= 100000 && len == sizeof read);
}

int main(void)
{
	static char bytes[64 << 10];
	int port, pair[2], listener = listen_at(&port), datagrams = socket(AF_INET, SOCK_DGRAM, 0);
	connected_pair(pair);
	pthread_t ticker = start(tick, NULL);

	set(pair[0], SO_RCVTIMEO);
	begin();
	end("recv", recv(pair[0], bytes, 1, 0));
	begin();
	end("read", read(pair[0], bytes, 1));
	/* What comes after a time that was over is not lost. */
	send_all(pair[1], "x", 1);
	CHECK(recv(pair[0], bytes, 1, 0) == 1 && bytes[0] == 'x');

	set(listener, SO_RCVTIMEO);
	begin();
	end("accept", accept(listener, NULL, NULL));
	close(connect_to(port));
	CHECK(accept(listener, NULL, NULL) >= 0);

	set(datagrams, SO_RCVTIMEO);
	begin();
	end("recvfrom", recvfrom(datagrams, bytes, 1, 0, NULL, NULL));

	set(pair[0], SO_SNDTIMEO);
	ssize_t sent;
	do {
		begin();
		sent = send(pair[0], bytes, sizeof bytes, MSG_NOSIGNAL);
	} while (sent > 0);
	end("send", sent);
	stop = 1;
	CHECK_OK(pthread_join(ticker, NULL));
	return 0;
}
