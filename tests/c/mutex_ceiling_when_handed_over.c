// A thread that is handed a mutex with a priority ceiling has the ceiling's
// priority at once, not only when it runs. So it goes before every thread below
// the ceiling.
// STDOUT:
//   unlocked:         low, main, middle
//   signalled:        low, main, middle
//   signalled, held:  low, main, middle
// SKIP: wasi-sdk: wasi-libc has no priorities
// SKIP: native: takes a privilege, and has several processors
#include "check.h"
#include <sched.h>
#include <semaphore.h>

enum { LOW = 10, MIDDLE = 20, MAIN = 40, CEILING = 50 };

static pthread_mutex_t mutex;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static sem_t go;
static const char *separator;

static void say(const char *name)
{
	printf("%s%s", separator, name);
	separator = ", ";
}

static void *lock(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	say("low");
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return unused;
}

static void *wait(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_OK(pthread_cond_wait(&cond, &mutex));
	say("low");
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return unused;
}

static void *run_middle(void *unused)
{
	say("middle");
	return unused;
}

static void *hold(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK(sem_wait(&go) == 0);
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return unused;
}

static void let_holder_go(void)
{
	CHECK(sem_post(&go) == 0);
}

static void signal_cond(void)
{
	CHECK_OK(pthread_cond_signal(&cond));
}

static void signal_with_mutex(void)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	signal_cond();
	CHECK_OK(pthread_mutex_unlock(&mutex));
}

static void run(const char *title, void *(*routine)(void *), void (*release)(void))
{
	pthread_t low = start_at(MAIN + 1, routine, NULL);
	CHECK_OK(pthread_setschedprio(low, LOW));
	pthread_t middle = start_at(MIDDLE, run_middle, NULL);
	printf("%-18s", title);
	separator = "";
	release();
	say("main");
	finish(low);
	finish(middle);
	puts("");
}

int main(void)
{
	struct sched_param highest = { .sched_priority = MAIN };
	pthread_mutexattr_t attr;
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_PROTECT));
	CHECK_OK(pthread_mutexattr_setprioceiling(&attr, CEILING));
	CHECK_OK(pthread_mutex_init(&mutex, &attr));
	CHECK_OK(pthread_setschedparam(pthread_self(), SCHED_FIFO, &highest));

	CHECK(sem_init(&go, 0, 0) == 0);

	pthread_t holder = start_at(MAIN + 1, hold, NULL);
	CHECK_OK(pthread_setschedprio(holder, LOW));
	run("unlocked:", lock, let_holder_go);
	finish(holder);
	run("signalled:", wait, signal_cond);
	run("signalled, held:", wait, signal_with_mutex);
}
