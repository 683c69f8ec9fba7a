/* pipe, pipe2, socketpair, dup, dup2, dup3: the runtime has them. */
#define _GNU_SOURCE
#include <coopt.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

/* The numbers of WASI's errors are those of errno. */
static int answer(int error)
{
	if (error == 0)
		return 0;
	errno = error;
	return -1;
}

/* O_CLOEXEC has nothing to say: there is no exec. */
int pipe2(int fds[2], int flags)
{
	if (flags & ~(O_NONBLOCK | O_CLOEXEC))
		return answer(EINVAL);
	return answer(coopt_fd_pipe(1, flags & O_NONBLOCK, fds));
}

int pipe(int fds[2])
{
	return pipe2(fds, 0);
}

int socketpair(int domain, int type, int protocol, int fds[2])
{
	int kind = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (domain != AF_UNIX)
		return answer(EAFNOSUPPORT);
	if (kind != SOCK_STREAM || protocol != 0)
		return answer(EPROTONOSUPPORT);
	return answer(coopt_fd_pipe(2, type & SOCK_NONBLOCK ? O_NONBLOCK : 0, fds));
}

int __coopt_dup_from(int fd, int least)
{
	int to;
	if (least < 0)
		return answer(EINVAL);
	if (answer(coopt_fd_dup(fd, least, &to)))
		return -1;
	return to;
}

int dup(int fd)
{
	return __coopt_dup_from(fd, 0);
}

int dup2(int fd, int to)
{
	return answer(to < 0 ? EBADF : coopt_fd_dup_to(fd, to)) ? -1 : to;
}

int dup3(int fd, int to, int flags)
{
	if (fd == to || flags & ~O_CLOEXEC)
		return answer(EINVAL);
	return dup2(fd, to);
}
