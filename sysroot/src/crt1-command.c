/*
 * _start of a command.
 *
 * _start calls the constructors and destructors itself. Otherwise the linker
 * would wrap every export in them, wasi_thread_start included: the constructors
 * would run again for each thread, and the destructors (atexit, stdio) after the
 * first thread that ends.
 */
#include <wasi/api.h>

extern void __wasm_call_ctors(void);
extern void __wasm_call_dtors(void);
extern int __main_void(void);

__attribute__((export_name("_start")))
void _start(void)
{
	__wasm_call_ctors();
	int status = __main_void();
	__wasm_call_dtors();
	if (status != 0)
		__wasi_proc_exit(status);
}
