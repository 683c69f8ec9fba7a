// The program's name, as messages have it.
// STDERR-CONTAINS: program_name
// STDERR-CONTAINS: : 5 things: No such file or directory
// SKIP: wasi-sdk: has no err.h
// SKIP: plain: has no err.h
// SKIP: stock: has no err.h
#include "check.h"
#include <err.h>
#include <errno.h>
#include <string.h>

int main(void)
{
	CHECK(strstr(program_invocation_name, program_invocation_short_name) != NULL);
	CHECK(strchr(program_invocation_short_name, '/') == NULL);
	errno = ENOENT;
	warn("%d things", 5);
}
