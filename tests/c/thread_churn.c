// A thousand threads one after the other need no more memory than a few.
// SKIP: native: the size of its memory is not asked for like this
#include "check.h"

static void *touch(void *unused)
{
	volatile char bytes[1024] = { 1 };
	(void)bytes;
	return unused;
}

static void churn(int count)
{
	for (int i = 0; i < count; i++)
		finish(start(touch, NULL));
	for (int i = 0; i < count; i++)
		CHECK_OK(pthread_detach(start(touch, NULL)));
	/* All detached threads have run before this thread. */
	finish(start(touch, NULL));
}

int main(void)
{
	churn(10);
	size_t before = __builtin_wasm_memory_size(0);
	for (int i = 0; i < 100; i++)
		churn(10);
	CHECK(__builtin_wasm_memory_size(0) == before);
}
