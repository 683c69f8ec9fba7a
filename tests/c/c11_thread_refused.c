// At the cap on threads thrd_create answers thrd_nomem, and joining oneself is
// an error.
// RUN-FLAGS: --max-threads 2
// SKIP: native: has no such limit
// SKIP: wasmtime: the limit is an option of coopt
// SKIP: wasi-sdk: wasi-libc has no thrd_join
#include "check.h"
#include <threads.h>

static mtx_t gate;

static int pass(void *unused)
{
	(void)unused;
	CHECK_RESULT(mtx_lock(&gate), thrd_success);
	return mtx_unlock(&gate);
}

int main(void)
{
	CHECK_RESULT(thrd_join(thrd_current(), NULL), thrd_error);
	CHECK_RESULT(mtx_init(&gate, mtx_plain), thrd_success);
	CHECK_RESULT(mtx_lock(&gate), thrd_success);
	thrd_t one, other;
	CHECK_RESULT(thrd_create(&one, pass, NULL), thrd_success);
	CHECK_RESULT(thrd_create(&other, pass, NULL), thrd_nomem);
	CHECK_RESULT(mtx_unlock(&gate), thrd_success);
	CHECK_RESULT(thrd_join(one, NULL), thrd_success);
}
