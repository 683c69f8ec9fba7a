// abort runs the handler of SIGABRT, and ends the program when the handler returns.
// EXIT: 134
// STDOUT:
//   handler
// SKIP: native: a process that a signal ends has no exit code
// SKIP: wasi-sdk: wasi-libc's abort knows no handlers
#include "check.h"
#include <signal.h>

static void say(int number)
{
	CHECK_RESULT(number, SIGABRT);
	puts("handler");
	fflush(stdout);
}

int main(void)
{
	CHECK(signal(SIGABRT, say) == SIG_DFL);
	abort();
}
