// copy_file_range copies from where both files stand, or from offsets that it moves.
// DIR:
// SKIP: wasi-sdk: wasi-libc has none of it
// STDOUT:
//   copied: `23456789`, and the offset is 8
#include "files.h"
#include <unistd.h>

int main(void)
{
	char bytes[16] = "";
	off_t offset = 2;
	make_file("from", "0123456789");
	int from = open("from", O_RDONLY), to = open("to", O_RDWR | O_CREAT, 0600);
	while (copy_file_range(from, &offset, to, NULL, 3, 0) > 0)
		;
	CHECK(offset == 10 && lseek(from, 0, SEEK_CUR) == 0);
	CHECK(pread(to, bytes, sizeof bytes, 0) == 8);
	printf("copied: `%s`, and the offset is %d\n", bytes, (int)lseek(to, 0, SEEK_CUR));
}
