/* The calling thread's record, as far as the C library knows it. */
#include <coopt.h>
#include "pthread_impl.h"

_Thread_local struct __pthread __wasilibc_pthread_self = {
	.tid = COOPT_THREAD_MAIN,
	.locale = &libc.global_locale,
};
