// open takes the lowest number that is free.
// DIR:
// STDOUT:
//   3, 7, 30, 42, 49
// FAILS: stock: its preview1 does not take the lowest descriptor
#include "files.h"

enum { FILES = 50 };

int main(void)
{
	make_file("file", "0123456789");
	int files[FILES];
	for (int i = 0; i < FILES; i++) {
		files[i] = open("file", O_RDONLY);
		CHECK(files[i] >= 0);
		/* A number between may be taken: natively, by what started the program. */
		CHECK(i == 0 || files[i] > files[i - 1]);
	}
	/* Closed in some order, the numbers come back from the lowest up. */
	static const int freed[] = { 7, 30, 3, 49, 42 }, sorted[] = { 3, 7, 30, 42, 49 };
	for (int i = 0; i < 5; i++)
		CHECK(close(files[freed[i]]) == 0);
	for (int i = 0; i < 5; i++) {
		int file = open("file", O_RDONLY);
		CHECK(file == files[sorted[i]]);
		printf("%d%s", sorted[i], i < 4 ? ", " : "\n");
		CHECK(lseek(file, sorted[i] % 10, SEEK_SET) == sorted[i] % 10);
	}
	/* Each has a position of its own. */
	char byte;
	for (int i = 0; i < 5; i++)
		CHECK(read(files[sorted[i]], &byte, 1) == 1 && byte == '0' + sorted[i] % 10);
	for (int i = 0; i < FILES; i++)
		CHECK(close(files[i]) == 0);
	CHECK(open("file", O_RDONLY) == files[0]);
}
