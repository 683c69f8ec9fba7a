// Two threads that join each other.
// EXIT: 124
// STDERR-CONTAINS: thread 1 `main` waits to join thread 2
// STDERR-CONTAINS: thread 2 waits to join thread 1 `main`
// STDERR-CONTAINS: in a circle: 1 -> 2 -> 1
// SKIP: native: glibc refuses the second join
#include "check.h"

static void *join(void *thread)
{
	return NUMBER(pthread_join((pthread_t)thread, NULL));
}

int main(void)
{
	finish(start(join, (void *)pthread_self()));
}
