/* The name of the program. musl has it from the kernel; here the arguments are asked for, if a
 * program links this. */
#define _GNU_SOURCE
#include <features.h>
#include <stdlib.h>
#include <string.h>
#include <wasi/api.h>

char *__progname = "", *__progname_full = "";
weak_alias(__progname, program_invocation_short_name);
weak_alias(__progname_full, program_invocation_name);

__attribute__((constructor(100))) static void name(void)
{
	size_t count, size;
	if (__wasi_args_sizes_get(&count, &size) != 0 || count == 0)
		return;
	uint8_t **arguments = malloc(count * sizeof *arguments), *text = malloc(size);
	if (arguments != NULL && text != NULL && __wasi_args_get(arguments, text) == 0) {
		char *slash = strrchr((char *)arguments[0], '/');
		__progname_full = (char *)arguments[0];
		__progname = slash != NULL ? slash + 1 : __progname_full;
	} else {
		free(text);
	}
	free(arguments);
}
