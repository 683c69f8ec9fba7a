// A hundred thousand threads end with three robust mutexes each. Every mutex is
// made consistent and used again, and memory does not grow.
// STDOUT:
//   100000 owners died, no page more
// SKIP: wasi-sdk: wasi-libc has no robust mutexes
// LIMIT-S: 300
// SKIP: native: measures wasm memory
// SKIP: wasmtime: takes its time, and shows nothing else
#include "check.h"

enum { OWNERS = 100000, WARM_UP = 1000, MUTEXES = 3 };

static pthread_mutex_t mutexes[MUTEXES];

static void *lock_all(void *unused)
{
	for (int i = 0; i < MUTEXES; i++)
		CHECK_OK(pthread_mutex_lock(&mutexes[i]));
	return unused;
}

static void bury_one(void)
{
	finish(start(lock_all, NULL));
	for (int i = 0; i < MUTEXES; i++) {
		CHECK_RESULT(pthread_mutex_lock(&mutexes[i]), EOWNERDEAD);
		CHECK_OK(pthread_mutex_consistent(&mutexes[i]));
		CHECK_OK(pthread_mutex_unlock(&mutexes[i]));
	}
}

int main(void)
{
	pthread_mutexattr_t attr;
	int number = 0;
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST));
	for (int i = 0; i < MUTEXES; i++)
		CHECK_OK(pthread_mutex_init(&mutexes[i], &attr));
	for (; number < WARM_UP; number++)
		bury_one();
	size_t pages = __builtin_wasm_memory_size(0);
	for (; number < OWNERS; number++)
		bury_one();
	printf("%d owners died, %s page more\n", OWNERS,
	       __builtin_wasm_memory_size(0) == pages ? "no" : "some");
}
