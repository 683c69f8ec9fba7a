/*
 * Sine, cosine and tangent: an angle is reduced to one octant, for which musl
 * has polynomials.
 */
#define _GNU_SOURCE
#include <math.h>
#include "libm.h"

/* An angle of up to an eighth of a turn needs no reduction. */
static const double eighth = 0.78539816339744830962;

/* The angle less its quarters of a turn, as a sum of two, and how many. */
struct reduced { double high, low; int quarters; };

static struct reduced reduce(double x)
{
	if (fabs(x) <= eighth)
		return (struct reduced){ x, 0, 0 };
	double parts[2];
	int quarters = __rem_pio2(x, parts);
	return (struct reduced){ parts[0], parts[1], quarters };
}

static double sine(struct reduced angle)
{
	double value = angle.quarters & 1 ? __cos(angle.high, angle.low)
	                                  : __sin(angle.high, angle.low, 1);
	return angle.quarters & 2 ? -value : value;
}

static double cosine(struct reduced angle)
{
	angle.quarters++;
	return sine(angle);
}

weak double sin(double x)
{
	if (!isfinite(x))
		return x - x;
	return x == 0 ? x : sine(reduce(x));
}

weak double cos(double x)
{
	return isfinite(x) ? cosine(reduce(x)) : x - x;
}

weak void sincos(double x, double *sin, double *cos)
{
	if (!isfinite(x)) {
		*sin = *cos = x - x;
		return;
	}
	struct reduced angle = reduce(x);
	*sin = x == 0 ? x : sine(angle);
	*cos = cosine(angle);
}

weak double tan(double x)
{
	if (!isfinite(x))
		return x - x;
	struct reduced angle = reduce(x);
	return x == 0 ? x : __tan(angle.high, angle.low, angle.quarters & 1);
}
