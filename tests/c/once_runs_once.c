// The routine runs once, and everybody waits for it to be done.
#include "check.h"
#include <sched.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int begun, done;

static void initialise(void)
{
	begun++;
	for (int i = 0; i < 5; i++)
		sched_yield();
	done++;
}

static void *use(void *unused)
{
	CHECK_OK(pthread_once(&once, initialise));
	CHECK(begun == 1 && done == 1);
	return unused;
}

int main(void)
{
	pthread_t threads[8];
	for (int i = 0; i < 8; i++)
		threads[i] = start(use, NULL);
	for (int i = 0; i < 8; i++)
		finish(threads[i]);
	use(NULL);
}
