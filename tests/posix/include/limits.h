// <limits.h> with a PTHREAD_STACK_MIN of one page. Threads with stacks of their
// own take the smallest there may be, and want it to be a multiple of the page
// size, as where pages are protected. Here a stack may be smaller than a page.
#pragma once
#include_next <limits.h>

#undef PTHREAD_STACK_MIN
#define PTHREAD_STACK_MIN 65536
