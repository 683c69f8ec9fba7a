// A program that looks whether there is a file, and goes on without it, is told nothing.
// STDOUT:
//   access("/etc/localtime", R_OK): ENOENT
// STDERR-LACKS: note
// SKIP: native: there are folders there
#include "files.h"

int main(void)
{
	SHOW(access("/etc/localtime", R_OK));
	return 0;
}
