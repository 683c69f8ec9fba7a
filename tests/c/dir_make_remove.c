// mkdir makes what is not there, rmdir removes what is an empty folder, and unlink
// removes no folder.
// DIR:
// STDOUT:
//   mkdir("folder", 0755): 0
//   mkdir("folder", 0755): EEXIST
//   mkdir("folder/below", 0755): 0
//   mkdir("missing/below", 0755): ENOENT
//   mkdir(".", 0755): EEXIST
//   mkdir("file", 0755): EEXIST
//   mkdir("file/below", 0755): ENOTDIR
//   mkdir("link", 0755): EEXIST
//   mkdir("link/other", 0755): 0
//   rmdir("folder"): ENOTEMPTY
//   rmdir("folder/other"): 0
//   rmdir("folder/below"): 0
//   rmdir("folder"): ENOTEMPTY
//   rmdir("file"): ENOTDIR
//   rmdir("folder/inside"): ENOTDIR
//   rmdir("link"): ENOTDIR
//   rmdir("missing"): ENOENT
//   rmdir("file/below"): ENOTDIR
//   mkdir("other", 0755): 0
//   rmdir("other/."): EINVAL
//   unlink("other"): EISDIR
//   unlink("missing"): ENOENT
//   unlink("folder/inside"): 0
//   remove("folder"): 0
//   remove("file"): 0
//   remove("link"): 0
//   remove("missing"): ENOENT
//   rmdir("other"): 0
//   access("folder", F_OK): ENOENT
//   mkdir("open", 0755): 0
//   rmdir("open"): 0
//   openat(folder, "new", O_WRONLY | O_CREAT, 0644): ENOENT
//   close(folder): 0
#include "files.h"

int main(void)
{
	SHOW(mkdir("folder", 0755));
	SHOW(mkdir("folder", 0755));
	SHOW(mkdir("folder/below", 0755));
	SHOW(mkdir("missing/below", 0755));
	SHOW(mkdir(".", 0755));
	make_file("file", "text");
	SHOW(mkdir("file", 0755));
	SHOW(mkdir("file/below", 0755));
	CHECK(symlink("folder", "link") == 0);
	SHOW(mkdir("link", 0755));
	SHOW(mkdir("link/other", 0755));

	SHOW(rmdir("folder"));
	SHOW(rmdir("folder/other"));
	SHOW(rmdir("folder/below"));
	make_file("folder/inside", "text");
	SHOW(rmdir("folder"));
	SHOW(rmdir("file"));
	SHOW(rmdir("folder/inside"));
	SHOW(rmdir("link"));
	SHOW(rmdir("missing"));
	SHOW(rmdir("file/below"));
	SHOW(mkdir("other", 0755));
	SHOW(rmdir("other/."));
	SHOW(unlink("other"));
	SHOW(unlink("missing"));
	SHOW(unlink("folder/inside"));
	SHOW(remove("folder"));
	SHOW(remove("file"));
	SHOW(remove("link"));
	SHOW(remove("missing"));
	SHOW(rmdir("other"));
	SHOW(access("folder", F_OK));

	/* A folder that is open is removed all the same; nothing can be made in it. */
	SHOW(mkdir("open", 0755));
	int folder = open("open", O_RDONLY | O_DIRECTORY);
	SHOW(rmdir("open"));
	SHOW_OPEN(openat(folder, "new", O_WRONLY | O_CREAT, 0644));
	SHOW(close(folder));
}
