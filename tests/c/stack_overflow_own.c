// A thread's stack that the program has provided overflows: what lies below is not written to.
// EXIT: 134
// STDERR-CONTAINS: thread 3 trapped: its stack of 16384 bytes has overflowed
// SKIP: native: is killed by a signal of its own, or goes on
// SKIP: wasi-sdk: keeps its own record on such a stack
#include "check.h"
#include <stdalign.h>
#include <string.h>

enum { SIZE = 16 * 1024 };

/* The stack lies above what must not be written to. */
static struct { char below[SIZE]; alignas(16) char stack[SIZE]; } memory;

__attribute__((noinline))
static int descend(int depth)
{
	volatile char frame[700];
	memset((char *)frame, 1, sizeof frame);
	for (int i = 0; i < SIZE; i++)
		CHECK(memory.below[i] == 0);
	return depth ? descend(depth - 1) + frame[depth % 700] : 0;
}

static void *live(void *depth)
{
	return NUMBER(descend((int)(intptr_t)depth));
}

static void run(intptr_t depth)
{
	pthread_attr_t attr;
	pthread_t thread;
	CHECK_OK(pthread_attr_init(&attr));
	CHECK_OK(pthread_attr_setstack(&attr, memory.stack, SIZE));
	CHECK_OK(pthread_create(&thread, &attr, live, NUMBER(depth)));
	CHECK(finish(thread) == NUMBER(depth));
}

int main(void)
{
	run(10);
	run(100);
	printf("still here\n");
}
