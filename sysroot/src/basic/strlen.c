/* strlen, by words: a word that is aligned never crosses the end of memory. */
#include <stdint.h>
#include <string.h>

typedef uint64_t __attribute__((__may_alias__)) word;

#define ONES (UINT64_MAX / 255)
#define HAS_ZERO(x) (((x) - ONES) & ~(x) & ONES * 128)

size_t strlen(const char *string)
{
	const char *at = string;
	for (; (uintptr_t)at % sizeof(word); at++)
		if (!*at)
			return at - string;
	const word *words = (const void *)at;
	while (!HAS_ZERO(*words))
		words++;
	at = (const void *)words;
	while (*at)
		at++;
	return at - string;
}
