// A thread that holds a stream keeps other threads from it across several calls,
// and may lock the stream again. A try by another thread is refused meanwhile.
// STDOUT:
//   holder: one two three
//   waiter
#include "check.h"
#include <sched.h>

static void *print(void *unused)
{
	CHECK(ftrylockfile(stdout) != 0);
	printf("waiter\n");
	return unused;
}

int main(void)
{
	flockfile(stdout);
	pthread_t waiter = start(print, NULL);
	printf("holder:");
	const char *const words[] = { " one", " two", " three" };
	for (int i = 0; i < 3; i++) {
		sleep_ns(2 * MS);
		CHECK(ftrylockfile(stdout) == 0);
		printf("%s", words[i]);
		funlockfile(stdout);
	}
	printf("\n");
	funlockfile(stdout);
	finish(waiter);
}
