// Of two threads that join each other, the second is refused.
// STDOUT:
//   the second is refused
// SKIP: native: glibc looks for it, and misses it
// SKIP: wasi-sdk: waits for ever where POSIX recommends EDEADLK
#include "check.h"

static void *join(void *thread)
{
	sleep_ns(20 * MS); /* main joins first */
	CHECK_RESULT(pthread_join((pthread_t)thread, NULL), EDEADLK);
	printf("the second is refused\n");
	return NULL;
}

int main(void)
{
	finish(start(join, (void *)pthread_self()));
}
