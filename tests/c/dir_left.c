// A path that leads out of the program's folder is refused, and said when the program has failed.
// EXIT: 1
// DIR:
// STDOUT:
//   file: `text`
//   open("../file", O_RDONLY): refused
// STDERR-CONTAINS: note: a program finds the files in its folders; found that it asked for `../file` and that it has `/` only; run it with `--dir ..`
// SKIP: native: it has the folder above
#include "files.h"

int main(void)
{
	make_file("file", "text");
	show_file("file");
	/* Hosts differ in the errno. */
	int file = open("../file", O_RDONLY);
	printf("open(\"../file\", O_RDONLY): %s\n", file == -1 ? "refused" : "opened");
	return 1;
}
