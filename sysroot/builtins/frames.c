/*
 * What the thread layer asks of C++, if the program has any: sysroot/cxx/unwind.c
 * has the other side. References are weak, so that a program without
 * exceptions of C++ links none of that.
 */
#include <stddef.h>

typedef int base(void (*run)(void *), void *argument);

__attribute__((weak)) base __coopt_cxx_base;
__attribute__((weak)) void __coopt_cxx_unwind(void);

/* The function below the frames of a thread, which calls `run` and returns
 * whether the thread ended instead; null where nothing needs to be caught. */
base *__coopt_base(void)
{
	return __coopt_cxx_base;
}

/* Leaves the frames of a thread that ends, so that their destructors run. Does
 * not return, but to a program whose destructors need no such help. */
void __coopt_unwind(void)
{
	if (__coopt_cxx_unwind) __coopt_cxx_unwind();
}

/* The empty one of those: see thread_atexit.c. */
static void none(void) {}
__attribute__((weak, alias("none"))) void __coopt_thread_destructors(void);
