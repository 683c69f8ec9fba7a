// One write and one read of five million bytes take them all, and what was read
// in pieces of odd sizes is what was written.
// DIR:
// STDOUT:
//   write(file, bytes, SIZE): 5000000
//   lseek(file, 0, SEEK_END): 5000000
//   read(file, bytes, SIZE): 5000000
//   wrong bytes: 0
//   read(file, bytes, SIZE): 0
//   pread(file, bytes, SIZE, 1): 4999999
//   wrong bytes: 0
//   pread(file, bytes, SIZE, 0): 5000000
//   wrong bytes: 0
// FAILS: stock: its preview1 reads 64 KiB at most
#include "files.h"

enum { SIZE = 5000000 };

static unsigned char byte_at(size_t at)
{
	return (unsigned char)(at * 2654435761u >> 13);
}

static int wrong(const unsigned char *bytes, size_t from)
{
	int count = 0;
	for (size_t at = 0; at < SIZE; at++)
		count += bytes[at] != byte_at(from + at);
	return count;
}

int main(void)
{
	unsigned char *bytes = malloc(SIZE);
	CHECK(bytes != NULL);
	for (size_t at = 0; at < SIZE; at++)
		bytes[at] = byte_at(at);
	int file = open("file", O_RDWR | O_CREAT, 0644);
	SHOW(write(file, bytes, SIZE));
	SHOW(lseek(file, 0, SEEK_END));

	memset(bytes, 0, SIZE);
	CHECK(lseek(file, 0, SEEK_SET) == 0);
	SHOW(read(file, bytes, SIZE));
	printf("wrong bytes: %d\n", wrong(bytes, 0));
	SHOW(read(file, bytes, SIZE));

	memset(bytes, 0, SIZE);
	SHOW(pread(file, bytes, SIZE, 1));
	bytes[SIZE - 1] = byte_at(SIZE);
	printf("wrong bytes: %d\n", wrong(bytes, 1));

	CHECK(lseek(file, 0, SEEK_SET) == 0);
	size_t at = 0, size = 1;
	ssize_t count;
	while ((count = read(file, bytes, size)) > 0) {
		for (ssize_t i = 0; i < count; i++, at++)
			CHECK(bytes[i] == byte_at(at));
		size = size * 3 % 100003 + 1;
	}
	CHECK(count == 0 && at == SIZE);

	/* In pieces, with a seek among them that does not move. */
	CHECK(ftruncate(file, 0) == 0 && lseek(file, 0, SEEK_SET) == 0);
	for (at = 0, size = 1; at < SIZE; at += (size_t)count) {
		size = size * 3 % 100003 + 1;
		size = size < SIZE - at ? size : SIZE - at;
		for (size_t i = 0; i < size; i++)
			bytes[i] = byte_at(at + i);
		count = write(file, bytes, size);
		CHECK(count == (ssize_t)size);
		CHECK(lseek(file, 0, SEEK_CUR) == (off_t)(at + size));
	}
	SHOW(pread(file, bytes, SIZE, 0));
	printf("wrong bytes: %d\n", wrong(bytes, 0));
	free(bytes);
	CHECK(close(file) == 0);
}
