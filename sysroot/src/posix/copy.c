/* copy_file_range: through memory, as the host copies nothing itself. */
#define _GNU_SOURCE
#include <errno.h>
#include <features.h>
#include <unistd.h>

/* So much is copied at once; a caller asks again for what is left. */
enum { AT_ONCE_MAX = 4096 };

/* At an offset that the caller keeps, or where the descriptor stands. */
static ssize_t read_at(int file, off_t *offset, void *to, size_t size)
{
	ssize_t count = offset ? pread(file, to, size, *offset) : read(file, to, size);
	if (offset && count > 0)
		*offset += count;
	return count;
}

static ssize_t write_at(int file, off_t *offset, const void *from, size_t size)
{
	ssize_t count = offset ? pwrite(file, from, size, *offset) : write(file, from, size);
	if (offset && count > 0)
		*offset += count;
	return count;
}

/* SWITCH: other threads run while the files are read and written. */
weak ssize_t copy_file_range(int from, off_t *from_offset, int to, off_t *to_offset, size_t size,
                             unsigned flags)
{
	char bytes[AT_ONCE_MAX];
	if (flags) {
		errno = EINVAL;
		return -1;
	}
	ssize_t count = read_at(from, from_offset, bytes, size < AT_ONCE_MAX ? size : AT_ONCE_MAX);
	for (ssize_t done = 0; done < count;) {
		ssize_t written = write_at(to, to_offset, bytes + done, (size_t)(count - done));
		if (written < 0)
			return -1;
		done += written;
	}
	return count;
}
