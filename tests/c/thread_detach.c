// A detached thread runs on, whether its creator, the thread itself or its
// attributes have detached it.
#include "check.h"
#include <semaphore.h>

static sem_t ended;

static void *live(void *detach_self)
{
	if (detach_self)
		CHECK_OK(pthread_detach(pthread_self()));
	CHECK(sem_post(&ended) == 0);
	return NULL;
}

int main(void)
{
	CHECK(sem_init(&ended, 0, 0) == 0);
	CHECK_OK(pthread_detach(start(live, NULL)));
	start(live, &ended);

	pthread_attr_t attr;
	int state;
	pthread_t thread;
	CHECK_OK(pthread_attr_init(&attr));
	CHECK_OK(pthread_attr_getdetachstate(&attr, &state));
	CHECK(state == PTHREAD_CREATE_JOINABLE);
	CHECK_OK(pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED));
	CHECK_OK(pthread_create(&thread, &attr, live, NULL));
	CHECK_RESULT(pthread_attr_setdetachstate(&attr, 42), EINVAL);
	CHECK_OK(pthread_attr_destroy(&attr));

	for (int i = 0; i < 3; i++)
		CHECK(sem_wait(&ended) == 0);
}
