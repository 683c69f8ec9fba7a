// A loop that looks at a condition under a lock, or after a try of the lock, lets
// the thread run that makes the condition true.
// STDOUT:
//   mutex, trylock, rwlock, sem_trywait, sem_getvalue, spin_trylock, testcancel
// SKIP: wasi-sdk: polls for ever
#include "check.h"
#include <semaphore.h>
#include <stdbool.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t spin;
static sem_t unit;
static volatile bool happened;

static bool ask_mutex(void)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	bool answer = happened;
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return answer;
}

static bool ask_trylock(void)
{
	bool answer = false;
	if (pthread_mutex_trylock(&mutex) == 0) {
		answer = happened;
		CHECK_OK(pthread_mutex_unlock(&mutex));
	}
	return answer;
}

static bool ask_rwlock(void)
{
	CHECK_OK(pthread_rwlock_rdlock(&rwlock));
	bool answer = happened;
	CHECK_OK(pthread_rwlock_unlock(&rwlock));
	return answer;
}

static bool ask_trywait(void)
{
	return sem_trywait(&unit) == 0;
}

static bool ask_getvalue(void)
{
	int value;
	CHECK(sem_getvalue(&unit, &value) == 0);
	return value > 0;
}

static bool ask_spin_trylock(void)
{
	bool answer = false;
	if (pthread_spin_trylock(&spin) == 0) {
		answer = happened;
		CHECK_OK(pthread_spin_unlock(&spin));
	}
	return answer;
}

static bool ask_testcancel(void)
{
	pthread_testcancel();
	return happened;
}

static void *happen(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	happened = true;
	CHECK(sem_post(&unit) == 0);
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return unused;
}

static void poll(bool (*ask)(void))
{
	CHECK(sem_init(&unit, 0, 0) == 0);
	happened = false;
	pthread_t thread = start(happen, NULL);
	while (!ask())
		;
	finish(thread);
}

int main(void)
{
	CHECK_OK(pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE));
	poll(ask_mutex);
	poll(ask_trylock);
	poll(ask_rwlock);
	poll(ask_trywait);
	poll(ask_getvalue);
	poll(ask_spin_trylock);
	poll(ask_testcancel);
	puts("mutex, trylock, rwlock, sem_trywait, sem_getvalue, spin_trylock, testcancel");
}
