/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_kernels.c: the block's rounding of products against integers, above all where they lie on a half or next
 * to one; whole steps for each unit; payments of a block. */
#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "engine/kernels.h"
#include "engine_fixture.h"

Suite *weir_suite_engine_kernels(void);

typedef unsigned __int128 wide;

static uint64_t state;

static uint64_t draw(void)
{
	state ^= state << 13; /* Marsaglia's xorshift, 13-7-17 */
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static void setup(void)
{
	state = 88172645463325252u;
}

static uint64_t gcd(uint64_t a, uint64_t b)
{
	while (b) {
		uint64_t rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

/* x with x * a = 1 (mod m), for a and m without a common factor. */
static uint64_t inverse(uint64_t a, uint64_t m)
{
	__int128 r = m, next = a % m, t = 0, other = 1;
	while (next) {
		__int128 q = r / next, keep = r - q * next;
		r = next;
		next = keep;
		keep = t - q * other;
		t = other;
		other = keep;
	}
	return (uint64_t)(t < 0 ? t + m : t);
}

/* round(p / q), half away from zero. */
static double rounded(wide p, wide q)
{
	wide quotient = p / q, rest = p % q;
	return (double)(uint64_t)(quotient + (rest >= q - rest));
}

/* One product: cents x units / 10^12 x fraction, below 2^51. */
typedef struct product {
	uint64_t cents, units;
	weir_year_fraction fraction;
} product;

static double rate_of(uint64_t units)
{
	return (double)units / 1e12;
}

static double value_of(const weir_year_fraction *f)
{
	return (double)f->numerator / (double)f->denominator; /* as plans keep it */
}

static double exactly(const product *p)
{
	return rounded((wide)p->cents * p->units * (uint64_t)p->fraction.numerator,
	               (wide)1000000000000u * (uint64_t)p->fraction.denominator);
}

static int is_tie(const product *p)
{
	wide q = (wide)1000000000000u * (uint64_t)p->fraction.denominator;
	return 2 * ((wide)p->cents * p->units * (uint64_t)p->fraction.numerator % q) == q;
}

/* A block of products with one fraction, as instructions round it: at once, then the lanes in doubt. Fails where a lane
 * is not the integers' answer, where a tie was not in doubt, or a lane not in doubt was changed. Gives how many were. */
static int check_block(const product *p)
{
	weir_lane cents, rates, out, more;
	const weir_year_fraction *f = &p[0].fraction;
	int doubts = 0;
	for (int l = 0; l < WEIR_LANES; l++) {
		cents[l] = (double)p[l].cents;
		rates[l] = rate_of(p[l].units);
	}
	int64_t doubt = round_product(out, cents, rates, value_of(f));
	product_corrections(more, cents, rates, value_of(f), f);
	for (int l = 0; l < WEIR_LANES; l++) {
		int in_doubt = is_in_doubt(cents[l] * rates[l] * value_of(f));
		doubts += in_doubt;
		engine_demand(!is_tie(&p[l]) || in_doubt, "a tie without doubt: %.0f x %.12f x %d/%d", cents[l],
		              rates[l], (int)f->numerator, (int)f->denominator);
		engine_demand(in_doubt || more[l] == 0, "a lane without doubt was corrected by %.0f", more[l]);
		engine_demand(out[l] + more[l] == exactly(&p[l]), "%.0f x %.12f x %d/%d: %.0f, by integers %.0f",
		              cents[l], rates[l], (int)f->numerator, (int)f->denominator, out[l] + more[l],
		              exactly(&p[l]));
		engine_demand(product_exactly(cents[l], rates[l], f) == exactly(&p[l]),
		              "%.0f x %.12f x %d/%d: alone %.0f", cents[l], rates[l], (int)f->numerator,
		              (int)f->denominator, product_exactly(cents[l], rates[l], f));
	}
	engine_demand((doubt != 0) == (doubts > 0), "the block sees %d doubts, the lanes %d", doubt != 0, doubts);
	return doubts;
}

/* A rate of a few decimals, as documents write it. */
static uint64_t draw_units(void)
{
	static const uint64_t places[] = { 100000000u, 1000000u, 10000u, 1 }; /* 0.01 %, 0.0001 %, … */
	uint64_t place = places[draw() % 4];
	return (1 + draw() % (300000000000u / place)) * place;
}

static weir_year_fraction draw_fraction(void)
{
	static const int denominators[] = { 360, 365, 366, 1461, 252, 1, 133590, 4, 12 };
	int64_t d = denominators[draw() % 9];
	return (weir_year_fraction){ .numerator = 1 + (int64_t)(draw() % (uint64_t)(d < 4 ? 4 : d)), .denominator = d };
}

START_TEST(random_products_round_as_integers)
{
	for (int n = 0; n < 1500; n++) {
		product p[WEIR_LANES];
		weir_year_fraction f = draw_fraction();
		for (int l = 0; l < WEIR_LANES; l++)
			p[l] = (product){ draw() >> (64 - 51 + draw() % 40), draw_units(), f };
		check_block(p);
	}
}
END_TEST

/* Amounts for which cents x U / D, in lowest terms, is `off` D-ths away from a half: U x cents = D / 2 + off (mod D). Of
 * those whose product stays below 2^51, one at random; 0 when there is none, as when D is odd. */
static uint64_t near_half(uint64_t units, const weir_year_fraction *f, int off)
{
	uint64_t d = 1000000000000u * (uint64_t)f->denominator, u = units * (uint64_t)f->numerator, g = gcd(u, d);
	u /= g;
	d /= g;
	if (d % 2)
		return 0;
	uint64_t half = d / 2 + (uint64_t)off, first = (uint64_t)((wide)half * inverse(u, d) % d);
	uint64_t most = (uint64_t)((wide)(1ull << 51) * d / u);
	most = most < 1ull << 51 ? most : 1ull << 51;
	return first >= most ? 0 : first + draw() % ((most - first) / d + 1) * d;
}

/* Exact halves, and the nearest that are none: one D-th above and below. */
START_TEST(planted_ties_and_near_ties)
{
	int planted = 0, ties = 0;
	for (int n = 0; n < 1500; n++) {
		product p[WEIR_LANES];
		weir_year_fraction f = draw_fraction();
		for (int l = 0; l < WEIR_LANES; l++) {
			uint64_t units = draw_units(), cents = near_half(units, &f, _i);
			p[l] = (product){ cents < 1ull << 51 ? cents : 0, units, f };
			planted += p[l].cents != 0;
			ties += is_tie(&p[l]);
		}
		check_block(p);
	}
	ck_assert_int_gt(planted, 15000);
	ck_assert_int_eq(ties, _i == 0 ? planted : 0);
}
END_TEST

/* Half a year of 30/360, by hand: the cents that end in a half go up, whatever the double product says.
 *   1.00 at 1 %: 1.00 x 0.5 % = 0.005            10,000,001.00 at 3.59 %: 179,500.01795, no tie
 *   101.00 at 4.15 %: 101 x 2.075 % = 2.09575    1,234,567.00 at 3.65 %: 1,234,567 x 1.825 % = 22,530.84775
 *   40.00 at 2.675 %: 0.535                      22,517,998,136,852.40 at 5 %: 562,949,953,421.31
 *   1,020.00 at 3.25 %: 16.575                   99,999,980.00 at 4.35 %: 2,174,999.565 */
START_TEST(half_cents_under_30_360)
{
	static const struct {
		double cents, rate, rounded;
	} known[] = {
		{ 100, 0.01, 1 },         { 1000000100, 0.0359, 17950002 },
		{ 10100, 0.0415, 210 },   { 123456700, 0.0365, 2253085 },
		{ 4000, 0.02675, 54 },    { 2251799813685240, 0.05, 56294995342131 },
		{ 102000, 0.0325, 1658 }, { 9999998000, 0.0435, 217499957 },
	};
	weir_year_fraction f = { .numerator = 180, .denominator = 360 };
	weir_lane cents = { 0 }, rates = { 0 }, out, more;
	for (int l = 0; l < 8; l++) {
		cents[l * 8 + l] = known[l].cents;
		rates[l * 8 + l] = known[l].rate;
	}
	ck_assert(round_product(out, cents, rates, value_of(&f)) != 0);
	product_corrections(more, cents, rates, value_of(&f), &f);
	for (int l = 0; l < 8; l++)
		ck_assert_double_eq(out[l * 8 + l] + more[l * 8 + l], known[l].rounded);
}
END_TEST

/* Numbers that 128 bits do not hold together, or a rate that is no short decimal, go through quadruple precision. */
START_TEST(large_fractions_round_as_integers)
{
	for (int n = 0; n < 20000; n++) {
		weir_year_fraction f = { .denominator = 1 << 21 };
		f.numerator = 1 + (int64_t)(draw() % (1 << 21));
		product p = { draw() >> (64 - 51 + draw() % 40), draw_units(), f };
		if (n % 2)
			p.cents = near_half(p.units, &f, 0);
		double got = product_exactly((double)p.cents, rate_of(p.units), &f);
		engine_demand(got == exactly(&p), "%.0f, by integers %.0f", got, exactly(&p));
	}
	weir_year_fraction half = { .numerator = 1, .denominator = 2 };
	/* 2^-20 is a double, and no decimal of 12 places: 3 x 2^20 x 2^-20 / 2 = 1.5 */
	ck_assert_double_eq(product_exactly(3145728, 0x1p-20, &half), 2);
	ck_assert_double_eq(product_exactly(3145727, 0x1p-20, &half), 1);
	/* what would be owed to the payer rounds away from zero as well: -0.5 cents, -0.49… */
	ck_assert_double_eq(product_exactly(-100, 0.01, &half), -1);
	ck_assert_double_eq(product_exactly(-99, 0.01, &half), 0);
}
END_TEST

/* --- round(a x b / (1 + b)) ------------------------------------------------------------------------------------- */

static void check_gross(const uint64_t *cents, const uint64_t *units)
{
	weir_lane a, b, out;
	for (int l = 0; l < WEIR_LANES; l++) {
		a[l] = (double)cents[l];
		b[l] = rate_of(units[l]);
	}
	if (round_gross(out, a, b))
		settle_gross(out, a, b);
	for (int l = 0; l < WEIR_LANES; l++) {
		double wanted = rounded((wide)cents[l] * units[l], (wide)1000000000000u + units[l]);
		engine_demand(out[l] == wanted, "%.0f at %.12f: %.0f, by integers %.0f", a[l], b[l], out[l], wanted);
	}
}

/* Random amounts; and ties: x u / (10^12 + u) in lowest terms U / D, with D even, is a half at odd multiples of D / 2. */
START_TEST(gross_amounts_round_as_integers)
{
	int ties = 0;
	for (int n = 0; n < 1500; n++) {
		uint64_t cents[WEIR_LANES], units[WEIR_LANES];
		for (int l = 0; l < WEIR_LANES; l++) {
			units[l] = draw_units();
			cents[l] = draw() >> (64 - 51 + draw() % 40);
			uint64_t d = (1000000000000u + units[l]) / gcd(1000000000000u + units[l], units[l]);
			uint64_t most = (1ull << 51) / d;
			if (l % 2 && d % 2 == 0 && most) {
				cents[l] = d / 2 + draw() % most * d;
				ties++;
			}
		}
		check_gross(cents, units);
	}
	ck_assert_int_gt(ties, 300);
	/* 3 % inside 103.00 is 3.00; inside 51.50 it is 1.50; 12 % inside 0.14 is 0.015, a half cent */
	const uint64_t cents[WEIR_LANES] = { 10300, 5150, 14 },
		       units[WEIR_LANES] = { 30000000000u, 30000000000u, 120000000000u };
	check_gross(cents, units);
	weir_lane a = { 14 }, b = { 0.12 }, out;
	if (round_gross(out, a, b))
		settle_gross(out, a, b);
	ck_assert_double_eq(out[0], 2);
}
END_TEST

/* --- one value -------------------------------------------------------------------------------------------------- */

/* Whatever a double lies from a half by at most the stated error is in doubt; whole numbers below 2^48 are not. */
START_TEST(no_tie_is_missed)
{
	for (int n = 0; n < 200000; n++) {
		double distance, whole = (double)(draw() >> (14 + draw() % 50)), sign = n % 2 ? -1 : 1;
		double tie = sign * (whole + 0.5);
		double error = __builtin_fabs(tie) * PRODUCT_ERROR;
		int k = (int)(draw() % 9) - 4; /* a few units in the last place off, as a product may be */
		double x = tie + k * __builtin_fabs(tie) * 0x1p-53;
		weir_round_or_flag(x, error, &distance);
		engine_demand(distance <= 0, "%.17g was not in doubt", x);
		double back = weir_round_or_flag(sign * whole, whole * PRODUCT_ERROR, &distance);
		engine_demand(back == sign * whole && (distance > 0 || whole >= 0x1p48), "%.17g", whole);
	}
}
END_TEST

START_TEST(rounds_to_the_nearest)
{
	static const double known[][2] = { { 0, 0 },
		                           { 0.49, 0 },
		                           { 0.51, 1 },
		                           { -0.51, -1 },
		                           { 2.5000001, 3 },
		                           { 1234567.4999, 1234567 },
		                           { -7654321.75, -7654322 },
		                           { 2251799813685247, 2251799813685247 } };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		double distance;
		ck_assert_double_eq(weir_round_or_flag(known[i][0], 0, &distance), known[i][1]);
	}
}
END_TEST

/* --- for each unit ---------------------------------------------------------------------------------------------- */

/* steps x units x 10^-shift cents, rounded */
static double cents_of(uint64_t steps, const units_here *unit)
{
	wide p = (wide)steps * (uint64_t)unit->units, q = 1;
	for (int k = 0; k < unit->shift; k++)
		q *= 10;
	for (int k = 0; k < -unit->shift; k++)
		p *= 10;
	return rounded(p, q);
}

static units_here draw_unit(void)
{
	return (units_here){ (double)(1 + draw() % 3000000), (int)(draw() % 7) - 2 };
}

/* cents / units rounded to the digits, times the units: both roundings in integers. */
START_TEST(amounts_for_each_unit)
{
	for (int n = 0; n < 30000; n++) {
		units_here unit = draw_unit();
		uint64_t cents = draw() >> (64 - 44 + draw() % 34), d = 1 + draw() % 365;
		wide p = cents, q = (wide)(uint64_t)unit.units * d;
		if (n % 3 == 0) { /* a tie: an odd number of half steps */
			cents = (2 * (draw() % 100000) + 1) * (uint64_t)unit.units * d;
			p = cents;
			q *= 2;
		}
		double at = n % 3 == 0 ? 2 : 1;
		for (int k = 0; k < unit.shift; k++)
			p *= 10;
		for (int k = 0; k < -unit.shift; k++)
			q *= 10;
		if (n % 3 == 0 && unit.shift > 0)
			for (int k = 0; k < unit.shift; k++) /* keep it a tie: divide the amount by the same power */
				q *= 10;
		if (n % 3 == 0 && unit.shift > 0)
			for (int k = 0; k < unit.shift; k++)
				at *= 10;
		double wanted = cents_of((uint64_t)rounded(p, q), &unit);
		double got = round_per_unit(&unit, (weir_quad)cents / (weir_quad)d / (weir_quad)at);
		engine_demand(got == wanted, "%.0f/%.0f/%.0f by units of %.0f, shift %d: %.0f, by integers %.0f",
		              (double)cents, (double)d, at, unit.units, unit.shift, got, wanted);
	}
}
END_TEST

/* By hand: 7,000.00 of interest on 123,457 units of 100.00 is 0.0566999…, with 2 decimals 0.06 a unit: 7,407.42; with
 * 4 decimals 0.0567: 7,000.0119, to the cent 7,000.01. 6,172.85 are exactly 0.05. */
START_TEST(amounts_for_each_unit_by_hand)
{
	const units_here two = { 123457, 0 }, four = { 123457, 2 };
	ck_assert_double_eq(round_per_unit(&two, 700000), 740742);
	ck_assert_double_eq(round_per_unit(&four, 700000), 700001);
	ck_assert_double_eq(round_per_unit(&two, 617285), 617285);
	ck_assert_double_eq(whole_steps(700000, 740742, &two), 617285); /* short of 0.06 a unit: 0.05 */
	ck_assert_double_eq(whole_steps(740741, 740742, &two), 617285);
	ck_assert_double_eq(whole_steps(740742, 740742, &two), 740742);
	ck_assert_double_eq(whole_steps(123456, 740742, &two), 0);
	ck_assert_double_eq(whole_steps(123457, 740742, &two), 123457);
	ck_assert_double_eq(whole_steps(700000, 700000, &two), 700000); /* all that is owed, whole or not */
}
END_TEST

/* The greatest whole number of steps not above what is there, found here by halving. */
START_TEST(whole_steps_are_the_most_that_fit)
{
	for (int n = 0; n < 10000; n++) {
		units_here unit = draw_unit();
		double amount = (double)(draw() >> (64 - 44 + draw() % 34));
		uint64_t low = 0, high = 1;
		if (n % 4 == 0) /* on a step, or one cent short of it */
			amount = cents_of(1 + draw() % 100000, &unit) - (double)(n % 8 / 4);
		while (cents_of(high, &unit) <= amount)
			high *= 2;
		while (high - low > 1) {
			uint64_t middle = low + (high - low) / 2;
			*(cents_of(middle, &unit) <= amount ? &low : &high) = middle;
		}
		engine_demand(whole_steps(amount, amount + 1, &unit) == cents_of(low, &unit),
		              "%.0f by units of %.0f, shift %d: %.0f, by halving %.0f", amount, unit.units, unit.shift,
		              whole_steps(amount, amount + 1, &unit), cents_of(low, &unit));
	}
}
END_TEST

/* --- payments of a block ---------------------------------------------------------------------------------------- */

static void draw_lanes(weir_lane a)
{
	for (int l = 0; l < WEIR_LANES; l++)
		a[l] = (double)(draw() % 10);
}

START_TEST(payments_take_the_least_of_cash_owed_and_limit)
{
	for (int n = 0; n < 2000; n++) {
		weir_lane cash, owed, limit, mask, p, rest, paid = { 0 }, unpaid, left, balance;
		draw_lanes(cash);
		draw_lanes(owed);
		draw_lanes(limit);
		draw_lanes(mask);
		for (int l = 0; l < WEIR_LANES; l++) {
			limit[l] -= 3; /* a limit below nothing allows nothing */
			mask[l] = mask[l] > 5;
			balance[l] = owed[l] + 11;
		}
		memcpy(rest, limit, sizeof rest);
		memcpy(left, cash, sizeof left);
		payment(p, cash, owed, n % 2 ? rest : NULL, n % 4 > 1 ? mask : NULL);
		pay_once(left, unpaid, paid, balance, owed, n % 4 > 1 ? mask : NULL);
		for (int l = 0; l < WEIR_LANES; l++) {
			double most = cash[l] < owed[l] ? cash[l] : owed[l];
			most = n % 4 > 1 && !mask[l] ? 0 : most;
			engine_demand(paid[l] == most && unpaid[l] == owed[l] - most && left[l] == cash[l] - most &&
			                      balance[l] == owed[l] + 11 - most,
			              "%.0f of %.0f from %.0f", paid[l], owed[l], cash[l]);
			if (n % 2 && most > limit[l])
				most = limit[l] < 0 ? 0 : limit[l];
			engine_demand(p[l] == most && (!(n % 2) || rest[l] == limit[l] - most), "%.0f of %.0f", p[l],
			              most);
		}
	}
}
END_TEST

Suite *weir_suite_engine_kernels(void)
{
	Suite *suite = suite_create("engine_kernels");
	TCase *test = tcase_create("engine_kernels");
	tcase_add_checked_fixture(test, setup, NULL);
	tcase_add_test(test, random_products_round_as_integers);
	tcase_add_loop_test(test, planted_ties_and_near_ties, -1, 2);
	tcase_add_test(test, half_cents_under_30_360);
	tcase_add_test(test, large_fractions_round_as_integers);
	tcase_add_test(test, gross_amounts_round_as_integers);
	tcase_add_test(test, no_tie_is_missed);
	tcase_add_test(test, rounds_to_the_nearest);
	tcase_add_test(test, amounts_for_each_unit);
	tcase_add_test(test, amounts_for_each_unit_by_hand);
	tcase_add_test(test, whole_steps_are_the_most_that_fit);
	tcase_add_test(test, payments_take_the_least_of_cash_owed_and_limit);
	suite_add_tcase(suite, test);
	return suite;
}
