/*
 * The calls on sockets that may wait for others. The thread layer makes them, so
 * that they are cancellation points and end by signals.
 */
#include "sockets.h"

/* Returns the errno of attempt(argument). */
int __coopt_transfer(int (*attempt)(void *), void *argument);

/* The arguments of a call. */
struct call { int32_t of[6]; };

PREVIEW1(sock_connect) int32_t imported_connect(int32_t, int32_t);
PREVIEW1(sock_accept) int32_t imported_accept(int32_t, int32_t, int32_t);
PREVIEW1(sock_recv) int32_t imported_recv(int32_t, int32_t, int32_t, int32_t, int32_t, int32_t);
PREVIEW1(sock_send) int32_t imported_send(int32_t, int32_t, int32_t, int32_t, int32_t);
PREVIEW1(sock_recv_from)
int32_t imported_recv_from(int32_t, int32_t, int32_t, int32_t, int32_t, int32_t);
PREVIEW1(sock_send_to)
int32_t imported_send_to(int32_t, int32_t, int32_t, int32_t, int32_t, int32_t);

static int attempt_connect(void *argument)
{
	const struct call *call = argument;
	return imported_connect(call->of[0], call->of[1]);
}

int32_t __coopt_sock_connect(int32_t fd, const struct wasi_address *address)
{
	struct call call = { { fd, (int32_t)address } };
	return __coopt_transfer(attempt_connect, &call);
}

static int attempt_accept(void *argument)
{
	const struct call *call = argument;
	return imported_accept(call->of[0], call->of[1], call->of[2]);
}

int32_t __coopt_sock_accept(int32_t fd, int32_t fdflags, int *accepted)
{
	struct call call = { { fd, fdflags, (int32_t)accepted } };
	return __coopt_transfer(attempt_accept, &call);
}

static int attempt_recv(void *argument)
{
	const struct call *call = argument;
	return imported_recv(call->of[0], call->of[1], call->of[2], call->of[3], call->of[4], call->of[5]);
}

int32_t __coopt_sock_recv(int32_t fd, const struct iovec *buffers, uint32_t count, uint32_t flags,
                          size_t *received, uint16_t *was_cut)
{
	struct call call = { { fd, (int32_t)buffers, (int32_t)count, (int32_t)flags, (int32_t)received,
	                       (int32_t)was_cut } };
	return __coopt_transfer(attempt_recv, &call);
}

/* What an attempt to send with `flags` returns. */
static int sent_with(int32_t flags, int32_t error)
{
	return error == EPIPE && (flags & MSG_NOSIGNAL) != 0 ? error | QUIET : error;
}

static int attempt_send(void *argument)
{
	const struct call *call = argument;
	int32_t flags = call->of[3];
	int32_t error = imported_send(call->of[0], call->of[1], call->of[2], flags & ~MSG_NOSIGNAL,
	                              call->of[4]);
	return sent_with(flags, error);
}

int32_t __coopt_sock_send(int32_t fd, const struct iovec *buffers, uint32_t count, uint32_t flags,
                          size_t *sent)
{
	struct call call = { { fd, (int32_t)buffers, (int32_t)count, (int32_t)flags, (int32_t)sent } };
	return __coopt_transfer(attempt_send, &call);
}

static int attempt_recv_from(void *argument)
{
	const struct call *call = argument;
	return imported_recv_from(call->of[0], call->of[1], call->of[2], call->of[3], call->of[4],
	                          call->of[5]);
}

int32_t __coopt_sock_recv_from(int32_t fd, const struct iovec *buffers, uint32_t count, uint32_t flags,
                               struct wasi_address *from, size_t *received)
{
	struct call call = { { fd, (int32_t)buffers, (int32_t)count, (int32_t)flags, (int32_t)from,
	                       (int32_t)received } };
	return __coopt_transfer(attempt_recv_from, &call);
}

static int attempt_send_to(void *argument)
{
	const struct call *call = argument;
	int32_t flags = call->of[3];
	int32_t error = imported_send_to(call->of[0], call->of[1], call->of[2], flags & ~MSG_NOSIGNAL,
	                                 call->of[4], call->of[5]);
	return sent_with(flags, error);
}

int32_t __coopt_sock_send_to(int32_t fd, const struct iovec *buffers, uint32_t count, uint32_t flags,
                             const struct wasi_address *to, size_t *sent)
{
	struct call call = { { fd, (int32_t)buffers, (int32_t)count, (int32_t)flags, (int32_t)to,
	                       (int32_t)sent } };
	return __coopt_transfer(attempt_send_to, &call);
}
