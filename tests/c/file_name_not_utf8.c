// A name that is not UTF-8 is refused with EILSEQ.
// DIR:
// STDOUT:
//   open("f\xff", O_RDONLY): EILSEQ
//   open("f\xc3", O_WRONLY | O_CREAT, 0644): EILSEQ
//   open("\xed\xa0\x80", O_WRONLY | O_CREAT, 0644): EILSEQ
//   stat("\xc0\x80", &found): EILSEQ
//   mkdir("f\xff", 0755): EILSEQ
//   unlink("f\xff"): EILSEQ
//   rmdir("f\xff"): EILSEQ
//   rename("file", "f\xff"): EILSEQ
//   rename("f\xff", "file"): EILSEQ
//   link("file", "f\xff"): EILSEQ
//   symlink("file", "f\xff"): EILSEQ
//   symlink("f\xff", "link"): EILSEQ
//   file: `text`
// SKIP: native: Linux takes any bytes but zero and the slash
#include "files.h"

int main(void)
{
	struct stat found;
	make_file("file", "text");
	SHOW_OPEN(open("f\xff", O_RDONLY));
	SHOW_OPEN(open("f\xc3", O_WRONLY | O_CREAT, 0644));
	SHOW_OPEN(open("\xed\xa0\x80", O_WRONLY | O_CREAT, 0644));
	SHOW(stat("\xc0\x80", &found));
	SHOW(mkdir("f\xff", 0755));
	SHOW(unlink("f\xff"));
	SHOW(rmdir("f\xff"));
	SHOW(rename("file", "f\xff"));
	SHOW(rename("f\xff", "file"));
	SHOW(link("file", "f\xff"));
	SHOW(symlink("file", "f\xff"));
	SHOW(symlink("f\xff", "link"));
	show_file("file");
}
