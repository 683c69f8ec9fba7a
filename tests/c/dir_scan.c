// scandir gives the entries that a filter takes, in order.
// DIR:
// STDOUT:
//   folder: 6: . .. .hidden a b c
//   folder: 3: a b c
//   folder/b: 0:
//   missing: ENOENT
//   folder/a: ENOTDIR
#include "files.h"
#include <dirent.h>

static int no_dots(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void show(const char *name, int (*filter)(const struct dirent *))
{
	struct dirent **entries;
	errno = 0;
	int count = scandir(name, &entries, filter, alphasort);
	if (count < 0) {
		printf("%s: %s\n", name, error_name(errno));
		return;
	}
	printf("%s: %d:", name, count);
	for (int i = 0; i < count; i++) {
		printf(" %s", entries[i]->d_name);
		free(entries[i]);
	}
	puts("");
	free(entries);
}

int main(void)
{
	CHECK(mkdir("folder", 0755) == 0 && mkdir("folder/b", 0755) == 0);
	make_file("folder/c", "");
	make_file("folder/a", "");
	make_file("folder/.hidden", "");
	show("folder", NULL);
	show("folder", no_dots);
	show("folder/b", no_dots);
	show("missing", no_dots);
	show("folder/a", no_dots);
}
