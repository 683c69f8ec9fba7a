// A thread that is ending, cancelled or by itself, is not cancelled again: its
// handlers and destructors run to their ends, though they enable cancellation
// and there is a request, and its result stays.
// STDOUT:
//   cancelled: inner, outer, destructor, PTHREAD_CANCELED
//   exited:    inner, outer, destructor, its own result
// SKIP: wasi-sdk: wasi-libc has no cancellation
#include "check.h"
#include <stdbool.h>

static pthread_key_t key;

/* Whatever would end a thread that can be cancelled. */
static void pass_points(void)
{
	CHECK_OK(pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL));
	pthread_testcancel();
	sleep_ns(1);
}

static void say(void *name)
{
	pass_points();
	printf(" %s,", (const char *)name);
}

static void *run(void *exits)
{
	CHECK_OK(pthread_setspecific(key, "destructor"));
	pthread_cleanup_push(say, "outer");
	pthread_cleanup_push(say, "inner");
	CHECK_OK(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL));
	CHECK_OK(pthread_cancel(pthread_self()));
	if (exits)
		pthread_exit(NUMBER(7));
	pass_points();
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return NULL;
}

int main(void)
{
	CHECK_OK(pthread_key_create(&key, say));
	printf("cancelled:");
	CHECK(finish(start(run, NULL)) == PTHREAD_CANCELED);
	printf(" PTHREAD_CANCELED\nexited:   ");
	CHECK(finish(start(run, NUMBER(1))) == NUMBER(7));
	puts(" its own result");
}
