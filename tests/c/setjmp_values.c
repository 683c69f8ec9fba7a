// setjmp returns 0 at first, then what longjmp is given, with 1 in place of 0;
// from any depth, as often as one likes, and to the newest call for a buffer.
//
// SKIP: wasi-sdk: its C library has no setjmp
// STDOUT:
//   0 1 1 5 -7
//   from 100 calls deep: 3
//   the outer one: 2
//   10000 jumps
#include "check.h"

#include <setjmp.h>

static jmp_buf place, outer;

static int deep(int depth);
static int (*volatile deeper)(int) = deep;

static int deep(int depth)
{
	if (depth == 0)
		longjmp(place, 3);
	return deeper(depth - 1) + 1;
}

__attribute__((noinline))
static void passes_by(void)
{
	/* This function's own buffer is not the one that is jumped to. */
	if (setjmp(place) == 0)
		longjmp(outer, 2);
	puts("NOT HERE");
}

int main(void)
{
	static const int values[] = { 0, 1, 5, -7 };
	volatile int next = 0;
	int value = setjmp(place);
	printf("%d%c", value, next < 4 ? ' ' : '\n');
	if (next < 4)
		longjmp(place, values[next++]);

	value = setjmp(place);
	if (value == 0)
		value = deep(100);
	printf("from 100 calls deep: %d\n", value);

	value = setjmp(outer);
	if (value == 0)
		passes_by();
	printf("the outer one: %d\n", value);

	volatile int jumps = 0;
	setjmp(place);
	if (jumps < 10000) {
		jumps++;
		longjmp(place, 1);
	}
	printf("%d jumps\n", jumps);
}
