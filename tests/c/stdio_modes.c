// Each mode of fopen: what must be there, what becomes of it, and what the stream
// may do with it.
// DIR:
// STDOUT:
//   old r: reads 0, writes refused
//   old: `0123`
//   new r: ENOENT
//   old r+: reads 0, writes X
//   old: `01X3`
//   new r+: ENOENT
//   old w: reads refused, writes X
//   old: `..X`
//   new w: reads refused, writes X
//   new: `..X`
//   old w+: reads nothing, writes X
//   old: `..X`
//   new w+: reads nothing, writes X
//   new: `..X`
//   old a: reads refused, writes X
//   old: `0123X`
//   new a: reads refused, writes X
//   new: `X`
//   old a+: reads 0, writes X
//   old: `0123X`
//   new a+: reads nothing, writes X
//   new: `X`
//   old wx: EEXIST
//   new wx: reads refused, writes X
//   new: `..X`
//   old w+x: EEXIST
//   new w+x: reads nothing, writes X
//   new: `..X`
//   old rb+: reads 0, writes X
//   old: `01X3`
//   new rb+: ENOENT
//   fopen("folder", "w"): EISDIR
//   fopen("missing/file", "w"): ENOENT
//   fopen("old", "z"): EINVAL
//   getc(folder): EISDIR
// FAILS: stock: its preview1 says EBADF where a folder is read
#include "files.h"

static void try_all(const char *name, const char *mode)
{
	errno = 0;
	FILE *file = fopen(name, mode);
	printf("%s %s: ", name, mode);
	if (file == NULL) {
		puts(error_name(errno));
		return;
	}
	errno = 0;
	int byte = getc(file);
	/* musl gives no error to what the stream is not open for. */
	printf("reads %s", byte == EOF ? ferror(file) ? "refused" : "nothing" : "");
	if (byte != EOF)
		putchar(byte);
	clearerr(file);
	CHECK(fseek(file, 2, SEEK_SET) == 0);
	errno = 0;
	int written = fputs("X", file);
	if (written >= 0)
		written = fflush(file);
	printf(", writes %s\n", written == EOF ? "refused" : "X");
	fclose(file);
	show_file(name);
}

int main(void)
{
	static const char *const modes[] = { "r", "r+", "w", "w+", "a", "a+", "wx", "w+x", "rb+" };
	for (int i = 0; i < (int)(sizeof modes / sizeof *modes); i++) {
		make_file("old", "0123");
		unlink("new");
		try_all("old", modes[i]);
		try_all("new", modes[i]);
	}
	CHECK(mkdir("folder", 0755) == 0);
	SHOW_POINTER(fopen("folder", "w"));
	SHOW_POINTER(fopen("missing/file", "w"));
	SHOW_POINTER(fopen("old", "z"));
	FILE *folder = fopen("folder", "r");
	CHECK(folder != NULL);
	SHOW(getc(folder));
}
