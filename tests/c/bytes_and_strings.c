// Copies of every length and overlap, and comparisons, against the plain loops.
// SKIP: wasi-sdk: wasi-libc has none of it
#include "check.h"
#include <inttypes.h>
#include <strings.h>
#include <wchar.h>

enum { SIZE = 300 };

static unsigned char bytes[SIZE], expected[SIZE];

static void check_move(int to, int from, int length)
{
	unsigned char copy[SIZE];
	for (int at = 0; at < SIZE; at++)
		bytes[at] = expected[at] = copy[at] = (unsigned char)(at * 7 + 1);
	for (int at = 0; at < length; at++)
		expected[to + at] = copy[from + at];
	CHECK(memmove(bytes + to, bytes + from, length) == bytes + to);
	CHECK(memcmp(bytes, expected, SIZE) == 0);
	memset(bytes, 0, SIZE);
	CHECK(memcpy(bytes + to, copy + from, length) == bytes + to);
	CHECK(memcmp(bytes + to, copy + from, length) == 0);
	for (int at = 0; at < SIZE; at++)
		CHECK((at >= to && at < to + length) || bytes[at] == 0);
}

static int sign(int number)
{
	return (number > 0) - (number < 0);
}

int main(void)
{
	for (int length = 0; length < 140; length++)
		for (int shift = 0; shift < 40; shift++) {
			check_move(20 + shift, 20, length);
			check_move(20, 20 + shift, length);
		}
	char text[80] = { 0 };
	for (int start = 0; start < 9; start++)
		for (int length = 0; length < 60; length++) {
			memset(text, 'x', sizeof text);
			text[start + length] = 0;
			CHECK(strlen(text + start) == (size_t)length);
		}
	CHECK(sign(strcmp("a", "b")) == -1 && sign(strcmp("\xff", "a")) == 1 && strcmp("", "") == 0);
	CHECK(strcmp("abc", "abcd") < 0 && strncmp("abc", "abcd", 3) == 0 && strncmp("a", "b", 0) == 0);
	CHECK(strcasecmp("HeLLo", "hEllO") == 0 && strcasecmp("a", "B") < 0 && strcasecmp("Z", "a") > 0);
	CHECK(strncasecmp("HELLO", "helium", 3) == 0 && strncasecmp("HELLO", "helium", 4) != 0);
	CHECK(abs(-5) == 5 && labs(-5L) == 5 && llabs(-5LL) == 5 && imaxabs(-5) == 5);
	bzero(bytes, 3);
	CHECK(bytes[0] == 0 && bytes[2] == 0);
}
