// A folder whose entries are removed after the first was read ends without an
// error: what is gone may be left out, and no entry comes twice.
// DIR:
// STDOUT:
//   the end: no error
//   then there are 0, and the end: no error
//   the end: no error
//   then there are 990, and the end: no error
// FAILS: stock: its cookies count entries, so those that moved up are left out
#include "files.h"
#include <dirent.h>

enum { FILES = 1000 };

static char seen[FILES];

int main(void)
{
	char path[64];
	for (int kept = 0; kept < FILES; kept += 990) {
		CHECK(mkdir("folder", 0755) == 0);
		for (int i = 0; i < FILES; i++) {
			snprintf(path, sizeof path, "folder/%d", i);
			make_file(path, "");
		}
		memset(seen, 0, sizeof seen);
		DIR *folder = opendir("folder");
		CHECK(folder != NULL && readdir(folder) != NULL);
		for (int i = kept; i < FILES; i++) {
			snprintf(path, sizeof path, "folder/%d", i);
			CHECK(unlink(path) == 0);
		}
		int stayed = 0;
		struct dirent *entry;
		for (errno = 0; (entry = readdir(folder)) != NULL; errno = 0) {
			if (entry->d_name[0] == '.')
				continue;
			int number = atoi(entry->d_name);
			CHECK(number >= 0 && number < FILES && !seen[number]);
			seen[number] = 1;
			stayed += number < kept;
		}
		printf("the end: %s\n", error_name(errno));
		CHECK(stayed >= kept - 1);
		rewinddir(folder);
		int left = 0;
		for (errno = 0; (entry = readdir(folder)) != NULL; errno = 0)
			left += entry->d_name[0] != '.';
		printf("then there are %d, and the end: %s\n", left, error_name(errno));
		CHECK(closedir(folder) == 0);
		for (int i = 0; i < kept; i++) {
			snprintf(path, sizeof path, "folder/%d", i);
			CHECK(unlink(path) == 0);
		}
		CHECK(rmdir("folder") == 0);
	}
}
