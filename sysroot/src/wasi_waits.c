/*
 * The calls of WASI that may wait for others. The thread layer makes them, so
 * that they are cancellation points and end by signals.
 */
#include <wasi/api.h>

#include <errno.h>
#include <stddef.h>
#include <sys/types.h>
#include <sys/uio.h>

/* All return the errno of attempt(argument). */
int __coopt_transfer(int (*attempt)(void *), void *argument);
int __coopt_stream_write(int (*attempt)(void *), void *argument);
int __coopt_poll(int (*attempt)(void *), void *argument);

#define IMPORT(name) \
	__attribute__((__import_module__("wasi_snapshot_preview1"), __import_name__(name)))

IMPORT("fd_read")
int32_t __imported_wasi_snapshot_preview1_fd_read(int32_t, int32_t, int32_t, int32_t);
IMPORT("fd_write")
int32_t __imported_wasi_snapshot_preview1_fd_write(int32_t, int32_t, int32_t, int32_t);
IMPORT("fd_pread")
int32_t __imported_wasi_snapshot_preview1_fd_pread(int32_t, int32_t, int32_t, int64_t, int32_t);
IMPORT("fd_pwrite")
int32_t __imported_wasi_snapshot_preview1_fd_pwrite(int32_t, int32_t, int32_t, int64_t, int32_t);
IMPORT("poll_oneoff")
int32_t __imported_wasi_snapshot_preview1_poll_oneoff(int32_t, int32_t, int32_t, int32_t);

/* The arguments of such a call. */
struct call { int32_t a, b, c, d; int64_t offset; };

static int fd_read(void *argument)
{
	const struct call *call = argument;
	return __imported_wasi_snapshot_preview1_fd_read(call->a, call->b, call->c, call->d);
}

__wasi_errno_t __wasi_fd_read(__wasi_fd_t fd, const __wasi_iovec_t *iovs, size_t count,
                              __wasi_size_t *read)
{
	struct call call = { (int32_t)fd, (int32_t)iovs, (int32_t)count, (int32_t)read };
	return (__wasi_errno_t)__coopt_transfer(fd_read, &call);
}

static int fd_write(void *argument)
{
	const struct call *call = argument;
	return __imported_wasi_snapshot_preview1_fd_write(call->a, call->b, call->c, call->d);
}

__wasi_errno_t __wasi_fd_write(__wasi_fd_t fd, const __wasi_ciovec_t *iovs, size_t count,
                               __wasi_size_t *written)
{
	struct call call = { (int32_t)fd, (int32_t)iovs, (int32_t)count, (int32_t)written };
	return (__wasi_errno_t)__coopt_transfer(fd_write, &call);
}

static int fd_pread(void *argument)
{
	const struct call *call = argument;
	return __imported_wasi_snapshot_preview1_fd_pread(call->a, call->b, call->c, call->offset, call->d);
}

__wasi_errno_t __wasi_fd_pread(__wasi_fd_t fd, const __wasi_iovec_t *iovs, size_t count,
                               __wasi_filesize_t offset, __wasi_size_t *read)
{
	struct call call = { (int32_t)fd, (int32_t)iovs, (int32_t)count, (int32_t)read, (int64_t)offset };
	return (__wasi_errno_t)__coopt_transfer(fd_pread, &call);
}

static int fd_pwrite(void *argument)
{
	const struct call *call = argument;
	return __imported_wasi_snapshot_preview1_fd_pwrite(call->a, call->b, call->c, call->offset, call->d);
}

__wasi_errno_t __wasi_fd_pwrite(__wasi_fd_t fd, const __wasi_ciovec_t *iovs, size_t count,
                                __wasi_filesize_t offset, __wasi_size_t *written)
{
	struct call call = { (int32_t)fd, (int32_t)iovs, (int32_t)count, (int32_t)written,
	                     (int64_t)offset };
	return (__wasi_errno_t)__coopt_transfer(fd_pwrite, &call);
}

/* writev for streams: no cancellation point, and no handler ends it. */
ssize_t __coopt_stream_writev(int fd, const struct iovec *iovs, int count)
{
	__wasi_size_t written;
	struct call call = { fd, (int32_t)iovs, count, (int32_t)&written };
	int error = __coopt_stream_write(fd_write, &call);
	if (error == 0)
		return (ssize_t)written;
	/* A descriptor that lacks the right is not open for this. */
	errno = error == ENOTCAPABLE ? EBADF : error;
	return -1;
}

static int poll_oneoff(void *argument)
{
	const struct call *call = argument;
	return __imported_wasi_snapshot_preview1_poll_oneoff(call->a, call->b, call->c, call->d);
}

__wasi_errno_t __wasi_poll_oneoff(const __wasi_subscription_t *in, __wasi_event_t *out,
                                  size_t count, __wasi_size_t *events)
{
	struct call call = { (int32_t)in, (int32_t)out, (int32_t)count, (int32_t)events };
	return (__wasi_errno_t)__coopt_poll(poll_oneoff, &call);
}
