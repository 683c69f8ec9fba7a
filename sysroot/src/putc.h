/*
 * The body of putc, fputc and putchar. A character that fits into the buffer needs
 * no lock if no thread holds the FILE, for the reason in getc.h.
 */
#include "stdio_impl.h"

static __attribute__((__noinline__)) int locking_putc(int c, FILE *f)
{
	FLOCK(f);
	c = putc_unlocked(c, f);
	FUNLOCK(f);
	return c;
}

static inline int do_putc(int c, FILE *f)
{
	if (f->lock <= 0 && (unsigned char)c != f->lbf && f->wpos != f->wend)
		return *f->wpos++ = (unsigned char)c;
	return locking_putc(c, f);
}
