/*
 * Copies. Long ones are an instruction of the engine, which costs a call out of
 * compiled code; short ones are a few loads and stores. Addresses need no
 * alignment in wasm.
 */
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <features.h>

/* Up to so many bytes, the instruction is slower. */
enum { SHORT_MAX = 32 };

typedef uint64_t __attribute__((__may_alias__, __aligned__(1))) eight;
typedef uint32_t __attribute__((__may_alias__, __aligned__(1))) four;
typedef uint16_t __attribute__((__may_alias__, __aligned__(1))) two;

/* All is read before anything is written, so the two may overlap. */
static void move_short(unsigned char *to, const unsigned char *from, size_t n)
{
	if (n > 16) {
		uint64_t a = *(eight *)from, b = *(eight *)(from + 8);
		uint64_t c = *(eight *)(from + n - 16), d = *(eight *)(from + n - 8);
		*(eight *)to = a;
		*(eight *)(to + 8) = b;
		*(eight *)(to + n - 16) = c;
		*(eight *)(to + n - 8) = d;
	} else if (n >= 8) {
		uint64_t a = *(eight *)from, b = *(eight *)(from + n - 8);
		*(eight *)to = a;
		*(eight *)(to + n - 8) = b;
	} else if (n >= 4) {
		uint32_t a = *(four *)from, b = *(four *)(from + n - 4);
		*(four *)to = a;
		*(four *)(to + n - 4) = b;
	} else if (n >= 2) {
		uint16_t a = *(two *)from, b = *(two *)(from + n - 2);
		*(two *)to = a;
		*(two *)(to + n - 2) = b;
	} else if (n) {
		*to = *from;
	}
}

weak void *memmove(void *to, const void *from, size_t n)
{
	if (n > SHORT_MAX)
		return __builtin_memmove(to, from, n);
	move_short(to, from, n);
	return to;
}

weak void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
	if (n > SHORT_MAX)
		return __builtin_memcpy(to, from, n);
	move_short(to, from, n);
	return to;
}

weak void bzero(void *to, size_t n)
{
	memset(to, 0, n);
}
