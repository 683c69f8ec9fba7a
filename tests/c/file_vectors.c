// readv, writev, preadv and pwritev go through all their pieces in order, also
// empty ones, and stop at the end of the file.
// DIR:
// STDOUT:
//   writev(file, words, 4): 14
//   writev(file, words, 0): 0
//   writev(file, words + 1, 1): 0
//   lseek(file, 0, SEEK_CUR): 14
//   file: `red green blue`
//   lseek(file, 0, SEEK_SET): 0
//   readv(file, places, 4): 14
//   `red-----` ` green b` `lue-----`
//   lseek(file, 1, SEEK_SET): 1
//   readv(file, places, 1): 3
//   `ed -----` `--------` `--------`
//   readv(file, places + 1, 1): 0
//   readv(file, places, 0): 0
//   lseek(file, 0, SEEK_CUR): 4
//   lseek(file, 0, SEEK_END): 14
//   readv(file, places, 4): 0
//   `--------` `--------` `--------`
//   lseek(file, 2, SEEK_SET): 2
//   preadv(file, places, 4, 10): 4
//   `blu-----` `e-------` `--------`
//   preadv(file, places, 0, 0): 0
//   pwritev(file, words, 3, 4): 10
//   pwritev(file, words, 4, 16): 14
//   lseek(file, 0, SEEK_CUR): 2
//   file: `red red green ..red green blue`
//   readv(file, places, below): EINVAL
//   writev(file, words, below): EINVAL
//   preadv(file, places, 1, -1): EINVAL
//   pwritev(file, words, 1, -1): EINVAL
//   close(file): 0
// FAILS: stock: its preview1 takes the first buffer only
#include "files.h"
#include <sys/uio.h>

static char one[8], other[8], third[8];

static void clear(void)
{
	memset(one, '-', sizeof one);
	memset(other, '-', sizeof other);
	memset(third, '-', sizeof third);
}

static void show(void)
{
	printf("`%.8s` `%.8s` `%.8s`\n", one, other, third);
	clear();
}

int main(void)
{
	clear();
	int file = open("file", O_RDWR | O_CREAT, 0644);
	CHECK(file >= 0);
	struct iovec words[] = { { "red ", 4 }, { NULL, 0 }, { "green ", 6 }, { "blue", 4 } };
	SHOW(writev(file, words, 4));
	SHOW(writev(file, words, 0));
	SHOW(writev(file, words + 1, 1));
	SHOW(lseek(file, 0, SEEK_CUR));
	show_file("file");

	struct iovec places[] = { { one, 3 }, { other, 0 }, { other, 8 }, { third, 8 } };
	SHOW(lseek(file, 0, SEEK_SET));
	SHOW(readv(file, places, 4));
	show();
	SHOW(lseek(file, 1, SEEK_SET));
	SHOW(readv(file, places, 1));
	show();
	SHOW(readv(file, places + 1, 1));
	SHOW(readv(file, places, 0));
	SHOW(lseek(file, 0, SEEK_CUR));
	SHOW(lseek(file, 0, SEEK_END));
	SHOW(readv(file, places, 4));
	show();

	SHOW(lseek(file, 2, SEEK_SET));
	SHOW(preadv(file, places, 4, 10));
	show();
	SHOW(preadv(file, places, 0, 0));
	SHOW(pwritev(file, words, 3, 4));
	SHOW(pwritev(file, words, 4, 16));
	SHOW(lseek(file, 0, SEEK_CUR));
	show_file("file");

	volatile int below = -1; /* A constant would be warned of. */
	SHOW(readv(file, places, below));
	SHOW(writev(file, words, below));
	SHOW(preadv(file, places, 1, -1));
	SHOW(pwritev(file, words, 1, -1));
	SHOW(close(file));
}
