// Datagrams: whole or cut, with who sent them; peeked at, empty, spread over buffers, and to a peer.
// NET: loopback
// STDOUT:
//   from the sender: hello
//   peeked and read: hello
//   cut to 3 of 5: hel
//   an empty one: 0
//   spread: he|llo
//   to a peer and back: ping pong
//   a stranger's was left out: yes
#include "sockets.h"
#include <sys/uio.h>

static int datagrams_at(int *port)
{
	struct sockaddr_in address = loopback(0);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	CHECK(fd >= 0);
	CHECK(bind(fd, ADDRESS(address)) == 0);
	*port = port_of(fd);
	return fd;
}

static void send_to(int fd, const char *text, int port)
{
	struct sockaddr_in address = loopback(port);
	CHECK(sendto(fd, text, strlen(text), 0, ADDRESS(address)) == (ssize_t)strlen(text));
}

static void cut(int from, int fd, int port)
{
	char bytes[3];
	struct iovec room = { bytes, sizeof bytes };
	struct msghdr message = { .msg_iov = &room, .msg_iovlen = 1 };
	send_to(from, "hello", port);
	ssize_t len = recvmsg(fd, &message, 0);
	CHECK(len == 3 && (message.msg_flags & MSG_TRUNC));
	send_to(from, "hello", port);
	CHECK(recv(fd, bytes, sizeof bytes, MSG_TRUNC) == 5);
	printf("cut to %zd of 5: %.3s\n", len, bytes);
}

static void spread(int from, int fd, int port)
{
	char first[2], second[8];
	struct sockaddr_in sender;
	struct iovec room[] = { { first, sizeof first }, { second, sizeof second } };
	struct iovec text[] = { { "hel", 3 }, { "lo", 2 } };
	struct sockaddr_in to = loopback(port);
	struct msghdr message = { .msg_name = &to, .msg_namelen = sizeof to, .msg_iov = text, .msg_iovlen = 2 };
	CHECK(sendmsg(from, &message, 0) == 5);
	message = (struct msghdr){ .msg_name = &sender, .msg_namelen = sizeof sender, .msg_iov = room, .msg_iovlen = 2 };
	CHECK(recvmsg(fd, &message, 0) == 5 && message.msg_flags == 0);
	CHECK(ntohs(sender.sin_port) == port_of(from) && message.msg_namelen == sizeof sender);
	printf("spread: %.2s|%.3s\n", first, second);
}

int main(void)
{
	char bytes[16];
	int port, other_port, fd = datagrams_at(&port), from = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in sender, none = { .sin_family = AF_UNSPEC };
	socklen_t len = sizeof sender;

	send_to(from, "hello", port);
	ssize_t count = recvfrom(fd, bytes, sizeof bytes, 0, (struct sockaddr *)&sender, &len);
	CHECK(len == sizeof sender && ntohs(sender.sin_port) == port_of(from));
	printf("from the sender: %.*s\n", (int)count, bytes);

	send_to(from, "hello", port);
	CHECK(recv(fd, bytes, sizeof bytes, MSG_PEEK) == 5);
	count = recv(fd, bytes, sizeof bytes, 0);
	printf("peeked and read: %.*s\n", (int)count, bytes);

	cut(from, fd, port);
	send_to(from, "", port);
	struct pollfd one = { .fd = fd, .events = POLLIN };
	CHECK(poll(&one, 1, 5000) == 1 && one.revents == POLLIN);
	printf("an empty one: %d\n", (int)recv(fd, bytes, sizeof bytes, 0));
	spread(from, fd, port);

	int other = datagrams_at(&other_port);
	struct sockaddr_in peer = loopback(port), back = loopback(other_port);
	CHECK(connect(other, ADDRESS(peer)) == 0);
	CHECK(connect(fd, ADDRESS(back)) == 0);
	CHECK(send(other, "ping", 4, 0) == 4);
	CHECK(read(fd, bytes, sizeof bytes) == 4);
	CHECK(write(fd, "pong", 4) == 4);
	CHECK(recv(other, bytes + 4, sizeof bytes - 4, 0) == 4);
	printf("to a peer and back: %.4s %.4s\n", bytes, bytes + 4);

	send_to(from, "strange", port);
	CHECK(send(other, "known", 5, 0) == 5);
	CHECK(recv(fd, bytes, sizeof bytes, 0) == 5 && memcmp(bytes, "known", 5) == 0);
	CHECK(connect(fd, ADDRESS(none)) == 0);
	CHECK_ERRNO(send(fd, "x", 1, 0), EDESTADDRREQ);
	puts("a stranger's was left out: yes");
	return 0;
}
