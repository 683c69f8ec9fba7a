/*
 * What musl's own code may know about threads: the calling thread's record.
 *
 * This file replaces musl's header of the same name. Most of musl's header serves
 * its src/thread, which is not built: wasm/coopt-pthread is the thread layer.
 */
#ifndef COOPT_PTHREAD_IMPL_H
#define COOPT_PTHREAD_IMPL_H

#include <features.h>
#include <locale.h>
#include <pthread.h>
#include "atomic.h"
#include "libc.h"

/*
 * The record is thread-local. It is correct from the first instruction of a
 * thread on, but for the id, which the thread layer stores. wasm/coopt-pthread
 * knows the layout, hence the assertions.
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
