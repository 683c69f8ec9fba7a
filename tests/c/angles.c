// Sine, cosine and tangent agree with each other and with what is known of them,
// in all octants, and for large and special numbers.
// SKIP: wasi-sdk: its functions are not those that are tested
// SKIP: native: nor are those of this machine
#include "check.h"
#include <math.h>

/* Within so many units of the last place of 1. */
static int is_near(double a, double b, double units)
{
	return fabs(a - b) <= units * 0x1p-52;
}

static void check_angle(double x)
{
	double s, c;
	sincos(x, &s, &c);
	CHECK(s == sin(x) && c == cos(x));
	CHECK(is_near(s * s + c * c, 1, 2));
	CHECK(is_near(sin(-x), -s, 0) && is_near(cos(-x), c, 0));
	if (fabs(c) > 0.1)
		CHECK(is_near(tan(x) * c, s, 4));
}

static void check_float(float x)
{
	float s, c;
	sincosf(x, &s, &c);
	CHECK(s == sinf(x) && c == cosf(x));
	CHECK(fabs(s - sin(x)) < 0x1p-23 && fabs(c - cos(x)) < 0x1p-23);
	if (fabs(cos(x)) > 0.1)
		CHECK(fabs(tanf(x) - tan(x)) < 0x1p-19);
}

int main(void)
{
	for (int step = -4000; step < 4000; step++) {
		check_angle(step * 0.0137);
		check_float(step * 0.0137f);
	}
	for (double x = 1e3; x < 1e22; x *= 3.7)
		check_angle(x);
	/* By a table of exact values: Muller, Handbook of Floating-Point Arithmetic. */
	CHECK(is_near(sin(1e22), -0.85220084976718880, 1) && is_near(cos(1e22), 0.52321478539513899, 1));
	CHECK(is_near(sin(M_PI / 6), 0.5, 1) && is_near(cos(M_PI / 3), 0.5, 2));
	CHECK(is_near(tan(M_PI / 4), 1, 1) && is_near(sin(100), -0.50636564110975879, 1));
	CHECK(signbit(sin(-0.0)) && signbit(tan(-0.0)) && cos(0) == 1 && signbit(sinf(-0.0f)));
	CHECK(isnan(sin(INFINITY)) && isnan(cos(NAN)) && isnan(tan(-INFINITY)) && isnan(sinf(INFINITY)));
	CHECK(sin(1e-300) == 1e-300 && sinf(1e-30f) == 1e-30f);
	CHECK(floorl(-0.5L) == -1 && floorl(2.5L) == 2 && floorl(-3) == -3 && fabsl(-2.5L) == 2.5L);
}
