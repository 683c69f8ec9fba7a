// A folder of 2000 entries, with short and long names, gives each once, and again
// after rewinddir.
// DIR:
// STDOUT:
//   2000 entries, and 2 with dots
//   2000 entries, and 2 with dots
//   2000 entries, and 2 with dots
#include "files.h"
#include <dirent.h>

enum { FILES = 2000 };

static void name(char *text, int number)
{
	/* 4 to 203 bytes, so that they end anywhere in a buffer. */
	int more = number * 7 % 200;
	sprintf(text, "%04d", number);
	memset(text + 4, 'x', (size_t)more);
	text[4 + more] = 0;
}

static void count(DIR *folder)
{
	static char seen[FILES];
	int entries = 0, dots = 0;
	struct dirent *entry;
	memset(seen, 0, sizeof seen);
	for (errno = 0; (entry = readdir(folder)) != NULL; errno = 0) {
		if (entry->d_name[0] == '.') {
			dots++;
			continue;
		}
		char expected[256];
		int number = atoi(entry->d_name);
		CHECK(number >= 0 && number < FILES && !seen[number]);
		name(expected, number);
		CHECK(strcmp(entry->d_name, expected) == 0);
		CHECK(entry->d_type == DT_REG);
		seen[number] = 1;
		entries++;
	}
	CHECK(errno == 0);
	printf("%d entries, and %d with dots\n", entries, dots);
}

int main(void)
{
	char path[256] = "folder/";
	CHECK(mkdir("folder", 0755) == 0);
	for (int i = 0; i < FILES; i++) {
		name(path + 7, i);
		make_file(path, "");
	}
	DIR *folder = opendir("folder");
	CHECK(folder != NULL);
	count(folder);
	rewinddir(folder);
	count(folder);
	/* From the middle back to the beginning. */
	rewinddir(folder);
	for (int i = 0; i < FILES / 2; i++)
		CHECK(readdir(folder) != NULL);
	rewinddir(folder);
	count(folder);
	CHECK(closedir(folder) == 0);
}
