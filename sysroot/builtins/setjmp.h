/*
 * <setjmp.h>, on WebAssembly exceptions: longjmp throws, and the function that
 * called setjmp catches. The compiler writes the catch, so a program that calls
 * setjmp must be compiled with `-mllvm -wasm-enable-sjlj`, as coopt cc does.
 */
#ifndef _SETJMP_H
#define _SETJMP_H

#ifndef __wasm_exception_handling__
#error "setjmp needs WebAssembly exceptions: compile with `coopt cc` and clang 20 or later"
#endif

#include <features.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct __jmp_buf_tag {
	/* Which call of which function the buffer leads to, and where in it. */
	void *__frame;
	unsigned __label;
	/* What is thrown: the compiler's code reads these two. */
	struct {
		void *__env;
		int __value;
	} __thrown;
	/* The signal mask, if sigsetjmp was to keep it. */
	int __has_mask;
	unsigned long long __mask[16];
} jmp_buf[1];

/* The compiler knows setjmp by its name. It has no address. */
int setjmp(jmp_buf) __attribute__((__returns_twice__));
_Noreturn void longjmp(jmp_buf, int);
#define setjmp setjmp

#if defined(_POSIX_SOURCE) || defined(_POSIX_C_SOURCE) || defined(_XOPEN_SOURCE) \
	|| defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
typedef jmp_buf sigjmp_buf;
/* Keeps the mask, if it is to be kept, and returns its first argument. */
struct __jmp_buf_tag *__coopt_sigsetjmp(sigjmp_buf, int);
#define sigsetjmp(env, keep) setjmp(__coopt_sigsetjmp(env, keep))
_Noreturn void siglongjmp(sigjmp_buf, int);
#endif

#if defined(_XOPEN_SOURCE) || defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#define _setjmp(env) setjmp(env)
#define _longjmp(env, value) longjmp(env, value)
#endif

#ifdef __cplusplus
}
#endif

#endif
