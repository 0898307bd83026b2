/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "math/vec/elementary.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "math/vec/elementary_tables.h"

#define ROUND_TO_WHOLE 6755399441055744.0 /* 1.5 x 2^52: adding and subtracting it rounds to a whole number */
#define EXP_ABOVE 709.79  /* e^x is beyond the doubles */
#define EXP_BELOW (-745.2) /* e^x is below half the smallest double */
#define LOWEST_NORMAL 2.2250738585072014e-308 /* 2^-1022 */

/* --- sums and products of two doubles, exact in two parts -------------------------- */

/* a + b exactly (D. E. Knuth, The Art of Computer Programming, volume 2, section 4.2.2, theorem B). */
static inline two_parts sum_of(double a, double b)
{
	double high = a + b, b_there = high - a;
	return (two_parts){ high, (a - (high - b_there)) + (b - b_there) };
}

/* The same when |a| >= |b| or a is 0 (T. J. Dekker, Numerische Mathematik 18 (1971), section 4). */
static inline two_parts sum_of_ordered(double a, double b)
{
	double high = a + b;
	return (two_parts){ high, b - (high - a) };
}

/* The upper 26 bits of a, rounded (Dekker, section 5; the factor is 2^27 + 1). */
static inline double upper_half(double a)
{
	double scaled = 134217729.0 * a;
	return scaled - (scaled - a);
}

/* a x b exactly (Dekker, section 5), without fused multiply-add. */
static inline two_parts product_of(double a, double b)
{
	double high = a * b;
	double a_high = upper_half(a), a_low = a - a_high;
	double b_high = upper_half(b), b_low = b - b_high;
	return (two_parts){ high,
		            ((a_high * b_high - high) + a_high * b_low + a_low * b_high) + a_low * b_low };
}

/* --- bits of a double -------------------------------------------------------------- */

/* 2^exponent, -1022 <= exponent <= 1023. */
static double power_of_two(int exponent)
{
	uint64_t bits = (uint64_t)(exponent + 1023) << 52;
	double value;
	memcpy(&value, &bits, sizeof value);
	return value;
}

/* value x 2^exponent for 2^-10 <= value < 4: exact, but for results below 2^-1022 and infinity. */
static double scaled(double value, int exponent)
{
	if (exponent > 1000)
		return value * 0x1p1000 * power_of_two(exponent - 1000);
	if (exponent < -1000)
		return value * 0x1p-1000 * power_of_two(exponent + 1000);
	return value * power_of_two(exponent);
}

/* x = m 2^exponent with sqrt(1/2) <= m < sqrt(2), for finite x > 0. */
static double split_off_exponent(double x, int *exponent)
{
	uint64_t bits;
	*exponent = 0;
	if (x < LOWEST_NORMAL) {
		x *= 0x1p54;
		*exponent = -54;
	}
	memcpy(&bits, &x, sizeof bits);
	*exponent += (int)(bits >> 52) - 1023;
	bits = (bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000;
	memcpy(&x, &bits, sizeof x);
	if (x < ROOT_TWO)
		return x;
	*exponent += 1;
	return x * 0.5;
}

/* --- exponential and logarithm in two parts ---------------------------------------- */

/* e^(x.high + x.low) = result 2^exponent, for EXP_BELOW <= x.high <= EXP_ABOVE.
 * x = k ln 2 / 64 + r with |r| <= ln 2 / 128 = 2^-7.5; e^r - 1 = r + r^2 (1/2 + r/6 + ... + r^6/8!), the next
 * term is below 2^-78. The square term, below 2^-16, is rounded to 2^-69: that is the result's relative error
 * but for 2^-68 from the parts that are left out. */
static two_parts exp_in_parts(two_parts x, int *exponent)
{
	double k = (x.high * STEPS_PER_UNIT + ROUND_TO_WHOLE) - ROUND_TO_WHOLE;
	int step = (int)k;
	two_parts r = sum_of(x.high - k * STEP_HIGH, -k * STEP_MIDDLE);
	r = sum_of_ordered(r.high, r.low + (x.low - k * STEP_LOW));
	double u = r.high;
	double series = 1.0 / 720 + u * (1.0 / 5040 + u * (1.0 / 40320));
	series = 1.0 / 2 + u * (1.0 / 6 + u * (1.0 / 24 + u * (1.0 / 120 + u * series)));
	two_parts rest = sum_of_ordered(u, u * u * series + (r.low + r.low * u));
	two_parts power = power_table[step & 63];
	two_parts product = product_of(power.high, rest.high);
	two_parts sum = sum_of_ordered(power.high, product.high);
	double low = sum.low + (product.low + (power.low + (power.high * rest.low + power.low * rest.high)));
	*exponent = (step - (step & 63)) / 64;
	return sum_of_ordered(sum.high, low);
}

/* ln x for finite x > 0. With x = m 2^e and c near 1/m from the table, r = m c - 1 is exact in two parts and
 * |r| < 2^-8.4: ln x = e ln 2 - ln c + ln(1 + r). In ln(1 + r) = r - r^2/2 + r^3/3 - ... the first two terms
 * are kept in two parts, the others, below 2^-18 r, in one; the first one left out is below 2^-78 r. Relative
 * error below 2^-70; near x = 1 c is 1 and e is 0, so that nothing cancels. */
static two_parts log_in_parts(double x)
{
	int exponent;
	double m = split_off_exponent(x, &exponent);
	int entry = (int)(m * 256 + 0.5) - LOG_TABLE_FIRST;
	two_parts ratio = product_of(m, log_table[entry].inverse);
	two_parts r = sum_of_ordered(ratio.high - 1, ratio.low);
	two_parts square = product_of(r.high, r.high);
	double u = r.high;
	double series = 1.0 / 6 - u * (1.0 / 7 - u * (1.0 / 8 - u * (1.0 / 9)));
	series = 1.0 / 3 - u * (1.0 / 4 - u * (1.0 / 5 - u * series));
	two_parts near = sum_of_ordered(u, -0.5 * square.high);
	double near_low = near.low + (r.low - 0.5 * square.low - u * r.low + u * square.high * series);
	two_parts far = sum_of(exponent * LN2_HIGH, log_table[entry].logarithm.high);
	two_parts sum = sum_of(far.high, near.high);
	double low = far.low + (exponent * LN2_LOW + log_table[entry].logarithm.low);
	return sum_of_ordered(sum.high, sum.low + (low + near_low));
}

/* e^x in one double; x is checked. */
static double exp_of(two_parts x)
{
	int exponent;
	if (x.high > EXP_ABOVE)
		return INFINITY;
	if (x.high < EXP_BELOW)
		return 0;
	two_parts value = exp_in_parts(x, &exponent);
	return scaled(value.high, exponent);
}

double weir_exp(double x)
{
	return x == x ? exp_of((two_parts){ x, 0 }) : x;
}

double weir_log(double x)
{
	if (!(x > 0))
		return x == 0 ? -INFINITY : NAN;
	return x > 0x1.fffffffffffffp1023 ? x : log_in_parts(x).high;
}

double weir_pow(double x, double y)
{
	if (y == 0 || x == 1)
		return 1;
	if (!(x >= 0) || y != y)
		return NAN;
	if (y == 0.5)
		return sqrt(x);
	if (x == 0 || x > 0x1.fffffffffffffp1023)
		return (x == 0) == (y < 0) ? INFINITY : 0;
	two_parts logarithm = log_in_parts(x);
	double near = y * logarithm.high;
	if (near > EXP_ABOVE)
		return INFINITY;
	if (near < EXP_BELOW)
		return 0;
	two_parts product = product_of(y, logarithm.high);
	return exp_of(sum_of_ordered(product.high, product.low + y * logarithm.low));
}

/* --- the normal distribution ------------------------------------------------------- */

#define POLYNOMIAL(coefficients, u) polynomial(coefficients, sizeof(coefficients) / sizeof *(coefficients), u)

static inline double polynomial(const double *coefficients, size_t count, double u)
{
	double value = coefficients[count - 1];
	for (size_t i = count - 1; i-- > 0;)
		value = value * u + coefficients[i];
	return value;
}

/* Mills' ratio: weir_normal_tail over the density, x >= 0. */
static double mills_ratio(double x)
{
	if (x <= 6)
		return POLYNOMIAL(mills_near_top, x) / POLYNOMIAL(mills_near_bottom, x);
	double u = 1 / (x * x);
	return POLYNOMIAL(mills_far_top, u) / (POLYNOMIAL(mills_far_bottom, u) * x);
}

/* The tail beyond x >= 0: density x Mills' ratio. x^2 is kept in two parts: at x = 37 its rounding alone
 * would cost 120 units. */
static double upper_tail(double x)
{
	if (x > 40) /* far below the smallest double */
		return 0;
	two_parts square = product_of(x, x);
	int exponent;
	two_parts density = exp_in_parts((two_parts){ -0.5 * square.high, -0.5 * square.low }, &exponent);
	return scaled(density.high * (INVERSE_ROOT_TWO_PI * mills_ratio(x)), exponent);
}

double weir_normal_tail(double x)
{
	if (x != x)
		return x;
	return x >= 0 ? upper_tail(x) : 1 - upper_tail(-x);
}

double weir_normal_cdf(double x)
{
	return weir_normal_tail(-x);
}

/* minus the quantile of p <= 0.1 */
static double tail_quantile(double p)
{
	double r = sqrt(-weir_log(p));
	if (r <= 5)
		return POLYNOMIAL(quantile_tail_top, r - 1.5) / POLYNOMIAL(quantile_tail_bottom, r - 1.5);
	return POLYNOMIAL(quantile_far_top, r - 5) / POLYNOMIAL(quantile_far_bottom, r - 5);
}

double weir_normal_quantile(double p)
{
	if (!(p >= 0 && p <= 1))
		return NAN;
	if (p == 0 || p == 1)
		return p == 0 ? -INFINITY : INFINITY;
	double middle = p - 0.5;
	if (fabs(middle) <= 0.4) {
		double u = 0.16 - middle * middle;
		return middle * (POLYNOMIAL(quantile_middle_top, u) / POLYNOMIAL(quantile_middle_bottom, u));
	}
	return p < 0.5 ? -tail_quantile(p) : tail_quantile(1 - p);
}
