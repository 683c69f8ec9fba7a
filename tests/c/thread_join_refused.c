// A thread cannot join itself, a detached thread, or a thread that another thread
// is joining.
// SKIP: native: glibc leaves some of these undefined
// SKIP: wasi-sdk: waits for ever where POSIX recommends EDEADLK
#include "check.h"
#include <sched.h>

static pthread_t child;

static void *live(void *unused)
{
	sleep_ns(20 * MS);
	return unused;
}

static void *join_child(void *unused)
{
	CHECK_OK(pthread_join(child, NULL));
	return unused;
}

int main(void)
{
	CHECK_RESULT(pthread_join(pthread_self(), NULL), EDEADLK);

	child = start(live, NULL);
	pthread_t joiner = start(join_child, NULL);
	sched_yield();
	CHECK_RESULT(pthread_join(child, NULL), EINVAL);
	finish(joiner);

	pthread_t detached = start(live, NULL);
	CHECK_OK(pthread_detach(detached));
	CHECK_RESULT(pthread_join(detached, NULL), EINVAL);
	CHECK_RESULT(pthread_detach(detached), EINVAL);
}
