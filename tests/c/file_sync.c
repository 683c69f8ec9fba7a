// fsync and fdatasync succeed on whatever is open; posix_fallocate makes a file
// large enough and no smaller; posix_fadvise changes nothing.
// DIR:
// STDOUT:
//   write(file, "T", 1): 1
//   fsync(file): 0
//   fdatasync(file): 0
//   fsync(reader): 0
//   fdatasync(reader): 0
//   fsync(folder): 0
//   fdatasync(folder): 0
//   file: `Text`
//   posix_fadvise(file, 0, 0, POSIX_FADV_NORMAL): 0
//   posix_fadvise(file, 0, 100, POSIX_FADV_SEQUENTIAL): 0
//   posix_fadvise(file, 1, 1, POSIX_FADV_RANDOM): 0
//   posix_fadvise(reader, 0, 0, POSIX_FADV_WILLNEED): 0
//   posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED): 0
//   posix_fadvise(file, 0, 0, 12345): EINVAL
//   posix_fadvise(file, 0, -1, POSIX_FADV_NORMAL): EINVAL
//   file: `Text`
//   posix_fallocate(file, 0, 2): 0
//   file: `Text`
//   posix_fallocate(file, 2, 6): 0
//   file: `Text....`
//   lseek(file, 0, SEEK_CUR): 1
//   posix_fallocate(file, 0, 0): EINVAL
//   posix_fallocate(file, -1, 1): EINVAL
//   posix_fallocate(reader, 0, 100): EBADF
//   file: `Text....`
//   close(file): 0
//   posix_fallocate(file, 0, 100): EBADF
//   posix_fadvise(file, 0, 0, POSIX_FADV_NORMAL): EBADF
// FAILS: stock: its preview1 traps at an advice there is not
#include "files.h"

int main(void)
{
	make_file("file", "text");
	int file = open("file", O_RDWR);
	int reader = open("file", O_RDONLY);
	int folder = open(".", O_RDONLY | O_DIRECTORY);
	SHOW(write(file, "T", 1));
	SHOW(fsync(file));
	SHOW(fdatasync(file));
	SHOW(fsync(reader));
	SHOW(fdatasync(reader));
	SHOW(fsync(folder));
	SHOW(fdatasync(folder));
	show_file("file");

	SHOW_RETURNED(posix_fadvise(file, 0, 0, POSIX_FADV_NORMAL));
	SHOW_RETURNED(posix_fadvise(file, 0, 100, POSIX_FADV_SEQUENTIAL));
	SHOW_RETURNED(posix_fadvise(file, 1, 1, POSIX_FADV_RANDOM));
	SHOW_RETURNED(posix_fadvise(reader, 0, 0, POSIX_FADV_WILLNEED));
	SHOW_RETURNED(posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED));
	SHOW_RETURNED(posix_fadvise(file, 0, 0, 12345));
	SHOW_RETURNED(posix_fadvise(file, 0, -1, POSIX_FADV_NORMAL));
	show_file("file");

	SHOW_RETURNED(posix_fallocate(file, 0, 2));
	show_file("file");
	SHOW_RETURNED(posix_fallocate(file, 2, 6));
	show_file("file");
	SHOW(lseek(file, 0, SEEK_CUR));
	SHOW_RETURNED(posix_fallocate(file, 0, 0));
	SHOW_RETURNED(posix_fallocate(file, -1, 1));
	SHOW_RETURNED(posix_fallocate(reader, 0, 100));
	show_file("file");
	SHOW(close(file));
	SHOW_RETURNED(posix_fallocate(file, 0, 100));
	SHOW_RETURNED(posix_fadvise(file, 0, 0, POSIX_FADV_NORMAL));
}
