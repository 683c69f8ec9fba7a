/* ppoll: poll, with another signal mask meanwhile. */
#define _GNU_SOURCE
#include <errno.h>
#include <features.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <time.h>

static int has_pending_outside(const sigset_t *mask)
{
	sigset_t pending;
	sigpending(&pending);
	for (int number = 1; number < _NSIG; number++)
		if (sigismember(&pending, number) && !sigismember(mask, number))
			return 1;
	return 0;
}

/* A timeout in milliseconds, rounded up; -1 when it is no time. */
static int to_ms(const struct timespec *timeout)
{
	if (timeout->tv_sec < 0 || timeout->tv_nsec < 0 || timeout->tv_nsec >= 1000000000)
		return -1;
	if (timeout->tv_sec >= INT_MAX / 1000)
		return INT_MAX;
	return (int)(timeout->tv_sec * 1000 + (timeout->tv_nsec + 999999) / 1000000);
}

weak int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout,
               const sigset_t *mask)
{
	sigset_t old;
	int timeout_ms = timeout ? to_ms(timeout) : -1;
	if (timeout && timeout_ms < 0) {
		errno = EINVAL;
		return -1;
	}
	if (!mask)
		return poll(fds, count, timeout_ms);
	int is_interrupted = has_pending_outside(mask);
	/* SWITCH: the handler of a pending signal runs before this returns. */
	pthread_sigmask(SIG_SETMASK, mask, &old);
	if (is_interrupted)
		errno = EINTR;
	int ready = is_interrupted ? -1 : poll(fds, count, timeout_ms);
	int error = errno;
	pthread_sigmask(SIG_SETMASK, &old, 0);
	errno = error;
	return ready;
}
