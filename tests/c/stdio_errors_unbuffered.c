// What is printed to standard error is there at once, and what is in the buffer of
// standard output at _exit is lost.
// EXIT: 3
// STDOUT:
//   flushed
// STDERR-CONTAINS: half a line, then trying: No such file or directory
#include "files.h"

int main(void)
{
	/* Standard output is a pipe here, and fully buffered. */
	puts("flushed");
	CHECK(fflush(stdout) == 0);
	printf("lost");
	fprintf(stderr, "half a line, ");
	fputs("then ", stderr);
	errno = ENOENT;
	perror("trying");
	_exit(3);
}
