// seekdir goes back to where telldir was, and readdir gives the same entry there.
// DIR:
// STDOUT:
//   302 entries
#include "files.h"
#include <dirent.h>

enum { FILES = 300 };

static long places[FILES + 3];
static char names[FILES + 3][16];

int main(void)
{
	char path[32];
	CHECK(mkdir("folder", 0755) == 0);
	for (int i = 0; i < FILES; i++) {
		snprintf(path, sizeof path, "folder/file-%d", i);
		make_file(path, "");
	}
	DIR *folder = opendir("folder");
	CHECK(folder != NULL);
	int count = 0;
	for (;;) {
		CHECK(count < FILES + 3);
		places[count] = telldir(folder);
		struct dirent *entry = readdir(folder);
		if (entry == NULL)
			break;
		snprintf(names[count++], sizeof *names, "%.15s", entry->d_name);
	}
	printf("%d entries\n", count);
	/* At the end there is no more, and a place far before it is found again. */
	seekdir(folder, places[count]);
	CHECK(readdir(folder) == NULL);
	for (int i = 0; i < count; i++) {
		int to = i * 7919 % count;
		seekdir(folder, places[to]);
		CHECK(telldir(folder) == places[to]);
		struct dirent *entry = readdir(folder);
		CHECK(entry != NULL && strcmp(entry->d_name, names[to]) == 0);
		entry = readdir(folder);
		CHECK(to + 1 < count ? entry != NULL && strcmp(entry->d_name, names[to + 1]) == 0
		                     : entry == NULL);
	}
	CHECK(closedir(folder) == 0);
}
