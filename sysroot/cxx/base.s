# int __coopt_cxx_base(void (*run)(void *), void *argument): calls `run`, which
# is a thread, or the whole program. 0 when it returns.
#
# An exception that nobody else catches ends here: see __coopt_cxx_escaped in
# unwind.c. Only assembly can catch without the C++ library's taking the
# exception for handled.

	.globaltype	__stack_pointer, i32
	.tagtype	__cpp_exception i32
	.functype	__coopt_cxx_escaped (i32) -> (i32)

	.section	.text.__coopt_cxx_base,"",@
	.hidden	__coopt_cxx_base
	.globl	__coopt_cxx_base
	.type	__coopt_cxx_base,@function
__coopt_cxx_base:
	.functype	__coopt_cxx_base (i32, i32) -> (i32)
	.local	i32
	global.get	__stack_pointer
	local.set	2

	block		i32
	try_table	(catch __cpp_exception 0)
	local.get	1                       # argument
	local.get	0                       # run
	call_indirect	(i32) -> ()
	i32.const	0
	return
	end_try_table
	unreachable
	end_block

	# The exception is on the operand stack. The frames above have left the
	# stack pointer where it was.
	local.get	2
	global.set	__stack_pointer
	call	__coopt_cxx_escaped
	end_function
