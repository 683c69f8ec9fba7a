// Once standard output is closed, what is printed cannot be written: EBADF. The
// file that is opened then takes its number, and its place.
// DIR:
// STDERR-CONTAINS: printed 4, flushed -1 with an error, EBADF
#include "files.h"

int main(void)
{
	CHECK(close(STDOUT_FILENO) == 0);
	CHECK_ERRNO(write(STDOUT_FILENO, "lost", 4), EBADF);
	int printed = printf("lost");
	errno = 0;
	int flushed = fflush(stdout);
	int error = errno;
	fprintf(stderr, "printed %d, flushed %d with %s, %s\n", printed, flushed,
	        ferror(stdout) ? "an error" : "no error", error_name(error));
	CHECK(printed == 4 && flushed == EOF && ferror(stdout) && error == EBADF);
	clearerr(stdout);

	CHECK(open("file", O_WRONLY | O_CREAT, 0644) == STDOUT_FILENO);
	CHECK(printf("kept") == 4);
	CHECK(fflush(stdout) == 0);
	fprintf(stderr, "in the file: `%s`\n", text_of("file"));
	/* A C library may keep what it could not write. */
	CHECK(strstr(text_of("file"), "kept") != NULL);
}
