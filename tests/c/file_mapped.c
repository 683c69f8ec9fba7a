// mmap: memory that is zero, a file read; what is written to a shared mapping
// reaches the file with msync and munmap, and that to a private one never.
// DIR:
// SKIP: wasi-sdk: wasi-libc has none of it
// STDOUT:
//   private: `1234`, written to memory alone
//   after msync: `ab34`
//   after munmap: `abc4`
//   a mapping that grows keeps what it has
#include "files.h"
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

static const char *contents(void)
{
	static char bytes[16];
	int file = open("file", O_RDONLY);
	memset(bytes, 0, sizeof bytes);
	CHECK(read(file, bytes, sizeof bytes - 1) >= 0 && close(file) == 0);
	return bytes;
}

int main(void)
{
	long page = sysconf(_SC_PAGESIZE);
	make_file("file", "1234");
	char *zero = mmap(NULL, 3 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(zero != MAP_FAILED && (uintptr_t)zero % page == 0);
	for (long at = 0; at < 3 * page; at++)
		CHECK(zero[at] == 0);
	zero[3 * page - 1] = 1;

	int file = open("file", O_RDWR);
	char *own = mmap(NULL, 4, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
	char *shared = mmap(NULL, 4, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	CHECK(own != MAP_FAILED && shared != MAP_FAILED && close(file) == 0);
	CHECK(memcmp(own, "1234", 5) == 0);
	own[0] = 'x';
	printf("private: `%s`, written to memory alone\n", contents());
	memcpy(shared, "ab", 2);
	CHECK(msync(shared, 4, MS_SYNC) == 0);
	printf("after msync: `%s`\n", contents());
	shared[2] = 'c';
	CHECK(munmap(shared, 4) == 0 && munmap(own, 4) == 0);
	printf("after munmap: `%s`\n", contents());

	char *grown = mremap(zero, 3 * page, 8 * page, MREMAP_MAYMOVE);
	CHECK(grown != MAP_FAILED && grown[3 * page - 1] == 1 && grown[8 * page - 1] == 0);
	puts("a mapping that grows keeps what it has");
	CHECK(madvise(grown, page, MADV_WILLNEED) == 0 && mprotect(grown, page, PROT_READ) == 0);
	CHECK(munmap(grown, 8 * page) == 0);

	CHECK(mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
	CHECK_RESULT(errno, EINVAL);
	CHECK(mmap(NULL, 4, PROT_READ, MAP_PRIVATE, -1, 0) == MAP_FAILED);
	CHECK_RESULT(errno, EBADF);
	file = open("file", O_RDONLY);
	CHECK(mmap(NULL, 4, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) == MAP_FAILED);
	CHECK_RESULT(errno, EACCES);
}
