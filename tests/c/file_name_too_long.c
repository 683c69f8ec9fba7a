// A name of more than 255 bytes is refused with ENAMETOOLONG wherever it stands.
// DIR:
// STDOUT:
//   open(name, O_WRONLY | O_CREAT, 0644): opened
//   stat(name, &found): 0
//   unlink(name): 0
//   open(name, O_RDONLY): ENAMETOOLONG
//   open(name, O_WRONLY | O_CREAT, 0644): ENAMETOOLONG
//   stat(name, &found): ENAMETOOLONG
//   mkdir(name, 0755): ENAMETOOLONG
//   unlink(name): ENAMETOOLONG
//   rmdir(name): ENAMETOOLONG
//   rename("file", name): ENAMETOOLONG
//   link("file", name): ENAMETOOLONG
//   symlink("file", name): ENAMETOOLONG
//   access(name, F_OK): ENAMETOOLONG
//   open(below, O_RDONLY): ENAMETOOLONG
//   mkdir(name, 0755): ENAMETOOLONG
//   file: `text`
#include "files.h"

static char name[301], below[320];

int main(void)
{
	struct stat found;
	make_file("file", "text");
	memset(name, 'n', 255);
	SHOW_OPEN(open(name, O_WRONLY | O_CREAT, 0644));
	SHOW(stat(name, &found));
	SHOW(unlink(name));

	memset(name, 'n', 300);
	SHOW_OPEN(open(name, O_RDONLY));
	SHOW_OPEN(open(name, O_WRONLY | O_CREAT, 0644));
	SHOW(stat(name, &found));
	SHOW(mkdir(name, 0755));
	SHOW(unlink(name));
	SHOW(rmdir(name));
	SHOW(rename("file", name));
	SHOW(link("file", name));
	SHOW(symlink("file", name));
	SHOW(access(name, F_OK));
	sprintf(below, "%s/below", name);
	SHOW_OPEN(open(below, O_RDONLY));
	name[256] = 0;
	SHOW(mkdir(name, 0755));

	show_file("file");
}
