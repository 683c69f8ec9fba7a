// Two threads send signals as fast as a third handles them: no signal is lost,
// whatever the third thread does at the moment.
// SKIP: wasi-sdk: wasi-libc has no pthread_kill
#include "check.h"
#include <semaphore.h>
#include <signal.h>

#define ROUNDS 20000

static sem_t may_send[2];
static volatile int handled[2];
static volatile int over;
static pthread_t target;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;

static void handle(int number)
{
	int which = number == SIGUSR2;
	handled[which]++;
	CHECK(sem_post(&may_send[which]) == 0); /* async-signal-safe */
}

static void *send(void *which)
{
	int number = AS_NUMBER(which) ? SIGUSR2 : SIGUSR1;
	for (int i = 0; i < ROUNDS; i++) {
		CHECK(sem_wait(&may_send[AS_NUMBER(which)]) == 0);
		CHECK_OK(pthread_kill(target, number));
	}
	return NULL;
}

/* Waits in many ways, some of which end early. */
static void *receive(void *unused)
{
	while (handled[0] < ROUNDS || handled[1] < ROUNDS) {
		struct timespec soon = in_ns(CLOCK_REALTIME, MS / 10);
		struct timespec moment = { .tv_nsec = MS / 100 };
		CHECK_OK(pthread_mutex_lock(&mutex));
		int error = pthread_cond_timedwait(&never, &mutex, &soon);
		CHECK(error == 0 || error == ETIMEDOUT);
		CHECK_OK(pthread_mutex_unlock(&mutex));
		CHECK(nanosleep(&moment, NULL) == 0 || errno == EINTR);
		sched_yield();
	}
	over = 1;
	return unused;
}

static void *hold(void *unused)
{
	while (!over) {
		CHECK_OK(pthread_mutex_lock(&mutex));
		sched_yield();
		CHECK_OK(pthread_mutex_unlock(&mutex));
	}
	return unused;
}

int main(void)
{
	struct sigaction action = { .sa_handler = handle };
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(sigaction(SIGUSR2, &action, NULL) == 0);
	CHECK(sem_init(&may_send[0], 0, 1) == 0);
	CHECK(sem_init(&may_send[1], 0, 1) == 0);
	target = start(receive, NULL);
	pthread_t senders[2] = { start(send, NUMBER(0)), start(send, NUMBER(1)) };
	pthread_t holder = start(hold, NULL);
	finish(senders[0]);
	finish(senders[1]);
	finish(target);
	finish(holder);
	CHECK_RESULT(handled[0], ROUNDS);
	CHECK_RESULT(handled[1], ROUNDS);
}
