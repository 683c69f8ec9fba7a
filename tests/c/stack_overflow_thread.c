// A thread whose stack is too small traps before it writes over anything. The report names the
// thread, and says how large its stack is.
// EXIT: 134
// STDOUT:
//   start
// STDERR-CONTAINS: thread 2 `deep` trapped: its stack of 131072 bytes has overflowed
// STDERR-CONTAINS: pthread_attr_setstacksize
// SKIP: native: is killed by a signal of its own
// SKIP: wasi-sdk: wasi-libc has no pthread_setname_np
#include "check.h"
#include <string.h>

__attribute__((noinline))
static int descend(int depth)
{
	volatile char frame[512];
	memset((char *)frame, depth, sizeof frame);
	int below = depth ? descend(depth - 1) : 0;
	return below + frame[depth % 512];
}

static void *live(void *unused)
{
	CHECK_OK(pthread_setname_np(pthread_self(), "deep"));
	CHECK(descend(100) >= 0); /* fits */
	printf("start\n");
	fflush(stdout);
	printf("%d\n", descend(1000));
	return unused;
}

int main(void)
{
	finish(start(live, NULL));
	printf("still here\n");
}
