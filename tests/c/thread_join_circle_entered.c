// The search for a circle of joins ends when it comes into a circle that the
// caller is no part of. `first` waits for `second`, and `second` for `first`,
// as `first` is to be cancelled; then the handler of a signal keeps `first`
// alive, and has it join `third` besides.
// STDOUT:
//   third joins: 0
// SKIP: native: a join in a handler is undefined
// SKIP: wasi-sdk: wasi-libc has no pthread_kill
#include "check.h"
#include <semaphore.h>
#include <signal.h>

static pthread_t first, second, third;
static sem_t ready, closed;

static void handler(int signal)
{
	(void)signal;
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	sem_post(&closed);
	pthread_join(third, NULL);
}

static void *joins_second(void *unused)
{
	sem_post(&ready);
	pthread_join(second, NULL);
	return unused;
}

static void *joins_first(void *unused)
{
	sem_wait(&ready);
	pthread_kill(first, SIGUSR1);
	pthread_cancel(first);
	pthread_join(first, NULL);
	return unused;
}

static void *ends(void *unused)
{
	return unused;
}

static void *is_joined_by_first(void *unused)
{
	sem_wait(&closed);
	sched_yield(); // `first` comes to its join.
	printf("third joins: %d\n", pthread_join(start(ends, NULL), NULL));
	exit(0);
	return unused;
}

int main(void)
{
	sem_init(&ready, 0, 0);
	sem_init(&closed, 0, 0);
	signal(SIGUSR1, handler);
	third = start(is_joined_by_first, NULL);
	second = start(joins_first, NULL);
	first = start(joins_second, NULL);
	pthread_exit(NULL);
}
