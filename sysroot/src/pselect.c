/*
 * pselect, to the nanosecond, with room in allocated memory for what is passed
 * on: 80 bytes for each descriptor would overrun a thread's stack.
 */
#include <common/time.h>

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/select.h>
#include <unistd.h>
#include <wasi/api.h>

/* Appends what `set` asks for, up to descriptor `limit`. */
static size_t subscribe(__wasi_subscription_t *to, const fd_set *set, int limit,
                        __wasi_eventtype_t type)
{
	size_t count = 0;
	for (size_t i = 0; set && i < set->__nfds; i++) {
		int fd = set->__fds[i];
		if (fd >= limit)
			continue;
		to[count++] = (__wasi_subscription_t){
			.userdata = fd, .u.tag = type, .u.u.fd_read.file_descriptor = fd,
		};
	}
	return count;
}

/* Makes `set` the descriptors that have events of the type; how many. */
static int collect(fd_set *set, const __wasi_event_t *events, size_t count,
                   __wasi_eventtype_t type)
{
	if (!set)
		return 0;
	FD_ZERO(set);
	for (size_t i = 0; i < count; i++)
		if (events[i].type == type)
			set->__fds[set->__nfds++] = events[i].userdata;
	return set->__nfds;
}

/* Whether an event says that a descriptor is not open. */
static int has_bad_descriptor(const __wasi_event_t *events, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (events[i].type != __WASI_EVENTTYPE_CLOCK && events[i].error == __WASI_ERRNO_BADF)
			return 1;
	return 0;
}

int pselect(int limit, fd_set *restrict reads, fd_set *restrict writes, fd_set *restrict others,
            const struct timespec *restrict timeout, const sigset_t *mask)
{
	(void)mask;
	__wasi_timestamp_t timeout_ns = 0;
	if (limit < 0 || (timeout && !timespec_to_timestamp_clamp(timeout, &timeout_ns))) {
		errno = EINVAL;
		return -1;
	}
	/* There are no exceptional conditions, such as data out of band. */
	if (others && others->__nfds > 0) {
		errno = ENOSYS;
		return -1;
	}
	size_t most = (reads ? reads->__nfds : 0) + (writes ? writes->__nfds : 0) + 1;
	__wasi_subscription_t *asked = malloc(most * (sizeof *asked + sizeof(__wasi_event_t)));
	if (!asked) {
		errno = ENOMEM;
		return -1;
	}
	__wasi_event_t *events = (__wasi_event_t *)(asked + most);
	size_t count = subscribe(asked, reads, limit, __WASI_EVENTTYPE_FD_READ);
	count += subscribe(asked + count, writes, limit, __WASI_EVENTTYPE_FD_WRITE);
	if (timeout)
		asked[count++] = (__wasi_subscription_t){
			.u.tag = __WASI_EVENTTYPE_CLOCK,
			.u.u.clock.id = __WASI_CLOCKID_REALTIME,
			.u.u.clock.timeout = timeout_ns,
		};
	/* Nothing to wait for, and no time: only a signal handler ends it. */
	if (count == 0) {
		free(asked);
		return pause();
	}
	size_t happened;
	__wasi_errno_t error;
	/* SWITCH: the thread may be cancelled. */
	pthread_cleanup_push(free, asked);
	error = __wasi_poll_oneoff(asked, events, count, &happened);
	pthread_cleanup_pop(0);
	if (error == 0 && has_bad_descriptor(events, happened))
		error = __WASI_ERRNO_BADF;
	int found = -1;
	if (error == 0)
		found = collect(reads, events, happened, __WASI_EVENTTYPE_FD_READ)
		      + collect(writes, events, happened, __WASI_EVENTTYPE_FD_WRITE);
	else
		errno = error;
	free(asked);
	return found;
}
