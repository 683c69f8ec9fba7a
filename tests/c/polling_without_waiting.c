// A loop of calls that could wait but do not, because their time has passed or
// there is nothing to wait for, lets the thread run that the loop waits for.
// STDOUT:
//   tryjoin, timedjoin, spin_lock, timedwait, clockwait, cond_signal, nanosleep, two at once
// SKIP: wasi-sdk: polls for ever
#include "check.h"
#include <stdbool.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_spinlock_t spin;
static volatile bool happened;

static void *happen(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_OK(pthread_spin_lock(&spin));
	happened = true;
	CHECK_OK(pthread_spin_unlock(&spin));
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return unused;
}

static bool ask_spin_lock(void)
{
	CHECK_OK(pthread_spin_lock(&spin));
	bool answer = happened;
	CHECK_OK(pthread_spin_unlock(&spin));
	return answer;
}

static bool ask_wait(clockid_t clock)
{
	struct timespec now = in_ns(clock, 0);
	CHECK_OK(pthread_mutex_lock(&mutex));
	if (!happened)
		CHECK_RESULT(pthread_cond_clockwait(&cond, &mutex, clock, &now), ETIMEDOUT);
	bool answer = happened;
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return answer;
}

static bool ask_timedwait(void)
{
	return ask_wait(CLOCK_REALTIME);
}

static bool ask_clockwait(void)
{
	return ask_wait(CLOCK_MONOTONIC);
}

static bool ask_signal(void)
{
	CHECK_OK(pthread_cond_signal(&cond));
	return happened;
}

static bool ask_nanosleep(void)
{
	sleep_ns(0);
	return happened;
}

static void poll(bool (*ask)(void))
{
	happened = false;
	pthread_t thread = start(happen, NULL);
	while (!ask())
		;
	finish(thread);
}

static void poll_joins(void)
{
	static const struct timespec passed;
	pthread_t thread = start(happen, NULL);
	while (pthread_tryjoin_np(thread, NULL) == EBUSY)
		;
	thread = start(happen, NULL);
	while (pthread_timedjoin_np(thread, NULL, &passed) == ETIMEDOUT)
		;
}

static void *poll_again(void *unused)
{
	while (!ask_clockwait())
		;
	return unused;
}

/* Two pollers that get in each other's way at the mutex. */
static void poll_two(void)
{
	happened = false;
	pthread_t poller = start(poll_again, NULL);
	pthread_t thread = start(happen, NULL);
	while (!ask_timedwait())
		;
	finish(poller);
	finish(thread);
}

int main(void)
{
	CHECK_OK(pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE));
	poll_joins();
	poll(ask_spin_lock);
	poll(ask_timedwait);
	poll(ask_clockwait);
	poll(ask_signal);
	poll(ask_nanosleep);
	poll_two();
	puts("tryjoin, timedjoin, spin_lock, timedwait, clockwait, cond_signal, nanosleep, two at once");
}
