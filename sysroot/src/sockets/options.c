/*
 * getsockopt and setsockopt: what WASI 0.3 has. The rest is refused with ENOPROTOOPT.
 */
#include "sockets.h"

#include <coopt.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <string.h>
#include <sys/time.h>

/* An option that is 0 or 1, or a number. */
#define OPTION(name, type) \
	PREVIEW1(sock_get_##name) int32_t __coopt_sock_get_##name(int32_t fd, type *value); \
	PREVIEW1(sock_set_##name) int32_t __coopt_sock_set_##name(int32_t fd, type value)

OPTION(recv_buf_size, uint32_t);
OPTION(send_buf_size, uint32_t);
OPTION(recv_timeout, uint64_t);
OPTION(send_timeout, uint64_t);
OPTION(reuse_addr, bool);
OPTION(reuse_port, bool);
OPTION(broadcast, bool);
OPTION(keep_alive, bool);
OPTION(tcp_no_delay, bool);
OPTION(tcp_keep_idle, uint32_t);
OPTION(tcp_keep_intvl, uint32_t);
OPTION(ip_ttl, uint8_t);
OPTION(ipv6_only, bool);
PREVIEW1(sock_get_linger) int32_t __coopt_sock_get_linger(int32_t fd, bool *is_on, int *time);
PREVIEW1(sock_set_linger) int32_t __coopt_sock_set_linger(int32_t fd, bool is_on, int time);

#define US_PER_S UINT64_C(1000000)

/* Copies as much of an option as there is room for. */
static int out(const void *option, socklen_t size, void *to, socklen_t *len)
{
	memcpy(to, option, *len < size ? *len : size);
	*len = *len < size ? *len : size;
	return 0;
}

/* What a socket is, which no import says: its kind, its family, or its protocol. */
static int32_t about(int fd, int option, int *value)
{
	__wasi_fdstat_t stat;
	struct wasi_address local;
	int32_t error = __wasi_fd_fdstat_get(fd, &stat);
	if (error == 0)
		error = __coopt_sock_addr_local(fd, &local);
	if (error != 0)
		return error;
	bool is_stream = stat.fs_filetype == __WASI_FILETYPE_SOCKET_STREAM;
	switch (option) {
	case SO_TYPE:
		*value = stat.fs_filetype;
		return 0;
	case SO_DOMAIN:
		*value = local.family == FAMILY_V4 ? AF_INET : AF_INET6;
		return 0;
	default:
		*value = is_stream ? IPPROTO_TCP : IPPROTO_UDP;
		return 0;
	}
}

/* Gets an option that is a number through a variable of the import's type. */
#define GET(name, type) \
	do { \
		type found = 0; \
		int32_t error = __coopt_sock_get_##name(fd, &found); \
		*value = (int)found; \
		return error; \
	} while (0)

static int32_t get_of_socket(int fd, int option, int *value)
{
	switch (option) {
	case SO_TYPE:
	case SO_DOMAIN:
	case SO_PROTOCOL:
		return about(fd, option, value);
	case SO_ERROR:
		return coopt_socket_error(fd, value);
	case SO_ACCEPTCONN:
		return coopt_socket_listens(fd, value);
	case SO_RCVBUF:
		GET(recv_buf_size, uint32_t);
	case SO_SNDBUF:
		GET(send_buf_size, uint32_t);
	case SO_REUSEADDR:
		GET(reuse_addr, bool);
	case SO_REUSEPORT:
		GET(reuse_port, bool);
	case SO_BROADCAST:
		GET(broadcast, bool);
	case SO_KEEPALIVE:
		GET(keep_alive, bool);
	default:
		return ENOPROTOOPT;
	}
}

static int32_t get_of_tcp(int fd, int option, int *value)
{
	switch (option) {
	case TCP_NODELAY:
		GET(tcp_no_delay, bool);
	case TCP_KEEPIDLE:
		GET(tcp_keep_idle, uint32_t);
	case TCP_KEEPINTVL:
		GET(tcp_keep_intvl, uint32_t);
	case TCP_KEEPCNT:
		return coopt_socket_keep_count(fd, value);
	default:
		return ENOPROTOOPT;
	}
}

static int32_t get_number(int fd, int level, int option, int *value)
{
	if (level == SOL_SOCKET)
		return get_of_socket(fd, option, value);
	if (level == IPPROTO_TCP)
		return get_of_tcp(fd, option, value);
	if (level == IPPROTO_IP && option == IP_TTL)
		GET(ip_ttl, uint8_t);
	if (level == IPPROTO_IPV6 && option == IPV6_UNICAST_HOPS)
		GET(ip_ttl, uint8_t);
	if (level == IPPROTO_IPV6 && option == IPV6_V6ONLY)
		GET(ipv6_only, bool);
	return ENOPROTOOPT;
}

static int get_timeout(int fd, int option, void *to, socklen_t *len)
{
	uint64_t us;
	int32_t error = option == SO_RCVTIMEO ? __coopt_sock_get_recv_timeout(fd, &us)
	                                      : __coopt_sock_get_send_timeout(fd, &us);
	if (result(error) != 0)
		return -1;
	struct timeval timeout = { .tv_sec = us / US_PER_S, .tv_usec = us % US_PER_S };
	return out(&timeout, sizeof timeout, to, len);
}

int getsockopt(int fd, int level, int option, void *restrict to, socklen_t *restrict len)
{
	if (level == SOL_SOCKET && (option == SO_RCVTIMEO || option == SO_SNDTIMEO))
		return get_timeout(fd, option, to, len);
	if (level == SOL_SOCKET && option == SO_LINGER) {
		bool is_on;
		struct linger linger;
		if (result(__coopt_sock_get_linger(fd, &is_on, &linger.l_linger)) != 0)
			return -1;
		linger.l_onoff = is_on;
		return out(&linger, sizeof linger, to, len);
	}
	int value;
	if (result(get_number(fd, level, option, &value)) != 0)
		return -1;
	return out(&value, sizeof value, to, len);
}

static int32_t set_of_socket(int fd, int option, int value)
{
	switch (option) {
	case SO_RCVBUF:
		return __coopt_sock_set_recv_buf_size(fd, value < 0 ? 0 : value);
	case SO_SNDBUF:
		return __coopt_sock_set_send_buf_size(fd, value < 0 ? 0 : value);
	case SO_REUSEADDR:
		return __coopt_sock_set_reuse_addr(fd, value != 0);
	case SO_REUSEPORT:
		return __coopt_sock_set_reuse_port(fd, value != 0);
	case SO_BROADCAST:
		return __coopt_sock_set_broadcast(fd, value != 0);
	case SO_KEEPALIVE:
		return __coopt_sock_set_keep_alive(fd, value != 0);
	default:
		return ENOPROTOOPT;
	}
}

static int32_t set_of_tcp(int fd, int option, int value)
{
	if (option == TCP_NODELAY)
		return __coopt_sock_set_tcp_no_delay(fd, value != 0);
	if (option != TCP_KEEPIDLE && option != TCP_KEEPINTVL && option != TCP_KEEPCNT)
		return ENOPROTOOPT;
	if (value < 1)
		return EINVAL;
	if (option == TCP_KEEPIDLE)
		return __coopt_sock_set_tcp_keep_idle(fd, value);
	if (option == TCP_KEEPINTVL)
		return __coopt_sock_set_tcp_keep_intvl(fd, value);
	return coopt_socket_set_keep_count(fd, value);
}

static int32_t set_number(int fd, int level, int option, int value)
{
	bool is_ttl = (level == IPPROTO_IP && option == IP_TTL) ||
	              (level == IPPROTO_IPV6 && option == IPV6_UNICAST_HOPS);
	if (level == SOL_SOCKET)
		return set_of_socket(fd, option, value);
	if (level == IPPROTO_TCP)
		return set_of_tcp(fd, option, value);
	if (is_ttl)
		return value < 1 || value > 255 ? EINVAL : __coopt_sock_set_ip_ttl(fd, value);
	if (level == IPPROTO_IPV6 && option == IPV6_V6ONLY)
		return __coopt_sock_set_ipv6_only(fd, value != 0);
	return ENOPROTOOPT;
}

static int32_t set_timeout(int fd, int option, const struct timeval *timeout)
{
	/* POSIX, setsockopt: a value too large or too small for the option is EDOM. */
	if (timeout->tv_sec < 0 || timeout->tv_usec < 0 || timeout->tv_usec >= (long)US_PER_S)
		return EDOM;
	uint64_t us;
	if (__builtin_mul_overflow((uint64_t)timeout->tv_sec, US_PER_S, &us))
		us = UINT64_MAX - US_PER_S;
	us += timeout->tv_usec;
	return option == SO_RCVTIMEO ? __coopt_sock_set_recv_timeout(fd, us)
	                             : __coopt_sock_set_send_timeout(fd, us);
}

int setsockopt(int fd, int level, int option, const void *from, socklen_t len)
{
	if (level == SOL_SOCKET && (option == SO_RCVTIMEO || option == SO_SNDTIMEO)) {
		if (len < sizeof(struct timeval))
			return result(EINVAL);
		return result(set_timeout(fd, option, from));
	}
	if (level == SOL_SOCKET && option == SO_LINGER) {
		if (len < sizeof(struct linger))
			return result(EINVAL);
		const struct linger *linger = from;
		return result(__coopt_sock_set_linger(fd, linger->l_onoff != 0, linger->l_linger));
	}
	if (len < sizeof(int))
		return result(EINVAL);
	int value;
	memcpy(&value, from, sizeof value);
	return result(set_number(fd, level, option, value));
}
