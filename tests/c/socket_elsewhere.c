// A program that may use sockets of the machine to itself gets EACCES elsewhere, and the first such
// address is said at its end.
// NET: loopback
// STDOUT:
//   bind: EACCES
//   connect: EACCES
//   sendto: EACCES
// STDERR-CONTAINS: note: a program reaches what `--net` allows; found that it wanted to bind to 192.0.2.1:80; run it with `--net=all`
// STDERR-LACKS: 192.0.2.1:81
// SKIP: native: it may use them
// SKIP: wasmtime: it may use them
#include "sockets.h"

static void show(const char *what, int result)
{
	printf("%s: %s\n", what, result == -1 && errno == EACCES ? "EACCES" : "SOMETHING ELSE");
}

/* An address for documentation (RFC 5737), which belongs to nobody. */
static struct sockaddr_in nobody(int port)
{
	struct sockaddr_in address = loopback(port);
	address.sin_addr.s_addr = htonl(0xC0000201);
	return address;
}

int main(void)
{
	struct sockaddr_in first = nobody(80), next = nobody(81);
	int fd = socket(AF_INET, SOCK_STREAM, 0), datagrams = socket(AF_INET, SOCK_DGRAM, 0);
	show("bind", bind(fd, ADDRESS(first)));
	show("connect", connect(fd, ADDRESS(next)));
	show("sendto", sendto(datagrams, "x", 1, 0, ADDRESS(next)));
	return 0;
}
