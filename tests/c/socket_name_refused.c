// A program that may use sockets of the machine to itself looks up the machine's own name only.
// Another name is refused with EACCES, and said at the program's end.
// NET: loopback
// STDOUT:
//   localhost: found
//   example.org: EACCES
// STDERR-CONTAINS: note: a program reaches what `--net` allows; found that it wanted to look up `example.org`; run it with `--net=all`
// SKIP: native: it may look up all names
// SKIP: wasmtime: it refuses all names, in other words
#include "sockets.h"
#include <netdb.h>

static void look_up(const char *name)
{
	struct addrinfo *list;
	int error = getaddrinfo(name, "80", NULL, &list);
	if (error == 0)
		freeaddrinfo(list);
	int is_refused = error == EAI_SYSTEM && errno == EACCES;
	printf("%s: %s\n", name, error == 0 ? "found" : is_refused ? "EACCES" : gai_strerror(error));
}

int main(void)
{
	look_up("localhost");
	look_up("example.org");
	return 0;
}
