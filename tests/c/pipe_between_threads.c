// Bytes go through a pipe from one thread to another: in order, none lost, none
// twice, and the end comes when the last descriptor of the other end is closed.
// SKIP: wasi-sdk: wasi-libc has no pipe
// STDOUT:
//   1000000 bytes, in order
//   after that: 0
#include "check.h"
#include <unistd.h>

enum { BYTES = 1000000 };

static int ends[2];

static void *write_all(void *unused)
{
	static unsigned char piece[7001];
	for (int sent = 0; sent < BYTES;) {
		int len = 1 + sent % (int)sizeof piece;
		if (len > BYTES - sent)
			len = BYTES - sent;
		for (int i = 0; i < len; i++)
			piece[i] = (unsigned char)((sent + i) % 251);
		CHECK(write(ends[1], piece, (size_t)len) == len);
		sent += len;
	}
	CHECK(close(ends[1]) == 0);
	return unused;
}

int main(void)
{
	CHECK(pipe(ends) == 0);
	pthread_t writer = start(write_all, NULL);
	static unsigned char piece[4099];
	int got = 0;
	ssize_t len;
	while ((len = read(ends[0], piece, sizeof piece)) > 0) {
		for (ssize_t i = 0; i < len; i++)
			CHECK(piece[i] == (got + i) % 251);
		got += (int)len;
	}
	printf("%d bytes, in order\nafter that: %d\n", got, (int)len);
	pthread_join(writer, NULL);
}
