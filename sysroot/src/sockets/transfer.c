/* Sending and receiving. */
#include "sockets.h"

/* The flags that the runtime knows, by their own numbers. */
static_assert(MSG_PEEK == __WASI_RIFLAGS_RECV_PEEK, "the runtime knows it");
static_assert(MSG_WAITALL == __WASI_RIFLAGS_RECV_WAITALL, "the runtime knows it");
static_assert(MSG_TRUNC == 4 && MSG_DONTWAIT == 8, "the runtime knows them");

#define RECEIVE_FLAGS (MSG_PEEK | MSG_WAITALL | MSG_TRUNC | MSG_DONTWAIT)
#define SEND_FLAGS (MSG_DONTWAIT | MSG_NOSIGNAL)

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	if ((flags & ~(RECEIVE_FLAGS | MSG_NOSIGNAL | MSG_CMSG_CLOEXEC)) != 0)
		return result(EOPNOTSUPP);
	if (message->msg_iovlen < 0)
		return result(EMSGSIZE);
	struct wasi_address from = { .family = FAMILY_NONE };
	size_t received = 0, room = 0;
	for (int i = 0; i < message->msg_iovlen; i++)
		room += message->msg_iov[i].iov_len;
	/* The whole length says whether a datagram was cut. */
	int32_t error = __coopt_sock_recv_from(fd, message->msg_iov, message->msg_iovlen,
	                                       (flags & RECEIVE_FLAGS) | MSG_TRUNC, &from, &received);
	if (result(error) != 0)
		return -1;
	if (message->msg_name != NULL)
		__coopt_address_out(&from, message->msg_name, &message->msg_namelen);
	message->msg_controllen = 0;
	message->msg_flags = received > room ? MSG_TRUNC : 0;
	return received > room && (flags & MSG_TRUNC) == 0 ? room : received;
}

ssize_t recvfrom(int fd, void *restrict buffer, size_t length, int flags,
                 struct sockaddr *restrict address, socklen_t *restrict len)
{
	if ((flags & ~(RECEIVE_FLAGS | MSG_NOSIGNAL)) != 0)
		return result(EOPNOTSUPP);
	struct iovec whole = { .iov_base = buffer, .iov_len = length };
	struct wasi_address from = { .family = FAMILY_NONE };
	size_t received;
	int32_t error = __coopt_sock_recv_from(fd, &whole, 1, flags & RECEIVE_FLAGS, &from, &received);
	if (result(error) != 0)
		return -1;
	if (address != NULL)
		__coopt_address_out(&from, address, len);
	return received;
}

ssize_t recv(int fd, void *restrict buffer, size_t length, int flags)
{
	if ((flags & ~(RECEIVE_FLAGS | MSG_NOSIGNAL)) != 0)
		return result(EOPNOTSUPP);
	struct iovec whole = { .iov_base = buffer, .iov_len = length };
	uint16_t was_cut;
	size_t received;
	int32_t error = __coopt_sock_recv(fd, &whole, 1, flags & RECEIVE_FLAGS, &received, &was_cut);
	return result(error) == 0 ? (ssize_t)received : -1;
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
	if ((flags & ~(SEND_FLAGS | MSG_EOR)) != 0 || message->msg_controllen != 0)
		return result(EOPNOTSUPP);
	if (message->msg_iovlen < 0)
		return result(EMSGSIZE);
	struct wasi_address to = { .family = FAMILY_NONE };
	size_t sent;
	if (message->msg_name != NULL) {
		int error = __coopt_address_in(&to, message->msg_name, message->msg_namelen);
		if (error != 0)
			return result(error);
	}
	int32_t error = __coopt_sock_send_to(fd, message->msg_iov, message->msg_iovlen, flags & SEND_FLAGS,
	                                     &to, &sent);
	return result(error) == 0 ? (ssize_t)sent : -1;
}

ssize_t sendto(int fd, const void *buffer, size_t length, int flags, const struct sockaddr *address,
               socklen_t len)
{
	struct iovec whole = { .iov_base = (void *)buffer, .iov_len = length };
	struct msghdr message = {
		.msg_name = (void *)address,
		.msg_namelen = len,
		.msg_iov = &whole,
		.msg_iovlen = 1,
	};
	return sendmsg(fd, &message, flags);
}

ssize_t send(int fd, const void *buffer, size_t length, int flags)
{
	if ((flags & ~(SEND_FLAGS | MSG_EOR)) != 0)
		return result(EOPNOTSUPP);
	struct iovec whole = { .iov_base = (void *)buffer, .iov_len = length };
	size_t sent;
	int32_t error = __coopt_sock_send(fd, &whole, 1, flags & SEND_FLAGS, &sent);
	return result(error) == 0 ? (ssize_t)sent : -1;
}
