// A name may have any character but a slash in it: spaces, quotes, line ends,
// backslashes, and letters of every script.
// DIR:
// STDOUT:
//   22 names, and 2 others
#include "files.h"
#include <dirent.h>

static const char *const names[] = {
	" ", "a b", " leading", "trailing ", "...", "..a", "-", "--dir", "a\nb", "a\tb", "a\\b",
	"a:b", "C:", "a*?b", "\"'`$", "grüße", "日本語", "🧵", "e\u0301", "\u00e9", "%s%n", "\x01",
};
enum { NAMES = sizeof names / sizeof *names };

int main(void)
{
	for (int i = 0; i < NAMES; i++) {
		int file = open(names[i], O_WRONLY | O_CREAT | O_EXCL, 0644);
		if (file < 0) {
			printf("%d `%s`: %s\n", i, names[i], error_name(errno));
			continue;
		}
		CHECK(write(file, names[i], strlen(names[i])) == (ssize_t)strlen(names[i]));
		CHECK(close(file) == 0);
	}
	for (int i = 0; i < NAMES; i++)
		CHECK(strcmp(text_of(names[i]), names[i]) == 0);

	int found[NAMES] = { 0 }, others = 0;
	DIR *folder = opendir(".");
	CHECK(folder != NULL);
	struct dirent *entry;
	while ((entry = readdir(folder)) != NULL) {
		int i = 0;
		while (i < NAMES && strcmp(entry->d_name, names[i]) != 0)
			i++;
		if (i < NAMES)
			found[i]++;
		else
			others++;
	}
	CHECK(closedir(folder) == 0);
	for (int i = 0; i < NAMES; i++)
		CHECK(found[i] == 1);
	printf("%d names, and %d others\n", NAMES, others);
	for (int i = 0; i < NAMES; i++)
		CHECK(unlink(names[i]) == 0);
}
