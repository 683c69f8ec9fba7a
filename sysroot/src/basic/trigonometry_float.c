/* Sine, cosine and tangent of a float, by polynomials of doubles. */
#define _GNU_SOURCE
#include <math.h>
#include "libm.h"

/* The angle less its quarters of a turn, and how many. */
struct reduced { double rest; int quarters; };

static struct reduced reduce(float x)
{
	double rest;
	int quarters = __rem_pio2f(x, &rest);
	return (struct reduced){ rest, quarters };
}

static float sine(struct reduced angle)
{
	float value = angle.quarters & 1 ? __cosdf(angle.rest) : __sindf(angle.rest);
	return angle.quarters & 2 ? -value : value;
}

static float cosine(struct reduced angle)
{
	angle.quarters++;
	return sine(angle);
}

weak float sinf(float x)
{
	if (!isfinite(x))
		return x - x;
	return x == 0 ? x : sine(reduce(x));
}

weak float cosf(float x)
{
	return isfinite(x) ? cosine(reduce(x)) : x - x;
}

weak void sincosf(float x, float *sin, float *cos)
{
	if (!isfinite(x)) {
		*sin = *cos = x - x;
		return;
	}
	struct reduced angle = reduce(x);
	*sin = x == 0 ? x : sine(angle);
	*cos = cosine(angle);
}

weak float tanf(float x)
{
	if (!isfinite(x))
		return x - x;
	struct reduced angle = reduce(x);
	return x == 0 ? x : __tandf(angle.rest, angle.quarters & 1);
}
