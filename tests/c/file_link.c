// A second name of a file is as good as the first, and its names are counted.
// DIR:
// STDOUT:
//   link("one", "two"): 0
//   one: 2 names
//   write(file, "!", 1): 1
//   one: `text!`
//   unlink("one"): 0
//   one: `ENOENT`
//   two: `text!`
//   two: 1 names
//   link("two", "folder/three"): 0
//   folder/three: 2 names
//   link("two", "folder/three"): EEXIST
//   link("two", "two"): EEXIST
//   link("missing", "four"): ENOENT
//   link("two", "missing/four"): ENOENT
//   link("two/below", "four"): ENOTDIR
//   link("folder", "four"): EPERM
//   link("two", "folder"): EEXIST
//   linkat(AT_FDCWD, "link", AT_FDCWD, "same-link", 0): 0
//   link: 2 names
//   two: 2 names
#include "files.h"

static void show_names(const char *name)
{
	struct stat found;
	CHECK(lstat(name, &found) == 0);
	printf("%s: %d names\n", name, (int)found.st_nlink);
}

int main(void)
{
	make_file("one", "text");
	SHOW(link("one", "two"));
	show_names("one");
	int file = open("two", O_WRONLY | O_APPEND);
	SHOW(write(file, "!", 1));
	show_file("one");
	SHOW(unlink("one"));
	show_file("one");
	show_file("two");
	show_names("two");

	CHECK(mkdir("folder", 0755) == 0);
	SHOW(link("two", "folder/three"));
	show_names("folder/three");
	SHOW(link("two", "folder/three"));
	SHOW(link("two", "two"));
	SHOW(link("missing", "four"));
	SHOW(link("two", "missing/four"));
	SHOW(link("two/below", "four"));
	SHOW(link("folder", "four"));
	SHOW(link("two", "folder"));

	CHECK(symlink("two", "link") == 0);
	SHOW(linkat(AT_FDCWD, "link", AT_FDCWD, "same-link", 0));
	show_names("link");
	show_names("two");
}
