// A program that removes each entry as readdir gives it empties the folder, and
// meets no entry twice.
// DIR:
// STDOUT:
//   removed 1500
//   rmdir("folder"): 0
// FAILS: stock: its cookies count entries, so those that moved up are left out
#include "files.h"
#include <dirent.h>

enum { FILES = 1500 };

static char seen[FILES];

int main(void)
{
	char path[300];
	CHECK(mkdir("folder", 0755) == 0);
	for (int i = 0; i < FILES; i++) {
		snprintf(path, sizeof path, "folder/%d-%0*d", i, i % 50 + 1, 0);
		make_file(path, "");
	}
	DIR *folder = opendir("folder");
	CHECK(folder != NULL);
	int entries = 0;
	struct dirent *entry;
	for (errno = 0; (entry = readdir(folder)) != NULL; errno = 0) {
		if (entry->d_name[0] == '.')
			continue;
		int number = atoi(entry->d_name);
		CHECK(number >= 0 && number < FILES && !seen[number]);
		seen[number] = 1;
		entries++;
		snprintf(path, sizeof path, "folder/%.250s", entry->d_name);
		CHECK(unlink(path) == 0);
	}
	CHECK(errno == 0);
	printf("removed %d\n", entries);
	CHECK(closedir(folder) == 0);
	SHOW(rmdir("folder"));
}
