// A join waits for the end of a thread and returns its result, also when the thread
// has ended before.
#include "check.h"
#include <sched.h>

static int ended;

static void *live(void *turns)
{
	for (int i = 0; i < AS_NUMBER(turns); i++)
		sched_yield();
	ended++;
	return NUMBER(AS_NUMBER(turns) + 1);
}

int main(void)
{
	CHECK(AS_NUMBER(finish(start(live, NUMBER(50)))) == 51);
	CHECK(ended == 1);

	pthread_t thread = start(live, NUMBER(0));
	sleep_ns(1 * MS);
	CHECK(AS_NUMBER(finish(thread)) == 1);
	CHECK_OK(pthread_join(start(live, NULL), NULL));
	CHECK(ended == 3);
}
