// A thread has a name of up to fifteen bytes.
// SKIP: wasi-sdk: wasi-libc has no pthread_setname_np
#include "check.h"
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

static atomic_bool stop;

static void *live(void *unused)
{
	while (!stop)
		sched_yield();
	return unused;
}

int main(void)
{
	char name[16];
	pthread_t thread = start(live, NULL);
	CHECK_OK(pthread_setname_np(thread, "fifteen letters"));
	CHECK_OK(pthread_getname_np(thread, name, sizeof name));
	CHECK(strcmp(name, "fifteen letters") == 0);
	CHECK_RESULT(pthread_setname_np(thread, "sixteen letters!"), ERANGE);
	CHECK_RESULT(pthread_getname_np(thread, name, 15), ERANGE);
	CHECK_OK(pthread_setname_np(pthread_self(), "me"));
	CHECK_OK(pthread_getname_np(pthread_self(), name, sizeof name));
	CHECK(strcmp(name, "me") == 0);
	stop = true;
	finish(thread);
}
