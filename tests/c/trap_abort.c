// abort ends the program like a trap, and what was flushed stays printed.
// EXIT: 134
// STDOUT:
//   before
#include "check.h"

static void *live(void *unused)
{
	(void)unused;
	abort();
}

int main(void)
{
	printf("before\n");
	fflush(stdout);
	finish(start(live, NULL));
}
