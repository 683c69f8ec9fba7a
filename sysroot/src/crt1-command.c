/*
 * _start of a command.
 *
 * _start calls the constructors and destructors itself. Otherwise the linker
 * would wrap every export in them, wasi_thread_start included: the constructors
 * would run again for each thread, and the destructors (atexit, stdio) after the
 * first thread that ends.
 *
 * In a program with exceptions of C++, something below main must catch them
 * (sysroot/cxx/base.s). References to it are weak, so other programs have none.
 */
#include <wasi/api.h>

extern void __wasm_call_ctors(void);
extern void __wasm_call_dtors(void);
extern int __main_void(void);

__attribute__((weak)) int __coopt_cxx_base(void (*run)(void *), void *argument);
__attribute__((weak)) _Noreturn void __coopt_main_ended(void);

static void run(void *status)
{
	__wasm_call_ctors();
	*(int *)status = __main_void();
	__wasm_call_dtors();
}

__attribute__((export_name("_start")))
void _start(void)
{
	int status = 0;
	if (!__coopt_cxx_base)
		run(&status);
	else if (__coopt_cxx_base(run, &status))
		__coopt_main_ended();
	if (status != 0)
		__wasi_proc_exit(status);
}
