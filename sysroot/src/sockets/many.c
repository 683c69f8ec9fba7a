/* Several messages in one call, and the mark of urgent data, of which there is none. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <features.h>
#include <sys/socket.h>
#include <time.h>

weak int sendmmsg(int fd, struct mmsghdr *messages, unsigned count, unsigned flags)
{
	unsigned done = 0;
	for (; done < count; done++) {
		ssize_t size = sendmsg(fd, &messages[done].msg_hdr, (int)flags);
		if (size < 0)
			break;
		messages[done].msg_len = (unsigned)size;
	}
	return done || !count ? (int)done : -1;
}

/* Only the first message is waited for, so no timeout is needed for the others. */
weak int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, unsigned flags,
                  struct timespec *timeout)
{
	unsigned done = 0;
	(void)timeout;
	for (; done < count; done++) {
		unsigned later = done ? MSG_DONTWAIT : 0;
		ssize_t size = recvmsg(fd, &messages[done].msg_hdr, (int)(flags | later));
		if (size < 0)
			break;
		messages[done].msg_len = (unsigned)size;
	}
	return done || !count ? (int)done : -1;
}

weak int sockatmark(int fd)
{
	return fcntl(fd, F_GETFD) < 0 ? -1 : 0;
}
