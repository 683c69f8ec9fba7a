/* Absolute values. */
#include <inttypes.h>
#include <stdlib.h>
#include <features.h>

weak int abs(int x)
{
	return x < 0 ? -x : x;
}

weak long labs(long x)
{
	return x < 0 ? -x : x;
}

weak long long llabs(long long x)
{
	return x < 0 ? -x : x;
}

weak intmax_t imaxabs(intmax_t x)
{
	return x < 0 ? -x : x;
}
