// An array of variable length that a thread's stack has no room for.
// EXIT: 134
// STDERR-CONTAINS: thread 3 trapped: its stack of
// STDERR-CONTAINS: bytes has overflowed
// SKIP: native: is killed by a signal of its own
#include "check.h"
#include <string.h>

/* Clang's code does not set the stack pointer in a function that calls none. */
__attribute__((noinline))
static int fill(volatile char *array, size_t length)
{
	for (size_t i = 0; i < length; i++)
		array[i] = 1;
	return array[length / 2];
}

static void *live(void *length)
{
	char array[(uintptr_t)length];
	return NUMBER(fill(array, sizeof array));
}

int main(void)
{
	CHECK(finish(start(live, NUMBER(20000))) == NUMBER(1));
	finish(start(live, NUMBER(1 << 20)));
	printf("still here\n");
}
