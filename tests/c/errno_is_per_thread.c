// errno belongs to the thread.
#include "check.h"
#include <sched.h>

static void *fail(void *number)
{
	CHECK(errno == 0);
	errno = AS_NUMBER(number);
	for (int i = 0; i < 10; i++) {
		sched_yield();
		CHECK(errno == AS_NUMBER(number));
	}
	return NULL;
}

int main(void)
{
	errno = 99;
	pthread_t one = start(fail, NUMBER(1));
	pthread_t two = start(fail, NUMBER(2));
	finish(one);
	finish(two);
	CHECK(errno == 99);
}
