// A thread that waits now and then is not made to yield as a polling thread is. So
// two threads that hand a lock to each other alternate, however often.
// STDOUT:
//   1000 turns each, one after the other
// SKIP: native: hands no lock over
// SKIP: wasi-sdk: hands no lock over
#include "check.h"
#include <sched.h>
#include <stdbool.h>

enum { TURNS = 1000 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_t last;
static bool alternate = true;

static void *take_turns(void *unused)
{
	for (int i = 0; i < TURNS; i++) {
		CHECK_OK(pthread_mutex_lock(&lock));
		if (i == 0)
			sched_yield(); /* The other thread comes to the lock. */
		else if (pthread_equal(last, pthread_self()))
			alternate = false;
		last = pthread_self();
		CHECK_OK(pthread_mutex_unlock(&lock));
	}
	return unused;
}

int main(void)
{
	pthread_t one = start(take_turns, NULL), two = start(take_turns, NULL);
	finish(one);
	finish(two);
	CHECK(alternate);
	printf("%d turns each, one after the other\n", TURNS);
}
