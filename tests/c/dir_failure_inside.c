// A program that fails for want of a file in the folder that it has is told nothing of folders.
// EXIT: 1
// DIR:
// STDOUT:
//   open("data.txt", O_RDONLY): ENOENT
//   open("/data.txt", O_RDONLY): ENOENT
// STDERR-LACKS: note
#include "files.h"

int main(void)
{
	SHOW(open("data.txt", O_RDONLY));
	SHOW(open("/data.txt", O_RDONLY));
	return 1;
}
