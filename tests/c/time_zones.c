// Local time follows `TZ`, with its rules for summer.
// SKIP: wasi-sdk: wasi-libc has none of it
// STDOUT:
//   UTC0                     2024-07-01 12:00:00 UTC +0000, summer 0
//   CET-1CEST,M3.5.0,M10.5.0 2024-07-01 14:00:00 CEST +0200, summer 1
//   CET-1CEST,M3.5.0,M10.5.0 2024-12-31 13:00:00 CET +0100, summer 0
//   EST5EDT,M3.2.0,M11.1.0   2024-07-01 08:00:00 EDT -0400, summer 1
//   <+0545>-5:45             2024-07-01 17:45:00 +0545 +0545, summer 0
//   names: CET CEST, 3600 s west of here, summer 1
#include "check.h"

static void show(const char *zone, time_t when)
{
	char text[64];
	struct tm local;
	CHECK(setenv("TZ", zone, 1) == 0);
	tzset();
	CHECK(localtime_r(&when, &local) == &local);
	CHECK(strftime(text, sizeof text, "%F %T %Z %z", &local) > 0);
	printf("%-24s %s, summer %d\n", zone, text, local.tm_isdst);
	local.tm_isdst = -1;
	CHECK(mktime(&local) == when);
}

int main(void)
{
	time_t summer = 1719835200, winter = 1735646400;
	show("UTC0", summer);
	show("CET-1CEST,M3.5.0,M10.5.0", summer);
	show("CET-1CEST,M3.5.0,M10.5.0", winter);
	show("EST5EDT,M3.2.0,M11.1.0", summer);
	show("<+0545>-5:45", summer);
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0", 1);
	tzset();
	printf("names: %s %s, %ld s west of here, summer %d\n", tzname[0], tzname[1], -timezone, daylight);
}
