/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_math_elementary.c: the pure-arithmetic functions against long double libm and published digits, and
 * the powers in quadruple precision against decimals computed with 60 digits. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "math/vec/elementary.h"
#include "math/vec/quad.h"

Suite *weir_suite_math_elementary(void);

#define TRIALS 200000

static uint64_t state;

/* Uniform in [0, 1): xorshift (G. Marsaglia, Journal of Statistical Software 8(14), 2003). */
static double uniform(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (double)(state >> 11) * 0x1p-53;
}

static void seed(void)
{
	state = 88172645463325252u;
}

/* Distance of two values in units of the result. */
static double units(double got, long double wanted)
{
	double size = fabs((double)wanted);
	return (double)(fabsl(got - wanted) / (nextafter(size, INFINITY) - size));
}

static void worst(double *so_far, double now)
{
	if (!(now <= *so_far))
		*so_far = now;
}

START_TEST(exponential)
{
	double error = 0;
	for (int i = 0; i < TRIALS; i++) {
		double x = (uniform() - 0.5) * (i % 2 ? 1415 : 2);
		worst(&error, units(weir_exp(x), expl(x)));
	}
	ck_assert_double_lt(error, LDBL_MANT_DIG > 60 ? 0.501 : 1.51);
	ck_assert_double_eq(weir_exp(0), 1);
	ck_assert_double_eq(weir_exp(-0.0), 1);
	ck_assert_double_eq(weir_exp(1), 0x1.5bf0a8b145769p+1); /* e to the nearest double */
	ck_assert_double_eq(weir_exp(709.782712893384), exp(709.782712893384));
	ck_assert_double_eq(weir_exp(-745), 0x1p-1074);
	ck_assert(isinf(weir_exp(709.7827128933841)) && isinf(weir_exp(1e300)) && isinf(weir_exp(INFINITY)));
	ck_assert_double_eq(weir_exp(-745.2), 0);
	ck_assert_double_eq(weir_exp(-INFINITY), 0);
	ck_assert(isnan(weir_exp(NAN)));
	/* below 2^-1022: within one unit */
	for (double x = -744; x < -708; x += 0.37)
		ck_assert_double_le(fabs(weir_exp(x) - (double)expl(x)), 0x1p-1074);
}
END_TEST

START_TEST(logarithm)
{
	double error = 0;
	for (int i = 0; i < TRIALS; i++) {
		double x = i % 2 ? (double)expl((uniform() - 0.5L) * 1416) : 1 + (uniform() - 0.5) * 0.03;
		worst(&error, units(weir_log(x), logl(x)));
	}
	ck_assert_double_lt(error, LDBL_MANT_DIG > 60 ? 0.501 : 1.51);
	ck_assert_double_eq(weir_log(1), 0);
	ck_assert_double_eq(weir_log(2), 0x1.62e42fefa39efp-1);
	ck_assert_double_eq(weir_log(10), 0x1.26bb1bbb55516p+1);
	ck_assert_double_eq(weir_log(1 + 0x1p-52), 0x1.fffffffffffffp-53); /* e - e^2/2 */
	ck_assert_double_eq(weir_log(0x1p-1074), -1074 * 0x1.62e42fefa39efp-1);
	ck_assert(isinf(weir_log(0)) && weir_log(0) < 0 && isinf(weir_log(INFINITY)) &&
	          isnan(weir_log(-1.5)));
	ck_assert(isnan(weir_log(NAN)));
}
END_TEST

START_TEST(powers)
{
	double error = 0;
	for (int i = 0; i < TRIALS; i++) {
		double x = i % 2 ? uniform() * 3 + 1e-3 : 1 + (uniform() - 0.5) * 1e-3;
		double y = (uniform() - 0.5) * (i % 2 ? 40 : 1e6);
		worst(&error, units(weir_pow(x, y), powl(x, y)));
	}
	ck_assert_double_lt(error, LDBL_MANT_DIG > 60 ? 0.51 : 1.51);
	for (int i = 0; i < 1000; i++) {
		double x = uniform() * 1e6;
		ck_assert_double_eq(weir_pow(x, 0.5), sqrt(x));
		ck_assert_double_eq(weir_pow(x, 1), x);
		ck_assert_double_eq(weir_pow(x, 2), x * x); /* both round the exact square */
	}
}
END_TEST

START_TEST(exact_powers)
{
	for (int base = 2; base <= 40; base++) {
		double exact = 1;
		for (int n = 0; exact < 0x1p53; n++) {
			ck_assert_double_eq(weir_pow(base, n), exact);
			exact *= base; /* a whole number below 2^53 times 40 at most: the loop ends before it
			                  is rounded */
		}
	}
	ck_assert_double_eq(weir_pow(1.5, 20), 3486784401.0 / 1048576); /* 3^20 / 2^20 */
	ck_assert_double_eq(weir_pow(0x1p-40, 1.25), 0x1p-50);
	ck_assert_double_eq(weir_pow(16, -0.75), 0.125);
	ck_assert_double_eq(weir_pow(1e-3, 0), 1);
	ck_assert_double_eq(weir_pow(1, 1e300), 1);
	ck_assert_double_eq(weir_pow(1, NAN), 1);
	ck_assert_double_eq(weir_pow(0, 0.3), 0);
	ck_assert_double_eq(weir_pow(1.0001, -1e9), 0);
	ck_assert_double_eq(weir_pow(INFINITY, -2), 0);
	ck_assert_double_eq(weir_pow(0.5, INFINITY), 0);
	ck_assert(isinf(weir_pow(0, -1)) && isinf(weir_pow(10, 309)) && isinf(weir_pow(INFINITY, 0.1)));
	ck_assert(isnan(weir_pow(-2, 3)) && isnan(weir_pow(2, NAN)) && isnan(weir_pow(NAN, 2)));
}
END_TEST

static long double reference_cdf(double x)
{
	return erfcl(-x * sqrtl(0.5L)) / 2;
}

START_TEST(normal_distribution)
{
	double near = 0, far = 0, upper = 0;
	for (int i = 0; i < TRIALS; i++) {
		double x = -6 * uniform();
		worst(&near, units(weir_normal_cdf(x), reference_cdf(x)));
		x = -6 - 31 * uniform();
		worst(&far, units(weir_normal_cdf(x), reference_cdf(x)));
		x = 8 * uniform();
		worst(&upper, units(weir_normal_cdf(x), 1 - reference_cdf(-x)));
		ck_assert_double_eq(weir_normal_tail(x), weir_normal_cdf(-x));
	}
	ck_assert_double_lt(near, 10);
	ck_assert_double_lt(far, 10);
	ck_assert_double_lt(upper, 10);
	/* computed with 60 digits */
	ck_assert_double_eq_tol(weir_normal_cdf(1.96), 0.97500210485177956379, 2e-15);
	ck_assert_double_eq_tol(weir_normal_cdf(-1), 0.15865525393145705141, 3e-16);
	ck_assert_double_eq_tol(weir_normal_cdf(-8) / 6.2209605742717841235e-16, 1, 2e-15);
	ck_assert_double_eq_tol(weir_normal_cdf(-37) / 5.7255712225245768227e-300, 1, 2e-15);
	ck_assert_double_eq_tol(weir_normal_cdf(0), 0.5, 2e-16);
	ck_assert_double_eq(weir_normal_cdf(40), 1);
	ck_assert_double_eq(weir_normal_cdf(-40), 0);
	ck_assert_double_eq(weir_normal_cdf(INFINITY), 1);
	ck_assert_double_eq(weir_normal_cdf(-INFINITY), 0);
	ck_assert(isnan(weir_normal_cdf(NAN)));
}
END_TEST

/* One Newton step in long double from the computed quantile x gives the exact one, as the step is of order
 * 1e-16. */
static long double refined_quantile(double x, double p)
{
	long double density = expl(-(long double)x * x / 2) * 0.398942280401432677939946059934L;
	return x - (reference_cdf(x) - p) / density;
}

START_TEST(normal_quantile)
{
	double middle = 0, tail = 0, far = 0;
	for (int i = 0; i < TRIALS; i++) {
		double p = 0.1 + 0.399999 * uniform();
		double x = weir_normal_quantile(p);
		worst(&middle, units(x, refined_quantile(x, p)));
		p = (double)expl(-2.3025851L - 22.69L * uniform());
		x = weir_normal_quantile(p);
		worst(&tail, units(x, refined_quantile(x, p)));
		p = (double)expl(-25 - 683 * uniform());
		x = weir_normal_quantile(p);
		worst(&far, units(x, refined_quantile(x, p)));
	}
	ck_assert_double_lt(middle, 8);
	ck_assert_double_lt(tail, 8);
	ck_assert_double_lt(far, 8);
	ck_assert_double_eq_tol(weir_normal_quantile(0.025), -1.9599639845400542118, 3e-15);
	ck_assert_double_eq_tol(weir_normal_quantile(0.975), 1.9599639845400538556, 3e-15);
	ck_assert_double_eq_tol(weir_normal_quantile(0.3), -0.52440051270804081597, 1e-15);
	ck_assert_double_eq_tol(weir_normal_quantile(1e-10), -6.3613409024040561991, 8e-15);
	ck_assert_double_eq_tol(weir_normal_quantile(1e-300), -37.047096299361199237, 6e-14);
	ck_assert_double_eq_tol(weir_normal_quantile(0.5 + 0x1p-40), 0x1p-40 * 2.5066282746310005024, 1e-27);
	ck_assert_double_eq(weir_normal_quantile(0.5), 0);
	ck_assert(isinf(weir_normal_quantile(0)) && weir_normal_quantile(0) < 0 &&
	          isinf(weir_normal_quantile(1)));
	ck_assert(isnan(weir_normal_quantile(-1e-9)) && isnan(weir_normal_quantile(1.0000001)));
	ck_assert(isnan(weir_normal_quantile(NAN)));
	ck_assert_double_lt(weir_normal_quantile(0x1p-1074), -38.4); /* Phi(-38.47) = 4.9e-324 */
}
END_TEST

START_TEST(the_same_bits_everywhere)
{
	/* the FNV-1a step over the bits of many results: a machine or a compiler option that changes a digit
	 * changes the hash */
	uint64_t hash = 14695981039346656037u;
	for (int i = 0; i < 20000; i++) {
		double u = uniform(), v = uniform();
		double results[] = { weir_exp((u - 0.5) * 300), weir_log(u + 1e-9), weir_pow(u * 3, v * 9),
			             weir_normal_cdf((v - 0.5) * 14), weir_normal_quantile(v) };
		uint64_t bits[sizeof results / sizeof *results];
		memcpy(bits, results, sizeof results);
		for (size_t k = 0; k < sizeof bits / sizeof *bits; k++)
			hash = (hash ^ bits[k]) * 1099511628211u;
	}
	ck_assert_uint_eq(hash, 8203106227921784623u);
}
END_TEST

/* Relative distance of a quad from the sum of three doubles, in units of 2^-108. */
static double quad_units(weir_quad got, double high, double middle, double low)
{
	weir_quad rest = got - (weir_quad)high - (weir_quad)middle - (weir_quad)low;
	return fabs((double)(rest / (weir_quad)high)) * 0x1p108;
}

START_TEST(quad_powers)
{
	/* (1 + 2^-20)^3 = 1 + 3 2^-20 + 3 2^-40 + 2^-60 takes 61 bits */
	ck_assert(weir_quad_pow_integer((weir_quad)1 + 0x1p-20, 3) ==
	          (weir_quad)1 + (weir_quad)(3 * 0x1p-20) + (weir_quad)(3 * 0x1p-40) + (weir_quad)0x1p-60);
	ck_assert(weir_quad_pow_integer(3, 40) == (weir_quad)3486784401.0 * (weir_quad)3486784401.0);
	ck_assert(weir_quad_pow_integer(-2, 7) == -128);
	ck_assert(weir_quad_pow_integer(7, 0) == 1);
	ck_assert(weir_quad_pow_integer(4, -3) == (weir_quad)0x1p-6);
	ck_assert(weir_quad_pow_integer(1, INT32_MIN) == 1);
}
END_TEST

START_TEST(quad_roots)
{
	/* base, exponent, and the power of the base's double, computed with 60 digits, as a sum of three
	 * doubles */
	static const struct {
		double base;
		int numerator, denominator;
		double parts[3];
	} cases[] = {
		{ 1.0359,
		  91,
		  365,
		  { 0x1.0242d4ef107c9p+0, -0x1.ccb894b60e02ep-54, -0x1.c9aaaf376e21ap-116 } },
		{ 1.25, 1, 12, { 0x1.04ce1003dde81p+0, -0x1.a1c5593e53bfap-54, 0x1.96a67e6a29aefp-108 } },
		{ 0.875, -5, 12, { 0x1.0ea5a43437c06p+0, -0x1.876387fb5bcfbp-59, -0x1.0f3bdd0f247b1p-113 } },
		{ 1.045, 730, 365, { 0x1.178ef34d6a161p+0, 0x1.ce075f6fd2200p-55, 0 } },
		{ 1.0359, 457, 365, { 0x1.0b8ef9035c4cdp+0, 0x1.c1cd9533fb310p-55, 0x1.5a3a6be6400cfp-110 } },
		{ 3.75, -7, 3, { 0x1.76f579ab121aep-5, 0x1.613583f12d1c0p-59, -0x1.2eeecebd930a9p-113 } },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		weir_quad got = weir_quad_root_pow((weir_quad)cases[i].base, cases[i].numerator,
		                                   cases[i].denominator);
		const double *parts = cases[i].parts;
		ck_assert_msg(quad_units(got, parts[0], parts[1], parts[2]) < 1, "case %zu", i);
	}
	ck_assert(weir_quad_root_pow(1, 17, 365) == 1);
	ck_assert(weir_quad_root_pow(2, 0, 365) == 1);
	/* 2^43, the largest base named for a denominator of 365 */
	weir_quad root = weir_quad_root_pow((weir_quad)0x1p43, 364, 365);
	ck_assert_double_lt(fabs((double)(weir_quad_pow_integer(root, 365) /
	                                          weir_quad_pow_integer((weir_quad)0x1p43, 364) -
	                                  1)),
	                    0x1p-100);
	weir_quad none = weir_quad_root_pow(-1, 1, 3);
	ck_assert(none != none);
	none = weir_quad_root_pow(2, 1, 0);
	ck_assert(none != none);
}
END_TEST

Suite *weir_suite_math_elementary(void)
{
	Suite *suite = suite_create("math/elementary");
	TCase *tests = tcase_create("functions");
	tcase_add_checked_fixture(tests, seed, NULL);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, exponential);
	tcase_add_test(tests, logarithm);
	tcase_add_test(tests, powers);
	tcase_add_test(tests, exact_powers);
	tcase_add_test(tests, normal_distribution);
	tcase_add_test(tests, normal_quantile);
	tcase_add_test(tests, the_same_bits_everywhere);
	tcase_add_test(tests, quad_powers);
	tcase_add_test(tests, quad_roots);
	suite_add_tcase(suite, tests);
	return suite;
}
