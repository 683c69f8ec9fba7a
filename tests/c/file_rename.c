// rename takes the place of what has the new name, if that is of the same kind,
// and leaves all as it was if it cannot.
// DIR:
// STDOUT:
//   rename("one", "two"): 0
//   one: `ENOENT`
//   two: `first`
//   read: 6 `second`
//   rename("two", "two"): 0
//   two: `first`
//   rename("two", "three"): 0
//   write(moved, "!", 1): 1
//   three: `first!`
//   mkdir("folder", 0755): 0
//   rename("folder", "renamed"): 0
//   folder/inside: `ENOENT`
//   renamed/inside: `text`
//   rename("renamed/inside", "outside"): 0
//   outside: `text`
//   mkdir("empty", 0755): 0
//   rename("renamed", "empty"): 0
//   empty/again: `text`
//   access("renamed", F_OK): ENOENT
//   mkdir("other", 0755): 0
//   rename("other", "empty"): ENOTEMPTY
//   rename("three", "other"): EISDIR
//   rename("other", "three"): ENOTDIR
//   rename("other", "other/below"): EINVAL
//   rename("empty/again", "missing/again"): ENOENT
//   rename("missing", "new"): ENOENT
//   rename("three/below", "new"): ENOTDIR
//   link("three", "name"): 0
//   rename("three", "name"): 0
//   three: `first!`
//   name: `first!`
//   symlink("three", "link"): 0
//   rename("link", "moved-link"): 0
//   moved-link: `first!`
//   three: `first!`
//   rename("name", "moved-link"): 0
//   moved-link: `first!`
//   three: `first!`
//   outside: `text`
#include "files.h"

int main(void)
{
	make_file("one", "first");
	make_file("two", "second");
	int two = open("two", O_RDWR);
	SHOW(rename("one", "two"));
	show_file("one");
	show_file("two");
	show_read(two, 10);
	SHOW(rename("two", "two"));
	show_file("two");

	int moved = open("two", O_RDWR | O_APPEND);
	SHOW(rename("two", "three"));
	SHOW(write(moved, "!", 1));
	show_file("three");

	SHOW(mkdir("folder", 0755));
	make_file("folder/inside", "text");
	SHOW(rename("folder", "renamed"));
	show_file("folder/inside");
	show_file("renamed/inside");
	SHOW(rename("renamed/inside", "outside"));
	show_file("outside");
	SHOW(mkdir("empty", 0755));
	make_file("renamed/again", "text");
	SHOW(rename("renamed", "empty"));
	show_file("empty/again");
	SHOW(access("renamed", F_OK));

	SHOW(mkdir("other", 0755));
	SHOW(rename("other", "empty"));
	SHOW(rename("three", "other"));
	SHOW(rename("other", "three"));
	SHOW(rename("other", "other/below"));
	SHOW(rename("empty/again", "missing/again"));
	SHOW(rename("missing", "new"));
	SHOW(rename("three/below", "new"));

	SHOW(link("three", "name"));
	SHOW(rename("three", "name"));
	show_file("three");
	show_file("name");
	SHOW(symlink("three", "link"));
	SHOW(rename("link", "moved-link"));
	show_file("moved-link");
	show_file("three");
	SHOW(rename("name", "moved-link"));
	show_file("moved-link");
	show_file("three");
	show_file("outside");
}
