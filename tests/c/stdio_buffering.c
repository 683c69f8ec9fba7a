// setvbuf says when a stream writes: for each call, at the end of a line, or when
// it is full; fflush(NULL) and fclose write all.
// DIR:
// STDOUT:
//   setvbuf(none, NULL, _IONBF, 0): 0
//   setvbuf(line, NULL, _IOLBF, 4096): 0
//   setvbuf(full, buffer, _IOFBF, sizeof buffer): 0
//   none 3, line 0, usual 0
//   none 4, line 4, usual 0
//   none 14, line 4, usual 0
//   fflush(NULL): 0
//   none 14, line 14, full 14, usual 14
//   more than 100: 1
//   none 17, line 17, full 217, usual 17
#include "files.h"

static int size_of(const char *name)
{
	struct stat found;
	CHECK(stat(name, &found) == 0);
	return (int)found.st_size;
}

int main(void)
{
	static char buffer[64];
	FILE *none = fopen("none", "w"), *line = fopen("line", "w"), *full = fopen("full", "w"),
	     *usual = fopen("usual", "w");
	CHECK(none && line && full && usual);
	SHOW(setvbuf(none, NULL, _IONBF, 0));
	SHOW(setvbuf(line, NULL, _IOLBF, 4096));
	SHOW(setvbuf(full, buffer, _IOFBF, sizeof buffer));
	FILE *const all[] = { none, line, full, usual };
	const char *const texts[] = { "abc", "\n", "1234567890" };
	for (int text = 0; text < 3; text++) {
		for (int i = 0; i < 4; i++)
			CHECK(fputs(texts[text], all[i]) >= 0);
		printf("none %d, line %d, usual %d\n", size_of("none"), size_of("line"), size_of("usual"));
	}
	SHOW(fflush(NULL));
	printf("none %d, line %d, full %d, usual %d\n", size_of("none"), size_of("line"),
	       size_of("full"), size_of("usual"));
	for (int i = 0; i < 20; i++)
		CHECK(fputs("0123456789", full) >= 0);
	printf("more than 100: %d\n", size_of("full") > 100);
	for (int i = 0; i < 4; i++)
		CHECK(fputs("end", all[i]) >= 0);
	for (int i = 0; i < 4; i++)
		CHECK(fclose(all[i]) == 0);
	printf("none %d, line %d, full %d, usual %d\n", size_of("none"), size_of("line"),
	       size_of("full"), size_of("usual"));
}
