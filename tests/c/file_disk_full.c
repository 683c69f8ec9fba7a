// A disk that is full: a write takes what there is room for and then says ENOSPC, nothing is lost,
// streams report it, and a program that makes room goes on.
// DIR:
// DISK-BYTES: 262144
// STDOUT:
//   written until ENOSPC: between half of the disk and all of it
//   lost bytes: 0
//   write(file, bytes, 1): ENOSPC
//   pwrite(file, bytes, SIZE, 0): 10000
//   writev(file, two, 2): ENOSPC
//   fputs: taken
//   fflush: ENOSPC
//   ferror: yes
//   fclose: ENOSPC
//   unlink("large"): 0
//   write(file, bytes, SIZE): 10000
//   fsync(file): 0
//   more: 10000 bytes
#include "files.h"
#include <sys/uio.h>

#define DISK 262144
#define SIZE 10000

static char bytes[SIZE], found[SIZE];

/* Each byte says where in the file it is. */
static void fill(long from)
{
	for (long at = 0; at < SIZE; at++)
		bytes[at] = (char)((from + at) % 251);
}

static long write_until_full(int file)
{
	long total = 0;
	for (;;) {
		fill(total);
		errno = 0;
		ssize_t written = write(file, bytes, SIZE);
		if (written <= 0) {
			printf("written until %s: ", written == 0 ? "NOTHING" : error_name(errno));
			return total;
		}
		total += written;
		CHECK(total <= DISK);
	}
}

static long lost(int file, long total)
{
	long lost = lseek(file, 0, SEEK_END) == total ? 0 : 1;
	for (long at = 0; at < total;) {
		ssize_t got = pread(file, found, SIZE, at);
		CHECK(got > 0);
		fill(at);
		for (ssize_t i = 0; i < got; i++)
			lost += found[i] != bytes[i];
		at += got;
	}
	return lost;
}

static void show_stream(const char *what, int failed)
{
	printf("%s: %s\n", what, failed ? error_name(errno) : "taken");
	errno = 0;
}

int main(void)
{
	int large = open("large", O_RDWR | O_CREAT, 0644), file = large;
	CHECK(large != -1);
	long total = write_until_full(large);
	puts(total >= DISK / 2 ? "between half of the disk and all of it" : "TOO EARLY");
	printf("lost bytes: %ld\n", lost(large, total));
	SHOW(write(file, bytes, 1));
	SHOW(pwrite(file, bytes, SIZE, 0));
	struct iovec two[2] = { { bytes, 5 }, { bytes, 5 } };
	SHOW(writev(file, two, 2));

	FILE *stream = fopen("stream", "w");
	CHECK(stream);
	show_stream("fputs", fputs("a word", stream) == EOF);
	show_stream("fflush", fflush(stream) == EOF);
	printf("ferror: %s\n", ferror(stream) ? "yes" : "NO");
	CHECK(fputs("more", stream) != EOF);
	show_stream("fclose", fclose(stream) == EOF);

	CHECK(close(large) == 0);
	SHOW(unlink("large"));
	CHECK((file = open("more", O_RDWR | O_CREAT, 0644)) != -1);
	SHOW(write(file, bytes, SIZE));
	SHOW(fsync(file));
	struct stat status;
	CHECK(fstat(file, &status) == 0);
	printf("more: %lld bytes\n", (long long)status.st_size);
	return 0;
}
