// When the other side goes away with bytes unread, a receive tells that the connection was reset,
// and a send that it is broken.
// NET: loopback
// STDOUT:
//   recv: ECONNRESET, then 0
//   send: EPIPE
#include "sockets.h"

int main(void)
{
	char byte;
	int pair[2];
	connected_pair(pair);
	send_all(pair[0], "unread", 6);
	struct pollfd one = { .fd = pair[1], .events = POLLIN };
	CHECK(poll(&one, 1, 5000) == 1);
	CHECK(close(pair[1]) == 0);
	CHECK_ERRNO(recv(pair[0], &byte, 1, 0), ECONNRESET);
	printf("recv: ECONNRESET, then %d\n", (int)recv(pair[0], &byte, 1, 0));
	CHECK_ERRNO(send(pair[0], "x", 1, MSG_NOSIGNAL), EPIPE);
	puts("send: EPIPE");
	return 0;
}
