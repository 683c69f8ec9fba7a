// A thread that waits for a pipe goes on with EBADF when another closes its
// descriptor: Linux lets it wait for ever.
// SKIP: native: Linux does not wake a thread whose descriptor is closed
// SKIP: wasi-sdk: wasi-libc has no pipe
// STDOUT:
//   the reader: EBADF
//   the writer: EBADF
#include "files.h"
#include <sched.h>
#include <unistd.h>

static int ends[2];

static void *read_one(void *unused)
{
	char byte;
	CHECK(read(ends[0], &byte, 1) == -1);
	printf("the reader: %s\n", error_name(errno));
	return unused;
}

static void *fill(void *unused)
{
	static char bytes[100000];
	CHECK(write(ends[1], bytes, 65536) == 65536);
	CHECK(write(ends[1], bytes, 1) == -1);
	printf("the writer: %s\n", error_name(errno));
	return unused;
}

int main(void)
{
	CHECK(pipe(ends) == 0);
	pthread_t thread = start(read_one, NULL);
	sched_yield();
	CHECK(close(ends[0]) == 0);
	pthread_join(thread, NULL);
	CHECK(close(ends[1]) == 0 && pipe(ends) == 0);
	thread = start(fill, NULL);
	sched_yield();
	CHECK(close(ends[1]) == 0);
	pthread_join(thread, NULL);
}
