/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_curve_measures.c: spreads, effective and key-rate durations of dated payments against printed examples, closed
 * forms and finite differences. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "engine_fixture.h"
#include "study/curve_measures.h"

Suite *weir_suite_study_curve_measures(void);

enum { MOST = 60 };

static weir_date dates[MOST];
static double principal[MOST], other[MOST];
static weir_rate_curve curve;
static double curve_years[MOST], curve_rates[MOST];

static weir_date day(const char *text)
{
	return weir_date_parse(text, strlen(text));
}

/* Semi-annual coupons, in thousandths of the price unit, and 100 with the last. */
static weir_flows bond(const char *start, int count, double coupon)
{
	for (int i = 0; i < count; i++) {
		dates[i] = weir_date_add_months(day(start), 6 * (i + 1));
		other[i] = coupon * 1000;
		principal[i] = i == count - 1 ? 100000 : 0;
	}
	return (weir_flows){ dates, principal, other, count };
}

static weir_price_terms terms_of(const char *settlement, weir_compounding compounding, weir_day_count day_count)
{
	return (weir_price_terms){ .settlement = day(settlement),
		                   .compounding = compounding,
		                   .day_count = day_count,
		                   .face_cents = 100000 };
}

/* A curve of the rates and years that stand ready. */
static void build_curve(const char *date, weir_curve_quotes quotes, weir_compounding compounding, int frequency, int count)
{
	curve = (weir_rate_curve){ .date = day(date),
		                   .quotes = quotes,
		                   .compounding = compounding,
		                   .frequency = frequency,
		                   .day_count = WEIR_D30E_360,
		                   .interpolation = WEIR_CURVE_MONOTONE_CONVEX,
		                   .years = curve_years,
		                   .rates = curve_rates,
		                   .count = count };
	const weir_curve_terms terms = { curve.quotes, curve.interpolation, compounding, frequency, curve_years,
		                         curve_rates, count };
	ck_assert_int_eq(weir_curve_build(&curve.curve, &terms, NULL), WEIR_OK);
}

static void build_zeros(const char *date, weir_compounding compounding, int frequency, int count)
{
	build_curve(date, WEIR_QUOTE_ZERO, compounding, frequency, count);
}

static void build_flat(double rate, weir_compounding compounding, int frequency)
{
	curve_years[0] = 5;
	curve_rates[0] = rate;
	build_zeros("2021-05-15", compounding, frequency, 1);
}

#define NEAR(value, wanted, places) ck_assert_double_eq_tol(value, wanted, 0.5001 * pow(10, -(places)))

/* --- printed examples ------------------------------------------------------------------------------------------- */

/* Fabozzi, Fixed Income Analysis, 2nd edition, 2007, chapter 6: Treasury par yields of ten years, semi-annual (of bills, a
 * single payment, in the first year); an 8 % ten-year issue is worth 115.2619 at the spot rates that follow, 107.5414 at
 * 100, 105.7165 at 125 and 104.2145 at 146 basis points above: its Z-spread at 104.2145 is 146. At 7.4 % it yields 140 more
 * than the ten-year Treasury, whose par yield is 6 %. */
START_TEST(fabozzi_z_spread)
{
	static const double par[] = { 3.00, 3.30, 3.50, 3.90, 4.40, 4.70, 4.90, 5.00, 5.10, 5.20,
		                      5.30, 5.40, 5.50, 5.55, 5.60, 5.65, 5.70, 5.80, 5.90, 6.00 };
	static const struct {
		double spread, worth;
	} printed[] = { { 0, 115.2619 }, { 0.01, 107.5414 }, { 0.0125, 105.7165 }, { 0.0146, 104.2145 } };
	weir_flows flows = bond("2021-05-15", 20, 4);
	weir_price_terms terms = terms_of("2021-05-15", WEIR_COMPOUND_SEMI_ANNUAL, WEIR_D30E_360);
	weir_curve_flows f;
	weir_curve_price p;
	weir_price price;
	double spread;
	for (int i = 0; i < 20; i++) {
		curve_years[i] = 0.5 * (i + 1);
		curve_rates[i] = par[i] / 100;
	}
	/* the bill of a year as a coupon: 1 = c / 2 (1 / 1.015 + 1 / 1.0165^2) + 1 / 1.0165^2 */
	curve_rates[1] = 2 * (1 - 1 / (1.0165 * 1.0165)) / (1 / 1.015 + 1 / (1.0165 * 1.0165));
	build_curve("2021-05-15", WEIR_QUOTE_PAR, WEIR_COMPOUND_SEMI_ANNUAL, 2, 20);
	ck_assert_int_eq(weir_curve_flows_read(&f, &flows, &terms, &curve), WEIR_OK);
	for (int i = 0; i < 4; i++)
		NEAR(weir_value_at_spread(&f, printed[i].spread) / 1000, printed[i].worth, 4);
	ck_assert_int_eq(weir_spread_at_value(&spread, &f, 104214.5), WEIR_OK);
	NEAR(spread, 0.0146, 6);
	weir_curve_flows_free(&f);
	ck_assert_int_eq(weir_price_at_yield(&price, &flows, &terms, 0.074), WEIR_OK);
	weir_curve_case of = { .flows = &flows,
		               .terms = &terms,
		               .curve = &curve,
		               .dirty_cents = price.dirty_cents,
		               .yield = 0.074,
		               .wal_years = 10 };
	ck_assert_int_eq(weir_curve_measure(&p, &of), WEIR_OK);
	NEAR(p.curve_yield, 0.06, 4);
	NEAR(p.nominal_spread, 0.014, 4);
	ck_assert_double_eq_tol(weir_curve_yield_at(&curve, &terms, 10, p.nominal_spread), 0.074, 1e-15);
}
END_TEST

/* Fabozzi, chapter 6: a floater of six years pays the reference rate, 10 %, plus 80 basis points, semi-annually; worth
 * 100.0000, 99.8269, 99.6541, 99.3098 and 99.1381 at assumed margins of 80, 84, 88, 96 and 100. */
START_TEST(fabozzi_discount_margin)
{
	static const struct {
		double margin, worth;
	} printed[] = { { 0.0080, 100.0000 }, { 0.0084, 99.8269 }, { 0.0088, 99.6541 }, { 0.0096, 99.3098 },
		        { 0.0100, 99.1381 } };
	weir_flows flows = bond("2021-05-15", 12, 5.4);
	weir_price_terms terms = terms_of("2021-05-15", WEIR_COMPOUND_ANNUAL, WEIR_D30E_360);
	weir_curve_flows f;
	double margin;
	build_flat(0.10, WEIR_COMPOUND_SEMI_ANNUAL, 2);
	ck_assert_int_eq(weir_curve_flows_read(&f, &flows, &terms, &curve), WEIR_OK);
	for (int i = 0; i < 5; i++)
		NEAR(weir_value_at_margin(&f, printed[i].margin) / 1000, printed[i].worth, 4);
	ck_assert_int_eq(weir_margin_at_value(&margin, &f, 99309.8), WEIR_OK);
	NEAR(margin, 0.0096, 6);
	weir_curve_flows_free(&f);
}
END_TEST

/* Fabozzi, chapter 7: a 9 % bond of twenty years is worth 134.6722 at 6 %, 137.5888 at 5.8 and 131.8439 at 6.2 %: a
 * duration of 10.66 and, with 2 V h^2 below the line there, a convexity measure of 81.95. */
START_TEST(fabozzi_effective_duration)
{
	weir_flows flows = bond("2021-05-15", 40, 4.5);
	weir_price_terms terms = terms_of("2021-05-15", WEIR_COMPOUND_SEMI_ANNUAL, WEIR_D30E_360);
	weir_curve_flows f;
	weir_curve_price p;
	build_flat(0.06, WEIR_COMPOUND_SEMI_ANNUAL, 2);
	ck_assert_int_eq(weir_curve_flows_read(&f, &flows, &terms, &curve), WEIR_OK);
	double at = weir_value_at_spread(&f, 0), down = weir_value_at_spread(&f, -0.002), up = weir_value_at_spread(&f, 0.002);
	NEAR(at / 1000, 134.6722, 4);
	NEAR(down / 1000, 137.5888, 4);
	NEAR(up / 1000, 131.8439, 4);
	weir_curve_case of = { .flows = &flows,
		               .terms = &terms,
		               .curve = &curve,
		               .dirty_cents = at,
		               .yield = 0.06,
		               .wal_years = 20 };
	ck_assert_int_eq(weir_curve_measure(&p, &of), WEIR_OK);
	NEAR((down - up) / (2 * at * 0.002), 10.66, 2); /* as printed: h is 20 basis points, ours 25 */
	ck_assert_double_eq_tol(p.effective_duration_years, 10.66, 0.01);
	/* prices of four places leave his measure uncertain by 1e-4 / (134.6722 h^2) */
	ck_assert_double_eq_tol(p.effective_convexity_years2 / 2, 81.95, 0.2);
	ck_assert_double_eq_tol(p.z_spread, 0, 1e-15);
	ck_assert_double_eq_tol(p.discount_margin, 0, 1e-14);
	ck_assert_double_eq_tol(p.nominal_spread, 0, 1e-14);
	weir_curve_flows_free(&f);
}
END_TEST

/* --- closed forms ----------------------------------------------------------------------------------------------- */

/* 103.50 after one year under a flat 4 % is worth 99.519…; for 101.70 the Z-spread is 103.5 / 101.7 - 1 - 4 %, negative, for
 * 97.00 positive; a payment of a year has one rate, so the nominal spread and the margin are the same. Under a curve of
 * -0.6 % the spread of 101.70 is positive. */
START_TEST(premium_and_discount)
{
	static const double worth[] = { 101.7, 97, 99.519230769230769 };
	weir_date due = day("2022-05-15");
	double face = 100000, interest = 3500;
	weir_flows flows = { &due, &face, &interest, 1 };
	weir_price_terms terms = terms_of("2021-05-15", WEIR_COMPOUND_ANNUAL, WEIR_D30E_360);
	for (int i = 0; i < 6; i++) {
		double rate = i < 3 ? 0.04 : -0.006, yield = 103.5 / worth[i % 3] - 1;
		weir_curve_price p;
		weir_curve_case of = { .flows = &flows,
			               .terms = &terms,
			               .curve = &curve,
			               .dirty_cents = worth[i % 3] * 1000,
			               .yield = yield,
			               .wal_years = 1 };
		build_flat(rate, WEIR_COMPOUND_ANNUAL, 1);
		ck_assert_int_eq(weir_curve_measure(&p, &of), WEIR_OK);
		ck_assert_double_eq_tol(p.z_spread, yield - rate, 1e-14);
		ck_assert_double_eq_tol(p.nominal_spread, yield - rate, 1e-14);
		ck_assert_double_eq_tol(p.discount_margin, yield - rate, 1e-14);
		ck_assert_double_eq_tol(p.spread_duration_years, 1 / (1 + yield), 1e-13);
		ck_assert_double_eq_tol(p.spread_convexity_years2, 2 / (1 + yield) / (1 + yield), 1e-13);
		ck_assert(i != 0 || (p.z_spread < -0.02 && p.nominal_spread < 0 && p.discount_margin < 0));
	}
}
END_TEST

/* Flat 4 % twice a year is 4.04 % a year; a yield of 5 % a year is 2 (1.05^(1/2) - 1) twice a year. */
START_TEST(nominal_spread_is_at_the_curves_frequency)
{
	weir_date due = day("2023-05-15");
	double face = 100000, none = 0;
	weir_flows flows = { &due, &face, &none, 1 };
	weir_price_terms terms = terms_of("2021-05-15", WEIR_COMPOUND_ANNUAL, WEIR_D30E_360);
	weir_curve_price p;
	weir_curve_case of = { .flows = &flows,
		               .terms = &terms,
		               .curve = &curve,
		               .dirty_cents = 100000 / 1.05 / 1.05,
		               .yield = 0.05,
		               .wal_years = 2 };
	build_flat(0.04, WEIR_COMPOUND_SEMI_ANNUAL, 2);
	ck_assert_int_eq(weir_curve_measure(&p, &of), WEIR_OK);
	ck_assert_double_eq_tol(p.curve_yield, 0.04, 1e-15);
	ck_assert_double_eq_tol(p.nominal_spread, 2 * (sqrt(1.05) - 1) - 0.04, 1e-15);
	ck_assert_double_eq_tol(p.z_spread, 0.05 - 0.0404, 1e-15); /* as the yield compounds */
}
END_TEST

/* A settlement behind the curve's date sees its forward rates: zero rates of 2 % at one and 3 % at two years, continuous;
 * from the first year on to the second 4 %. */
START_TEST(a_later_settlement_sees_forward_rates)
{
	weir_date due = day("2023-05-15");
	double face = 100000, none = 0, spread;
	weir_flows flows = { &due, &face, &none, 1 };
	weir_price_terms terms = terms_of("2022-05-15", WEIR_COMPOUND_CONTINUOUS, WEIR_D30E_360);
	weir_curve_flows f;
	curve_years[0] = 1;
	curve_years[1] = 2;
	curve_rates[0] = 0.02;
	curve_rates[1] = 0.03;
	build_zeros("2021-05-15", WEIR_COMPOUND_CONTINUOUS, 1, 2);
	ck_assert_int_eq(weir_curve_flows_read(&f, &flows, &terms, &curve), WEIR_OK);
	ck_assert_double_eq_tol(weir_value_at_spread(&f, 0), 100000 * exp(-0.04), 1e-9);
	ck_assert_int_eq(weir_spread_at_value(&spread, &f, 100000 * exp(-0.0523)), WEIR_OK);
	ck_assert_double_eq_tol(spread, 0.0123, 1e-14);
	weir_curve_flows_free(&f);
	ck_assert_double_eq_tol(weir_rate_curve_par(&curve, terms.settlement, 1), exp(0.04) - 1, 1e-15);
	/* before the curve's date there is none, and nothing is paid on or before settlement */
	terms.settlement = curve.date - 1;
	ck_assert_int_eq(weir_curve_flows_read(&f, &flows, &terms, &curve), WEIR_NO);
	weir_curve_flows_free(&f);
	terms.settlement = due;
	ck_assert_int_eq(weir_curve_flows_read(&f, &flows, &terms, &curve), WEIR_NO);
	weir_curve_flows_free(&f);
}
END_TEST

/* --- properties ------------------------------------------------------------------------------------------------- */

static const double odd_dates_years[] = { 0.25, 0.5, 1, 2, 3, 5 };
static weir_date odd_dates[] = { 0, 47, 131, 224, 224, 411, 777, 1123 };
static const double odd_principal[] = { 5, 0, 1234567, 333333, 0, 2500001, 777777, 5154322 };
static const double odd_other[] = { 7, 81234, 79001, 66666, 61234, 59000, 31415, 27182 };
static weir_flows odd;

static weir_price_terms odd_case(int compounding, double level)
{
	weir_price_terms terms = { .settlement = 18999,
		                   .compounding = (weir_compounding)compounding,
		                   .day_count = WEIR_ACT_365F,
		                   .face_cents = 10000000,
		                   .accrued_cents = 23456.7 };
	static weir_date moved[8];
	for (int i = 0; i < 8; i++)
		moved[i] = terms.settlement + odd_dates[i];
	odd = (weir_flows){ moved, odd_principal, odd_other, 8 };
	for (int i = 0; i < 6; i++) {
		curve_years[i] = odd_dates_years[i];
		curve_rates[i] = level + 0.004 * sqrt(odd_dates_years[i]);
	}
	build_zeros("2021-12-19", WEIR_COMPOUND_ANNUAL, 1, 6);
	return terms;
}

static const double levels[] = { -0.021, 0, 0.0317, 0.12 };
static const double worths[] = { 5571000, 9700011, 10001234, 10444444, 12345678 };

START_TEST(value_of_spread_of_value)
{
	for (int c = 0; c < WEIR_COMPOUNDING_COUNT; c++)
		for (int l = 0; l < 4; l++)
			for (int i = 0; i < 5; i++) {
				weir_price_terms terms = odd_case(c, levels[l]);
				weir_curve_flows f;
				double spread, margin, per_100 = 100 / terms.face_cents;
				ck_assert_int_eq(weir_curve_flows_read(&f, &odd, &terms, &curve), WEIR_OK);
				ck_assert_int_eq(f.count, 6); /* two on one day; one on the settlement date is the seller's */
				ck_assert_int_eq(weir_spread_at_value(&spread, &f, worths[i]), WEIR_OK);
				ck_assert_int_eq(weir_margin_at_value(&margin, &f, worths[i]), WEIR_OK);
				engine_demand(fabs(weir_value_at_spread(&f, spread) - worths[i]) * per_100 < 1e-10,
				              "%d %d %d: spread %.15g", c, l, i, spread);
				engine_demand(fabs(weir_value_at_margin(&f, margin) - worths[i]) * per_100 < 1e-10,
				              "%d %d %d: margin %.15g", c, l, i, margin);
				weir_curve_flows_free(&f);
			}
}
END_TEST

/* Far values too, and none for what is not above 0. */
START_TEST(far_spreads)
{
	for (int c = 0; c < WEIR_COMPOUNDING_COUNT; c++) {
		static const double values[] = { 20000, 50000, 1e8, 1e9 };
		weir_price_terms terms = odd_case(c, 0.02);
		weir_curve_flows f;
		double spread;
		ck_assert_int_eq(weir_curve_flows_read(&f, &odd, &terms, &curve), WEIR_OK);
		for (int i = 0; i < 4; i++) {
			ck_assert_int_eq(weir_spread_at_value(&spread, &f, values[i]), WEIR_OK);
			ck_assert_double_eq_tol(weir_value_at_spread(&f, spread) / values[i], 1, 1e-9);
			ck_assert_int_eq(weir_margin_at_value(&spread, &f, values[i]), WEIR_OK);
			ck_assert_double_eq_tol(weir_value_at_margin(&f, spread) / values[i], 1, 1e-9);
		}
		ck_assert_int_eq(weir_spread_at_value(&spread, &f, 0), WEIR_NO);
		ck_assert_int_eq(weir_spread_at_value(&spread, &f, NAN), WEIR_NO);
		ck_assert_int_eq(weir_margin_at_value(&spread, &f, -5), WEIR_NO);
		weir_curve_flows_free(&f);
	}
}
END_TEST

/* The value with zero rates moved by `size` times the bump of a point (0: all), counted from the payments alone. */
static double value_bumped(const weir_price_terms *terms, double spread, int point, double size)
{
	double sum = 0;
	for (int i = 0; i < odd.count; i++) {
		double years = weir_price_years(terms, odd.dates[i]);
		double tenor = weir_rate_curve_years(&curve, odd.dates[i]) - weir_rate_curve_years(&curve, terms->settlement);
		if (!(years > 0))
			continue;
		double start = weir_rate_curve_years(&curve, terms->settlement);
		double zero = weir_compounding_rate(terms->compounding, weir_curve_discount(&curve.curve, start, start + tenor),
		                                    years);
		double move = size * (point ? weir_curve_bump(&curve.curve, point, tenor) : 1);
		sum += (odd.principal[i] + odd.other[i]) *
		       weir_compounding_discount(terms->compounding, zero + spread + move, years).value;
	}
	return sum;
}

/* Central differences of 1e-5 have errors of the order of 1e-10 V''' and of rounding over 1e-5. */
START_TEST(durations_agree_with_differences)
{
	for (int c = 0; c < WEIR_COMPOUNDING_COUNT; c++)
		for (int l = 0; l < 4; l++)
			for (int i = 0; i < 5; i++) {
				weir_price_terms terms = odd_case(c, levels[l]);
				double keys[6], sum = 0, h = 1e-5, wide = WEIR_CURVE_SHIFT;
				weir_curve_price p;
				weir_curve_case of = { .flows = &odd,
					               .terms = &terms,
					               .curve = &curve,
					               .dirty_cents = worths[i],
					               .yield = 0.03,
					               .wal_years = 2 };
				ck_assert_int_eq(weir_curve_measure(&p, &of), WEIR_OK);
				ck_assert_int_eq(weir_key_rates_measure(keys, &odd, &terms, &curve, p.z_spread), WEIR_OK);
				for (int k = 0; k <= 6; k++) {
					double up = value_bumped(&terms, p.z_spread, k, h);
					double down = value_bumped(&terms, p.z_spread, k, -h);
					double wanted = k ? keys[k - 1] : p.spread_duration_years;
					engine_demand(fabs((down - up) / (2 * h * worths[i]) - wanted) < 3e-8,
					              "%d %d %d: point %d: %.12g", c, l, i, k, wanted);
					sum += k ? keys[k - 1] : 0;
				}
				ck_assert_double_eq_tol(sum, p.spread_duration_years, 1e-13);
				double up = value_bumped(&terms, p.z_spread, 0, wide);
				double down = value_bumped(&terms, p.z_spread, 0, -wide);
				ck_assert_double_eq_tol(p.effective_duration_years, (down - up) / (2 * wide * worths[i]), 1e-11);
				ck_assert_double_eq_tol(p.effective_convexity_years2,
				                        (down + up - 2 * worths[i]) / (wide * wide * worths[i]), 1e-7);
			}
}
END_TEST

/* What follows the index moves against the discounting: a note that pays 1 % a year plus the moved rate on 100 for a year,
 * under a flat curve. With h = 25 basis points V+ = 105.25 / (1.05 + h), V- = 104.75 / (1.05 - h). */
START_TEST(indexed_payments_are_projected_again)
{
	weir_date due = day("2022-05-15");
	double face = 100000, interest = 5000, more = 5250, less = 4750, h = WEIR_CURVE_SHIFT;
	weir_flows flows = { &due, &face, &interest, 1 }, up = { &due, &face, &more, 1 }, down = { &due, &face, &less, 1 };
	weir_price_terms terms = terms_of("2021-05-15", WEIR_COMPOUND_ANNUAL, WEIR_D30E_360);
	weir_curve_price p;
	weir_curve_case of = { .flows = &flows,
		               .up = &up,
		               .down = &down,
		               .terms = &terms,
		               .curve = &curve,
		               .dirty_cents = 100000,
		               .yield = 0.05,
		               .wal_years = 1 };
	build_flat(0.04, WEIR_COMPOUND_ANNUAL, 1);
	ck_assert_int_eq(weir_curve_measure(&p, &of), WEIR_OK);
	ck_assert_double_eq_tol(p.effective_duration_years,
	                        (104.75 / (1.05 - h) - 105.25 / (1.05 + h)) / (2 * 100 * h), 1e-11);
	ck_assert_double_eq_tol(p.effective_duration_years, 0, 0.003); /* a floater's */
	ck_assert_double_eq_tol(p.spread_duration_years, 1 / 1.05, 1e-13);
}
END_TEST

/* Spreads of 45 and 80 basis points at lives of 1 and 3 years. */
START_TEST(spreads_by_life)
{
	double years[] = { 1, 3 }, spreads[] = { 0.0045, 0.008 };
	weir_grade_spread grade = { .node = { .id = "AA+" }, .years = years, .spreads = spreads, .count = 2 };
	weir_spreads list = { .grades = &grade, .grade_count = 1 };
	ck_assert_double_eq(weir_grade_spread_at(&grade, 0.2), 0.0045);
	ck_assert_double_eq_tol(weir_grade_spread_at(&grade, 1.6), 0.0045 + 0.3 * 0.0035, 1e-17);
	ck_assert_double_eq(weir_grade_spread_at(&grade, 3), 0.008);
	ck_assert_double_eq(weir_grade_spread_at(&grade, 30), 0.008);
	ck_assert_ptr_eq(weir_spreads_grade(&list, "AA+"), &grade);
	ck_assert_ptr_null(weir_spreads_grade(&list, "AA"));
}
END_TEST

START_TEST(memory_may_be_short)
{
	weir_price_terms terms = odd_case(WEIR_COMPOUND_ANNUAL, 0.02);
	weir_curve_case of = { .flows = &odd, .terms = &terms, .curve = &curve, .dirty_cents = 1e7, .yield = 0.03, .wal_years = 2 };
	weir_curve_price p;
	double keys[6];
	for (long n = 1; n <= 4; n++) { /* the payments, and again for each of three values */
		weir_alloc_fail_from(n);
		ck_assert_int_eq(weir_curve_measure(&p, &of), WEIR_NO_MEMORY);
	}
	weir_alloc_fail_from(1);
	ck_assert_int_eq(weir_key_rates_measure(keys, &odd, &terms, &curve, 0.01), WEIR_NO_MEMORY);
	weir_alloc_fail_from(0);
	ck_assert_int_eq(weir_curve_measure(&p, &of), WEIR_OK);
}
END_TEST

Suite *weir_suite_study_curve_measures(void)
{
	Suite *suite = suite_create("study_curve_measures");
	TCase *test = tcase_create("study_curve_measures");
	tcase_add_test(test, fabozzi_z_spread);
	tcase_add_test(test, fabozzi_discount_margin);
	tcase_add_test(test, fabozzi_effective_duration);
	tcase_add_test(test, premium_and_discount);
	tcase_add_test(test, nominal_spread_is_at_the_curves_frequency);
	tcase_add_test(test, a_later_settlement_sees_forward_rates);
	tcase_add_test(test, value_of_spread_of_value);
	tcase_add_test(test, far_spreads);
	tcase_add_test(test, durations_agree_with_differences);
	tcase_add_test(test, indexed_payments_are_projected_again);
	tcase_add_test(test, spreads_by_life);
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
