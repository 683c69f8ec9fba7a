// A thread runs on the stack it was given, and on one of the size it asked
// for.
#include "check.h"
#include <limits.h>
#include <stdalign.h>
#include <stdint.h>

enum { SIZE = 256 * 1024 };

static alignas(64) char own_stack[SIZE];

static void *where_am_i(void *address)
{
	char here;
	*(uintptr_t *)address = (uintptr_t)&here;
	return NULL;
}

/* Uses most of a stack of SIZE bytes. */
static void *fill(void *unused)
{
	volatile char bytes[SIZE - 16 * 1024];
	for (size_t i = 0; i < sizeof bytes; i += 512)
		bytes[i] = (char)i;
	for (size_t i = 0; i < sizeof bytes; i += 512)
		CHECK(bytes[i] == (char)i);
	return unused;
}

static void run(const pthread_attr_t *attr, void *(*routine)(void *), void *argument)
{
	pthread_t thread;
	CHECK_OK(pthread_create(&thread, attr, routine, argument));
	finish(thread);
}

int main(void)
{
	pthread_attr_t attr;
	CHECK_OK(pthread_attr_init(&attr));

	CHECK_OK(pthread_attr_setstack(&attr, own_stack, SIZE));
	void *address;
	size_t size;
	CHECK_OK(pthread_attr_getstack(&attr, &address, &size));
	CHECK(address == own_stack && size == SIZE);
	uintptr_t here;
	run(&attr, where_am_i, &here);
	CHECK(here >= (uintptr_t)own_stack && here < (uintptr_t)own_stack + SIZE);
	run(&attr, fill, NULL);
	run(&attr, fill, NULL);
	CHECK_OK(pthread_attr_destroy(&attr));

	CHECK_OK(pthread_attr_init(&attr));
	CHECK_OK(pthread_attr_setstacksize(&attr, SIZE));
	CHECK_OK(pthread_attr_getstacksize(&attr, &size));
	CHECK(size == SIZE);
	run(&attr, fill, NULL);
	CHECK_RESULT(pthread_attr_setstacksize(&attr, PTHREAD_STACK_MIN - 1), EINVAL);
}
