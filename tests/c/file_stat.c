// stat, fstat, lstat and fstatat tell the type, the size, the number of names, and
// times near now.
// DIR:
// STDOUT:
//   stat("file", &status): file, 9 bytes, 1 names
//   lstat("file", &status): file, 9 bytes, 1 names
//   stat("folder", &status): folder
//   stat("folder/", &status): folder
//   stat(".", &status): folder
//   stat("link", &status): file, 9 bytes, 1 names
//   lstat("link", &status): link, 4 bytes, 1 names
//   stat("link-to-folder", &status): folder
//   lstat("link-to-folder", &status): link, 6 bytes, 1 names
//   stat("dangling", &status): ENOENT
//   lstat("dangling", &status): link, 7 bytes, 1 names
//   stat("circle", &status): ELOOP
//   stat("missing", &status): ENOENT
//   stat("file/", &status): ENOTDIR
//   lstat("file/below", &status): ENOTDIR
//   fstatat(AT_FDCWD, "link", &status, 0): file, 9 bytes, 1 names
//   fstatat(AT_FDCWD, "link", &status, AT_SYMLINK_NOFOLLOW): link, 4 bytes, 1 names
//   fstat(file, &status): file, 9 bytes, 1 names
//   fstat(file, &status): file, 21 bytes, 1 names
//   stat("file", &status): file, 21 bytes, 1 names
//   fstat(file, &status): file, 21 bytes, 2 names
//   fstat(folder, &status): folder
//   two names of a file: the same
//   a file and a folder: different
//   times: near now
#include "files.h"

static void show_stat(const char *what, int result, const struct stat *found)
{
	if (result == -1) {
		printf("%s: %s\n", what, error_name(errno));
		return;
	}
	const char *type = S_ISREG(found->st_mode)   ? "file"
	                   : S_ISDIR(found->st_mode) ? "folder"
	                   : S_ISLNK(found->st_mode) ? "link"
	                                             : "something else";
	/* How large a folder is, and how many names it has, is the file system's. */
	if (S_ISDIR(found->st_mode))
		printf("%s: %s\n", what, type);
	else
		printf("%s: %s, %lld bytes, %lld names\n", what, type, (long long)found->st_size,
		       (long long)found->st_nlink);
}

#define SHOW_STAT(call) \
	do { \
		struct stat status; \
		errno = 0; \
		int result_ = (call); \
		show_stat(#call, result_, &status); \
	} while (0)

static bool near(struct timespec time, long long began)
{
	/* A file system may keep seconds only, and its clock may be a tick behind. */
	return time.tv_sec >= began / 1000000000 - 2 && time.tv_sec <= began / 1000000000 + 60
	       && time.tv_nsec >= 0 && time.tv_nsec < 1000000000;
}

int main(void)
{
	long long began = now_ns(CLOCK_REALTIME);
	make_file("file", "some text");
	CHECK(mkdir("folder", 0755) == 0);
	CHECK(symlink("file", "link") == 0);
	CHECK(symlink("folder", "link-to-folder") == 0);
	CHECK(symlink("nowhere", "dangling") == 0);
	CHECK(symlink("circle", "circle") == 0);

	SHOW_STAT(stat("file", &status));
	SHOW_STAT(lstat("file", &status));
	SHOW_STAT(stat("folder", &status));
	SHOW_STAT(stat("folder/", &status));
	SHOW_STAT(stat(".", &status));
	SHOW_STAT(stat("link", &status));
	SHOW_STAT(lstat("link", &status));
	SHOW_STAT(stat("link-to-folder", &status));
	SHOW_STAT(lstat("link-to-folder", &status));
	SHOW_STAT(stat("dangling", &status));
	SHOW_STAT(lstat("dangling", &status));
	SHOW_STAT(stat("circle", &status));
	SHOW_STAT(stat("missing", &status));
	SHOW_STAT(stat("file/", &status));
	SHOW_STAT(lstat("file/below", &status));
	SHOW_STAT(fstatat(AT_FDCWD, "link", &status, 0));
	SHOW_STAT(fstatat(AT_FDCWD, "link", &status, AT_SYMLINK_NOFOLLOW));

	int file = open("file", O_RDWR);
	SHOW_STAT(fstat(file, &status));
	CHECK(pwrite(file, "!", 1, 20) == 1);
	SHOW_STAT(fstat(file, &status));
	SHOW_STAT(stat("file", &status));
	CHECK(link("file", "second") == 0);
	SHOW_STAT(fstat(file, &status));
	int folder = open("folder", O_RDONLY);
	SHOW_STAT(fstat(folder, &status));

	struct stat one, other, third;
	CHECK(fstat(file, &one) == 0 && stat("second", &other) == 0 && stat("folder", &third) == 0);
	printf("two names of a file: %s\n", one.st_ino == other.st_ino && one.st_dev == other.st_dev
	                                            ? "the same" : "DIFFERENT");
	printf("a file and a folder: %s\n", one.st_ino == third.st_ino ? "THE SAME" : "different");
	printf("times: %s\n", near(one.st_mtim, began) && near(one.st_ctim, began)
	                              && near(one.st_atim, began) ? "near now" : "NOT NEAR NOW");
}
