/*
 * What the compiler makes of setjmp and longjmp.
 *
 * In a function that calls setjmp, the compiler numbers those calls (`label`),
 * gives each call of the function an address of its own (`frame`), and catches
 * the tag `__c_longjmp` around all that it calls. What it catches, it asks
 * __wasm_setjmp_test: a label is where to go on, 0 means that the jump leads to
 * another frame, and the compiler's code calls __wasm_longjmp again.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stddef.h>
#include <string.h>

/* The number that the compiler knows the tag `__c_longjmp` by. */
#define C_LONGJMP 1

_Static_assert(offsetof(struct __jmp_buf_tag, __thrown.__value)
	- offsetof(struct __jmp_buf_tag, __thrown.__env) == sizeof(void *),
	"the compiler's code reads a pointer and the number behind it");
_Static_assert(sizeof(sigset_t) <= sizeof ((struct __jmp_buf_tag *)0)->__mask,
	"a mask fits");

void __wasm_setjmp(struct __jmp_buf_tag *env, uint32_t label, void *frame)
{
	env->__label = label;
	env->__frame = frame;
}

uint32_t __wasm_setjmp_test(struct __jmp_buf_tag *env, void *frame)
{
	return env->__frame == frame ? env->__label : 0;
}

_Noreturn void __wasm_longjmp(struct __jmp_buf_tag *env, int value)
{
	/* The buffer carries what is thrown: it outlives the frames in between. */
	env->__thrown.__env = env;
	env->__thrown.__value = value ? value : 1;
	__builtin_wasm_throw(C_LONGJMP, &env->__thrown);
}

struct __jmp_buf_tag *__coopt_sigsetjmp(struct __jmp_buf_tag *env, int keep)
{
	env->__has_mask = keep;
	if (keep) {
		sigset_t mask;
		pthread_sigmask(SIG_SETMASK, 0, &mask);
		memcpy(env->__mask, &mask, sizeof mask);
	}
	return env;
}

_Noreturn void siglongjmp(struct __jmp_buf_tag *env, int value)
{
	if (env->__has_mask) {
		sigset_t mask;
		memcpy(&mask, env->__mask, sizeof mask);
		/* Handlers of signals that this unblocks run here. */
		pthread_sigmask(SIG_SETMASK, &mask, 0);
	}
	__wasm_longjmp(env, value);
}
