// Arguments arrive as they were given: with spaces, empty, and of any characters.
// ARG: one
// ARG: two words
// ARG:
// ARG: --an-option=1
// ARG: "quoted" 'twice' \ $HOME *
// ARG: grüße 日本語 🧵
// ARG:
// STDOUT:
//   1 `one`
//   2 `two words`
//   3 ``
//   4 `--an-option=1`
//   5 `"quoted" 'twice' \ $HOME *`
//   6 `grüße 日本語 🧵`
//   7 ``
//   One
#include "check.h"

int main(int argc, char **argv)
{
	CHECK(argv[0] != NULL && argv[0][0] != 0);
	CHECK(argv[argc] == NULL);
	for (int i = 1; i < argc; i++)
		printf("%d `%s`\n", i, argv[i]);
	/* They may be written to. */
	argv[1][0] = 'O';
	argv[2] = argv[1];
	puts(argv[2]);
}
