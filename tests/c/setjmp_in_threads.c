// Threads jump each in their own frames, with switches to the others between
// setjmp and longjmp, and keep their values.
//
// SKIP: wasi-sdk: its C library has no setjmp
// STDOUT:
//   8 threads jumped 50 times
#include "check.h"

#include <sched.h>
#include <setjmp.h>

static int jumped[8];

static void jump(jmp_buf place, int value)
{
	sched_yield();
	longjmp(place, value);
}

static void *run(void *argument)
{
	int self = AS_NUMBER(argument);
	jmp_buf place;
	int value = setjmp(place);
	CHECK(value == 0 || value == self * 1000 + jumped[self]);
	sched_yield();
	if (jumped[self] < 50) {
		jumped[self]++;
		jump(place, self * 1000 + jumped[self]);
	}
	return NUMBER(self);
}

int main(void)
{
	pthread_t threads[8];
	for (int i = 0; i < 8; i++)
		threads[i] = start(run, NUMBER(i));
	for (int i = 0; i < 8; i++) {
		CHECK(AS_NUMBER(finish(threads[i])) == i);
		CHECK(jumped[i] == 50);
	}
	puts("8 threads jumped 50 times");
}
