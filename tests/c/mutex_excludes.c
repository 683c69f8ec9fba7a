// Between lock and unlock nobody else is inside, even when the holder lets
// others run.
#include "check.h"
#include <sched.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int inside, entries;

static void *enter_often(void *unused)
{
	for (int i = 0; i < 100; i++) {
		CHECK_OK(pthread_mutex_lock(&mutex));
		CHECK(inside++ == 0);
		sched_yield();
		CHECK(--inside == 0);
		entries++;
		CHECK_OK(pthread_mutex_unlock(&mutex));
	}
	return unused;
}

int main(void)
{
	pthread_t threads[8];
	for (int i = 0; i < 8; i++)
		threads[i] = start(enter_often, NULL);
	for (int i = 0; i < 8; i++)
		finish(threads[i]);
	CHECK(entries == 800);
}
