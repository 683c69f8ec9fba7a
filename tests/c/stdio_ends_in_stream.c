// A thread that ends inside a stream, in the function that writes for the stream,
// leaves the stream and the list of open streams to the other threads.
// STDOUT:
//   ended in fflush(stream): the stream is free
//   ended in fflush(NULL): the stream is free
//   another was opened and closed
// SKIP: wasi-sdk: wasi-libc has no pthread_exit
#include "check.h"
#include <stdbool.h>

static bool exits;

static ssize_t write_or_exit(void *unused, const char *bytes, size_t size)
{
	(void)unused, (void)bytes;
	if (exits)
		pthread_exit(NULL);
	return (ssize_t)size;
}

static FILE *open_stream(void)
{
	static char cookie;
	FILE *stream = fopencookie(&cookie, "w", (cookie_io_functions_t){ .write = write_or_exit });
	CHECK(stream != NULL);
	return stream;
}

static FILE *stream;

static void *flush(void *all)
{
	CHECK(fputs("something", stream) >= 0);
	fflush(all ? NULL : stream);
	return NULL;
}

static void run(const char *title, void *all)
{
	exits = true;
	finish(start(flush, all));
	exits = false;
	CHECK(ftrylockfile(stream) == 0);
	funlockfile(stream);
	printf("ended in fflush(%s): the stream is free\n", title);
}

int main(void)
{
	stream = open_stream();
	run("stream", NULL);
	run("NULL", NUMBER(1));
	CHECK(fclose(open_stream()) == 0);
	puts("another was opened and closed");
}
