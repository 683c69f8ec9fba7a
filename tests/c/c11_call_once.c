// call_once runs the function once, and nobody goes on before it is done.
// SKIP: wasi-sdk: wasi-libc has no thrd_create
#include "check.h"
#include <threads.h>

static once_flag flag = ONCE_FLAG_INIT;
static int begun, done;

static void begin(void)
{
	begun++;
	struct timespec time = { .tv_nsec = 2 * MS };
	CHECK(thrd_sleep(&time, NULL) == 0);
	done++;
}

static int call(void *unused)
{
	(void)unused;
	call_once(&flag, begin);
	CHECK(begun == 1 && done == 1);
	return 0;
}

int main(void)
{
	thrd_t threads[4];
	for (int i = 0; i < 4; i++)
		CHECK_RESULT(thrd_create(&threads[i], call, NULL), thrd_success);
	for (int i = 0; i < 4; i++)
		CHECK_RESULT(thrd_join(threads[i], NULL), thrd_success);
}
