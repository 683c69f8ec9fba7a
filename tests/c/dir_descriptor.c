// The calls that begin at a folder's descriptor find what lies below it, also
// after the folder has got another name, and fdopendir reads it.
// DIR:
// STDOUT:
//   openat(folder, "file", O_WRONLY | O_CREAT | O_EXCL, 0644): opened
//   mkdirat(folder, "below", 0755): 0
//   symlinkat("file", folder, "link"): 0
//   readlinkat(folder, "link", text, sizeof text): 4
//   linkat(folder, "file", folder, "name", 0): 0
//   fstatat(folder, "name", &found, 0): 0
//   2 names
//   faccessat(folder, "file", F_OK, 0): 0
//   rename("above/folder", "moved"): 0
//   renameat(folder, "name", folder, "below/name"): 0
//   openat(folder, "below/name", O_RDONLY): opened
//   openat(folder, "missing", O_RDONLY): ENOENT
//   openat(folder, "below/../file", O_RDONLY): opened
//   openat(folder, ".", O_RDONLY | O_DIRECTORY): opened
//   openat(folder, "", O_RDONLY): ENOENT
//   fstatat(folder, "", &found, 0): ENOENT
//   unlinkat(folder, "below", 0): EISDIR
//   unlinkat(folder, "below", AT_REMOVEDIR): ENOTEMPTY
//   unlinkat(folder, "below/name", 0): 0
//   unlinkat(folder, "file", AT_REMOVEDIR): ENOTDIR
//   access("moved/link", F_OK): 0
//   access("moved/below/name", F_OK): ENOENT
//   ., .., below, file, link
//   closedir(stream): 0
//   fstat(folder, &found): EBADF
#include "files.h"
#include <dirent.h>

static int by_text(const void *one, const void *other)
{
	return strcmp(one, other);
}

int main(void)
{
	char text[16] = { 0 };
	struct stat found;
	CHECK(mkdir("above", 0755) == 0 && mkdir("above/folder", 0755) == 0);
	int folder = open("above/folder", O_RDONLY | O_DIRECTORY);
	SHOW_OPEN(openat(folder, "file", O_WRONLY | O_CREAT | O_EXCL, 0644));
	SHOW(mkdirat(folder, "below", 0755));
	SHOW(symlinkat("file", folder, "link"));
	SHOW(readlinkat(folder, "link", text, sizeof text));
	SHOW(linkat(folder, "file", folder, "name", 0));
	SHOW(fstatat(folder, "name", &found, 0));
	printf("%d names\n", (int)found.st_nlink);
	SHOW(faccessat(folder, "file", F_OK, 0));
	SHOW(rename("above/folder", "moved"));
	SHOW(renameat(folder, "name", folder, "below/name"));
	SHOW_OPEN(openat(folder, "below/name", O_RDONLY));
	SHOW_OPEN(openat(folder, "missing", O_RDONLY));
	SHOW_OPEN(openat(folder, "below/../file", O_RDONLY));
	SHOW_OPEN(openat(folder, ".", O_RDONLY | O_DIRECTORY));
	SHOW_OPEN(openat(folder, "", O_RDONLY));
	SHOW(fstatat(folder, "", &found, 0));
	SHOW(unlinkat(folder, "below", 0));
	SHOW(unlinkat(folder, "below", AT_REMOVEDIR));
	SHOW(unlinkat(folder, "below/name", 0));
	SHOW(unlinkat(folder, "file", AT_REMOVEDIR));
	SHOW(access("moved/link", F_OK));
	SHOW(access("moved/below/name", F_OK));

	DIR *stream = fdopendir(folder);
	CHECK(stream != NULL && dirfd(stream) == folder);
	char names[8][16];
	int count = 0;
	for (struct dirent *entry; (entry = readdir(stream)) != NULL; count++) {
		CHECK(count < 8);
		snprintf(names[count], sizeof *names, "%.15s", entry->d_name);
	}
	qsort(names, (size_t)count, sizeof *names, by_text);
	for (int i = 0; i < count; i++)
		printf("%s%s", names[i], i + 1 < count ? ", " : "\n");
	SHOW(closedir(stream));
	SHOW(fstat(folder, &found));
}
