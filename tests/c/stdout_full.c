// A write to a full standard output blocks its caller only. A handler and a cancellation end it, and with O_NONBLOCK it
// does not wait; a poll says whether there is room. The reader sleeps until all that has happened.
// SKIP: wasmtime: a full standard output stops all its threads
// SKIP: wasi-sdk: wasi-libc has no pthread_kill
// READER: sleep 2; tail -n 1
// STDOUT:
//   all has been read
#include "check.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { LARGE = 200000 };
static char bytes[LARGE];

static void nothing(int signal)
{
	(void)signal;
}

static void wait_ms(int ms)
{
	nanosleep(&(struct timespec){ 0, ms * 1000000L }, NULL);
}

static void *write_one(void *result)
{
	ssize_t written = write(STDOUT_FILENO, bytes, 1);
	*(int *)result = written < 0 ? -errno : (int)written;
	return NULL;
}

static void *write_much(void *unused)
{
	CHECK(write(STDOUT_FILENO, bytes, LARGE) == LARGE);
	return unused;
}

static int has_room(int timeout)
{
	struct pollfd out = { STDOUT_FILENO, POLLOUT, 0 };
	int ready = poll(&out, 1, timeout);
	CHECK(ready == 0 || out.revents == POLLOUT);
	return ready;
}

int main(void)
{
	struct sigaction action = { .sa_handler = nothing };
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	memset(bytes, 'x', LARGE);

	CHECK(has_room(0) == 1 && fcntl(STDOUT_FILENO, F_SETFL, O_NONBLOCK) == 0);
	ssize_t written, total = 0;
	while ((written = write(STDOUT_FILENO, bytes, 4096)) > 0)
		total += written;
	CHECK(written == -1 && errno == EAGAIN && total >= 4096);
	CHECK(has_room(0) == 0 && has_room(20) == 0);
	CHECK(write(STDOUT_FILENO, bytes, 1) == -1 && errno == EAGAIN);
	CHECK(fcntl(STDOUT_FILENO, F_SETFL, 0) == 0);

	int result = 0;
	pthread_t thread = start(write_one, &result);
	wait_ms(50);
	CHECK(result == 0 && pthread_kill(thread, SIGUSR1) == 0);
	CHECK(pthread_join(thread, NULL) == 0 && result == -EINTR);

	void *cancelled;
	thread = start(write_one, &result);
	wait_ms(50);
	CHECK(pthread_cancel(thread) == 0);
	CHECK(pthread_join(thread, &cancelled) == 0 && cancelled == PTHREAD_CANCELED);

	thread = start(write_much, NULL);
	CHECK(has_room(-1) == 1);
	CHECK(pthread_join(thread, NULL) == 0);
	CHECK(puts("\nall has been read") >= 0);
}
