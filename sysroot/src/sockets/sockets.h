/*
 * What the files here share: the imports, by the names and types that WAMR and its
 * users gave them as an extension of WASI preview 1, and how addresses are passed.
 */
#ifndef COOPT_SOCKETS_H
#define COOPT_SOCKETS_H

#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <wasi/api.h>

#define PREVIEW1(name) \
	__attribute__((__import_module__("wasi_snapshot_preview1"), __import_name__(#name)))

/* A bit beside EPIPE in what an attempt returns: nobody gets a SIGPIPE. The thread
 * layer knows it (wasm/coopt-pthread/src/host_call.rs). */
#define QUIET (1 << 17)

/* The families and kinds of sockets, as imports take them. */
enum { FAMILY_V4, FAMILY_V6, FAMILY_NONE };
enum { KIND_DATAGRAM, KIND_STREAM };

/* An address, as imports take it: the parts in the order of the machine. */
struct wasi_address {
	uint32_t family;
	union {
		struct {
			uint8_t ip[4];
			uint16_t port;
		} v4;
		struct {
			uint16_t groups[8];
			uint16_t port;
		} v6;
	};
};
static_assert(sizeof(struct wasi_address) == 24, "the layout that the runtime knows");
static_assert(offsetof(struct wasi_address, v6.port) == 20, "the layout that the runtime knows");

PREVIEW1(sock_open) int32_t __coopt_sock_open(int32_t pool, int32_t family, int32_t kind, int *fd);
PREVIEW1(sock_bind) int32_t __coopt_sock_bind(int32_t fd, const struct wasi_address *address);
PREVIEW1(sock_listen) int32_t __coopt_sock_listen(int32_t fd, int32_t backlog);
PREVIEW1(sock_addr_local) int32_t __coopt_sock_addr_local(int32_t fd, struct wasi_address *address);
PREVIEW1(sock_addr_remote)
int32_t __coopt_sock_addr_remote(int32_t fd, struct wasi_address *address);

/* The calls that may wait for others, made by the thread layer: `waits.c`. */
int32_t __coopt_sock_connect(int32_t fd, const struct wasi_address *address);
int32_t __coopt_sock_accept(int32_t fd, int32_t fdflags, int *accepted);
int32_t __coopt_sock_recv(int32_t fd, const struct iovec *buffers, uint32_t count, uint32_t flags,
                          size_t *received, uint16_t *was_cut);
int32_t __coopt_sock_send(int32_t fd, const struct iovec *buffers, uint32_t count, uint32_t flags,
                          size_t *sent);
int32_t __coopt_sock_recv_from(int32_t fd, const struct iovec *buffers, uint32_t count, uint32_t flags,
                               struct wasi_address *from, size_t *received);
int32_t __coopt_sock_send_to(int32_t fd, const struct iovec *buffers, uint32_t count, uint32_t flags,
                             const struct wasi_address *to, size_t *sent);

/* Reads an address that a program passes; 0, or an errno. */
int __coopt_address_in(struct wasi_address *address, const struct sockaddr *from, socklen_t len);

/* Writes an address for a program, and its length; as much of it as there is room for. */
void __coopt_address_out(const struct wasi_address *address, struct sockaddr *to, socklen_t *len);

/* What a function returns whose import returned `error`. */
static inline int result(int32_t error)
{
	if (error == 0)
		return 0;
	errno = error;
	return -1;
}

#endif
