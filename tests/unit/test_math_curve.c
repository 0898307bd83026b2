/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_math_curve.c: curves from par, zero and forward quotes against printed examples, closed forms and differences. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "math/curve.h"

Suite *weir_suite_math_curve(void);

#define NEAR(value, wanted, places) ck_assert_double_eq_tol(value, wanted, 0.5001 * pow(10, -(places)))

static weir_curve curve_of(weir_curve_quotes quotes, weir_curve_interpolation interpolation, weir_compounding compounding,
                           int frequency, const double *years, const double *rates, int count)
{
	weir_curve curve;
	const weir_curve_terms terms = { quotes, interpolation, compounding, frequency, years, rates, count };
	ck_assert_int_eq(weir_curve_build(&curve, &terms, NULL), WEIR_OK);
	return curve;
}

/* --- printed examples ------------------------------------------------------------------------------------------- */

/* Hull, Options, Futures, and Other Derivatives, 8th edition, table 4.2 and section 4.4: zero rates of 5.0, 5.8, 6.4 and
 * 6.8 %, continuously compounded, for half years to 2 years: a 6 % semi-annual bond is worth 98.39, and the two-year par
 * yield is 6.87 %. */
START_TEST(hull_par_yield)
{
	static const double years[] = { 0.5, 1, 1.5, 2 }, rates[] = { 0.05, 0.058, 0.064, 0.068 };
	for (int m = 0; m <= WEIR_CURVE_MONOTONE_CONVEX; m++) {
		weir_curve c = curve_of(WEIR_QUOTE_ZERO, (weir_curve_interpolation)m, WEIR_COMPOUND_CONTINUOUS, 1, years,
		                        rates, 4);
		double worth = 100 * weir_curve_discount(&c, 0, 2);
		for (int i = 0; i < 4; i++)
			worth += 3 * weir_curve_discount(&c, 0, years[i]);
		NEAR(worth, 98.39, 2);
		NEAR(weir_curve_par(&c, 0, 2, 2), 0.0687, 4);
	}
}
END_TEST

/* Hull, table 4.5: zero rates of 3.0, 4.0, 4.6, 5.0 and 5.3 % for 1 to 5 years have forward rates of 5.0, 5.8, 6.2 and
 * 6.5 %; and back. */
START_TEST(hull_forward_rates)
{
	static const double years[] = { 1, 2, 3, 4, 5 }, zeros[] = { 0.03, 0.04, 0.046, 0.05, 0.053 };
	static const double forwards[] = { 0.03, 0.05, 0.058, 0.062, 0.065 };
	for (int m = 0; m <= WEIR_CURVE_MONOTONE_CONVEX; m++) {
		weir_curve c = curve_of(WEIR_QUOTE_ZERO, (weir_curve_interpolation)m, WEIR_COMPOUND_CONTINUOUS, 1, years,
		                        zeros, 5);
		weir_curve back = curve_of(WEIR_QUOTE_FORWARD, (weir_curve_interpolation)m, WEIR_COMPOUND_CONTINUOUS, 1,
		                           years, forwards, 5);
		for (int i = 1; i < 5; i++) {
			NEAR(weir_curve_rate(&c, years[i - 1], years[i], WEIR_COMPOUND_CONTINUOUS), forwards[i], 3);
			NEAR(weir_curve_rate(&back, 0, years[i], WEIR_COMPOUND_CONTINUOUS), zeros[i], 3);
		}
	}
}
END_TEST

/* Fabozzi, Fixed Income Analysis, 2nd edition, 2007, chapter 6: Treasury par yields of ten years, semi-annual, the first
 * two of bills, whose yields are spot rates; the spot rates that follow from the others, printed to four places. */
static const double fabozzi_par[] = { 3.00, 3.30, 3.50, 3.90, 4.40, 4.70, 4.90, 5.00, 5.10, 5.20,
	                              5.30, 5.40, 5.50, 5.55, 5.60, 5.65, 5.70, 5.80, 5.90, 6.00 };
static const double fabozzi_spot[] = { 3.0000, 3.3000, 3.5053, 3.9164, 4.4376, 4.7520, 4.9622, 5.0650, 5.1701, 5.2772,
	                               5.3864, 5.4976, 5.6108, 5.6643, 5.7193, 5.7755, 5.8331, 5.9584, 6.0863, 6.2169 };

START_TEST(fabozzi_bootstrap)
{
	double years[20], rates[20];
	for (int i = 0; i < 20; i++) {
		years[i] = 0.5 * (i + 1);
		rates[i] = fabozzi_par[i] / 100;
	}
	/* the bill of a year as the coupon of a par bond: 1 = c / 2 (1 / 1.015 + 1 / 1.0165^2) + 1 / 1.0165^2 */
	rates[1] = 2 * (1 - 1 / (1.0165 * 1.0165)) / (1 / 1.015 + 1 / (1.0165 * 1.0165));
	for (int m = 0; m <= WEIR_CURVE_MONOTONE_CONVEX; m++) {
		weir_curve c = curve_of(WEIR_QUOTE_PAR, (weir_curve_interpolation)m, 0, 2, years, rates, 20);
		for (int i = 0; i < 20; i++)
			NEAR(100 * weir_curve_rate(&c, 0, years[i], WEIR_COMPOUND_SEMI_ANNUAL), fabozzi_spot[i], 4);
	}
}
END_TEST

/* G. Dehlbom, Interpolation of the yield curve, Uppsala University, 2020, the example of monotone convex interpolation
 * after Hagan and West: bonds that pay 1 after 1 to 5 years are worth 0.98, 0.955, 0.92, 0.88 and 0.83. Printed: the
 * discrete and the instantaneous forwards, and the zero rate as a function of t, coefficients to four places (which leaves
 * the rates uncertain by 1e-4 times t^2 + t + 1 / t + 1, halved). */
START_TEST(dehlbom_monotone_convex)
{
	static const double years[] = { 1, 2, 3, 4, 5 }, prices[] = { 0.98, 0.955, 0.92, 0.88, 0.83 };
	static const double discrete[] = { 0.0202, 0.0258, 0.0373, 0.0445, 0.0585 };
	static const double instantaneous[] = { 0.0188, 0.0230, 0.0316, 0.0409, 0.0515, 0.0620 };
	static const struct {
		double to, square, linear, inverse, constant;
	} zero[] = { { 1, 0.0014, 0, 0, 0.0188 },          { 1.0233, 0, 0, -0.0028, 0.0230 },
		     { 2, 0.0029, -0.0088, -0.0058, 0.0319 }, { 3, -0.0022, 0.0212, 0.0324, -0.0268 },
		     { 4, 0.0031, -0.0274, -0.1188, 0.1217 }, { 5, -0.0035, 0.0525, 0.3140, -0.2005 } };
	double rates[5];
	int piece = 0;
	for (int i = 0; i < 5; i++)
		rates[i] = -log(prices[i]) / years[i];
	weir_curve c = curve_of(WEIR_QUOTE_ZERO, WEIR_CURVE_MONOTONE_CONVEX, WEIR_COMPOUND_CONTINUOUS, 1, years, rates, 5);
	for (int i = 0; i < 5; i++) {
		NEAR(weir_curve_rate(&c, i, i + 1, WEIR_COMPOUND_CONTINUOUS), discrete[i], 4);
		ck_assert_double_eq_tol(weir_curve_discount(&c, 0, years[i]), prices[i], 1e-15);
	}
	for (int i = 0; i <= 5; i++)
		NEAR(weir_curve_forward(&c, i), instantaneous[i], 4);
	for (double t = 0.05; t <= 5; t += 0.05) {
		while (t > zero[piece].to)
			piece++;
		double printed = zero[piece].square * t * t + zero[piece].linear * t + zero[piece].inverse / t +
		                 zero[piece].constant;
		double doubt = 0.5e-4 * (t * t + t + 1 / t + 1);
		ck_assert_double_eq_tol(weir_curve_rate(&c, 0, t, WEIR_COMPOUND_CONTINUOUS), printed, doubt);
	}
}
END_TEST

/* --- closed forms ----------------------------------------------------------------------------------------------- */

/* Zero rates of 2 % at 1.5 and 3.5 % at 4 years. Linear at 2.75 years: 2.75 %; at 1: 2 %, at 6: 3.5 %. Log-linear: ln D is
 * -0.03 and -0.14, half way -0.085; behind, the forward of 4.4 % goes on: at 6 years -0.228. */
START_TEST(between_two_points)
{
	static const double years[] = { 1.5, 4 }, rates[] = { 0.02, 0.035 };
	weir_curve linear = curve_of(WEIR_QUOTE_ZERO, WEIR_CURVE_LINEAR_ZERO, WEIR_COMPOUND_CONTINUOUS, 1, years, rates, 2);
	weir_curve logs = curve_of(WEIR_QUOTE_ZERO, WEIR_CURVE_LOG_LINEAR_DISCOUNT, WEIR_COMPOUND_CONTINUOUS, 1, years,
	                           rates, 2);
	ck_assert_double_eq_tol(weir_curve_rate(&linear, 0, 2.75, WEIR_COMPOUND_CONTINUOUS), 0.0275, 1e-15);
	ck_assert_double_eq_tol(weir_curve_rate(&linear, 0, 1, WEIR_COMPOUND_CONTINUOUS), 0.02, 1e-15);
	ck_assert_double_eq_tol(weir_curve_rate(&linear, 0, 6, WEIR_COMPOUND_CONTINUOUS), 0.035, 1e-15);
	ck_assert_double_eq_tol(weir_curve_discount(&logs, 0, 2.75), exp(-0.085), 1e-15);
	ck_assert_double_eq_tol(weir_curve_discount(&logs, 0, 6), exp(-0.228), 1e-15);
	ck_assert_double_eq_tol(weir_curve_forward(&logs, 3), 0.044, 1e-15);
	ck_assert_double_eq_tol(weir_curve_forward(&logs, 1.5), 0.02, 1e-15); /* the one before */
	/* linear: f = z + t z' = 0.0275 + 2.75 x 0.015 / 2.5 */
	ck_assert_double_eq_tol(weir_curve_forward(&linear, 2.75), 0.044, 1e-15);
	ck_assert_double_eq(weir_curve_discount(&linear, 0, 0), 1);
}
END_TEST

/* One quote is a flat curve, whatever lies between. Flat at 4 % semi-annual every par rate that pays twice a year is 4 %
 * over whole half years; over 0.3 years it is simple: (1.02^0.6 - 1) / 0.3; over 0.8 years, with a first coupon for 0.3:
 * c = (1 - d^1.6) / (0.3 d^0.6 + 0.5 d^1.6), d = 1 / 1.02. */
START_TEST(flat_and_odd_first_periods)
{
	static const double years[] = { 3 }, rates[] = { 0.04 };
	for (int q = 0; q <= WEIR_QUOTE_FORWARD; q++)
		for (int m = 0; m <= WEIR_CURVE_MONOTONE_CONVEX; m++) {
			weir_curve c = curve_of((weir_curve_quotes)q, (weir_curve_interpolation)m, WEIR_COMPOUND_SEMI_ANNUAL, 2,
			                        years, rates, 1);
			double short_discount = pow(1.02, -0.6), discount = pow(1.02, -1.6);
			for (double t = 0.5; t < 10; t += 0.5)
				ck_assert_double_eq_tol(weir_curve_par(&c, 0, t, 2), 0.04, 1e-14);
			ck_assert_double_eq_tol(weir_curve_par(&c, 1.7, 3.2, 2), 0.04, 1e-14);
			ck_assert_double_eq_tol(weir_curve_par(&c, 0, 0.3, 2), (1 / short_discount - 1) / 0.3, 1e-14);
			ck_assert_double_eq_tol(weir_curve_par(&c, 0, 0.8, 2),
			                        (1 - discount) / (0.3 * short_discount + 0.5 * discount), 1e-14);
			ck_assert_double_eq_tol(weir_curve_forward(&c, 2.2), 2 * log(1.02), 1e-14);
			for (double t = 0.07; t < 12; t += 0.31)
				ck_assert_double_eq_tol(weir_curve_par_yield(&c, 0.4, 0.4 + t, 2), 0.04, 2e-14);
		}
}
END_TEST

/* A par curve gives its quotes back, also where coupons fall between its points and the first period is odd; negative
 * rates too. */
START_TEST(par_quotes_come_back)
{
	static const double years[] = { 0.25, 0.75, 1, 2.4, 5, 7.3, 10, 30 };
	static const double rates[2][8] = { { 0.019, 0.0207, 0.021, 0.0225, 0.026, 0.0283, 0.0285, 0.0331 },
		                            { -0.0071, -0.0064, -0.0066, -0.0052, -0.0031, -0.0004, 0.0009, 0.0052 } };
	static const int frequencies[] = { 1, 2, 4, 12 };
	static const double steep[] = { -0.05, 0.4 }, ends[] = { 1, 25 };
	weir_curve far = curve_of(WEIR_QUOTE_ZERO, WEIR_CURVE_LINEAR_ZERO, WEIR_COMPOUND_ANNUAL, 1, ends, steep, 2);
	for (int t = 1; t < 25; t++) /* whole periods: the yield is the coupon, however steep */
		ck_assert_double_eq_tol(weir_curve_par_yield(&far, 0, t, 1), weir_curve_par(&far, 0, t, 1), 1e-13);
	for (int m = 0; m <= WEIR_CURVE_MONOTONE_CONVEX; m++)
		for (int f = 0; f < 4; f++)
			for (int k = 0; k < 2; k++) {
				weir_curve c = curve_of(WEIR_QUOTE_PAR, (weir_curve_interpolation)m, 0, frequencies[f], years,
				                        rates[k], 8);
				for (int i = 0; i < 8; i++)
					ck_assert_double_eq_tol(weir_curve_par(&c, 0, years[i], frequencies[f]), rates[k][i],
					                        2e-14);
			}
}
END_TEST

/* --- monotone convex -------------------------------------------------------------------------------------------- */

/* Discrete forwards that bring every region of Hagan and West's figure, also with a negative forward and equal ones. */
static const double forward_cases[][6] = {
	{ 0.02, 0.05, 0.03, 0.031, 0.09, 0.005 },
	{ 0.05, 0.01, 0.06, 0.061, 0.0598, 0.02 },
	{ 0.01, 0.08, 0.001, 0.09, 0.0005, 0.04 },
	{ 0.03, 0.03, 0.03, 0.03, 0.03, 0.03 },
	{ 0.01, -0.02, 0.004, -0.001, 0.03, 0.02 },
	{ 0.025, 0.0251, 0.028, 0.04, 0.0401, 0.0403 },
};
static const double case_years[] = { 0.3, 1, 2.5, 3, 6, 10 };
enum { CASES = sizeof forward_cases / sizeof *forward_cases };

static weir_curve convex_case(int k)
{
	return curve_of(WEIR_QUOTE_FORWARD, WEIR_CURVE_MONOTONE_CONVEX, WEIR_COMPOUND_CONTINUOUS, 1, case_years,
	                forward_cases[k], 6);
}

/* It meets every discrete forward, its forward rate is continuous and the slope of -ln D, and where all discrete forwards
 * are positive it is nowhere negative. */
START_TEST(convex_properties)
{
	for (int k = 0; k < CASES; k++) {
		weir_curve c = convex_case(k);
		int is_positive = k != 4;
		for (int i = 0; i < 6; i++) {
			double from = i ? case_years[i - 1] : 0;
			ck_assert_double_eq_tol(weir_curve_rate(&c, from, case_years[i], WEIR_COMPOUND_CONTINUOUS),
			                        forward_cases[k][i], 1e-14);
			ck_assert_double_eq_tol(weir_curve_forward(&c, case_years[i] + 1e-9),
			                        weir_curve_forward(&c, case_years[i]), 1e-8);
		}
		for (double t = 0.011; t < 12; t += 0.0237) {
			double h = 1e-6, forward = weir_curve_forward(&c, t);
			double slope = log(weir_curve_discount(&c, t + h, t - h)) / (2 * h);
			ck_assert_double_eq_tol(-slope, -forward, 3e-7);
			ck_assert(!is_positive || forward >= -1e-17);
		}
	}
}
END_TEST

/* Two years of 3 %, then one of 4.5 %: f_1 = (2 x 4.5 % + 1 x 3 %) / 3, f_0 = 3 % - (f_1 - 3 %) / 2, f_2 likewise. In the
 * first interval g0 = -g1 / 2, the border of regions (i) and (ii), where g is one quadratic: at x = 1/2 it is g0 (1 - 2 +
 * 3/4) + g1 (-1 + 3/4) = -(g0 + g1) / 4. */
START_TEST(convex_by_hand)
{
	static const double years[] = { 2, 3 }, forwards[] = { 0.03, 0.045 };
	weir_curve c = curve_of(WEIR_QUOTE_FORWARD, WEIR_CURVE_MONOTONE_CONVEX, WEIR_COMPOUND_CONTINUOUS, 1, years,
	                        forwards, 2);
	double f1 = (2 * 0.045 + 1 * 0.03) / 3, f0 = 0.03 - (f1 - 0.03) / 2, f2 = 0.045 - (f1 - 0.045) / 2;
	ck_assert_double_eq_tol(weir_curve_forward(&c, 0), f0, 1e-16);
	ck_assert_double_eq_tol(weir_curve_forward(&c, 2), f1, 1e-16);
	ck_assert_double_eq_tol(weir_curve_forward(&c, 3), f2, 1e-16);
	ck_assert_double_eq_tol(weir_curve_forward(&c, 7), f2, 1e-16);
	ck_assert_double_eq_tol(weir_curve_forward(&c, 1), 0.03 - (f0 - 0.03 + f1 - 0.03) / 4, 1e-16);
}
END_TEST

/* Bounds come last (curve.h). 1 % then 9 % over equal years estimate f_1 = 5 %, f_0 = 1 % - (5 % - 1 %) / 2 = -1 %, f_2 = 9 %
 * - (5 % - 9 %) / 2 = 11 %; then f_1 is held at twice 1 % and f_0 at 0, and 11 % is below twice 9 %. The other way
 * round f_1 = 5 %, f_0 = 11 %, f_2 = -1 %. 1 %, 3 %, 0.5 % over 2, 1 and 3 years: f_1 = (2 x 3 % + 1 x 1 %) / 3 = 7/3 %, f_2 = (1 x
 * 0.5 % + 3 x 3 %) / 4 = 2.375 %, f_0 = 1 % - (7/3 % - 1 %) / 2 = 1/3 %, f_3 = 0.5 % - (2.375 % - 0.5 %) / 2 = -0.4375 %; f_1 is
 * held at 2 %, f_2 at 1 %, f_3 at 0. With the bounds first f_0 were 0.5 % and f_3 0.25 %. */
START_TEST(convex_bounds_by_hand)
{
	static const double years[] = { 1, 2 }, steep[] = { 0.01, 0.09 }, falling[] = { 0.09, 0.01 };
	static const double uneven[] = { 2, 3, 6 }, humped[] = { 0.01, 0.03, 0.005 };
	static const double bounded[] = { 0.01 / 3, 0.02, 0.01, 0 };
	weir_curve c = curve_of(WEIR_QUOTE_FORWARD, WEIR_CURVE_MONOTONE_CONVEX, WEIR_COMPOUND_CONTINUOUS, 1, years,
	                        steep, 2);
	ck_assert_double_eq_tol(weir_curve_forward(&c, 0), 0, 1e-15);
	ck_assert_double_eq_tol(weir_curve_forward(&c, 1), 0.02, 1e-15);
	ck_assert_double_eq_tol(weir_curve_forward(&c, 2), 0.11, 1e-15);
	c = curve_of(WEIR_QUOTE_FORWARD, WEIR_CURVE_MONOTONE_CONVEX, WEIR_COMPOUND_CONTINUOUS, 1, years, falling, 2);
	ck_assert_double_eq_tol(weir_curve_forward(&c, 0), 0.11, 1e-15);
	ck_assert_double_eq_tol(weir_curve_forward(&c, 1), 0.02, 1e-15);
	ck_assert_double_eq_tol(weir_curve_forward(&c, 2), 0, 1e-15);
	c = curve_of(WEIR_QUOTE_FORWARD, WEIR_CURVE_MONOTONE_CONVEX, WEIR_COMPOUND_CONTINUOUS, 1, uneven, humped, 3);
	for (int i = 0; i < 4; i++)
		ck_assert_double_eq_tol(c.forwards[i], bounded[i], 1e-15);
}
END_TEST

/* --- bumps and refusals ----------------------------------------------------------------------------------------- */

START_TEST(bumps_add_up)
{
	weir_curve c = convex_case(0);
	for (double t = 0; t < 14; t += 0.0713) {
		double sum = 0;
		for (int i = 1; i <= 6; i++) {
			double bump = weir_curve_bump(&c, i, t);
			ck_assert(bump >= 0 && bump <= 1);
			sum += bump;
		}
		ck_assert_double_eq_tol(sum, 1, 1e-15);
	}
	/* between 1 and 2.5 years, a third of the way */
	ck_assert_double_eq_tol(weir_curve_bump(&c, 2, 1.5), 2.0 / 3, 1e-15);
	ck_assert_double_eq_tol(weir_curve_bump(&c, 3, 1.5), 1.0 / 3, 1e-15);
	ck_assert(weir_curve_bump(&c, 1, 0.1) == 1 && weir_curve_bump(&c, 6, 12) == 1 && weir_curve_bump(&c, 4, 1.5) == 0);
}
END_TEST

/* A par rate at which no discount factor makes the bond worth par, and rates below what their compounding allows. */
START_TEST(quotes_without_a_curve)
{
	static const double years[] = { 1, 2, 20 }, steep[] = { 0.01, 0.02, 0.4 }, low[] = { 0.01, -1.3, 0.02 };
	weir_curve c;
	int fault = -1;
	weir_curve_terms terms = { WEIR_QUOTE_PAR, WEIR_CURVE_LINEAR_ZERO, WEIR_COMPOUND_ANNUAL, 1, years, steep, 3 };
	for (int m = 0; m <= WEIR_CURVE_MONOTONE_CONVEX; m++) {
		terms.interpolation = (weir_curve_interpolation)m;
		terms.quotes = WEIR_QUOTE_PAR;
		terms.rates = steep;
		weir_status status = weir_curve_build(&c, &terms, &fault);
		/* log-linear and convex curves can bend far enough, or not at all: never to a curve that does not fit */
		ck_assert(status == WEIR_NO || fabs(weir_curve_par(&c, 0, 20, 1) - 0.4) < 1e-9);
		terms.rates = low;
		ck_assert_int_eq(weir_curve_build(&c, &terms, &fault), WEIR_NO);
		ck_assert_int_eq(fault, 1);
		terms.quotes = WEIR_QUOTE_ZERO;
		ck_assert_int_eq(weir_curve_build(&c, &terms, &fault), WEIR_NO);
		ck_assert_int_eq(fault, 1);
	}
}
END_TEST

/* --- compounding ------------------------------------------------------------------------------------------------ */

START_TEST(rates_and_factors)
{
	for (int k = 0; k < WEIR_COMPOUNDING_COUNT; k++)
		for (double rate = -0.2; rate < 0.6; rate += 0.0371) {
			double years = 1.37;
			weir_discount d = weir_compounding_discount((weir_compounding)k, rate, years);
			ck_assert(weir_compounding_allows((weir_compounding)k, rate, years));
			ck_assert_double_eq_tol(weir_compounding_rate((weir_compounding)k, d.value, years), rate, 1e-14);
		}
	ck_assert(!weir_compounding_allows(WEIR_COMPOUND_ANNUAL, -1, 1) && weir_compounding_allows(WEIR_COMPOUND_ANNUAL, -0.99, 1));
	ck_assert(!weir_compounding_allows(WEIR_COMPOUND_SIMPLE, -0.5, 2) && !weir_compounding_allows(WEIR_COMPOUND_CONTINUOUS, NAN, 1));
	ck_assert(weir_compounding_times(WEIR_COMPOUND_MONTHLY) == 12 && weir_compounding_times(WEIR_COMPOUND_SIMPLE) == 0);
}
END_TEST

Suite *weir_suite_math_curve(void)
{
	Suite *suite = suite_create("math_curve");
	TCase *test = tcase_create("math_curve");
	tcase_add_test(test, hull_par_yield);
	tcase_add_test(test, hull_forward_rates);
	tcase_add_test(test, fabozzi_bootstrap);
	tcase_add_test(test, dehlbom_monotone_convex);
	tcase_add_test(test, between_two_points);
	tcase_add_test(test, flat_and_odd_first_periods);
	tcase_add_test(test, par_quotes_come_back);
	tcase_add_test(test, convex_properties);
	tcase_add_test(test, convex_by_hand);
	tcase_add_test(test, convex_bounds_by_hand);
	tcase_add_test(test, bumps_add_up);
	tcase_add_test(test, quotes_without_a_curve);
	tcase_add_test(test, rates_and_factors);
	suite_add_tcase(suite, test);
	return suite;
}
