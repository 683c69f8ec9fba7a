// The older functions for names of hosts find what getaddrinfo finds.
// NET: loopback
// SKIP: wasi-sdk: wasi-libc has none of it
// STDOUT:
//   127.0.0.1: 127.0.0.1
//   localhost: 127.0.0.1
#include "check.h"
#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

static void show(const char *name)
{
	char text[INET_ADDRSTRLEN];
	struct hostent *host = gethostbyname(name);
	CHECK(host != NULL && host->h_addrtype == AF_INET && host->h_length == 4);
	printf("%s: %s\n", name, inet_ntop(AF_INET, host->h_addr_list[0], text, sizeof text));
}

int main(void)
{
	char little[1];
	struct hostent host, *result;
	int error;
	show("127.0.0.1");
	show("localhost");
	CHECK_RESULT(gethostbyname_r("127.0.0.1", &host, little, 1, &result, &error), ERANGE);
	CHECK(result == NULL);
	CHECK(getprotobyname("tcp")->p_proto == 6);
}
