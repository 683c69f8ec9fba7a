/*
 * file.c - files, in the folder that the program begins in.
 *
 * This file and main.c are also a plain program of preview 1, so no thread is in
 * them.
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

/* ---- a file of 256 MiB, from end to end; the best of a few passes ---- */

#define SEQUENCE (256u << 20)
#define PASSES 3

/* Milliseconds. */
static double pass(int file, ssize_t (*transfer)(int, void *, size_t))
{
	uint64_t began = now_ns();
	CHECK(lseek(file, 0, SEEK_SET) != 0);
	for (uint32_t done = 0; done < SEQUENCE; done += LARGE)
		CHECK(transfer(file, piece, LARGE) != LARGE);
	return (double)(now_ns() - began) / 1e6;
}

static double sequence(ssize_t (*transfer)(int, void *, size_t))
{
	int file = open(FILE_NAME, O_CREAT | O_RDWR | O_TRUNC, 0644);
	CHECK(file == -1);
	CHECK(unlink(FILE_NAME));
	pass(file, write_piece);
	double best = pass(file, transfer);
	for (int i = 1; i < PASSES; i++) {
		double took = pass(file, transfer);
		best = took < best ? took : best;
	}
	CHECK(close(file));
	return best;
}

static double read_sequence(void)
{
	return sequence(read);
}

static double write_sequence(void)
{
	return sequence(write_piece);
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
	{ .name = "file_read_256m", .operation = "read 256 MiB in pieces of 64 KiB", .measure = read_sequence, .unit = "ms" },
	{ .name = "file_write_256m", .operation = "write 256 MiB in pieces of 64 KiB", .measure = write_sequence, .unit = "ms" },
	{ 0 },
};
