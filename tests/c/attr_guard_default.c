// The guard of a thread that does not ask for one is a page (POSIX XSH
// pthread_attr_getguardsize), also in the attributes of a thread that runs.
// STDOUT:
//   a page
// SKIP: wasi-sdk: it says 0
#include "check.h"
#include <unistd.h>

static size_t guard_of(const pthread_attr_t *attr)
{
	size_t size;
	CHECK_OK(pthread_attr_getguardsize(attr, &size));
	return size;
}

static void *look(void *page)
{
	pthread_attr_t attr;
	CHECK_OK(pthread_getattr_np(pthread_self(), &attr));
	CHECK(guard_of(&attr) == *(size_t *)page);
	return NULL;
}

int main(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	pthread_attr_t attr;
	CHECK_OK(pthread_attr_init(&attr));
	CHECK(guard_of(&attr) == page);
	finish(start(look, &page));
	puts("a page");
}
