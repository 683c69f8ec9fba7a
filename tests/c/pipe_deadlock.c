// A program whose only thread waits for a pipe that nobody will write to has
// deadlocked.
// SKIP: native: it would hang
// SKIP: node: it has no report
// SKIP: wasi-sdk: wasi-libc has no pipe
// EXIT: 124
// STDERR-CONTAINS: deadlock
// STDERR-CONTAINS: waits for input
#include "check.h"
#include <unistd.h>

int main(void)
{
	int ends[2];
	char byte;
	CHECK(pipe(ends) == 0);
	read(ends[0], &byte, 1);
}
