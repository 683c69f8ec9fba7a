/* Comparisons of strings, with and without their case. */
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <features.h>

weak int strcmp(const char *a, const char *b)
{
	for (; *a == *b && *a; a++, b++);
	return *(const unsigned char *)a - *(const unsigned char *)b;
}

weak int strncmp(const char *a, const char *b, size_t n)
{
	if (!n)
		return 0;
	for (; --n && *a == *b && *a; a++, b++);
	return *(const unsigned char *)a - *(const unsigned char *)b;
}

weak int strncasecmp(const char *left, const char *right, size_t n)
{
	const unsigned char *a = (const void *)left, *b = (const void *)right;
	if (!n)
		return 0;
	for (; --n && *a && *b && (*a == *b || tolower(*a) == tolower(*b)); a++, b++);
	return tolower(*a) - tolower(*b);
}

weak int strcasecmp(const char *a, const char *b)
{
	return strncasecmp(a, b, (size_t)-1);
}

int __strcasecmp_l(const char *a, const char *b, locale_t locale)
{
	(void)locale;
	return strcasecmp(a, b);
}
weak_alias(__strcasecmp_l, strcasecmp_l);

int __strncasecmp_l(const char *a, const char *b, size_t n, locale_t locale)
{
	(void)locale;
	return strncasecmp(a, b, n);
}
weak_alias(__strncasecmp_l, strncasecmp_l);
