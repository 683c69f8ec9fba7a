// A stream on a file keeps one position for what is written, read, sought and put
// back.
// DIR:
// STDOUT:
//   fprintf(file, "first line\nsecond %d\nlast", 2): 24
//   ftell(file): 24
//   file: ``
//   fseek(file, 0, SEEK_SET): 0
//   file: `first line
//   second 2
//   last`
//   `first line`
//   ftell(file): 11
//   getc(file): 115
//   ungetc('S', file): 83
//   ftell(file): 11
//   `Second 2`
//   `last`
//   no line, at the end, no error
//   ftell(file): 24
//   fseek(file, -4, SEEK_END): 0
//   feof(file): 0
//   `last`
//   fseek(file, 6, SEEK_SET): 0
//   fputs("LINE", file) >= 0: 1
//   fseek(file, 1, SEEK_CUR): 0
//   `second 2`
//   `first LINE`
//   fgetpos(file, &place): 0
//   `second 2`
//   fsetpos(file, &place): 0
//   `second 2`
//   fseek(file, -1, SEEK_SET): EINVAL
//   fseek(file, 30, SEEK_SET): 0
//   fputc('!', file): 33
//   fflush(file): 0
//   file: `first LINE
//   second 2
//   last......!`
//   fseeko(file, 0, SEEK_END): 0
//   ftello(file): 31
//   fclose(file): 0
//   fread(bytes, 5, 3, file): 3
//   fread(bytes, 100, 1, file): 0
//   feof(file): 1
//   fclose(file): 0
#include "files.h"

static void show_line(FILE *file)
{
	char line[32];
	errno = 0;
	if (fgets(line, sizeof line, file))
		printf("`%.*s`\n", (int)strcspn(line, "\n"), line);
	else
		printf("no line, %s, %s\n", feof(file) ? "at the end" : "not at the end",
		       ferror(file) ? "an error" : "no error");
}

int main(void)
{
	FILE *file = fopen("file", "w+");
	CHECK(file != NULL);
	SHOW(fprintf(file, "first line\nsecond %d\nlast", 2));
	SHOW(ftell(file));
	show_file("file");
	SHOW(fseek(file, 0, SEEK_SET));
	show_file("file");
	show_line(file);
	SHOW(ftell(file));
	SHOW(getc(file));
	SHOW(ungetc('S', file));
	SHOW(ftell(file));
	show_line(file);
	show_line(file);
	show_line(file);
	SHOW(ftell(file));

	SHOW(fseek(file, -4, SEEK_END));
	SHOW(feof(file));
	show_line(file);
	SHOW(fseek(file, 6, SEEK_SET));
	SHOW(fputs("LINE", file) >= 0);
	SHOW(fseek(file, 1, SEEK_CUR));
	show_line(file);
	rewind(file);
	show_line(file);
	fpos_t place;
	SHOW(fgetpos(file, &place));
	show_line(file);
	SHOW(fsetpos(file, &place));
	show_line(file);

	SHOW(fseek(file, -1, SEEK_SET));
	SHOW(fseek(file, 30, SEEK_SET));
	SHOW(fputc('!', file));
	SHOW(fflush(file));
	show_file("file");
	SHOW(fseeko(file, 0, SEEK_END));
	SHOW(ftello(file));
	SHOW(fclose(file));

	file = fopen("file", "r");
	CHECK(file != NULL);
	char bytes[16];
	SHOW(fread(bytes, 5, 3, file));
	SHOW(fread(bytes, 100, 1, file));
	SHOW(feof(file));
	SHOW(fclose(file));
}
