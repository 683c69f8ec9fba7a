// A lock made of a compare-and-exchange and a wait (the second mutex of Drepper,
// "Futexes Are Tricky"): four threads count under the lock, without atomics, and
// no count is lost.
// STDOUT:
//   counted to 4000
#include "bare.h"

enum { THREADS = 4, ROUNDS = 1000 };

static struct start starts[THREADS];
static _Alignas(16) char blocks[THREADS][STACK_SIZE + TLS_SIZE];

/* 0 free, 1 locked, 2 locked and perhaps waited for */
static int lock_word, count, ended;

static void lock(void)
{
	int found = 0;
	if (__atomic_compare_exchange_n(&lock_word, &found, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
		return;
	if (found != 2)
		found = __atomic_exchange_n(&lock_word, 2, __ATOMIC_SEQ_CST);
	while (found != 0) {
		wait32(&lock_word, 2);
		found = __atomic_exchange_n(&lock_word, 2, __ATOMIC_SEQ_CST);
	}
}

static void unlock(void)
{
	if (__atomic_fetch_sub(&lock_word, 1, __ATOMIC_SEQ_CST) != 1) {
		__atomic_store_n(&lock_word, 0, __ATOMIC_SEQ_CST);
		notify(&lock_word, 1);
	}
}

static void count_often(void *unused)
{
	(void)unused;
	for (int i = 0; i < ROUNDS; i++) {
		lock();
		int before = *(volatile int *)&count;
		if (i % 10 == 0)
			sched_yield();
		*(volatile int *)&count = before + 1;
		unlock();
	}
	__atomic_fetch_add(&ended, 1, __ATOMIC_SEQ_CST);
	notify(&ended, 1);
}

EXPORT("_start") void _start(void)
{
	for (int i = 0; i < THREADS; i++)
		start_thread(&starts[i], blocks[i], count_often, NULL);
	int found;
	while ((found = __atomic_load_n(&ended, __ATOMIC_SEQ_CST)) < THREADS)
		wait32(&ended, found);
	print("counted to ", (unsigned)count);
}
