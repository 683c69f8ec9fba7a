/*
 * Functions that cannot work here. Programs link with them, because few call all
 * that they name, and they fail by ENOSYS. The linker finds none of them with
 * `coopt cc --coopt-absent=error`.
 */
#ifndef COOPT_ABSENT_H
#define COOPT_ABSENT_H

#include <errno.h>
#include <features.h>

#pragma clang diagnostic ignored "-Wunused-parameter"

static inline int absent(void)
{
	errno = ENOSYS;
	return -1;
}

/* A function that returns -1 and sets errno, a null pointer, or an errno. */
#define FAILS(type, name, parameters) weak type name parameters { return (type)absent(); }
#define NULL_FAILS(type, name, parameters) weak type name parameters { absent(); return 0; }
#define ERRNO_FAILS(name, parameters) weak int name parameters { return ENOSYS; }

#endif
