// A thread that joins the main thread is cancelled. The main thread can join it:
// that is no circle.
// STDOUT:
//   joined: cancelled
// SKIP: wasi-sdk: wasi-libc has no cancellation
#include "check.h"

static void *join(void *thread)
{
	pthread_join(*(pthread_t *)thread, NULL);
	return NULL;
}

int main(void)
{
	pthread_t main_thread = pthread_self();
	pthread_t joiner = start(join, &main_thread);
	sleep_ns(10 * MS);
	CHECK_OK(pthread_cancel(joiner));
	CHECK(finish(joiner) == PTHREAD_CANCELED);
	puts("joined: cancelled");
}
