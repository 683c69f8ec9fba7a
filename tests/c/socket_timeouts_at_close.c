// The other side closes at about the time at which a receive with a timeout gives up: the end is
// told in time, and others run on.
// NET: loopback
// STDOUT:
//   200 ends told
#include "sockets.h"
#include <sys/time.h>

enum { ROUNDS = 200, TIMEOUT_US = 2000 };

static void *close_at_the_timeout(void *fd)
{
	static int earlier = 0;
	earlier = (earlier + 10) % 400;
	nanosleep(&(struct timespec){ 0, (TIMEOUT_US - earlier) * 1000 }, NULL);
	CHECK(close(*(int *)fd) == 0);
	return NULL;
}

int main(void)
{
	int round;
	for (round = 0; round < ROUNDS; round++) {
		int pair[2];
		connected_pair(pair);
		struct timeval timeout = { 0, TIMEOUT_US };
		CHECK(setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout) == 0);
		pthread_t closer;
		CHECK(pthread_create(&closer, NULL, close_at_the_timeout, &pair[1]) == 0);
		char byte;
		ssize_t received;
		do
			received = read(pair[0], &byte, 1);
		while (received < 0 && errno == EAGAIN);
		CHECK(received == 0);
		CHECK(pthread_join(closer, NULL) == 0);
		CHECK(close(pair[0]) == 0);
	}
	printf("%d ends told\n", round);
	return 0;
}
