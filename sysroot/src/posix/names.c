/* Names of new files, of the system and of the user. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <features.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A name is tried so often. */
enum { ATTEMPTS_MAX = 100, X_COUNT = 6 };

/* Fills in the six X at the end of a name, so that no file has the name yet. */
weak char *mktemp(char *template)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz012345";
	size_t size = strlen(template);
	struct stat file;
	if (size < X_COUNT || memcmp(template + size - X_COUNT, "XXXXXX", X_COUNT) != 0) {
		errno = EINVAL;
		*template = 0;
		return template;
	}
	for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
		unsigned bits;
		if (getentropy(&bits, sizeof bits))
			break;
		for (int at = 0; at < X_COUNT; at++, bits >>= 5)
			template[size - X_COUNT + at] = letters[bits & 31];
		if (lstat(template, &file) && errno == ENOENT)
			return template;
		errno = EEXIST;
	}
	*template = 0;
	return template;
}

weak char *tmpnam(char *to)
{
	static char own[L_tmpnam];
	char name[L_tmpnam] = "/tmp/tmpnam_XXXXXX";
	return *mktemp(name) ? strcpy(to ? to : own, name) : 0;
}

weak char *tempnam(const char *folder, const char *prefix)
{
	char *name;
	if (asprintf(&name, "%s/%.5sXXXXXX", folder ? folder : P_tmpdir, prefix ? prefix : "temp") < 0)
		return 0;
	if (*mktemp(name))
		return name;
	free(name);
	return 0;
}

/* No program has rights here that whoever starts it lacks. */
weak char *secure_getenv(const char *name)
{
	return getenv(name);
}

/* All writes have reached the host when they return. */
weak void sync(void) {}
weak int syncfs(int file) { return fcntl(file, F_GETFD) < 0 ? -1 : 0; }

weak int lockf(int file, int operation, off_t size)
{
	(void)operation, (void)size;
	errno = fcntl(file, F_GETFD) < 0 ? EBADF : ENOLCK;
	return -1;
}
