// Five hundred files are open at once, each with a position of its own.
// DIR:
#include "files.h"

enum { FILES = 500 };

int main(void)
{
	make_file("file", "0123456789");
	int files[FILES];
	for (int i = 0; i < FILES; i++) {
		files[i] = open("file", O_RDONLY);
		if (files[i] < 0) {
			printf("file %d: %s\n", i, error_name(errno));
			return 1;
		}
		CHECK(lseek(files[i], i % 10, SEEK_SET) == i % 10);
	}
	char byte;
	for (int i = 0; i < FILES; i++)
		CHECK(read(files[i], &byte, 1) == 1 && byte == '0' + i % 10);
	for (int i = 0; i < FILES; i++)
		CHECK(close(files[i]) == 0);
	/* What was closed can be opened again, many times. */
	for (int i = 0; i < 20 * FILES; i++) {
		int file = open("file", O_RDONLY);
		CHECK(file >= 0 && close(file) == 0);
	}
}
