// An alarm that nobody handles ends the program, also one that waits for nothing else.
// SKIP: wasi-sdk: wasi-libc has none of it
// SKIP: native: a signal ends it there
// EXIT: 142
#include "check.h"
#include <unistd.h>

int main(void)
{
	alarm(1);
	for (;;)
		pause();
}
