/*
 * Counts the words of its arguments, a thread for each.
 *
 * The program and its static library are built by CMake, meson or autoconf, with a
 * file that `coopt toolchain` prints (its --help says how).
 */
#include <stdio.h>
#include <stdlib.h>

#include "words.h"

int main(int argc, char *argv[])
{
	int words = words_in(argc - 1, argv + 1);
	if (words < 0) {
		fprintf(stderr, "no thread could be started\n");
		return EXIT_FAILURE;
	}
	printf("%d threads, %d words\n", argc - 1, words);
}
