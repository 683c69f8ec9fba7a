/* The clocks of processor time, which WASI 0.1 names. No host of ours has them:
 * asking for such a time is an error, and so is waiting for one. */
#include <common/clock.h>

#include <time.h>
#include <wasi/api.h>

const struct __clockid _CLOCK_PROCESS_CPUTIME_ID = { .id = __WASI_CLOCKID_PROCESS_CPUTIME_ID };
const struct __clockid _CLOCK_THREAD_CPUTIME_ID = { .id = __WASI_CLOCKID_THREAD_CPUTIME_ID };
