// A program's own call by a pointer of another type traps. The report says which function it was, its
// type, and the one that the pointer has.
// EXIT: 134
// STDERR-CONTAINS: thread 1 `main` trapped: it called a function by a pointer of another type
// STDERR-CONTAINS: `worker` is a function of the type `() -> ()`
// STDERR-CONTAINS: called as one of the type `(i32) -> i32`
// SKIP: native: does not see it
// SKIP: stock: says less
#include <stdio.h>

typedef int (*function)(int);

static void worker(void)
{
	printf("called\n");
}

int main(int argc, char **argv)
{
	(void)argv;
	function volatile pointer = (function)(void *)worker;
	return pointer(argc);
}
