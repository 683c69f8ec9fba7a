// pthread_getattr_np of a running thread returns the guard size that was asked for,
// also when the thread has the memory of an ended thread, which is larger.
// STDOUT:
//   0, 0, 8192
// SKIP: wasi-sdk: has no guards
#include "check.h"

enum { SMALL = 128 * 1024, LARGE = 240 * 1024 };

static void *tell(void *separator)
{
	pthread_attr_t attr;
	size_t guard;
	CHECK_OK(pthread_getattr_np(pthread_self(), &attr));
	CHECK_OK(pthread_attr_getguardsize(&attr, &guard));
	printf("%zu%s", guard, (const char *)separator);
	CHECK_OK(pthread_attr_destroy(&attr));
	return NULL;
}

static void run(size_t stack, size_t guard, char *separator)
{
	pthread_attr_t attr;
	pthread_t thread;
	CHECK_OK(pthread_attr_init(&attr));
	CHECK_OK(pthread_attr_setstacksize(&attr, stack));
	CHECK_OK(pthread_attr_setguardsize(&attr, guard));
	CHECK_OK(pthread_create(&thread, &attr, tell, separator));
	finish(thread);
	CHECK_OK(pthread_attr_destroy(&attr));
}

int main(void)
{
	run(LARGE, 0, ", ");
	run(SMALL, 0, ", ");
	run(SMALL, 8192, "\n");
}
