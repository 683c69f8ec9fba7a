// A try to join is refused while the thread lives, and takes the result of one
// that has ended.
#include "check.h"
#include <sched.h>
#include <semaphore.h>

static sem_t may_end;

static void *live(void *number)
{
	CHECK(sem_wait(&may_end) == 0);
	return number;
}

int main(void)
{
	CHECK(sem_init(&may_end, 0, 0) == 0);
	pthread_t thread = start(live, NUMBER(7));
	void *result = NULL;
	CHECK_RESULT(pthread_tryjoin_np(thread, &result), EBUSY);
	CHECK_RESULT(pthread_tryjoin_np(pthread_self(), NULL), EBUSY);
	CHECK(sem_post(&may_end) == 0);
	int answer;
	while ((answer = pthread_tryjoin_np(thread, &result)) == EBUSY)
		sched_yield();
	CHECK_RESULT(answer, 0);
	CHECK(AS_NUMBER(result) == 7);
}
