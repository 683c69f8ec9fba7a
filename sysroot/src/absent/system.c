/* What a program may tell the system about itself: the time, its names. */
#define _GNU_SOURCE
#include "absent.h"
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

FAILS(int, clock_settime, (clockid_t clock, const struct timespec *time))
FAILS(int, settimeofday, (const struct timeval *time, const struct timezone *zone))
FAILS(int, stime, (const time_t *time))
FAILS(int, adjtime, (const struct timeval *by, struct timeval *before))
FAILS(int, adjtimex, (struct timex *request))
FAILS(int, clock_adjtime, (clockid_t clock, struct timex *request))
FAILS(int, sethostname, (const char *name, size_t size))
FAILS(int, setdomainname, (const char *name, size_t size))
FAILS(int, sysinfo, (struct sysinfo *to))
FAILS(int, acct, (const char *path))
FAILS(int, vhangup, (void))
FAILS(int, brk, (void *end))
FAILS(long, syscall, (long number, ...))
ERRNO_FAILS(clock_getcpuclockid, (pid_t process, clockid_t *clock))
