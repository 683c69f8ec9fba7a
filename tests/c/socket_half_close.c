// A side that has shut its sending down still receives, and the other side reads the end. What is
// sent after that is an EPIPE.
// NET: loopback
// STDOUT:
//   server read "question", then the end
//   client read "answer", then the end
#include "sockets.h"

int main(void)
{
	char bytes[32];
	int pair[2];
	connected_pair(pair);
	send_all(pair[0], "question", 8);
	CHECK(shutdown(pair[0], SHUT_WR) == 0);
	CHECK_ERRNO(send(pair[0], "x", 1, MSG_NOSIGNAL), EPIPE);
	size_t len = receive_all(pair[1], bytes, sizeof bytes);
	printf("server read \"%.*s\", then the end\n", (int)len, bytes);
	send_all(pair[1], "answer", 6);
	CHECK(close(pair[1]) == 0);
	len = receive_all(pair[0], bytes, sizeof bytes);
	printf("client read \"%.*s\", then the end\n", (int)len, bytes);
	CHECK(recv(pair[0], bytes, sizeof bytes, 0) == 0);
	CHECK(close(pair[0]) == 0);
	return 0;
}
