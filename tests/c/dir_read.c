// readdir gives each entry once, with its type and number, and the two that stand
// for the folder and the one above it; rewinddir begins again with what is there.
// DIR:
// STDOUT:
//   ..: folder
//   .: folder
//   below: folder
//   file: file
//   link: link
//   5 entries
//   ..: folder
//   .: folder
//   below: folder
//   file: file
//   new: file
//   5 entries
//   closedir(folder): 0
//   ..: folder
//   .: folder
//   2 entries
//   closedir(folder): 0
//   opendir("missing"): ENOENT
//   opendir("file"): ENOTDIR
//   opendir("file/below"): ENOTDIR
#include "files.h"
#include <dirent.h>

static char lines[16][64];
static int count;

static int by_text(const void *one, const void *other)
{
	return strcmp(one, other);
}

static void show(DIR *folder)
{
	struct dirent *entry;
	count = 0;
	for (errno = 0; (entry = readdir(folder)) != NULL; errno = 0) {
		CHECK(count < 16);
		snprintf(lines[count++], sizeof *lines, "%.20s: %s", entry->d_name,
		         entry->d_type == DT_REG   ? "file"
		         : entry->d_type == DT_DIR ? "folder"
		         : entry->d_type == DT_LNK ? "link"
		                                   : "something else");
	}
	CHECK(errno == 0);
	qsort(lines, (size_t)count, sizeof *lines, by_text);
	for (int i = 0; i < count; i++)
		puts(lines[i]);
	printf("%d entries\n", count);
	errno = 0;
	CHECK(readdir(folder) == NULL && errno == 0);
}

int main(void)
{
	CHECK(mkdir("folder", 0755) == 0);
	make_file("folder/file", "text");
	CHECK(mkdir("folder/below", 0755) == 0);
	CHECK(symlink("file", "folder/link") == 0);

	DIR *folder = opendir("folder");
	CHECK(folder != NULL);
	show(folder);
	make_file("folder/new", "text");
	CHECK(unlink("folder/link") == 0);
	rewinddir(folder);
	show(folder);

	struct stat found;
	struct dirent *entry;
	rewinddir(folder);
	while ((entry = readdir(folder)) != NULL) {
		char path[64];
		snprintf(path, sizeof path, "folder/%.20s", entry->d_name);
		CHECK(stat(path, &found) == 0);
		CHECK(strcmp(entry->d_name, "file") != 0 || entry->d_ino == found.st_ino);
	}
	SHOW(closedir(folder));

	CHECK(mkdir("empty", 0755) == 0);
	folder = opendir("empty/");
	CHECK(folder != NULL);
	show(folder);
	SHOW(closedir(folder));
	make_file("file", "text");
	SHOW_POINTER(opendir("missing"));
	SHOW_POINTER(opendir("file"));
	SHOW_POINTER(opendir("file/below"));
}
