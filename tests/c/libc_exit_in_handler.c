// A handler of exit may call exit again: the remaining handlers run, and the last
// code counts.
// EXIT: 5
// STDOUT:
//   second
//   first
// SKIP: native: POSIX leaves this undefined
#include "check.h"

static void first(void)
{
	printf("first\n");
}

static void second(void)
{
	printf("second\n");
	exit(5);
}

int main(void)
{
	CHECK(atexit(first) == 0);
	CHECK(atexit(second) == 0);
	exit(2);
}
