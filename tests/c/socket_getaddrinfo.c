// Addresses in digits, the machine's own name, and what is no name; and back to digits.
// NET: loopback
// STDOUT:
//   127.0.0.1 80: 127.0.0.1 port 80, stream
//   ::1 443: ::1 port 443, stream
//   localhost http: 127.0.0.1 port 80, stream
//   passive 0: 0.0.0.0 port 0, stream
//   any kind: 2 of 10.1.2.3
//   numeric only: Name
//   service: ok
//   family: ok
//   inet: 1.2.3.4 1.2.3.4 1.2.0.4 ok
#include "sockets.h"
#include <netdb.h>

static struct addrinfo *find(const char *name, const char *service, int family, int type, int flags)
{
	struct addrinfo hints = { .ai_family = family, .ai_socktype = type, .ai_flags = flags }, *list;
	int error = getaddrinfo(name, service, &hints, &list);
	if (error != 0)
		fprintf(stderr, "getaddrinfo: %s\n", gai_strerror(error));
	CHECK(error == 0);
	return list;
}

static void show(const char *what, struct addrinfo *list)
{
	char name[64], service[16];
	CHECK(getnameinfo(list->ai_addr, list->ai_addrlen, name, sizeof name, service, sizeof service,
	                  NI_NUMERICHOST | NI_NUMERICSERV) == 0);
	CHECK(list->ai_addr->sa_family == list->ai_family);
	CHECK(list->ai_protocol == IPPROTO_TCP);
	printf("%s: %s port %s, %s\n", what, name, service,
	       list->ai_socktype == SOCK_STREAM ? "stream" : "SOMETHING ELSE");
	freeaddrinfo(list);
}

static int error_of(const char *name, const char *service, int family, int flags)
{
	struct addrinfo hints = { .ai_family = family, .ai_socktype = SOCK_STREAM, .ai_flags = flags }, *list;
	return getaddrinfo(name, service, &hints, &list);
}

int main(void)
{
	struct in_addr address;
	char small[4];
	show("127.0.0.1 80", find("127.0.0.1", "80", AF_UNSPEC, SOCK_STREAM, 0));
	show("::1 443", find("::1", "443", AF_UNSPEC, SOCK_STREAM, 0));
	show("localhost http", find("localhost", "http", AF_INET, SOCK_STREAM, 0));
	show("passive 0", find(NULL, "0", AF_INET, SOCK_STREAM, AI_PASSIVE));

	struct addrinfo *list = find("10.1.2.3", NULL, AF_INET, 0, AI_CANONNAME);
	int streams = 0, datagrams = 0;
	CHECK(strcmp(list->ai_canonname, "10.1.2.3") == 0);
	for (struct addrinfo *one = list; one; one = one->ai_next) {
		streams += one->ai_socktype == SOCK_STREAM;
		datagrams += one->ai_socktype == SOCK_DGRAM;
	}
	printf("any kind: %d of 10.1.2.3\n", streams + datagrams);
	freeaddrinfo(list);

	int error = error_of("example.org", NULL, AF_UNSPEC, AI_NUMERICHOST);
	CHECK(error == EAI_NONAME);
	printf("numeric only: %.4s\n", gai_strerror(error));
	CHECK(error_of(NULL, NULL, AF_UNSPEC, 0) == EAI_NONAME);
	printf("service: %s\n", error_of("::1", "no such service", AF_UNSPEC, 0) == EAI_SERVICE ? "ok" : "NOT SO");
	printf("family: %s\n", error_of("::1", NULL, 77, 0) == EAI_FAMILY ? "ok" : "NOT SO");

	CHECK(inet_aton("1.2.3.4", &address));
	CHECK(inet_addr("1.2.4") == inet_addr("1.2.0.4") && inet_addr("1.2.x.4") == INADDR_NONE);
	printf("inet: %s", inet_ntoa(address));
	char text[INET_ADDRSTRLEN];
	printf(" %s", inet_ntop(AF_INET, &address, text, sizeof text));
	address.s_addr = inet_addr("1.2.4");
	printf(" %s", inet_ntoa(address));
	CHECK_ERRNO(inet_ntop(AF_INET, &address, small, sizeof small) ? 0 : -1, ENOSPC);
	CHECK(inet_pton(AF_INET, "1.2.3", &address) == 0);
	CHECK(ntohl(htonl(0x01020304)) == 0x01020304 && ntohs(htons(0x0102)) == 0x0102);
	puts(" ok");
	return 0;
}
