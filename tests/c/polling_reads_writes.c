// A loop of calls that read or write lets another thread run, which ends the loop:
// of a standard stream, also where it takes a lock each time, and of a file. (The
// loops write to standard error, because nobody knows how often they do.)
// DIR:
// STDOUT:
//   write(2, ".", 1) == 1: ended
//   write_under_lock(): ended
//   fputc('.', stderr) == '.': ended
//   pwrite(file, ".", 1, 0) == 1: ended
//   pread(file, &byte, 1, 0) == 1: ended
//   stat("file", &about) == 0: ended
// SKIP: wasi-sdk: polls for ever
#include "files.h"

/* Far more calls than others may have to wait, and than the start of a thread takes. */
enum { TOO_MANY = 1000000 };

static volatile bool happened;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *happen(void *unused)
{
	happened = true;
	return unused;
}

static bool write_under_lock(void)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return write(2, ".", 1) == 1;
}

/* Makes the call until the other thread has run. */
#define POLL(call) \
	do { \
		happened = false; \
		pthread_t other = start(happen, NULL); \
		for (int calls = 0; !happened && calls < TOO_MANY; calls++) \
			CHECK(call); \
		printf("%s: %s\n", #call, happened ? "ended" : "never ended"); \
		finish(other); \
	} while (0)

int main(void)
{
	char byte;
	struct stat about;
	int file = open("file", O_RDWR | O_CREAT, 0644);
	CHECK(file >= 0);
	POLL(write(2, ".", 1) == 1);
	POLL(write_under_lock());
	POLL(fputc('.', stderr) == '.');
	POLL(pwrite(file, ".", 1, 0) == 1);
	POLL(pread(file, &byte, 1, 0) == 1);
	POLL(stat("file", &about) == 0);
}
