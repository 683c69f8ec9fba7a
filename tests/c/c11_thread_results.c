// thrd_join returns the number that a C11 thread returns or exits with. A
// detached thread runs on. thrd_equal tells one thread from another.
// SKIP: wasi-sdk: wasi-libc has no thrd_create
#include "check.h"
#include <sched.h>
#include <threads.h>

static thrd_t main_thread;
static volatile int seen;

static int give(void *number)
{
	CHECK(!thrd_equal(thrd_current(), main_thread));
	return AS_NUMBER(number);
}

static int exit_from_depth(void *number)
{
	thrd_exit(AS_NUMBER(number));
}

static int note(void *unused)
{
	(void)unused;
	seen = 1;
	return 0;
}

int main(void)
{
	main_thread = thrd_current();
	CHECK(thrd_equal(thrd_current(), main_thread));

	thrd_t thread;
	int code;
	CHECK_RESULT(thrd_create(&thread, give, NUMBER(-7)), thrd_success);
	CHECK_RESULT(thrd_join(thread, &code), thrd_success);
	CHECK(code == -7);

	CHECK_RESULT(thrd_create(&thread, exit_from_depth, NUMBER(42)), thrd_success);
	CHECK_RESULT(thrd_join(thread, &code), thrd_success);
	CHECK(code == 42);

	CHECK_RESULT(thrd_create(&thread, give, NUMBER(1)), thrd_success);
	CHECK_RESULT(thrd_join(thread, NULL), thrd_success);

	CHECK_RESULT(thrd_create(&thread, note, NULL), thrd_success);
	CHECK_RESULT(thrd_detach(thread), thrd_success);
	while (!seen)
		thrd_yield();
}
