/*
 * syslog. There is no log to write to, so a message goes where LOG_PERROR also
 * sends it: to the standard error output, whether or not that was asked for.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <features.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

/* A message is cut off here. */
enum { MESSAGE_MAX = 1024, IDENT_MAX = 32 };

static char ident[IDENT_MAX];
static int mask = 0xff, options;

weak int setlogmask(int new)
{
	int old = mask;
	if (new)
		mask = new;
	return old;
}

weak void openlog(const char *name, int new_options, int facility)
{
	(void)facility;
	strncpy(ident, name ? name : "", IDENT_MAX - 1);
	options = new_options;
}

weak void closelog(void) {}

weak void vsyslog(int priority, const char *format, va_list arguments)
{
	int error = errno;
	char message[MESSAGE_MAX];
	if (!(mask & LOG_MASK(LOG_PRI(priority))))
		return;
	int size = snprintf(message, sizeof message, "%s", ident);
	if (options & LOG_PID)
		size += snprintf(message + size, sizeof message - size, "[%d]", (int)getpid());
	if (size)
		size += snprintf(message + size, sizeof message - size, ": ");
	/* `%m` means errno. */
	errno = error;
	int more = vsnprintf(message + size, sizeof message - size, format, arguments);
	size = more < 0 ? size : size + more;
	if (size > MESSAGE_MAX - 2)
		size = MESSAGE_MAX - 2;
	if (!size || message[size - 1] != '\n')
		message[size++] = '\n';
	/* SWITCH: the output may wait. */
	write(STDERR_FILENO, message, size);
	errno = error;
}

weak void syslog(int priority, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vsyslog(priority, format, arguments);
	va_end(arguments);
}
