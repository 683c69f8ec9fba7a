// A program that does nothing about SIGPIPE ends when nobody reads what it writes any more.
// EXIT: 141
// STDOUT:
//   1
// READER: head -n 1
// SKIP: native: is killed by the signal itself
// SKIP: wasi-sdk: has no signals
// SKIP: plain: has no signals
// SKIP: stock: has no signals
#include <stdio.h>

int main(void)
{
	for (int number = 1; number < 10000000; number++)
		printf("%d\n", number);
	fprintf(stderr, "still here\n");
}
