# The tag that C++ throws. Compilers since clang 22 leave it to the library;
# earlier ones define it, weakly, in each object.

	.tagtype	__cpp_exception i32
	.globl	__cpp_exception
__cpp_exception:
