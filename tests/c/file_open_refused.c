// A name that cannot be opened gives the error that says why.
// DIR:
// STDOUT:
//   open("missing", O_RDONLY): ENOENT
//   open("missing/file", O_RDONLY): ENOENT
//   open("missing/file", O_WRONLY | O_CREAT, 0644): ENOENT
//   open("dangling", O_RDONLY): ENOENT
//   open("file/below", O_RDONLY): ENOTDIR
//   open("file/below", O_WRONLY | O_CREAT, 0644): ENOTDIR
//   open("file/", O_RDONLY): ENOTDIR
//   open("file/.", O_RDONLY): ENOTDIR
//   open("new/", O_WRONLY | O_CREAT, 0644): EISDIR
//   open("folder/../file", O_RDONLY): opened
//   open("missing/../file", O_RDONLY): ENOENT
//   open("file/../file", O_RDONLY): ENOTDIR
//   open("circle-1", O_RDONLY): ELOOP
//   open("circle-1/file", O_RDONLY): ELOOP
//   open("folder/.", O_RDONLY): opened
//   open("folder//..//file", O_RDONLY): opened
//   open(".", O_RDONLY): opened
//   open(".", O_WRONLY): EISDIR
//   access("new", F_OK): ENOENT
#include "files.h"

int main(void)
{
	make_file("file", "text");
	CHECK(mkdir("folder", 0755) == 0);
	CHECK(symlink("nowhere", "dangling") == 0);
	CHECK(symlink("circle-2", "circle-1") == 0);
	CHECK(symlink("circle-1", "circle-2") == 0);

	SHOW_OPEN(open("missing", O_RDONLY));
	SHOW_OPEN(open("missing/file", O_RDONLY));
	SHOW_OPEN(open("missing/file", O_WRONLY | O_CREAT, 0644));
	SHOW_OPEN(open("dangling", O_RDONLY));
	SHOW_OPEN(open("file/below", O_RDONLY));
	SHOW_OPEN(open("file/below", O_WRONLY | O_CREAT, 0644));
	SHOW_OPEN(open("file/", O_RDONLY));
	SHOW_OPEN(open("file/.", O_RDONLY));
	SHOW_OPEN(open("new/", O_WRONLY | O_CREAT, 0644));
	SHOW_OPEN(open("folder/../file", O_RDONLY));
	SHOW_OPEN(open("missing/../file", O_RDONLY));
	SHOW_OPEN(open("file/../file", O_RDONLY));
	SHOW_OPEN(open("circle-1", O_RDONLY));
	SHOW_OPEN(open("circle-1/file", O_RDONLY));
	SHOW_OPEN(open("folder/.", O_RDONLY));
	SHOW_OPEN(open("folder//..//file", O_RDONLY));
	SHOW_OPEN(open(".", O_RDONLY));
	SHOW_OPEN(open(".", O_WRONLY));
	SHOW(access("new", F_OK));
}
