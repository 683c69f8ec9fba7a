// A connection by messages of several buffers, by peeks, by receives that wait for all, and by the
// calls of files.
// NET: loopback
// STDOUT:
//   sendmsg, recvmsg: abc|de|fgh
//   peeked, read: ab, abcd
//   waited for all 8: 12345678
//   writev, readv: one|two
//   getsockopt: a stream, of version 4
#include "sockets.h"
#include <sys/uio.h>

static int pair[2];

static void *send_slowly(void *unused)
{
	for (int i = 1; i <= 8; i++) {
		char digit = '0' + i;
		send_all(pair[0], &digit, 1);
		nanosleep(&(struct timespec){ 0, 5000000 }, NULL);
	}
	return unused;
}

int main(void)
{
	char a[3], b[2], c[8];
	connected_pair(pair);
	struct iovec text[] = { { "abcd", 4 }, { "", 0 }, { "efgh", 4 } };
	struct iovec room[] = { { a, sizeof a }, { b, sizeof b }, { c, sizeof c } };
	struct msghdr message = { .msg_iov = text, .msg_iovlen = 3 };
	CHECK(sendmsg(pair[0], &message, MSG_NOSIGNAL) == 8);
	message.msg_iov = room;
	CHECK(recvmsg(pair[1], &message, 0) == 8 && message.msg_flags == 0);
	printf("sendmsg, recvmsg: %.3s|%.2s|%.3s\n", a, b, c);

	send_all(pair[0], "abcd", 4);
	CHECK(recv(pair[1], b, sizeof b, MSG_PEEK) == 2);
	CHECK(recv(pair[1], c, sizeof c, 0) == 4);
	printf("peeked, read: %.2s, %.4s\n", b, c);

	pthread_t sender = start(send_slowly, NULL);
	CHECK(recv(pair[1], c, sizeof c, MSG_WAITALL) == 8);
	CHECK_OK(pthread_join(sender, NULL));
	printf("waited for all 8: %.8s\n", c);

	CHECK(writev(pair[1], (struct iovec[]){ { "one", 3 }, { "two", 3 } }, 2) == 6);
	CHECK(readv(pair[0], (struct iovec[]){ { a, 3 }, { c, 8 } }, 2) == 6);
	printf("writev, readv: %.3s|%.3s\n", a, c);

	int type, domain, protocol, listens;
	socklen_t len = sizeof type;
	CHECK(getsockopt(pair[0], SOL_SOCKET, SO_TYPE, &type, &len) == 0);
	CHECK(getsockopt(pair[0], SOL_SOCKET, SO_DOMAIN, &domain, &len) == 0);
	CHECK(getsockopt(pair[0], SOL_SOCKET, SO_PROTOCOL, &protocol, &len) == 0);
	CHECK(getsockopt(pair[0], SOL_SOCKET, SO_ACCEPTCONN, &listens, &len) == 0);
	CHECK(protocol == IPPROTO_TCP && listens == 0);
	printf("getsockopt: %s, of version %d\n", type == SOCK_STREAM ? "a stream" : "SOMETHING ELSE",
	       domain == AF_INET ? 4 : 6);
	return 0;
}
