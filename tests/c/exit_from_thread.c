// exit in any thread ends the program with its code, and runs the handlers of
// atexit.
// EXIT: 7
// STDOUT:
//   at exit
#include "check.h"

static void say(void)
{
	printf("at exit\n");
}

static void *end(void *unused)
{
	(void)unused;
	exit(7);
}

int main(void)
{
	CHECK(atexit(say) == 0);
	finish(start(end, NULL));
	return 1;
}
