// getcwd tells a path without dots and double slashes, however chdir came there.
// DIR:
// STDOUT:
//   chdir("./folder/./below//"): 0
//   at `/folder/below`
//   chdir(".."): 0
//   at `/folder`
//   chdir("below/../../folder/below/."): 0
//   at `/folder/below`
//   chdir("."): 0
//   at `/folder/below`
//   chdir("./"): 0
//   at `/folder/below`
//   getcwd(path, 0): EINVAL
//   at `/folder/below`
// FAILS: coopt: wasi-libc keeps the words of chdir as they are
// FAILS: wasi-sdk: wasi-libc keeps the words of chdir as they are
// FAILS: wasmtime: wasi-libc keeps the words of chdir as they are
// FAILS: stock: wasi-libc keeps the words of chdir as they are
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
	SHOW(chdir("./folder/./below//"));
	show();
	SHOW(chdir(".."));
	show();
	SHOW(chdir("below/../../folder/below/."));
	show();
	SHOW(chdir("."));
	show();
	SHOW(chdir("./"));
	show();
	SHOW_POINTER(getcwd(path, 0));
	/* However often it changes there and back. */
	for (int i = 0; i < 5000; i++)
		CHECK(chdir("..") == 0 && chdir("below") == 0);
	show();
}
