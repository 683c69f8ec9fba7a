// C11 thread-specific storage: each thread has its own value, and the destructor
// gets the value at the end of the thread. A key that is created anew has none.
// STDOUT:
//   destroyed 1
//   destroyed 2
// SKIP: wasi-sdk: wasi-libc has no tss_create
#include "check.h"
#include <threads.h>

static tss_t key;

static void destroy(void *number)
{
	CHECK(tss_get(key) == NULL);
	printf("destroyed %d\n", AS_NUMBER(number));
}

static int set(void *number)
{
	CHECK(tss_get(key) == NULL);
	CHECK_RESULT(tss_set(key, number), thrd_success);
	thrd_yield();
	CHECK(tss_get(key) == number);
	return 0;
}

int main(void)
{
	CHECK_RESULT(tss_create(&key, destroy), thrd_success);
	CHECK_RESULT(tss_set(key, NUMBER(99)), thrd_success);
	for (int i = 1; i <= 2; i++) {
		thrd_t thread;
		CHECK_RESULT(thrd_create(&thread, set, NUMBER(i)), thrd_success);
		CHECK_RESULT(thrd_join(thread, NULL), thrd_success);
	}
	CHECK(tss_get(key) == NUMBER(99));
	tss_delete(key);
	CHECK_RESULT(tss_create(&key, NULL), thrd_success);
	CHECK(tss_get(key) == NULL);
}
