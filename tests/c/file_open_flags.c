// Each flag of open: when it makes a file, empties it, or refuses.
// DIR:
// STDOUT:
//   open("new", O_RDONLY): ENOENT
//   open("new", O_RDONLY | O_CREAT, 0644): opened
//   new: ``
//   open("new", O_RDWR | O_CREAT | O_EXCL, 0644): EEXIST
//   open("other", O_RDWR | O_CREAT | O_EXCL, 0644): opened
//   open("text", O_WRONLY | O_CREAT, 0644): opened
//   text: `some text`
//   open("text", O_WRONLY | O_CREAT | O_EXCL | O_TRUNC, 0644): EEXIST
//   text: `some text`
//   open("text", O_WRONLY | O_TRUNC): opened
//   text: ``
//   open("missing", O_WRONLY | O_TRUNC): ENOENT
//   mkdir("folder", 0755): 0
//   open("folder", O_RDONLY): opened
//   open("folder", O_RDONLY | O_DIRECTORY): opened
//   open("folder", O_WRONLY): EISDIR
//   open("folder", O_RDWR): EISDIR
//   open("folder", O_RDONLY | O_CREAT, 0644): EISDIR
//   open("folder", O_RDONLY | O_CREAT | O_EXCL, 0644): EEXIST
//   open("text", O_RDONLY | O_DIRECTORY): ENOTDIR
//   open("missing", O_RDONLY | O_DIRECTORY): ENOENT
//   symlink("text", "link"): 0
//   open("link", O_RDONLY): opened
//   open("link", O_RDONLY | O_NOFOLLOW): ELOOP
//   open("link", O_RDWR | O_CREAT | O_EXCL, 0644): EEXIST
//   open("text", O_RDONLY | O_NOFOLLOW): opened
//   symlink("folder", "link-to-folder"): 0
//   open("link-to-folder", O_RDONLY | O_DIRECTORY): opened
//   open("link-to-folder/", O_RDONLY | O_DIRECTORY | O_NOFOLLOW): opened
#include "files.h"

int main(void)
{
	SHOW_OPEN(open("new", O_RDONLY));
	SHOW_OPEN(open("new", O_RDONLY | O_CREAT, 0644));
	show_file("new");
	SHOW_OPEN(open("new", O_RDWR | O_CREAT | O_EXCL, 0644));
	SHOW_OPEN(open("other", O_RDWR | O_CREAT | O_EXCL, 0644));

	make_file("text", "some text");
	SHOW_OPEN(open("text", O_WRONLY | O_CREAT, 0644));
	show_file("text");
	SHOW_OPEN(open("text", O_WRONLY | O_CREAT | O_EXCL | O_TRUNC, 0644));
	show_file("text");
	SHOW_OPEN(open("text", O_WRONLY | O_TRUNC));
	show_file("text");
	SHOW_OPEN(open("missing", O_WRONLY | O_TRUNC));

	SHOW(mkdir("folder", 0755));
	SHOW_OPEN(open("folder", O_RDONLY));
	SHOW_OPEN(open("folder", O_RDONLY | O_DIRECTORY));
	SHOW_OPEN(open("folder", O_WRONLY));
	SHOW_OPEN(open("folder", O_RDWR));
	SHOW_OPEN(open("folder", O_RDONLY | O_CREAT, 0644));
	SHOW_OPEN(open("folder", O_RDONLY | O_CREAT | O_EXCL, 0644));
	SHOW_OPEN(open("text", O_RDONLY | O_DIRECTORY));
	SHOW_OPEN(open("missing", O_RDONLY | O_DIRECTORY));

	SHOW(symlink("text", "link"));
	SHOW_OPEN(open("link", O_RDONLY));
	SHOW_OPEN(open("link", O_RDONLY | O_NOFOLLOW));
	SHOW_OPEN(open("link", O_RDWR | O_CREAT | O_EXCL, 0644));
	SHOW_OPEN(open("text", O_RDONLY | O_NOFOLLOW));
	SHOW(symlink("folder", "link-to-folder"));
	SHOW_OPEN(open("link-to-folder", O_RDONLY | O_DIRECTORY));
	/* ENOTDIR on Linux, ELOOP by POSIX. */
	CHECK(open("link-to-folder", O_RDONLY | O_DIRECTORY | O_NOFOLLOW) == -1);
	CHECK(errno == ENOTDIR || errno == ELOOP);
	SHOW_OPEN(open("link-to-folder/", O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
}
