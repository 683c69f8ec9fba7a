// The main thread's stack overflows.
// EXIT: 134
// STDOUT:
//   start
// STDERR-CONTAINS: thread 1 `main` trapped: its stack of 1048576 bytes has overflowed
// STDERR-CONTAINS: -Wl,-z,stack-size=BYTES
// SKIP: native: is killed by a signal of its own
// SKIP: wasi-sdk: has a smaller stack
// SKIP: plain: has a smaller stack
// SKIP: stock: knows nothing of stacks
#include <stdio.h>
#include <string.h>

__attribute__((noinline))
static int descend(int depth)
{
	volatile char frame[4096];
	memset((char *)frame, depth, sizeof frame);
	int below = depth ? descend(depth - 1) : 0;
	return below + frame[depth % 4096];
}

int main(void)
{
	printf("start\n");
	fflush(stdout);
	printf("%d\n", descend(1000));
}
