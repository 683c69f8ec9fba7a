// A program ends though a thread waits for standard input.
// STDIN: exec sleep 20
// STDOUT:
//   main has ended
#include "check.h"
#include <unistd.h>

static void *wait_for_ever(void *byte)
{
	read(STDIN_FILENO, byte, 1);
	return NULL;
}

int main(void)
{
	char byte;
	start(wait_for_ever, &byte);
	sched_yield();
	puts("main has ended");
	return 0;
}
