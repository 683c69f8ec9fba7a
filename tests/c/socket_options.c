// Options are what they were set to, and nonsense is refused.
// NET: loopback
// STDOUT:
//   all as expected
#include "sockets.h"
#include <netinet/tcp.h>
#include <sys/time.h>

static int get(int fd, int level, int option)
{
	int value = -1;
	socklen_t len = sizeof value;
	CHECK(getsockopt(fd, level, option, &value, &len) == 0 && len == sizeof value);
	return value;
}

static int set(int fd, int level, int option, int value)
{
	return setsockopt(fd, level, option, &value, sizeof value);
}

static void round_trip(int fd, int level, int option, int value)
{
	CHECK(set(fd, level, option, value) == 0);
	CHECK(get(fd, level, option) == value);
}

int main(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0), datagrams = socket(AF_INET, SOCK_DGRAM, 0);
	int v6 = socket(AF_INET6, SOCK_STREAM, 0);
	round_trip(fd, SOL_SOCKET, SO_REUSEADDR, 1);
	round_trip(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
	round_trip(fd, SOL_SOCKET, SO_KEEPALIVE, 0);
	round_trip(fd, IPPROTO_TCP, TCP_NODELAY, 1);
	round_trip(fd, IPPROTO_TCP, TCP_KEEPIDLE, 77);
	round_trip(fd, IPPROTO_TCP, TCP_KEEPINTVL, 7);
	round_trip(fd, IPPROTO_TCP, TCP_KEEPCNT, 5);
	round_trip(fd, IPPROTO_IP, IP_TTL, 33);
	round_trip(datagrams, IPPROTO_IP, IP_TTL, 34);
	CHECK(set(fd, SOL_SOCKET, SO_RCVBUF, 65536) == 0 && get(fd, SOL_SOCKET, SO_RCVBUF) >= 65536);
	CHECK(set(fd, SOL_SOCKET, SO_SNDBUF, 65536) == 0 && get(fd, SOL_SOCKET, SO_SNDBUF) >= 65536);
	CHECK(get(datagrams, SOL_SOCKET, SO_TYPE) == SOCK_DGRAM);
	CHECK(set(v6, IPPROTO_IPV6, IPV6_V6ONLY, 1) == 0 && get(v6, IPPROTO_IPV6, IPV6_V6ONLY) == 1);

	struct linger linger;
	socklen_t len = sizeof linger;
	CHECK(getsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, &len) == 0 && linger.l_onoff == 0);
	len = 1;
	char one_byte = 7;
	CHECK(getsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one_byte, &len) == 0 && len == 1 && one_byte == 1);

	CHECK_ERRNO(set(fd, SOL_SOCKET, 12345, 1), ENOPROTOOPT);
	CHECK_ERRNO(set(fd, IPPROTO_TCP, TCP_KEEPIDLE, 0), EINVAL);
	CHECK_ERRNO(set(fd, IPPROTO_IP, IP_TTL, 256), EINVAL);
	CHECK_ERRNO(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one_byte, 1), EINVAL);
	CHECK_ERRNO(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){ 0, 1000000 }, sizeof(struct timeval)),
	            EDOM);
	puts("all as expected");
	return 0;
}
