// A million threads are created and joined, some of them detached or with a
// stack of another size, and memory does not grow.
// STDOUT:
//   1000000 threads, no page more
// SKIP: wasi-sdk: takes its time
// LIMIT-S: 300
// SKIP: native: measures wasm memory
// SKIP: wasmtime: takes its time, and shows nothing else
#include "check.h"
#include <sched.h>

enum { THREADS = 1000000, WARM_UP = 1000 };

static int ended;

static void *live(void *unused)
{
	ended++;
	return unused;
}

static void create(int number)
{
	pthread_attr_t attr;
	pthread_t thread;
	CHECK_OK(pthread_attr_init(&attr));
	CHECK_OK(pthread_attr_setstacksize(&attr, 4096 * (1 + number % 3)));
	CHECK_OK(pthread_create(&thread, &attr, live, NULL));
	if (number % 7 != 0) {
		finish(thread);
		return;
	}
	CHECK_OK(pthread_detach(thread));
	while (ended <= number)
		sched_yield();
}

int main(void)
{
	int number = 0;
	while (number < WARM_UP)
		create(number++);
	size_t pages = __builtin_wasm_memory_size(0);
	while (number < THREADS)
		create(number++);
	CHECK(ended == THREADS);
	printf("%d threads, %s page more\n", THREADS,
	       __builtin_wasm_memory_size(0) == pages ? "no" : "some");
}
