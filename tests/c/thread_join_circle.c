// The join that would close a circle of joins is refused, however long the
// circle is; the others end as they would.
// STDOUT:
//   one of 4 was refused
// SKIP: native: glibc sees circles of two, if any
// SKIP: wasi-sdk: wasi-libc has no pthread_exit
#include "check.h"

static int joined, refused;

static void *join(void *thread)
{
	int answer = pthread_join((pthread_t)thread, NULL);
	if (answer == 0)
		joined++;
	else if (answer == EDEADLK)
		refused++;
	if (joined + refused == 4)
		printf("%s of 4 was refused\n", refused == 1 ? "one" : "not one");
	return NULL;
}

int main(void)
{
	pthread_t last = start(join, (void *)pthread_self());
	pthread_t middle = start(join, (void *)last);
	pthread_t first = start(join, (void *)middle);
	join((void *)first);
	pthread_exit(NULL);
}
