// A robust mutex is initialised again while it is held, each of three in turn.
// POSIX leaves that undefined; it happens when a mutex is left locked on the stack
// or in freed memory. Nothing hangs, and the next lock of that mutex returns
// EOWNERDEAD.
// STDOUT:
//   locked again
// SKIP: wasi-sdk: wasi-libc has no robust mutexes
#include "check.h"

enum { COUNT = 3 };

static pthread_mutex_t mutexes[COUNT];
static pthread_mutexattr_t attr;

static void make_and_lock(pthread_mutex_t *mutex)
{
	CHECK_OK(pthread_mutex_init(mutex, &attr));
	CHECK_OK(pthread_mutex_lock(mutex));
}

static void *leave_locked(void *anew)
{
	for (int i = 0; i < COUNT; i++)
		make_and_lock(&mutexes[i]);
	make_and_lock(&mutexes[AS_NUMBER(anew)]);
	/* A lock and its release go through the list of held mutexes. */
	pthread_mutex_t other;
	make_and_lock(&other);
	CHECK_OK(pthread_mutex_unlock(&other));
	return NULL;
}

int main(void)
{
	CHECK_OK(pthread_mutexattr_init(&attr));
	CHECK_OK(pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST));
	for (int anew = 0; anew < COUNT; anew++) {
		finish(start(leave_locked, NUMBER(anew)));
		CHECK_RESULT(pthread_mutex_lock(&mutexes[anew]), EOWNERDEAD);
	}
	puts("locked again");
}
