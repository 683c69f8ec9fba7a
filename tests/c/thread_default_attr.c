// The default attributes can be changed, and a thread without attributes of its
// own gets them.
// SKIP: wasi-sdk: wasi-libc has no pthread_getattr_default_np
#include "check.h"

enum { SIZE = 512 * 1024 };

static char stack[SIZE];

static void *size_of_stack(void *unused)
{
	pthread_attr_t attr;
	size_t size;
	CHECK_OK(pthread_getattr_np(pthread_self(), &attr));
	CHECK_OK(pthread_attr_getstacksize(&attr, &size));
	(void)unused;
	return NUMBER(size);
}

int main(void)
{
	pthread_attr_t attr;
	size_t size;
	CHECK_OK(pthread_getattr_default_np(&attr));
	CHECK_OK(pthread_attr_setstacksize(&attr, SIZE));
	CHECK_OK(pthread_setattr_default_np(&attr));
	CHECK_OK(pthread_getattr_default_np(&attr));
	CHECK_OK(pthread_attr_getstacksize(&attr, &size));
	CHECK(size == SIZE);
	CHECK(AS_NUMBER(finish(start(size_of_stack, NULL))) >= SIZE);

	/* A stack is for one thread. */
	CHECK_OK(pthread_attr_setstack(&attr, stack, SIZE));
	CHECK_RESULT(pthread_setattr_default_np(&attr), EINVAL);
}
