/*
 * What musl's own code may know about threads: the calling thread's record.
 *
 * It replaces musl's header of that name, most of which serves musl's
 * src/thread, which is not built: wasm/coopt-pthread is the thread layer.
 */
#ifndef COOPT_PTHREAD_IMPL_H
#define COOPT_PTHREAD_IMPL_H

#include <features.h>
#include <locale.h>
#include <pthread.h>
#include "atomic.h"
#include "libc.h"

/*
 * Thread-local, and correct from the first instruction of a thread except for
 * its id, which the thread layer stores. The layout is known to
 * wasm/coopt-pthread, hence the assertions.
 */
struct __pthread {
	int tid;            /* owner in lock words; COOPT_THREAD_MAIN at start */
	locale_t locale;    /* what uselocale chose; the global one at start */
	void *stdio_locks;  /* FILEs held by flockfile, newest first */
};

_Static_assert(offsetof(struct __pthread, tid) == 0, "known to coopt-pthread");
_Static_assert(offsetof(struct __pthread, locale) == 4, "known to coopt-pthread");
_Static_assert(offsetof(struct __pthread, stdio_locks) == 8, "known to coopt-pthread");
_Static_assert(sizeof(struct __pthread) == 12, "known to coopt-pthread");

extern _Thread_local struct __pthread __wasilibc_pthread_self;

#define __pthread_self() (&__wasilibc_pthread_self)

#endif
