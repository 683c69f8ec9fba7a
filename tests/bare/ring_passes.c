// A token goes round a ring of eight threads, which wait on a word each. The
// token is neither lost nor doubled.
// STDOUT:
//   hops 800
#include "bare.h"

enum { THREADS = 8, ROUNDS = 100 };

static struct start starts[THREADS];
static _Alignas(16) char blocks[THREADS][STACK_SIZE + TLS_SIZE];

static int tokens[THREADS], numbers[THREADS], hops, ended;

static void give(int number)
{
	if (__atomic_exchange_n(&tokens[number], 1, __ATOMIC_SEQ_CST) != 0)
		proc_exit(2);
	notify(&tokens[number], 1);
}

static void pass(void *argument)
{
	int number = *(int *)argument;
	for (int round = 0; round < ROUNDS; round++) {
		while (__atomic_load_n(&tokens[number], __ATOMIC_SEQ_CST) == 0)
			wait32(&tokens[number], 0);
		__atomic_store_n(&tokens[number], 0, __ATOMIC_SEQ_CST);
		hops++;
		if (number != THREADS - 1 || round != ROUNDS - 1)
			give((number + 1) % THREADS);
	}
	__atomic_fetch_add(&ended, 1, __ATOMIC_SEQ_CST);
	notify(&ended, 1);
}

EXPORT("_start") void _start(void)
{
	for (int i = 0; i < THREADS; i++) {
		numbers[i] = i;
		start_thread(&starts[i], blocks[i], pass, &numbers[i]);
	}
	give(0);
	int found;
	while ((found = __atomic_load_n(&ended, __ATOMIC_SEQ_CST)) < THREADS)
		wait32(&ended, found);
	print("hops ", (unsigned)hops);
}
