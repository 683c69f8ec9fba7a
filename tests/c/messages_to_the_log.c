// syslog writes to the standard error output, as there is no log.
// SKIP: wasi-sdk: wasi-libc has none of it
// SKIP: native: it has a log
// STDERR-CONTAINS: prog[42]: 3 of 4: Bad file descriptor
// STDERR-CONTAINS: prog: fatal 7
// STDERR-LACKS: hidden
#include "check.h"
#include <err.h>
#include <syslog.h>

int main(void)
{
	openlog("prog", LOG_PID, LOG_USER);
	setlogmask(LOG_UPTO(LOG_WARNING));
	errno = EBADF;
	syslog(LOG_ERR, "%d of %d: %m", 3, 4);
	CHECK_RESULT(errno, EBADF);
	syslog(LOG_INFO, "hidden");
	openlog("prog", 0, LOG_USER);
	syslog(LOG_CRIT, "fatal %d\n", 7);
}
