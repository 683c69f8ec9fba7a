// A program without a folder finds no file. It gets the errno of a file that does not exist, and
// what it lacks is said once, when it has failed.
// EXIT: 1
// STDOUT:
//   open("data.txt", O_RDONLY): ENOENT
//   stat("data.txt", &status): ENOENT
//   mkdir("folder", 0777): ENOENT
//   rename("data.txt", "other.txt"): ENOENT
//   open("/no/such/folder/data.txt", O_RDONLY): ENOENT
// STDERR-CONTAINS: note: a program finds the files in its folders; found that it asked for `/no/such/folder/data.txt` and that it has none; run it with `--dir /no/such/folder`
// STDERR-LACKS: `data.txt`
// SKIP: native: there are folders there
#include "files.h"

int main(void)
{
	struct stat status;
	SHOW(open("data.txt", O_RDONLY));
	SHOW(stat("data.txt", &status));
	SHOW(mkdir("folder", 0777));
	SHOW(rename("data.txt", "other.txt"));
	SHOW(open("/no/such/folder/data.txt", O_RDONLY));
	return 1;
}
