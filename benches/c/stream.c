/*
 * stream.c - what programs write to, and pipes.
 *
 * Standard output is nowhere: what is measured is the way there.
 */
#include <unistd.h>

#include "bench.h"

static void print(uint64_t n)
{
	for (uint64_t i = 0; i < n; i++)
		CHECK(printf("a line of output, number %d\n", (int)i) < 0);
}

static void print_and_flush(uint64_t n)
{
	for (uint64_t i = 0; i < n; i++) {
		CHECK(printf("a line of output, number %d\n", (int)i) < 0);
		CHECK(fflush(stdout));
	}
}

static int ends[2];

static void pass_through_pipe(uint64_t n)
{
	char byte = 0;
	if (ends[1] == 0)
		CHECK(pipe(ends));
	for (uint64_t i = 0; i < n; i++) {
		CHECK(write(ends[1], &byte, 1) != 1);
		CHECK(read(ends[0], &byte, 1) != 1);
	}
}

const struct bench stream_benches[] = {
	{ .name = "print", .operation = "printf a line", .perform = print },
	{ .name = "print_flush", .operation = "printf a line, then fflush", .perform = print_and_flush },
	{ .name = "pipe_byte", .operation = "write a byte to a pipe, and read it", .perform = pass_through_pipe },
	{ 0 },
};
