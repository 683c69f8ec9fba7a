// Each kind of C11 mutex: a plain one is busy for a try, a timed one times out,
// a recursive one counts.
// SKIP: wasi-sdk: wasi-libc has no mtx_init
#include "check.h"
#include <threads.h>

static mtx_t mutex;

static int try_it(void *unused)
{
	(void)unused;
	return mtx_trylock(&mutex);
}

static int wait_a_little(void *unused)
{
	(void)unused;
	struct timespec soon = in_ns(CLOCK_REALTIME, 2 * MS);
	return mtx_timedlock(&mutex, &soon);
}

static int ask(thrd_start_t how)
{
	thrd_t thread;
	int answer;
	CHECK_RESULT(thrd_create(&thread, how, NULL), thrd_success);
	CHECK_RESULT(thrd_join(thread, &answer), thrd_success);
	return answer;
}

int main(void)
{
	CHECK_RESULT(mtx_init(&mutex, mtx_plain), thrd_success);
	CHECK_RESULT(mtx_lock(&mutex), thrd_success);
	CHECK_RESULT(ask(try_it), thrd_busy);
	CHECK_RESULT(mtx_trylock(&mutex), thrd_busy);
	CHECK_RESULT(mtx_unlock(&mutex), thrd_success);
	CHECK_RESULT(mtx_trylock(&mutex), thrd_success);
	CHECK_RESULT(mtx_unlock(&mutex), thrd_success);
	mtx_destroy(&mutex);

	CHECK_RESULT(mtx_init(&mutex, mtx_timed), thrd_success);
	CHECK_RESULT(mtx_lock(&mutex), thrd_success);
	CHECK_RESULT(ask(wait_a_little), thrd_timedout);
	CHECK_RESULT(mtx_unlock(&mutex), thrd_success);
	mtx_destroy(&mutex);

	CHECK_RESULT(mtx_init(&mutex, mtx_timed | mtx_recursive), thrd_success);
	CHECK_RESULT(mtx_lock(&mutex), thrd_success);
	CHECK_RESULT(mtx_lock(&mutex), thrd_success);
	CHECK_RESULT(mtx_trylock(&mutex), thrd_success);
	CHECK_RESULT(mtx_unlock(&mutex), thrd_success);
	CHECK_RESULT(mtx_unlock(&mutex), thrd_success);
	CHECK_RESULT(ask(try_it), thrd_busy);
	CHECK_RESULT(mtx_unlock(&mutex), thrd_success);
	mtx_destroy(&mutex);
}
