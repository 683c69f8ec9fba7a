// The thread that has waited longest gets the mutex next.
// STDOUT:
//   0 1 2 3 4 5 6 7
// SKIP: native: POSIX leaves the order open
#include "check.h"
#include <sched.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int order[8], count;

static void *queue(void *number)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	order[count++] = AS_NUMBER(number);
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return NULL;
}

int main(void)
{
	pthread_t threads[8];
	CHECK_OK(pthread_mutex_lock(&mutex));
	for (int i = 0; i < 8; i++) {
		threads[i] = start(queue, NUMBER(i));
		sched_yield();
	}
	CHECK_OK(pthread_mutex_unlock(&mutex));
	for (int i = 0; i < 8; i++)
		finish(threads[i]);
	for (int i = 0; i < 8; i++)
		printf(i < 7 ? "%d " : "%d\n", order[i]);
}
