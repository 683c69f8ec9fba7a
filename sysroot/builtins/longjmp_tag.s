# The tag that longjmp throws. Compilers since clang 22 leave it to the library;
# earlier ones define it, weakly, in each object.

	.tagtype	__c_longjmp i32
	.globl	__c_longjmp
__c_longjmp:
