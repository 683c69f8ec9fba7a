/*
 * What makes sockets and connections, and ends them.
 */
#include "sockets.h"

#include <unistd.h>

/* No pool of addresses: coopt run --net says what a program may reach. */
#define NO_POOL (-1)

static int32_t kind_of(int type, int protocol, int *kind)
{
	switch (type) {
	case SOCK_STREAM:
		*kind = KIND_STREAM;
		return protocol == 0 || protocol == IPPROTO_TCP ? 0 : EPROTONOSUPPORT;
	case SOCK_DGRAM:
		*kind = KIND_DATAGRAM;
		return protocol == 0 || protocol == IPPROTO_UDP ? 0 : EPROTONOSUPPORT;
	default:
		return EPROTONOSUPPORT;
	}
}

int socket(int domain, int type, int protocol)
{
	if (domain != AF_INET && domain != AF_INET6)
		return result(EAFNOSUPPORT);
	int kind, fd;
	int32_t error = kind_of(type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC), protocol, &kind);
	if (error == 0)
		error = __coopt_sock_open(NO_POOL, domain == AF_INET ? FAMILY_V4 : FAMILY_V6, kind, &fd);
	if (error == 0 && (type & SOCK_NONBLOCK) != 0)
		error = __wasi_fd_fdstat_set_flags(fd, __WASI_FDFLAGS_NONBLOCK);
	return result(error) == 0 ? fd : -1;
}

int bind(int fd, const struct sockaddr *address, socklen_t len)
{
	struct wasi_address local;
	int error = __coopt_address_in(&local, address, len);
	return result(error ? error : __coopt_sock_bind(fd, &local));
}

int listen(int fd, int backlog)
{
	return result(__coopt_sock_listen(fd, backlog < 0 ? 0 : backlog));
}

int connect(int fd, const struct sockaddr *address, socklen_t len)
{
	struct wasi_address remote = { .family = FAMILY_NONE };
	int error = 0;
	/* POSIX, connect: such an address resets the peer address of a datagram socket. */
	if (len < sizeof address->sa_family || address->sa_family != AF_UNSPEC)
		error = __coopt_address_in(&remote, address, len);
	return result(error ? error : __coopt_sock_connect(fd, &remote));
}

int accept4(int fd, struct sockaddr *restrict address, socklen_t *restrict len, int flags)
{
	if ((flags & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)) != 0)
		return result(EINVAL);
	int accepted;
	__wasi_fdflags_t fdflags = (flags & SOCK_NONBLOCK) != 0 ? __WASI_FDFLAGS_NONBLOCK : 0;
	if (result(__coopt_sock_accept(fd, fdflags, &accepted)) != 0)
		return -1;
	if (address != NULL) {
		struct wasi_address remote = { .family = FAMILY_NONE };
		/* A peer that is gone again has no address. */
		__coopt_sock_addr_remote(accepted, &remote);
		__coopt_address_out(&remote, address, len);
	}
	return accepted;
}

int accept(int fd, struct sockaddr *restrict address, socklen_t *restrict len)
{
	return accept4(fd, address, len, 0);
}

int shutdown(int fd, int how)
{
	if (how != SHUT_RD && how != SHUT_WR && how != SHUT_RDWR)
		return result(EINVAL);
	return result(__wasi_sock_shutdown(fd, how));
}

int getsockname(int fd, struct sockaddr *restrict address, socklen_t *restrict len)
{
	struct wasi_address local;
	if (result(__coopt_sock_addr_local(fd, &local)) != 0)
		return -1;
	__coopt_address_out(&local, address, len);
	return 0;
}

int getpeername(int fd, struct sockaddr *restrict address, socklen_t *restrict len)
{
	struct wasi_address remote;
	if (result(__coopt_sock_addr_remote(fd, &remote)) != 0)
		return -1;
	__coopt_address_out(&remote, address, len);
	return 0;
}
