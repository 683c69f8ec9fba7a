/*
 * The body of getc, fgetc and getchar.
 *
 * No other thread can run between the test and the read. So a character in the
 * buffer needs no lock if no thread holds the FILE.
 */
#include "stdio_impl.h"

static __attribute__((__noinline__)) int locking_getc(FILE *f)
{
	FLOCK(f);
	int c = getc_unlocked(f);
	FUNLOCK(f);
	return c;
}

static inline int do_getc(FILE *f)
{
	if (f->lock <= 0 && f->rpos != f->rend)
		return *f->rpos++;
	return locking_getc(f);
}
