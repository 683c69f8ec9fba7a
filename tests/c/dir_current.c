// chdir changes where relative paths begin, and getcwd tells where that is.
// DIR:
// STDOUT:
//   chdir("folder"): 0
//   at `/folder`
//   file: `inside`
//   ../file: `above`
//   chdir("below"): 0
//   at `/folder/below`
//   ../file: `inside`
//   ../../file: `above`
//   chdir("../.."): 0
//   folder/below/new: `new`
//   chdir("missing"): ENOENT
//   chdir("new"): ENOENT
//   chdir("new/below"): ENOENT
//   file: `above`
//   chdir(above): 0
//   file: `above`
//   chdir("."): 0
//   file: `above`
//   chdir("folder/below"): 0
//   getcwd(path, 1): ERANGE
//   chdir(above): 0
#include "files.h"

static char above[4096];

static void show(void)
{
	char path[4096];
	CHECK(getcwd(path, sizeof path) == path);
	/* The folder that the program begins in may be anywhere, also at the root. */
	size_t size = strcmp(above, "/") == 0 ? 0 : strlen(above);
	CHECK(strncmp(path, above, size) == 0);
	printf("at `%s`\n", path + size);
}

int main(void)
{
	char path[4096];
	CHECK(getcwd(above, sizeof above) == above);
	CHECK(mkdir("folder", 0755) == 0 && mkdir("folder/below", 0755) == 0);
	make_file("file", "above");
	make_file("folder/file", "inside");
	CHECK(symlink("folder", "link") == 0);

	SHOW(chdir("folder"));
	show();
	show_file("file");
	show_file("../file");
	SHOW(chdir("below"));
	show();
	show_file("../file");
	show_file("../../file");
	make_file("new", "new");
	SHOW(chdir("../.."));
	show_file("folder/below/new");
	SHOW(chdir("missing"));
	SHOW(chdir("new"));
	SHOW(chdir("new/below"));
	show_file("file");
	SHOW(chdir(above));
	show_file("file");
	SHOW(chdir("."));
	show_file("file");

	SHOW(chdir("folder/below"));
	SHOW_POINTER(getcwd(path, 1));
	SHOW(chdir(above));
	char *own = getcwd(NULL, 0);
	CHECK(own != NULL && strcmp(own, above) == 0);
	free(own);
}
