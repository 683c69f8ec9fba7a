/*
 * files.h - what the test programs of files share.
 *
 * Such a program makes its files in a folder of its own, which is empty when it
 * begins (`DIR:` in its header). SHOW prints a call as it stands in the source,
 * and its result or the name of its error; so what the header expects reads like
 * a page of a manual.
 */
#ifndef FILES_H
#define FILES_H

#include "check.h"
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* Prints the call and its result, or the name of its error if it is -1. */
#define SHOW(call) \
	do { \
		errno = 0; \
		long long result_ = (call); \
		show_result(#call, result_, errno); \
	} while (0)

/* Prints the call, which opens a file, and whether it does; then closes the file. */
#define SHOW_OPEN(call) \
	do { \
		errno = 0; \
		int descriptor_ = (call); \
		if (descriptor_ == -1) \
			show_result(#call, -1, errno); \
		else \
			printf("%s: opened\n", #call), close(descriptor_); \
	} while (0)

/* For calls that return the error. */
#define SHOW_RETURNED(call) \
	do { \
		int error_ = (call); \
		printf("%s: %s\n", #call, error_ ? error_name(error_) : "0"); \
	} while (0)

/* Prints the call, and whether it returns a pointer or what error there is. */
#define SHOW_POINTER(call) \
	do { \
		errno = 0; \
		const void *result_ = (call); \
		printf("%s: %s\n", #call, result_ ? "done" : error_name(errno)); \
	} while (0)

__attribute__((unused))
static const char *error_name(int error)
{
#define NAME(name) if (error == name) return #name
	NAME(EACCES); NAME(EAGAIN); NAME(EBADF); NAME(EBUSY); NAME(EEXIST); NAME(EFAULT);
	NAME(EFBIG); NAME(EILSEQ); NAME(EINTR); NAME(EINVAL); NAME(EIO); NAME(EISDIR);
	NAME(ELOOP); NAME(EMFILE); NAME(EMLINK); NAME(ENAMETOOLONG); NAME(ENOENT);
	NAME(ENOMEM); NAME(ENOSPC); NAME(ENOSYS); NAME(ENOTDIR); NAME(ENOTEMPTY);
	NAME(ENOTSOCK); NAME(ENOTSUP); NAME(ENOTTY); NAME(ENXIO); NAME(EOVERFLOW);
	NAME(EPERM); NAME(EPIPE); NAME(ERANGE); NAME(EROFS); NAME(ESPIPE); NAME(ETXTBSY);
	NAME(EXDEV); NAME(ENODEV); NAME(ENOTCONN); NAME(EDESTADDRREQ); NAME(EAFNOSUPPORT);
	NAME(EPROTONOSUPPORT); NAME(ENOPROTOOPT);
#ifdef ENOTCAPABLE
	NAME(ENOTCAPABLE);
#endif
#undef NAME
	static char number[32];
	snprintf(number, sizeof number, error ? "error %d" : "no error", error);
	return number;
}

__attribute__((unused))
static void show_result(const char *call, long long result, int error)
{
	if (result == -1)
		printf("%s: %s\n", call, error_name(error));
	else
		printf("%s: %lld\n", call, result);
}

/* Makes a file with this text, or writes over what is there. */
__attribute__((unused))
static void make_file(const char *name, const char *text)
{
	int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	CHECK(file >= 0);
	CHECK(write(file, text, strlen(text)) == (ssize_t)strlen(text));
	CHECK(close(file) == 0);
}

/* The text of a file of up to 255 bytes, with a dot for each byte that is zero. It
 * stands until the next call. */
__attribute__((unused))
static const char *text_of(const char *name)
{
	static char text[256];
	int file = open(name, O_RDONLY);
	if (file == -1)
		return error_name(errno);
	ssize_t size = read(file, text, sizeof text - 1);
	close(file);
	if (size < 0)
		return error_name(errno);
	for (ssize_t at = 0; at < size; at++)
		text[at] = text[at] ? text[at] : '.';
	text[size] = 0;
	return text;
}

/* Prints the name and the text in it. */
__attribute__((unused))
static void show_file(const char *name)
{
	printf("%s: `%s`\n", name, text_of(name));
}

/* Reads up to `size` bytes and prints them, or the error. */
__attribute__((unused))
static void show_read(int file, size_t size)
{
	char bytes[256];
	CHECK(size < sizeof bytes);
	memset(bytes, '#', sizeof bytes);
	errno = 0;
	ssize_t count = read(file, bytes, size);
	if (count < 0) {
		printf("read: %s\n", error_name(errno));
		return;
	}
	for (ssize_t at = 0; at < count; at++)
		bytes[at] = bytes[at] ? bytes[at] : '.';
	printf("read: %d `%.*s`\n", (int)count, (int)count, bytes);
}

#endif /* FILES_H */
