# wasi_thread_start(id: i32, start: *StartArgs): where a new thread begins.
#
# A thread starts with the module's initial globals (invariant I3). So it has
# neither a stack nor thread-local storage of its own until it takes the two from
# the first two words of `start`. Only assembly can do that: compiled code may
# use the stack pointer before its first statement. `coopt_thread_start` in
# wasm/coopt-pthread does the rest.

	.globaltype	__stack_pointer, i32
	.globaltype	__tls_base, i32
	.functype	coopt_thread_start (i32, i32) -> ()

	.section	.text.wasi_thread_start,"",@
	.hidden	wasi_thread_start
	.globl	wasi_thread_start
	.type	wasi_thread_start,@function
	.export_name	wasi_thread_start, wasi_thread_start
wasi_thread_start:
	.functype	wasi_thread_start (i32, i32) -> ()

	local.get	1
	i32.load	0                       # start->stack: one past its highest byte
	global.set	__stack_pointer

	local.get	1
	i32.load	4                       # start->tls_base
	global.set	__tls_base

	local.get	0
	local.get	1
	call	coopt_thread_start
	end_function
