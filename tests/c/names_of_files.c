// realpath resolves links and dots; mktemp and tempnam make names that are new.
// DIR:
// SKIP: wasi-sdk: wasi-libc has none of it
// SKIP: native: its folder has another path
// STDOUT:
//   folder/../link: /folder/file
#include "files.h"
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
	char template[] = "name-XXXXXX", short_template[] = "XXXXX";
	CHECK(mkdir("folder", 0700) == 0);
	make_file("folder/file", "x");
	CHECK(symlink("folder/./file", "link") == 0);
	char *path = realpath("folder/../link", NULL);
	CHECK(path != NULL);
	printf("folder/../link: %s\n", path);
	free(path);
	CHECK(realpath("none", NULL) == NULL && errno == ENOENT);

	CHECK(mktemp(template) == template && access(template, F_OK) == -1);
	CHECK(strncmp(template, "name-", 5) == 0 && strcmp(template + 5, "XXXXXX") != 0);
	CHECK(*mktemp(short_template) == 0 && errno == EINVAL);
	char *name = tempnam(".", "abcdefgh");
	CHECK(name != NULL && strncmp(name, "./abcde", 7) == 0 && strlen(name) == 13);
	free(name);
}
