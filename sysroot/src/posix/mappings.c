/*
 * Mappings of memory: allocated, and for a file, read. What a program writes to a
 * shared mapping of a file reaches the file with msync and munmap. There is no
 * protection of memory in wasm, so none is taken away.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <features.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* A mapping. The list is touched only where no thread loses its turn. */
struct mapping {
	struct mapping *next;
	char *start;
	size_t size;
	int file;       /* to write to, a duplicate; or -1 */
	off_t offset;
};

static struct mapping *mappings;

static void *fail(int error)
{
	errno = error;
	return MAP_FAILED;
}

static int refuse(int error)
{
	errno = error;
	return -1;
}

/* The size in whole pages, or 0 when there is no such size. */
static size_t in_pages(size_t size)
{
	size_t more = PAGESIZE - 1;
	return size > SIZE_MAX - more ? 0 : (size + more) & ~more;
}

static int fill(char *to, size_t size, int file, off_t offset)
{
	while (size) {
		/* SWITCH: other threads run while the file is read. */
		ssize_t count = pread(file, to, size, offset);
		if (count < 0)
			return -1;
		if (count == 0)
			break;
		to += count;
		size -= (size_t)count;
		offset += count;
	}
	return 0;
}

/* What lies beyond the end of the file is not written. */
static int write_back(int file, const char *from, size_t size, off_t offset)
{
	struct stat status;
	if (fstat(file, &status))
		return -1;
	if (offset >= status.st_size)
		return 0;
	if ((off_t)size > status.st_size - offset)
		size = (size_t)(status.st_size - offset);
	while (size) {
		/* SWITCH: other threads run while the file is written. */
		ssize_t count = pwrite(file, from, size, offset);
		if (count < 0)
			return -1;
		from += count;
		size -= (size_t)count;
		offset += count;
	}
	return 0;
}

/* The mapping that begins at `start`; what points to it. */
static struct mapping **find(const void *start)
{
	struct mapping **at = &mappings;
	while (*at && (*at)->start != start)
		at = &(*at)->next;
	return at;
}

static void drop(struct mapping *mapping)
{
	if (mapping->file >= 0)
		close(mapping->file);
	free(mapping->start);
	free(mapping);
}

void *__mmap(void *hint, size_t size, int protection, int flags, int file, off_t offset)
{
	int type = flags & MAP_TYPE;
	(void)hint;
	size_t pages = in_pages(size);
	if (size == 0 || offset < 0 || offset % PAGESIZE || (type != MAP_SHARED && type != MAP_PRIVATE))
		return fail(EINVAL);
	if (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE) || protection & PROT_EXEC)
		return fail(ENOTSUP);
	struct mapping *mapping = pages ? calloc(1, sizeof *mapping) : 0;
	void *start = mapping ? aligned_alloc(PAGESIZE, pages) : 0;
	if (!start) {
		free(mapping);
		return fail(ENOMEM);
	}
	memset(start, 0, pages);
	*mapping = (struct mapping){ .start = start, .size = pages, .file = -1, .offset = offset };
	if (!(flags & MAP_ANONYMOUS)) {
		int failed = fill(start, size, file, offset);
		if (!failed && type == MAP_SHARED && protection & PROT_WRITE) {
			if ((fcntl(file, F_GETFL) & O_ACCMODE) != O_RDWR)
				errno = EACCES, failed = -1;
			else
				failed = (mapping->file = dup(file)) < 0;
		}
		if (failed) {
			int error = errno;
			drop(mapping);
			return fail(error);
		}
	}
	mapping->next = mappings;
	mappings = mapping;
	return start;
}
weak_alias(__mmap, mmap);

/* Whole mappings only. */
int __munmap(void *start, size_t size)
{
	struct mapping **at = find(start), *mapping = *at;
	if (!mapping || in_pages(size) != mapping->size)
		return refuse(mapping && size ? ENOTSUP : EINVAL);
	*at = mapping->next;
	int failed = mapping->file >= 0 && write_back(mapping->file, mapping->start, mapping->size,
	                                              mapping->offset);
	drop(mapping);
	return failed ? -1 : 0;
}
weak_alias(__munmap, munmap);

weak int msync(void *start, size_t size, int flags)
{
	if ((uintptr_t)start % PAGESIZE || (flags & MS_SYNC && flags & MS_ASYNC))
		return refuse(EINVAL);
	for (struct mapping *at = mappings; at; at = at->next) {
		size_t skipped = (char *)start - at->start;
		if (skipped >= at->size)
			continue;
		if (at->file < 0)
			return 0;
		size_t rest = at->size - skipped;
		return write_back(at->file, start, size < rest ? size : rest, at->offset + (off_t)skipped);
	}
	return refuse(ENOMEM);
}

void *__mremap(void *start, size_t size, size_t new_size, int flags, ...)
{
	struct mapping *mapping = *find(start);
	size_t pages = in_pages(new_size);
	if (!mapping || !pages || in_pages(size) != mapping->size || flags & ~MREMAP_MAYMOVE)
		return fail(EINVAL);
	if (pages <= mapping->size)
		return start;
	void *moved = flags & MREMAP_MAYMOVE && mapping->file < 0 ? aligned_alloc(PAGESIZE, pages) : 0;
	if (!moved)
		return fail(ENOMEM);
	memcpy(moved, start, mapping->size);
	memset((char *)moved + mapping->size, 0, pages - mapping->size);
	free(start);
	mapping->start = moved;
	mapping->size = pages;
	return moved;
}
weak_alias(__mremap, mremap);

int __mprotect(void *start, size_t size, int protection)
{
	(void)size;
	if ((uintptr_t)start % PAGESIZE)
		return refuse(EINVAL);
	return protection & PROT_EXEC ? refuse(ENOTSUP) : 0;
}
weak_alias(__mprotect, mprotect);

/* Advice is not needed. What MADV_DONTNEED gives back reads as zero. */
int __madvise(void *start, size_t size, int advice)
{
	if (advice == MADV_DONTNEED)
		memset(start, 0, size);
	return 0;
}
weak_alias(__madvise, madvise);

weak int posix_madvise(void *start, size_t size, int advice)
{
	(void)start, (void)size;
	return advice < POSIX_MADV_NORMAL || advice > POSIX_MADV_DONTNEED ? EINVAL : 0;
}

/* Memory stays where it is. */
weak int mlock(const void *start, size_t size) { (void)start, (void)size; return 0; }
weak int munlock(const void *start, size_t size) { (void)start, (void)size; return 0; }
weak int mlock2(const void *start, size_t size, unsigned flags)
{
	(void)flags;
	return mlock(start, size);
}
weak int mlockall(int flags) { (void)flags; return 0; }
weak int munlockall(void) { return 0; }

/* A file that the library itself reads as a whole. */
const unsigned char *__map_file(const char *path, size_t *size)
{
	void *start = MAP_FAILED;
	struct stat status;
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (file < 0)
		return 0;
	if (!fstat(file, &status)) {
		*size = (size_t)status.st_size;
		start = __mmap(0, *size, PROT_READ, MAP_SHARED, file, 0);
	}
	close(file);
	return start == MAP_FAILED ? 0 : start;
}
