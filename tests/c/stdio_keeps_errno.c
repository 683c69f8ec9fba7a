// STDOUT:
//   a line
// SKIP: wasi-sdk: its first line asks whether it goes to a terminal, and tells in errno
// A first line of output that succeeds leaves errno alone.
#include "check.h"

int main(void)
{
	errno = 0;
	CHECK(puts("a line") >= 0);
	CHECK(errno == 0);
}
