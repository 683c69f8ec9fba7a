/*
 * Terminals. Whether a descriptor is one is known, and nothing else: it has no
 * settings and no name.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <features.h>
#include <pty.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

/* The error of a descriptor that has no settings. */
static int refuse(int fd)
{
	errno = fcntl(fd, F_GETFD) < 0 ? EBADF : ENOTTY;
	return -1;
}

weak int tcgetattr(int fd, struct termios *to) { (void)to; return refuse(fd); }
weak int tcsetattr(int fd, int when, const struct termios *to)
{
	(void)when, (void)to;
	return refuse(fd);
}
weak int tcgetwinsize(int fd, struct winsize *to) { (void)to; return refuse(fd); }
weak int tcsetwinsize(int fd, const struct winsize *to) { (void)to; return refuse(fd); }
weak int tcsendbreak(int fd, int duration) { (void)duration; return refuse(fd); }
weak int tcdrain(int fd) { return refuse(fd); }
weak int tcflush(int fd, int queue) { (void)queue; return refuse(fd); }
weak int tcflow(int fd, int action) { (void)action; return refuse(fd); }
weak pid_t tcgetsid(int fd) { return refuse(fd); }
weak pid_t tcgetpgrp(int fd) { return refuse(fd); }
weak int tcsetpgrp(int fd, pid_t group) { (void)group; return refuse(fd); }

weak int ttyname_r(int fd, char *name, size_t size)
{
	(void)name, (void)size;
	refuse(fd);
	return errno;
}

weak char *ttyname(int fd)
{
	refuse(fd);
	return 0;
}

/* The other side of a pseudo-terminal, which no descriptor is. */
weak int grantpt(int fd) { return refuse(fd); }
weak int unlockpt(int fd) { return refuse(fd); }
weak char *ptsname(int fd)
{
	refuse(fd);
	return 0;
}
weak int ptsname_r(int fd, char *name, size_t size)
{
	(void)name, (void)size;
	refuse(fd);
	return errno;
}
weak int login_tty(int fd) { return refuse(fd); }
