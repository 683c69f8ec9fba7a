// Of threads that exit at once the first ends the process, with its handlers run
// to their ends and its code.
// EXIT: 1
// STDOUT:
//   handler begins
//   handler ends
// SKIP: native: this guarantee of POSIX.1-2024 is newer than most C libraries
// SKIP: wasi-sdk: lets two threads exit at once
#include "check.h"

static void handle(void)
{
	printf("handler begins\n");
	sleep_ns(5 * MS); /* the others try */
	printf("handler ends\n");
}

static void *exit_too(void *code)
{
	if (AS_NUMBER(code) == 3)
		quick_exit(AS_NUMBER(code));
	exit(AS_NUMBER(code));
}

int main(void)
{
	CHECK(atexit(handle) == 0);
	for (int code = 1; code <= 3; code++)
		start(exit_too, NUMBER(code));
	sleep_ns(1 * MS);
	return 4;
}
