// Stacks that begin about the middle of the address space, where addresses as signed numbers change
// their sign: one that overflows is found, and one that does not is let be.
// EXIT: 134
// STDOUT:
//   all fit
// STDERR-CONTAINS: its stack of 65536 bytes has overflowed
// SKIP: native: addresses are larger
// SKIP: wasi-sdk: keeps its own record on such a stack
#include "check.h"
#include <string.h>

enum { SIZE = 64 * 1024, BELOW = 16 * 1024 };

__attribute__((noinline))
static int descend(int depth)
{
	volatile char frame[500];
	memset((char *)frame, 1, sizeof frame);
	return depth ? descend(depth - 1) + frame[depth % 500] : 0;
}

static void *live(void *depth)
{
	return NUMBER(descend((int)(intptr_t)depth));
}

static void run(uintptr_t low, intptr_t depth)
{
	pthread_attr_t attr;
	pthread_t thread;
	memset((char *)low - BELOW, 0, BELOW);
	CHECK_OK(pthread_attr_init(&attr));
	CHECK_OK(pthread_attr_setstack(&attr, (void *)low, SIZE));
	CHECK_OK(pthread_create(&thread, &attr, live, NUMBER(depth)));
	CHECK(finish(thread) == NUMBER(depth));
	for (int i = 0; i < BELOW; i++)
		CHECK(((char *)low - BELOW)[i] == 0);
}

int main(void)
{
	const uintptr_t middle = 0x80000000;
	/* All memory up to there is the program's, in pieces one behind the other. */
	for (uintptr_t end = 0; end < middle + 0x1000000;) {
		char *piece = malloc(64 << 20);
		CHECK(piece != NULL);
		end = (uintptr_t)piece + (64 << 20);
	}
	for (uintptr_t low = middle - SIZE - 1024; low <= middle + 1024; low += 512)
		run(low, 80);
	printf("all fit\n");
	fflush(stdout);
	run(middle - 128, 400);
}
