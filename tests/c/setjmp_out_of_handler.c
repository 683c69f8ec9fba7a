// A handler of a signal may jump out of the wait that it has interrupted.
// siglongjmp gives the thread the signal mask that sigsetjmp has kept, if it was to;
// then the next signal comes through, too. The thread can wait and lock as before.
//
// SKIP: wasi-sdk: its C library has no setjmp
// STDOUT:
//   jumped out of a sleep, 3 times
//   the signal is blocked without a mask that was kept
//   jumped out of a wait for a condition, and can wait again
#include "check.h"

#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>

static sigjmp_buf place;
static sem_t ready;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;

static void handler(int signal)
{
	siglongjmp(place, signal);
}

static int is_blocked(void)
{
	sigset_t mask;
	CHECK_OK(pthread_sigmask(SIG_SETMASK, NULL, &mask));
	return sigismember(&mask, SIGUSR1);
}

static void *run(void *unused)
{
	(void)unused;
	volatile int times = 0;
	if (sigsetjmp(place, 1) != 0)
		times++;
	if (times < 3) {
		CHECK(!is_blocked());
		CHECK(sem_post(&ready) == 0);
		sleep_ns(3600 * 1000 * MS);
		puts("WOKE UP");
	}
	printf("jumped out of a sleep, %d times\n", times);

	if (sigsetjmp(place, 0) == 0) {
		CHECK(sem_post(&ready) == 0);
		sleep_ns(3600 * 1000 * MS);
	}
	CHECK(is_blocked());
	puts("the signal is blocked without a mask that was kept");
	sigset_t none;
	sigemptyset(&none);
	CHECK_OK(pthread_sigmask(SIG_SETMASK, &none, NULL));

	if (sigsetjmp(place, 1) == 0) {
		CHECK_OK(pthread_mutex_lock(&mutex));
		CHECK(sem_post(&ready) == 0);
		pthread_cond_wait(&never, &mutex);
	}
	struct timespec soon = in_ns(CLOCK_REALTIME, 5 * MS);
	pthread_mutex_t another = PTHREAD_MUTEX_INITIALIZER;
	pthread_cond_t also_never = PTHREAD_COND_INITIALIZER;
	CHECK_OK(pthread_mutex_lock(&another));
	CHECK_RESULT(pthread_cond_timedwait(&also_never, &another, &soon), ETIMEDOUT);
	CHECK_OK(pthread_mutex_unlock(&another));
	puts("jumped out of a wait for a condition, and can wait again");
	return NULL;
}

int main(void)
{
	CHECK(sem_init(&ready, 0, 0) == 0);
	struct sigaction action = { .sa_handler = handler };
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	pthread_t thread = start(run, NULL);
	for (int i = 0; i < 5; i++) {
		CHECK(sem_wait(&ready) == 0);
		sleep_ns(5 * MS);
		CHECK_OK(pthread_kill(thread, SIGUSR1));
	}
	finish(thread);
}
