// Temporary files and folders get names that are new, and a tmpfile goes away with
// its stream.
// SKIP: wasi-sdk: wasi-libc has no temporary files
// DIR:
// STDOUT:
//   8 threads made 400 files, all different
//   a template without its end: EINVAL
//   a folder that is missing: ENOENT
//   the suffix stays: .txt
//   mkdtemp makes a folder of its own
//   tmpfile: `kept` is read back, and no name is left
#include "files.h"
#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

enum { THREADS = 8, EACH = 50 };

static void *make_files(void *unused)
{
	for (int i = 0; i < EACH; i++) {
		char path[] = "made/file-XXXXXX";
		int file = mkstemp(path);
		CHECK(file != -1 && write(file, "x", 1) == 1 && close(file) == 0);
	}
	return unused;
}

static int entries(const char *path)
{
	int count = 0;
	DIR *folder = opendir(path);
	CHECK(folder != NULL);
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
		count += entry->d_name[0] != '.';
	CHECK(closedir(folder) == 0);
	return count;
}

int main(void)
{
	CHECK(mkdir("made", 0755) == 0);
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(make_files, NULL);
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
	printf("%d threads made %d files, all different\n", THREADS, entries("made"));
	char wrong[] = "file-XXXXX";
	printf("a template without its end: %s\n", error_name(mkstemp(wrong) == -1 ? errno : 0));
	char missing[] = "missing/XXXXXX";
	printf("a folder that is missing: %s\n", error_name(mkstemp(missing) == -1 ? errno : 0));
	char suffixed[] = "XXXXXX.txt";
	int file = mkstemps(suffixed, 4);
	CHECK(file != -1 && close(file) == 0 && access(suffixed, F_OK) == 0);
	printf("the suffix stays: %s\n", suffixed + 6);
	char folder[] = "folder-XXXXXX";
	CHECK(mkdtemp(folder) == folder);
	CHECK(rmdir(folder) == 0);
	puts("mkdtemp makes a folder of its own");
	int before = entries(".");
	FILE *stream = tmpfile();
	CHECK(stream != NULL && fputs("kept", stream) >= 0 && fseek(stream, 0, SEEK_SET) == 0);
	char text[16];
	CHECK(fgets(text, sizeof text, stream) != NULL);
	printf("tmpfile: `%s` is read back, and %s\n", text,
	       entries(".") == before ? "no name is left" : "a name is left");
	CHECK(fclose(stream) == 0);
	CHECK(getpagesize() == sysconf(_SC_PAGESIZE));
}
