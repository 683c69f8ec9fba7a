// strptime reads dates, seconds and zones as POSIX 2024 says.
// SKIP: wasi-sdk: wasi-libc has none of it
// STDOUT:
//   %F: 1856-07-10
//   %s: 683078400
//   %z: 7200 s
#include "check.h"

int main(void)
{
	struct tm date = { 0 }, seconds = { 0 }, zone = { 0 };
	CHECK(setenv("TZ", "UTC0", 1) == 0);
	CHECK(strptime("1856-07-10", "%F", &date) != NULL);
	printf("%%F: %d-%02d-%02d\n", date.tm_year + 1900, date.tm_mon + 1, date.tm_mday);
	CHECK(strptime("683078400", "%s", &seconds) != NULL);
	printf("%%s: %lld\n", (long long)mktime(&seconds));
	CHECK(strptime("+0200", "%z", &zone) != NULL);
	printf("%%z: %ld s\n", (long)zone.tm_gmtoff);
}
