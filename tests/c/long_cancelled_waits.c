// A million waits are cancelled, on condition variables and semaphores; no
// waiter is left behind, and memory does not grow.
// STDOUT:
//   1000000 cancelled waits, no page more
// SKIP: wasi-sdk: wasi-libc has no pthread_cancel
// LIMIT-S: 300
// SKIP: native: measures wasm memory
// SKIP: wasmtime: takes its time, and shows nothing else
#include "check.h"
#include <sched.h>
#include <semaphore.h>

enum { WAITS = 1000000, WARM_UP = 1000 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static sem_t units;

static void unlock(void *unused)
{
	(void)unused;
	CHECK_OK(pthread_mutex_unlock(&mutex));
}

static void *wait_cond(void *unused)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	pthread_cleanup_push(unlock, NULL);
	pthread_cond_wait(&cond, &mutex);
	pthread_cleanup_pop(1);
	return unused;
}

static void *wait_sem(void *unused)
{
	sem_wait(&units);
	return unused;
}

static void cancel_one(int number)
{
	pthread_t thread = start(number % 2 ? wait_cond : wait_sem, NULL);
	sched_yield();
	CHECK_OK(pthread_cancel(thread));
	CHECK(finish(thread) == PTHREAD_CANCELED);
}

int main(void)
{
	int number = 0;
	CHECK(sem_init(&units, 0, 0) == 0);
	while (number < WARM_UP)
		cancel_one(number++);
	size_t pages = __builtin_wasm_memory_size(0);
	while (number < WAITS)
		cancel_one(number++);
	CHECK_OK(pthread_cond_destroy(&cond));
	CHECK_OK(pthread_mutex_destroy(&mutex));
	printf("%d cancelled waits, %s page more\n", WAITS,
	       __builtin_wasm_memory_size(0) == pages ? "no" : "some");
}
