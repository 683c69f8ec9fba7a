// A handler ends a read with EINTR, or the read begins again (SA_RESTART); a poll
// ends in either case.
// SKIP: wasi-sdk: wasi-libc has no pipe
// SKIP: native: a thread may be signalled before it waits
// STDOUT:
//   read: EINTR, after the handler
//   read that restarts: 1 byte, after the handler
//   poll: EINTR, after the handler
#include "files.h"
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

static int ends[2];
static volatile sig_atomic_t handled;

static void note(int signal)
{
	handled = signal;
}

static void *reads(void *what)
{
	char byte;
	ssize_t len = read(ends[0], &byte, 1);
	if (len == 1)
		printf("%s: 1 byte, ", (char *)what);
	else
		printf("%s: %s, ", (char *)what, error_name(errno));
	puts(handled ? "after the handler" : "without the handler");
	return NULL;
}

static void *polls(void *what)
{
	int ready = poll(&(struct pollfd){ .fd = ends[0], .events = POLLIN }, 1, -1);
	printf("%s: %s, ", (char *)what, error_name(ready == -1 ? errno : 0));
	puts(handled ? "after the handler" : "without the handler");
	return NULL;
}

static void interrupt(void *(*run)(void *), const char *what, int flags)
{
	struct sigaction action = { .sa_handler = note, .sa_flags = flags };
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	handled = 0;
	pthread_t thread = start(run, (void *)what);
	sched_yield();
	CHECK(pthread_kill(thread, SIGUSR1) == 0);
	sched_yield();
	if (flags & SA_RESTART)
		CHECK(write(ends[1], "x", 1) == 1);
	pthread_join(thread, NULL);
}

int main(void)
{
	CHECK(pipe(ends) == 0);
	interrupt(reads, "read", 0);
	interrupt(reads, "read that restarts", SA_RESTART);
	interrupt(polls, "poll", SA_RESTART);
}
