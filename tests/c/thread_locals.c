// Thread-local variables start from their initialisers in every thread, and
// keep their values across switches.
#include "check.h"
#include <sched.h>
#include <stdalign.h>
#include <stdint.h>

static _Thread_local int initialised = 7;
static _Thread_local int zero;
static _Thread_local alignas(64) char aligned[64];

static void *use(void *number)
{
	CHECK(initialised == 7 && zero == 0);
	CHECK((uintptr_t)aligned % 64 == 0);
	for (int i = 0; i < 20; i++) {
		CHECK(zero == i * AS_NUMBER(number));
		zero += AS_NUMBER(number);
		initialised = zero;
		sched_yield();
		CHECK(initialised == zero);
	}
	return &zero;
}

int main(void)
{
	pthread_t threads[5];
	for (int i = 0; i < 5; i++)
		threads[i] = start(use, NUMBER(i + 1));
	for (int i = 0; i < 5; i++)
		CHECK(finish(threads[i]) != &zero);
	use(NUMBER(9));
}
