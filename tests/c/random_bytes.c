// getentropy and arc4random give as many random bytes as are asked for, also none,
// and never the same; getentropy gives 256 at most.
// STDOUT:
//   getentropy(bytes, 0): 0
//   getentropy(bytes, 256): 0
//   getentropy(bytes, 257): EIO
//   100000 bytes by getentropy are random
//   100000 bytes by arc4random_buf are random
#include "files.h"

enum { SIZE = 100000 };

static unsigned char bytes[SIZE + 1], others[SIZE + 1];

/* Whether each value occurs about as often as each other. It is wrong in less than
 * one of a million of millions of runs. */
static void check_random(const char *what)
{
	int counts[256] = { 0 };
	for (int at = 0; at < SIZE; at++)
		counts[bytes[at]]++;
	for (int value = 0; value < 256; value++)
		CHECK(counts[value] > SIZE / 256 - 200 && counts[value] < SIZE / 256 + 200);
	CHECK(bytes[SIZE] == 77);
	CHECK(memcmp(bytes, others, SIZE) != 0);
	printf("%d bytes by %s are random\n", SIZE, what);
}

int main(void)
{
	bytes[0] = bytes[256] = 77;
	SHOW(getentropy(bytes, 0));
	CHECK(bytes[0] == 77);
	SHOW(getentropy(bytes, 256));
	CHECK(bytes[256] == 77);
	SHOW(getentropy(bytes, 257));

	memset(bytes, 0, SIZE);
	bytes[SIZE] = 77;
	for (int at = 0; at < SIZE; at += 250)
		CHECK(getentropy(bytes + at, 250) == 0);
	for (int at = 0; at < SIZE; at += 250)
		CHECK(getentropy(others + at, 250) == 0);
	check_random("getentropy");

	memset(bytes, 0, SIZE);
	arc4random_buf(bytes, 0);
	CHECK(bytes[0] == 0);
	arc4random_buf(bytes, SIZE);
	arc4random_buf(others, SIZE);
	check_random("arc4random_buf");
	unsigned any = 0;
	for (int i = 0; i < 10; i++)
		any |= arc4random();
	CHECK(any != 0);
	for (int i = 0; i < 1000; i++)
		CHECK(arc4random_uniform(10) < 10);
}
