/* mkstemp, mkdtemp, tmpfile and their kin. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How many names are tried: each is one of 2^30. */
#define ATTEMPTS_MAX 100
#define NAME_LEN 6

/* Fills in a name that is likely to be new. */
static int fill(char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz012345";
	uint32_t bits;
	if (getentropy(&bits, sizeof bits))
		return -1;
	for (int i = 0; i < NAME_LEN; i++, bits >>= 5)
		name[i] = letters[bits & 31];
	return 0;
}

/* Makes something by a name that is new; what make returns, or -1. */
static int make_new(char *template, int suffix_len, int flags, int (*make)(const char *, int))
{
	size_t len = strlen(template);
	if (suffix_len < 0 || len < (size_t)suffix_len + NAME_LEN) {
		errno = EINVAL;
		return -1;
	}
	char *name = template + len - (size_t)suffix_len - NAME_LEN;
	if (memcmp(name, "XXXXXX", NAME_LEN) != 0) {
		errno = EINVAL;
		return -1;
	}
	for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
		if (fill(name))
			break;
		int made = make(template, flags);
		if (made != -1)
			return made;
		if (errno != EEXIST)
			break;
	}
	memcpy(name, "XXXXXX", NAME_LEN);
	return -1;
}

static int make_file(const char *path, int flags)
{
	return open(path, flags | O_RDWR | O_CREAT | O_EXCL, 0600);
}

static int make_directory(const char *path, int unused)
{
	(void)unused;
	return mkdir(path, 0700);
}

int mkostemps(char *template, int suffix_len, int flags)
{
	return make_new(template, suffix_len, flags & ~O_ACCMODE, make_file);
}

int mkstemps(char *template, int suffix_len)
{
	return mkostemps(template, suffix_len, 0);
}

int mkostemp(char *template, int flags)
{
	return mkostemps(template, 0, flags);
}

int mkstemp(char *template)
{
	return mkostemps(template, 0, 0);
}

char *mkdtemp(char *template)
{
	return make_new(template, 0, 0, make_directory) == -1 ? NULL : template;
}

/* A program may have been given no /tmp, so the current directory serves, too. */
FILE *tmpfile(void)
{
	static const char *const templates[] = { "/tmp/tmpfile-XXXXXX", "tmpfile-XXXXXX" };
	for (size_t i = 0; i < sizeof templates / sizeof *templates; i++) {
		char path[32];
		strcpy(path, templates[i]);
		int file = mkstemp(path);
		if (file == -1)
			continue;
		unlink(path);
		FILE *stream = fdopen(file, "w+");
		if (stream == NULL)
			close(file);
		return stream;
	}
	return NULL;
}

int getpagesize(void)
{
	return (int)sysconf(_SC_PAGESIZE);
}
