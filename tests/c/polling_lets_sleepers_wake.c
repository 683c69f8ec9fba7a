// A thread that polls with a little work in between lets another sleep for as long
// as that asked for, and not for thousands of loops.
// STDOUT:
//   20 short sleeps in few loops
// SKIP: native: the threads run in parallel
// SKIP: wasi-sdk: its threads switch by time
#include "check.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int sleeps;

static void *sleep_shortly(void *unused)
{
	for (int i = 0; i < 20; i++) {
		nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
		pthread_mutex_lock(&mutex);
		sleeps++;
		pthread_mutex_unlock(&mutex);
	}
	return unused;
}

int main(void)
{
	pthread_t sleeper = start(sleep_shortly, NULL);
	long loops = 0;
	for (int done = 0; done < 20; loops++) {
		for (volatile int work = 0; work < 2000; work++)
			;
		pthread_mutex_lock(&mutex);
		done = sleeps;
		pthread_mutex_unlock(&mutex);
	}
	pthread_join(sleeper, NULL);
	printf("%d short sleeps in %s loops\n", sleeps, loops < 400000 ? "few" : "TOO MANY");
	return 0;
}
