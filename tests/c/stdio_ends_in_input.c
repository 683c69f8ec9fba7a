// A thread that is cancelled while it waits for a character of standard input lets go of that stream.
//
// SKIP: wasi-sdk: its C library has no cancellation
// STDIN: sleep 0.5; printf 'xy'
// STDOUT:
//   cancelled
//   cancelled
//   x, y, and the end
#include "check.h"

static void *run(void *unused)
{
	(void)unused;
	getc(stdin);
	puts("STILL HERE");
	return NULL;
}

int main(void)
{
	for (int i = 0; i < 2; i++) {
		pthread_t thread = start(run, NULL);
		sleep_ns(20 * MS);
		CHECK_OK(pthread_cancel(thread));
		CHECK(finish(thread) == PTHREAD_CANCELED);
		puts("cancelled");
	}
	CHECK(getc(stdin) == 'x' && getc(stdin) == 'y' && getc(stdin) == EOF);
	puts("x, y, and the end");
}
