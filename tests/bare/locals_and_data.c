// Data is initialised once, however many instances an engine makes of the
// module, and thread-local variables once for each thread.
// STDOUT:
//   data 20
//   main's own 5
//   zero 0
#include "bare.h"

enum { THREADS = 5 };

static struct start starts[THREADS];
static _Alignas(16) char blocks[THREADS][STACK_SIZE + TLS_SIZE];

static int data = 10;
static int zero;
static _Thread_local int own = 5;
static int ended;

static void use(void *unused)
{
	(void)unused;
	int before = own;
	own += 2;
	sched_yield();
	if (before != 5 || own != 7)
		proc_exit(3);
	__atomic_fetch_add(&data, own - 5, __ATOMIC_SEQ_CST);
	__atomic_fetch_add(&ended, 1, __ATOMIC_SEQ_CST);
	notify(&ended, 1);
}

EXPORT("_start") void _start(void)
{
	for (int i = 0; i < THREADS; i++)
		start_thread(&starts[i], blocks[i], use, NULL);
	int found;
	while ((found = __atomic_load_n(&ended, __ATOMIC_SEQ_CST)) < THREADS)
		wait32(&ended, found);
	print("data ", (unsigned)data);
	print("main's own ", (unsigned)own);
	print("zero ", (unsigned)zero);
}
