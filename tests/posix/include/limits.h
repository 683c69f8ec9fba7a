// <limits.h> with a PTHREAD_STACK_MIN of one page. Tests that give a thread a
// stack take PTHREAD_STACK_MIN bytes and require a multiple of the page size.
// coopt's own minimum is smaller than a page.
#pragma once
#include_next <limits.h>

#undef PTHREAD_STACK_MIN
#define PTHREAD_STACK_MIN 65536
