/* What wasm has no instruction for, unlike for float and double. */
#include <math.h>
#include <features.h>

weak long double fabsl(long double x)
{
	return __builtin_fabsl(x);
}

weak long double floorl(long double x)
{
	long double towards_zero = truncl(x);
	return towards_zero > x ? towards_zero - 1 : towards_zero;
}
