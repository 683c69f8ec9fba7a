// A program that is given no variables has none, and can set some.
// STDOUT:
//   0 variables
//   1 variables
// SKIP: native: it is given those of the tests
#include "check.h"
#include <unistd.h>

static void show(void)
{
	int count = 0;
	for (char **at = environ; at && *at; at++)
		count++;
	printf("%d variables\n", count);
}

int main(void)
{
	show();
	CHECK(getenv("PATH") == NULL);
	CHECK(setenv("NAME", "value", 1) == 0);
	show();
}
