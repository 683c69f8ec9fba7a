/* Locks of files, which WASI does not have: the error that says so. */
#include <errno.h>
#include <sys/file.h>

int flock(int file, int operation)
{
	(void)file;
	(void)operation;
	errno = ENOLCK;
	return -1;
}
