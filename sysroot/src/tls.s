# What the thread layer must know of the block of thread-local variables.
#
# The linker says it in globals, which neither C nor stable Rust can read.

	.globaltype	__tls_base, i32
	.globaltype	__tls_size, i32, immutable
	.globaltype	__tls_align, i32, immutable
	.functype	__wasm_init_tls (i32) -> ()

# size_t __coopt_tls_size(void): bytes of one thread's block.
	.section	.text.__coopt_tls_size,"",@
	.hidden	__coopt_tls_size
	.globl	__coopt_tls_size
	.type	__coopt_tls_size,@function
__coopt_tls_size:
	.functype	__coopt_tls_size () -> (i32)
	global.get	__tls_size
	end_function

# size_t __coopt_tls_align(void): how a block is aligned; a power of two.
	.section	.text.__coopt_tls_align,"",@
	.hidden	__coopt_tls_align
	.globl	__coopt_tls_align
	.type	__coopt_tls_align,@function
__coopt_tls_align:
	.functype	__coopt_tls_align () -> (i32)
	global.get	__tls_align
	end_function

# void __coopt_tls_init(void *block): gives a block its initial contents, for a
# thread that does not run yet. The linker's function also makes the block the
# caller's own, so the caller's `__tls_base` is put back.
	.section	.text.__coopt_tls_init,"",@
	.hidden	__coopt_tls_init
	.globl	__coopt_tls_init
	.type	__coopt_tls_init,@function
__coopt_tls_init:
	.functype	__coopt_tls_init (i32) -> ()
	.local	i32
	global.get	__tls_base
	local.set	1
	local.get	0
	call	__wasm_init_tls
	local.get	1
	global.set	__tls_base
	end_function
