// C11 condition variables: a signal lets one waiter go, a broadcast all, a
// deadline ends the wait with the mutex held.
// SKIP: wasi-sdk: wasi-libc has no mtx_init
#include "check.h"
#include <threads.h>

enum { WAITERS = 4 };

static mtx_t mutex;
static cnd_t changed;
static int permits, left, waiting;

static int wait_for_permit(void *unused)
{
	(void)unused;
	CHECK_RESULT(mtx_lock(&mutex), thrd_success);
	waiting++;
	while (permits == 0)
		CHECK_RESULT(cnd_wait(&changed, &mutex), thrd_success);
	permits--;
	left++;
	return mtx_unlock(&mutex);
}

static void give(int count, int (*tell)(cnd_t *))
{
	CHECK_RESULT(mtx_lock(&mutex), thrd_success);
	permits += count;
	CHECK_RESULT(tell(&changed), thrd_success);
	CHECK_RESULT(mtx_unlock(&mutex), thrd_success);
}

static void wait_until(const int *count, int expected)
{
	CHECK_RESULT(mtx_lock(&mutex), thrd_success);
	while (*count != expected) {
		CHECK_RESULT(mtx_unlock(&mutex), thrd_success);
		thrd_yield();
		CHECK_RESULT(mtx_lock(&mutex), thrd_success);
	}
	CHECK_RESULT(mtx_unlock(&mutex), thrd_success);
}

int main(void)
{
	CHECK_RESULT(mtx_init(&mutex, mtx_plain), thrd_success);
	CHECK_RESULT(cnd_init(&changed), thrd_success);
	CHECK_RESULT(mtx_lock(&mutex), thrd_success);
	struct timespec soon = in_ns(CLOCK_REALTIME, 2 * MS);
	CHECK_RESULT(cnd_timedwait(&changed, &mutex, &soon), thrd_timedout);
	CHECK_RESULT(mtx_unlock(&mutex), thrd_success);

	thrd_t threads[WAITERS];
	for (int i = 0; i < WAITERS; i++)
		CHECK_RESULT(thrd_create(&threads[i], wait_for_permit, NULL), thrd_success);
	wait_until(&waiting, WAITERS);
	give(1, cnd_signal);
	wait_until(&left, 1);
	give(WAITERS - 1, cnd_broadcast);
	for (int i = 0; i < WAITERS; i++) {
		int code;
		CHECK_RESULT(thrd_join(threads[i], &code), thrd_success);
		CHECK_RESULT(code, thrd_success);
	}
	CHECK(left == WAITERS && permits == 0);
	cnd_destroy(&changed);
	mtx_destroy(&mutex);
}
