// Numbers of 128 bits can be divided: by a function of the compiler, which may use what the C library has
// for checks of the stack.
//
// SKIP: wasi-sdk: its C library has no such checks
// STDOUT:
//   3402823669209384634633746074317, 68211455
#include "check.h"

int main(void)
{
	volatile unsigned __int128 all = ~(unsigned __int128)0;
	volatile unsigned divisor = 100000000;
	unsigned __int128 quotient = all / divisor, remainder = all % divisor;
	CHECK(quotient * divisor + remainder == all);
	printf("%llu%018llu, %llu\n", (unsigned long long)(quotient / 1000000000000000000),
	       (unsigned long long)(quotient % 1000000000000000000), (unsigned long long)remainder);
}
