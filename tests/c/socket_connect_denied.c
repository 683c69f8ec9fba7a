// Without a network a connection within the machine is refused with EACCES, and the address that the
// program wanted is said at its end, not the one that its socket is given on the way.
// EXIT: 1
// STDOUT:
//   connect: EACCES
// STDERR-CONTAINS: note: a program reaches what `--net` allows; found that it wanted to connect to 127.0.0.1:80; run it with `--net=loopback`, or `--net=all`
// STDERR-LACKS: 0.0.0.0
// SKIP: native: there is a network there
// SKIP: wasi-sdk: its C library has no sockets
// SKIP: wasmtime: it does not let sockets be made at all, without its own flags
#include "sockets.h"

int main(void)
{
	struct sockaddr_in address = loopback(80);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int result = connect(fd, ADDRESS(address));
	printf("connect: %s\n", result == -1 && errno == EACCES ? "EACCES" : "SOMETHING ELSE");
	return 1;
}
