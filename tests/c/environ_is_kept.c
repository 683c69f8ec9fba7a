// Variables arrive as they were given, and what changes them changes environ.
// ENV: ONE=first
// ENV: EMPTY=
// ENV: WORDS=two words = "three"
// ENV: GREETING=grüße 🧵
// STDOUT:
//   4:
//     `EMPTY=`
//     `GREETING=grüße 🧵`
//     `ONE=first`
//     `WORDS=two words = "three"`
//   ONE is `first`, EMPTY is empty, ON is not there
//   5:
//     `GREETING=grüße 🧵`
//     `NEW=new`
//     `ONE=first`
//     `PUT=put`
//     `WORDS=one`
//   0:
#include "check.h"
#include <unistd.h>

static int by_text(const void *one, const void *other)
{
	return strcmp(*(char *const *)one, *(char *const *)other);
}

static void show(void)
{
	char *all[16];
	int count = 0;
	for (char **at = environ; at && *at; at++) {
		CHECK(count < 16);
		all[count++] = *at;
	}
	qsort(all, (size_t)count, sizeof *all, by_text);
	printf("%d:\n", count);
	for (int i = 0; i < count; i++)
		printf("  `%s`\n", all[i]);
}

int main(void)
{
	show();
	const char *empty = getenv("EMPTY");
	printf("ONE is `%s`, EMPTY is %s, ON is %s\n", getenv("ONE"),
	       empty && !*empty ? "empty" : "wrong", getenv("ON") ? "wrong" : "not there");
	CHECK(setenv("ONE", "second", 0) == 0);
	CHECK(setenv("WORDS", "one", 1) == 0);
	CHECK(setenv("NEW", "new", 1) == 0);
	CHECK(unsetenv("EMPTY") == 0);
	static char text[] = "PUT=put";
	CHECK(putenv(text) == 0);
	show();
	CHECK_ERRNO(setenv("A=B", "", 1), EINVAL);
	CHECK_ERRNO(setenv("", "", 1), EINVAL);
	CHECK_ERRNO(unsetenv("A=B"), EINVAL);
	CHECK(clearenv() == 0);
	show();
}
