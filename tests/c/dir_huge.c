// A folder of 10,000 entries is read whole, each entry once, and can be emptied.
// DIR:
#include "files.h"
#include <dirent.h>

enum { ENTRIES = 10000 };

/* The path of an entry. It stands until the next call. */
static const char *path(int number)
{
	static char text[32];
	snprintf(text, sizeof text, "many/%d", number);
	return text;
}

static void read_whole(void)
{
	static bool seen[ENTRIES];
	memset(seen, 0, sizeof seen);
	DIR *folder = opendir("many");
	CHECK(folder != NULL);
	int entries = 0;
	struct dirent *entry;
	for (errno = 0; (entry = readdir(folder)) != NULL; errno = 0) {
		if (entry->d_name[0] == '.')
			continue;
		int number = atoi(entry->d_name);
		CHECK(number >= 0 && number < ENTRIES && !seen[number]);
		seen[number] = true;
		entries++;
	}
	CHECK(errno == 0);
	CHECK(entries == ENTRIES);
	CHECK(closedir(folder) == 0);
}

int main(void)
{
	CHECK(mkdir("many", 0755) == 0);
	for (int i = 0; i < ENTRIES; i++) {
		int file = open(path(i), O_WRONLY | O_CREAT | O_EXCL, 0644);
		CHECK(file >= 0 && close(file) == 0);
	}
	read_whole();
	read_whole();
	for (int i = 0; i < ENTRIES; i++)
		CHECK(unlink(path(i)) == 0);
	CHECK(rmdir("many") == 0);
}
