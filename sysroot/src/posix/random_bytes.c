/* getrandom, by getentropy, which gives up to 256 bytes at once. */
#define _GNU_SOURCE
#include <errno.h>
#include <features.h>
#include <sys/random.h>
#include <unistd.h>

enum { AT_ONCE_MAX = 256 };

weak ssize_t getrandom(void *to, size_t size, unsigned flags)
{
	if (flags & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE)) {
		errno = EINVAL;
		return -1;
	}
	for (size_t done = 0; done < size; done += AT_ONCE_MAX) {
		size_t rest = size - done;
		if (getentropy((char *)to + done, rest < AT_ONCE_MAX ? rest : AT_ONCE_MAX))
			return -1;
	}
	return (ssize_t)size;
}
