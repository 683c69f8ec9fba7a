// When the other side goes away with bytes unread, nothing more is received, and what is sent ends
// in an EPIPE or an ECONNRESET. Which it is first is up to the system.
// NET: loopback
// STDOUT:
//   received nothing
//   sending ended
#include "sockets.h"

int main(void)
{
	char byte;
	int pair[2];
	connected_pair(pair);
	send_all(pair[0], "unread", 6);
	CHECK(close(pair[1]) == 0);
	CHECK(recv(pair[0], &byte, 1, 0) == 0 || errno == ECONNRESET);
	CHECK(recv(pair[0], &byte, 1, 0) <= 0);
	puts("received nothing");
	while (send(pair[0], "x", 1, MSG_NOSIGNAL) == 1)
		nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
	CHECK(errno == EPIPE || errno == ECONNRESET);
	CHECK_ERRNO(send(pair[0], "x", 1, MSG_NOSIGNAL), EPIPE);
	puts("sending ended");
	return 0;
}
