/* musl asks a cache of users and groups besides /etc/passwd. There is none. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

FILE *__nscd_query(int32_t request, const char *key, int32_t *answer, size_t size, int *swap)
{
	(void)request, (void)key, (void)answer, (void)size, (void)swap;
	errno = 0;
	return 0;
}
