// Both sides of a connection know their addresses, in both versions of the protocol.
// NET: loopback
// STDOUT:
//   4: 127.0.0.1, the ports agree
//   6: ::1, the ports agree
#include "sockets.h"

static void show(int family, const struct sockaddr_storage *any, socklen_t size)
{
	char text[INET6_ADDRSTRLEN];
	struct sockaddr_storage local, remote, accepted, peer;
	socklen_t len = sizeof local;
	int listener = socket(family, SOCK_STREAM, 0);
	CHECK(listener >= 0);
	CHECK(bind(listener, (const struct sockaddr *)any, size) == 0);
	CHECK(listen(listener, 1) == 0);
	CHECK(getsockname(listener, (struct sockaddr *)&remote, &len) == 0);
	CHECK(len == size);

	int fd = socket(family, SOCK_STREAM, 0);
	CHECK(connect(fd, (struct sockaddr *)&remote, len) == 0);
	len = sizeof peer;
	int server = accept(listener, (struct sockaddr *)&peer, &len);
	CHECK(server >= 0 && len == size);
	len = sizeof local;
	CHECK(getsockname(fd, (struct sockaddr *)&local, &len) == 0 && len == size);
	CHECK(memcmp(&local, &peer, size) == 0);
	CHECK(getpeername(fd, (struct sockaddr *)&accepted, &len) == 0 && len == size);
	CHECK(memcmp(&accepted, &remote, size) == 0);
	/* As much as there is room for. */
	len = 2;
	sa_family_t only = 0;
	CHECK(getsockname(fd, (struct sockaddr *)&only, &len) == 0);
	CHECK(only == family && len == size);

	const void *ip = family == AF_INET ? (void *)&((struct sockaddr_in *)&local)->sin_addr
	                                   : (void *)&((struct sockaddr_in6 *)&local)->sin6_addr;
	printf("%d: %s, the ports agree\n", family == AF_INET ? 4 : 6,
	       inet_ntop(family, ip, text, sizeof text));
}

int main(void)
{
	struct sockaddr_storage any = { 0 };
	*(struct sockaddr_in *)&any = loopback(0);
	show(AF_INET, &any, sizeof(struct sockaddr_in));
	*(struct sockaddr_in6 *)&any = loopback6(0);
	show(AF_INET6, &any, sizeof(struct sockaddr_in6));
	return 0;
}
