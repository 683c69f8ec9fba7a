// An invalid kind of mutex is refused.
// SKIP: native: glibc takes it
// SKIP: wasi-sdk: wasi-libc has no mtx_init
#include "check.h"
#include <threads.h>

int main(void)
{
	mtx_t mutex;
	CHECK_RESULT(mtx_init(&mutex, 1 << 8), thrd_error);
	CHECK_RESULT(mtx_init(&mutex, -1), thrd_error);
}
