// A path of more than 4095 bytes is refused with ENAMETOOLONG, and one of 4095 is
// not.
// DIR:
// STDOUT:
//   open(path, O_RDONLY): opened
//   stat(path, &found): 0
//   lstat(path, &found): 0
//   access(path, F_OK): 0
//   open(path, O_RDONLY): ENAMETOOLONG
//   stat(path, &found): ENAMETOOLONG
//   lstat(path, &found): ENAMETOOLONG
//   access(path, F_OK): ENAMETOOLONG
//   rename("file", path): ENAMETOOLONG
//   link("file", path): ENAMETOOLONG
//   mkdir(path, 0755): ENAMETOOLONG
//   rmdir(path): ENAMETOOLONG
//   unlink(path): ENAMETOOLONG
//   open(path, O_RDONLY): ENAMETOOLONG
//   symlink(target, "link"): ENAMETOOLONG
//   file: `text`
// FAILS: stock: its preview1 takes paths that are too long, but where it opens files
#include "files.h"

static char path[5001], target[5001];

/* `size` bytes: dots and slashes, then "file". */
static void fill(size_t size)
{
	for (size_t at = 0; at < size - 4; at++)
		path[at] = "./"[at % 2];
	if (size % 2)
		path[size - 5] = '/';
	memcpy(path + size - 4, "file", 5);
}

int main(void)
{
	struct stat found;
	make_file("file", "text");
	fill(4095);
	SHOW_OPEN(open(path, O_RDONLY));
	SHOW(stat(path, &found));
	SHOW(lstat(path, &found));
	SHOW(access(path, F_OK));
	fill(4096);
	SHOW_OPEN(open(path, O_RDONLY));
	SHOW(stat(path, &found));
	SHOW(lstat(path, &found));
	SHOW(access(path, F_OK));
	SHOW(rename("file", path));
	SHOW(link("file", path));
	SHOW(mkdir(path, 0755));
	SHOW(rmdir(path));
	SHOW(unlink(path));
	fill(5000);
	SHOW_OPEN(open(path, O_RDONLY));
	memset(target, 't', 5000);
	SHOW(symlink(target, "link"));
	show_file("file");
}
