// Without a network, what would use one is refused with EACCES.
// STDOUT:
//   bind: EACCES
//   connect: EACCES
//   sendto: EACCES
// STDERR-CONTAINS: run it with `--net=loopback`, or `--net=all`
// SKIP: native: there is a network there
// SKIP: wasi-sdk: its C library has no sockets
// SKIP: wasmtime: it does not let sockets be made at all, without its own flags
#include "sockets.h"

static void show(const char *what, int result)
{
	printf("%s: %s\n", what, result == -1 && errno == EACCES ? "EACCES" : "SOMETHING ELSE");
}

int main(void)
{
	struct sockaddr_in address = loopback(1);
	int fd = socket(AF_INET, SOCK_STREAM, 0), datagrams = socket(AF_INET, SOCK_DGRAM, 0);
	show("bind", bind(fd, ADDRESS(address)));
	show("connect", connect(fd, ADDRESS(address)));
	show("sendto", sendto(datagrams, "x", 1, 0, ADDRESS(address)));
	return 0;
}
