// A program that never heard of threads: arguments, output, exit code.
// EXIT: 5
// ARGS: one two
// STDOUT:
//   3 words: one two
#include <stdio.h>

int main(int argc, char **argv)
{
	printf("%d words: %s %s\n", argc, argv[1], argv[2]);
	return 5;
}
