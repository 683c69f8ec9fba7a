// futimens and utimensat set the times of a file as given, to the nanosecond, or
// now, or not.
// DIR:
// STDOUT:
//   futimens(file, both): 0
//   file: accessed 1000000000.123456789, modified 1500000000.999999999
//   futimens(file, second): 0
//   file: accessed 1000000000.123456789, modified 1.000000000
//   utimensat(AT_FDCWD, "file", first, 0): 0
//   file: accessed 2.000000005, modified 1.000000000
//   utimensat(AT_FDCWD, "file", none, 0): 0
//   file: accessed 2.000000005, modified 1.000000000
//   futimens(file, now): 0
//   file: accessed at 2, modified now
//   futimens(file, both): 0
//   futimens(file, NULL): 0
//   file: accessed now, modified now
//   utimensat(AT_FDCWD, "link", both, AT_SYMLINK_NOFOLLOW): 0
//   link: accessed 1000000000.123456789, modified 1500000000.999999999
//   link: accessed now, modified now
//   utimensat(AT_FDCWD, "link", both, 0): 0
//   file: accessed 1000000000.123456789, modified 1500000000.999999999
//   utimensat(AT_FDCWD, "folder", both, 0): 0
//   folder: accessed 1000000000.123456789, modified 1500000000.999999999
//   file: accessed at 1000000000, modified now
//   futimens(file, wrong): EINVAL
//   utimensat(AT_FDCWD, "missing", both, 0): ENOENT
//   utimensat(AT_FDCWD, "file/below", both, 0): ENOTDIR
//   futimens(reader, both): 0
//   file: accessed 1000000000.123456789, modified 1500000000.999999999
//   close(file): 0
//   futimens(file, both): EBADF
#include "files.h"

static void show(const char *name)
{
	struct stat found;
	CHECK(lstat(name, &found) == 0);
	printf("%s: accessed %lld.%09ld, modified %lld.%09ld\n", name, (long long)found.st_atim.tv_sec,
	       (long)found.st_atim.tv_nsec, (long long)found.st_mtim.tv_sec,
	       (long)found.st_mtim.tv_nsec);
}

static const char *when(struct timespec time)
{
	long long away = time.tv_sec - now_ns(CLOCK_REALTIME) / 1000000000;
	return away > -60 && away < 3 ? "now" : time.tv_sec == 2 ? "at 2" : time.tv_sec == 1000000000
	       ? "at 1000000000" : "at another time";
}

/* What is near now is shown as such. */
static void show_now(const char *name)
{
	struct stat found;
	CHECK(stat(name, &found) == 0);
	printf("%s: accessed %s", name, when(found.st_atim));
	printf(", modified %s\n", when(found.st_mtim));
}

int main(void)
{
	make_file("file", "text");
	int file = open("file", O_RDWR);
	struct timespec both[] = { { 1000000000, 123456789 }, { 1500000000, 999999999 } };
	SHOW(futimens(file, both));
	show("file");
	struct timespec second[] = { { 7, UTIME_OMIT }, { 1, 0 } };
	SHOW(futimens(file, second));
	show("file");
	struct timespec first[] = { { 2, 5 }, { 7, UTIME_OMIT } };
	SHOW(utimensat(AT_FDCWD, "file", first, 0));
	show("file");
	struct timespec none[] = { { 0, UTIME_OMIT }, { 0, UTIME_OMIT } };
	SHOW(utimensat(AT_FDCWD, "file", none, 0));
	show("file");

	struct timespec now[] = { { 0, UTIME_OMIT }, { 0, UTIME_NOW } };
	SHOW(futimens(file, now));
	show_now("file");
	SHOW(futimens(file, both));
	SHOW(futimens(file, NULL));
	show_now("file");

	CHECK(symlink("file", "link") == 0);
	SHOW(utimensat(AT_FDCWD, "link", both, AT_SYMLINK_NOFOLLOW));
	show("link");
	show_now("link");
	SHOW(utimensat(AT_FDCWD, "link", both, 0));
	show("file");
	CHECK(mkdir("folder", 0755) == 0);
	SHOW(utimensat(AT_FDCWD, "folder", both, 0));
	show("folder");

	/* A write changes the time of modification. */
	CHECK(write(file, "more", 4) == 4);
	show_now("file");

	struct timespec wrong[] = { { 1, 0 }, { 1, 1000000000 } };
	SHOW(futimens(file, wrong));
	SHOW(utimensat(AT_FDCWD, "missing", both, 0));
	SHOW(utimensat(AT_FDCWD, "file/below", both, 0));
	int reader = open("file", O_RDONLY);
	SHOW(futimens(reader, both));
	show("file");
	SHOW(close(file));
	SHOW(futimens(file, both));
}
