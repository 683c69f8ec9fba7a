// Waiting releases the mutex and returns with it; one signal serves one turn.
#include "check.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int turn;

static void *play(void *number)
{
	int mine = AS_NUMBER(number);
	CHECK_OK(pthread_mutex_lock(&mutex));
	for (int round = 0; round < 100; round++) {
		while (turn % 2 != mine)
			CHECK_OK(pthread_cond_wait(&changed, &mutex));
		turn++;
		CHECK_OK(pthread_cond_signal(&changed));
	}
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return NULL;
}

int main(void)
{
	pthread_t ping = start(play, NUMBER(0));
	pthread_t pong = start(play, NUMBER(1));
	finish(ping);
	finish(pong);
	CHECK(turn == 200);
	CHECK_OK(pthread_cond_destroy(&changed));
}
