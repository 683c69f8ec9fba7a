/*
 * file.c - files and streams, in the folder that the program begins in.
 *
 * Standard output is nowhere: what is measured is the way there.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"

#define FILE_NAME "bench.data"
#define PIECES 4096u
#define SMALL 4096u
#define LARGE 65536u

static char piece[LARGE];

/* A file of 16 MiB, which the operating system has in its cache. */
static int open_file(void)
{
	static int file = -1;
	if (file != -1)
		return file;
	file = open(FILE_NAME, O_CREAT | O_RDWR | O_TRUNC, 0644);
	CHECK(file == -1);
	CHECK(unlink(FILE_NAME));
	for (uint64_t i = 0; i < PIECES * SMALL / LARGE; i++)
		CHECK(write(file, piece, LARGE) != LARGE);
	return file;
}

/* Calls of the kind of `read`, from the beginning of the file whenever it ends. */
static void in_turn(uint64_t n, ssize_t (*transfer)(int, void *, size_t), size_t len)
{
	int file = open_file();
	uint64_t pieces = PIECES * SMALL / len;
	for (uint64_t i = 0; i < n; i++) {
		if (i % pieces == 0)
			CHECK(lseek(file, 0, SEEK_SET) != 0);
		CHECK(transfer(file, piece, len) != (ssize_t)len);
	}
}

static ssize_t write_piece(int file, void *bytes, size_t len)
{
	return write(file, bytes, len);
}

static void read_small(uint64_t n)
{
	in_turn(n, read, SMALL);
}

static void write_small(uint64_t n)
{
	in_turn(n, write_piece, SMALL);
}

static void read_large(uint64_t n)
{
	in_turn(n, read, LARGE);
}

static void write_large(uint64_t n)
{
	in_turn(n, write_piece, LARGE);
}

/* Pieces in an order that visits all and never two neighbours. */
static off_t place(uint64_t i)
{
	return (off_t)(i * 2654435761u % PIECES * SMALL);
}

static void read_anywhere(uint64_t n)
{
	int file = open_file();
	for (uint64_t i = 0; i < n; i++)
		CHECK(pread(file, piece, SMALL, place(i)) != SMALL);
}

static void write_anywhere(uint64_t n)
{
	int file = open_file();
	for (uint64_t i = 0; i < n; i++)
		CHECK(pwrite(file, piece, SMALL, place(i)) != SMALL);
}

/* A file with a name. */
static void make_named(void)
{
	int file = open(FILE_NAME, O_CREAT | O_RDWR | O_TRUNC, 0644);
	CHECK(file == -1);
	CHECK(close(file));
}

static void stat_name(uint64_t n)
{
	struct stat stat_of;
	make_named();
	for (uint64_t i = 0; i < n; i++)
		CHECK(stat(FILE_NAME, &stat_of));
	CHECK(unlink(FILE_NAME));
}

static void stat_descriptor(uint64_t n)
{
	struct stat stat_of;
	int file = open_file();
	for (uint64_t i = 0; i < n; i++)
		CHECK(fstat(file, &stat_of));
}

static void open_name(uint64_t n)
{
	make_named();
	for (uint64_t i = 0; i < n; i++) {
		int file = open(FILE_NAME, O_RDONLY);
		CHECK(file == -1);
		CHECK(close(file));
	}
	CHECK(unlink(FILE_NAME));
}

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

const struct bench file_benches[] = {
	{ .name = "file_read", .operation = "read 4 KiB, one piece after the other", .perform = read_small },
	{ .name = "file_write", .operation = "write 4 KiB, one piece after the other", .perform = write_small },
	{ .name = "file_read_64k", .operation = "read 64 KiB, one piece after the other", .perform = read_large },
	{ .name = "file_write_64k", .operation = "write 64 KiB, one piece after the other", .perform = write_large },
	{ .name = "file_pread", .operation = "pread 4 KiB anywhere", .perform = read_anywhere },
	{ .name = "file_pwrite", .operation = "pwrite 4 KiB anywhere", .perform = write_anywhere },
	{ .name = "file_stat", .operation = "stat a file", .perform = stat_name },
	{ .name = "file_fstat", .operation = "fstat a file", .perform = stat_descriptor },
	{ .name = "file_open", .operation = "open and close a file", .perform = open_name },
	{ .name = "print", .operation = "printf a line", .perform = print },
	{ .name = "print_flush", .operation = "printf a line, then fflush", .perform = print_and_flush },
	{ .name = "pipe_byte", .operation = "write a byte to a pipe, and read it", .perform = pass_through_pipe },
	{ 0 },
};
