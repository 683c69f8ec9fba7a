// freopen sends what is printed from then on to a file, and takes what was printed
// before to where it was going.
// DIR:
// STDOUT:
//   before
#include "files.h"

int main(void)
{
	printf("before\n");
	CHECK(freopen("file", "w", stdout) == stdout);
	printf("after");
	CHECK(fflush(stdout) == 0);
	CHECK(fileno(stdout) == STDOUT_FILENO);
	CHECK(write(STDOUT_FILENO, "!", 1) == 1);
	CHECK(strcmp(text_of("file"), "after!") == 0);
	CHECK(freopen("file", "r", stdin) == stdin);
	char text[16];
	CHECK(fgets(text, sizeof text, stdin) && strcmp(text, "after!") == 0);
	CHECK(freopen("missing", "r", stdin) == NULL && errno == ENOENT);
}
