// A name that is too long, empty or a path is refused, and so is closing what
// is not open.
// SKIP: native: where POSIX leaves the error open, glibc's differ from release to release
// SKIP: wasi-sdk: wasi-libc has no sem_open
#include "check.h"
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>

static int open_error(const char *name)
{
	errno = 0;
	CHECK(sem_open(name, O_CREAT, 0600, 1) == SEM_FAILED);
	return errno;
}

int main(void)
{
	static char name[NAME_MAX + 3] = "/";
	memset(name + 1, 'n', NAME_MAX);
	CHECK(sem_open(name, O_CREAT, 0600, 1) != SEM_FAILED);
	CHECK(sem_unlink(name) == 0);
	name[NAME_MAX + 1] = 'n';
	CHECK_RESULT(open_error(name), ENAMETOOLONG);
	CHECK_ERRNO(sem_unlink(name), ENAMETOOLONG);

	CHECK_RESULT(open_error(""), EINVAL);
	CHECK_RESULT(open_error("/"), EINVAL);
	CHECK_RESULT(open_error("/a/b"), EINVAL);
	CHECK_RESULT(open_error("/.."), EINVAL);

	CHECK_ERRNO(sem_unlink("/"), ENOENT);

	sem_t unnamed;
	CHECK(sem_init(&unnamed, 0, 0) == 0);
	CHECK_ERRNO(sem_close(&unnamed), EINVAL);
	sem_t *named = sem_open("/name", O_CREAT, 0600, 1);
	CHECK(named != SEM_FAILED && sem_open("name", 0) == named);
	CHECK(sem_close(named) == 0 && sem_close(named) == 0);
	CHECK_ERRNO(sem_close(named), EINVAL);
}
