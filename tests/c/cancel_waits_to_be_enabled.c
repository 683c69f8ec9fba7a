// A request waits while cancellation is disabled, through points and waits,
// and is acted on at the first point after it is enabled, not before.
// STDOUT:
//   disabled: went on; enabled: went on to the next point
// SKIP: wasi-sdk: wasi-libc has no pthread_cancel
#include "check.h"
#include <semaphore.h>

static sem_t ready, requested;
static const char *how_far = "nowhere";

static void *live(void *unused)
{
	int before;
	CHECK_OK(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before));
	CHECK(before == PTHREAD_CANCEL_ENABLE);
	CHECK(sem_post(&ready) == 0);
	CHECK(sem_wait(&requested) == 0);
	pthread_testcancel();
	how_far = "disabled: went on";
	CHECK_OK(pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &before));
	CHECK(before == PTHREAD_CANCEL_DISABLE);
	how_far = "disabled: went on; enabled: went on to the next point";
	pthread_testcancel();
	how_far = "beyond it";
	return unused;
}

int main(void)
{
	CHECK(sem_init(&ready, 0, 0) == 0);
	CHECK(sem_init(&requested, 0, 0) == 0);
	pthread_t thread = start(live, NULL);
	CHECK(sem_wait(&ready) == 0);
	CHECK_OK(pthread_cancel(thread));
	CHECK(sem_post(&requested) == 0);
	CHECK(finish(thread) == PTHREAD_CANCELED);
	puts(how_far);
	CHECK_RESULT(pthread_setcancelstate(17, NULL), EINVAL);
	CHECK_RESULT(pthread_setcanceltype(17, NULL), EINVAL);
}
