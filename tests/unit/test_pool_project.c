/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_pool_project.c: the pool's rows under scenarios: reference sums, identities, exact rounding,
 * stratification. */
#include <check.h>
#include <math.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "pool/factor.h"
#include "pool/pool.h"
#include "pool/strat.h"
#include "reference_deals.h"
#include "reference_rows.h"

Suite *weir_suite_pool_project(void);

static weir_arena *arena;
static weir_diags diags;
static weir_deal *deal;
static weir_pool *pool;
static weir_periods periods;
static weir_pool_rows *table;

static void setup(void)
{
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	diags = (weir_diags){ 0 };
}

static void teardown(void)
{
	weir_diags_free(&diags);
	weir_arena_destroy(arena);
}

static void open_deal(weir_deal *from)
{
	deal = from;
	ck_assert_int_eq(weir_pool_create(&pool, arena, deal, &diags), WEIR_OK);
	ck_assert_int_eq(weir_deal_periods(&periods, arena, deal, &diags), WEIR_OK);
	ck_assert_int_eq(weir_pool_rows_create(&table, arena, pool, periods.count), WEIR_OK);
}

static weir_shock receipts(weir_shock_scope scope, const char *target, double value)
{
	return (weir_shock){ .kind = WEIR_SHOCK_RECEIPTS,
		             .scope = scope,
		             .target = target,
		             .value = value,
		             .from = WEIR_DATE_NONE,
		             .to = WEIR_DATE_NONE };
}

static weir_shock late_by(double share, int months)
{
	weir_shock shock = receipts(WEIR_SCOPE_ALL, NULL, share);
	shock.kind = WEIR_SHOCK_LATE;
	shock.months = months;
	return shock;
}

/* S0 ... S6 of INPUTS.md. */
static void standard_shocks(weir_pool_shocks *shocks)
{
	static weir_shock list[7];
	static weir_scenario scenarios[7];
	const weir_scenario *pointers[7];
	list[1] = receipts(WEIR_SCOPE_ALL, NULL, 0.95);
	list[2] = receipts(WEIR_SCOPE_ALL, NULL, 0.9);
	list[3] = receipts(WEIR_SCOPE_ALL, NULL, 0.8);
	list[4] = receipts(WEIR_SCOPE_LARGEST, NULL, 0);
	list[5] = receipts(WEIR_SCOPE_LARGEST, NULL, 0.3);
	list[6] = late_by(0.3, 6);
	for (int s = 0; s < 7; s++) {
		scenarios[s] = (weir_scenario){ .shocks = &list[s], .shock_count = s > 0 };
		pointers[s] = &scenarios[s];
	}
	ck_assert_int_eq(weir_pool_shocks_create(shocks, arena, pool, pointers, 7, &diags), WEIR_OK);
}

#define AT(name, k, l) table->column[WEIR_POOL_##name][k][l]

/* The promises of pool.h, in every period of one lane. */
static void identities_hold(int l)
{
	double scheduled = 0;
	ck_assert_double_eq(AT(BALANCE, 0, l), pool->principal_cents);
	for (int c = 0; c < WEIR_POOL_COLUMNS; c++)
		if (c != WEIR_POOL_BALANCE)
			ck_assert_double_eq(table->column[c][0][l], 0);
	for (int k = 1; k < periods.count; k++) {
		scheduled += AT(SCHEDULED_PRINCIPAL, k, l);
		ck_assert_double_eq(AT(BALANCE, k, l),
		                    AT(BALANCE, k - 1, l) - AT(PRINCIPAL, k, l) - AT(DEFAULTED, k, l));
		ck_assert_double_eq(AT(BALANCE, k, l), pool->principal_cents - scheduled + AT(OVERDUE, k, l));
		ck_assert_double_eq(AT(RECOVERED, k, l), 0);
		ck_assert_double_ge(AT(OVERDUE, k, l), 0);
	}
}

/* The rows are the sums of the receipts one by one. */
static void rows_are_the_receipts(const weir_pool_shocks *shocks, int l)
{
	double principal[16] = { 0 }, income[16] = { 0 }, defaulted[16] = { 0 };
	int none = periods.count;
	for (size_t r = 0; r < pool->receipt_count; r++) {
		weir_receipt_split split;
		weir_pool_receipt_under(&split, pool, r, shocks);
		int k = weir_pool_period_of(&periods, pool->receipts[r].due);
		int late = split.late_date == WEIR_DATE_NONE ? k : weir_pool_period_of(&periods, split.late_date);
		principal[k] += split.principal_cents;
		income[k] += split.income_cents;
		principal[late] += split.late_principal_cents;
		income[late] += split.late_income_cents;
		double given_up = pool->receipts[r].principal_cents - split.principal_cents - split.late_principal_cents;
		defaulted[k] += given_up;
		ck_assert_double_ge(given_up, 0);
		ck_assert_double_ge(split.late_principal_cents, 0);
	}
	for (int k = 1; k < none; k++) {
		ck_assert_double_eq(AT(PRINCIPAL, k, l), principal[k]);
		ck_assert_double_eq(AT(INCOME, k, l), income[k]);
		ck_assert_double_eq(AT(DEFAULTED, k, l), defaulted[k]);
	}
	ck_assert_double_eq(table->uncollected_cents[l], principal[none] + income[none]);
}

START_TEST(reference_scenarios)
{
	weir_pool_shocks shocks[7];
	int deals[] = { 1, 3, 5, 7 }, seen = 0;
	for (int d = 0; d < 4; d++) {
		open_deal(reference_deal(arena, deals[d]));
		standard_shocks(shocks);
		weir_pool_project(table, pool, &periods, shocks, 7);
		for (size_t i = 0; i < sizeof reference_periods / sizeof *reference_periods; i++) {
			const struct reference_period *wanted = &reference_periods[i];
			if (wanted->deal != deals[d])
				continue;
			ck_assert_double_eq(AT(PRINCIPAL, wanted->number, 0), wanted->principal_cents);
			ck_assert_double_eq(AT(INCOME, wanted->number, 0), wanted->income_cents);
			ck_assert_double_eq(AT(SCHEDULED_PRINCIPAL, wanted->number, 4), wanted->principal_cents);
			ck_assert_double_eq(AT(SCHEDULED_INCOME, wanted->number, 6), wanted->income_cents);
			seen++;
		}
		for (size_t i = 0; i < sizeof reference_shocked / sizeof *reference_shocked; i++) {
			const struct reference_shocked *wanted = &reference_shocked[i];
			int k = wanted->number, l = wanted->scenario;
			if (wanted->deal != deals[d])
				continue;
			if (k < periods.count) {
				ck_assert_double_eq(AT(PRINCIPAL, k, l), wanted->principal_cents);
				ck_assert_double_eq(AT(INCOME, k, l), wanted->income_cents);
			} else
				ck_assert_double_eq(table->uncollected_cents[l],
				                    wanted->principal_cents + wanted->income_cents);
			seen++;
		}
		for (int l = 0; l < WEIR_LANES; l++) {
			identities_hold(l);
			rows_are_the_receipts(&shocks[l < 7 ? l : 6], l);
		}
	}
	ck_assert_int_eq(seen, 30 + 6 * (30 + 4));
}
END_TEST

START_TEST(late_receipts_are_overdue_meanwhile)
{
	/* Deal 5, S6: 30 % of 206,000,000.00 yuan due 2024-03-25 comes in September, after the last
	 * calculation date. */
	weir_pool_shocks shocks[7];
	open_deal(reference_deal(arena, 5));
	standard_shocks(shocks);
	weir_pool_project(table, pool, &periods, shocks, 7);
	ck_assert_double_eq(AT(OVERDUE, 4, 6), 6180000000);
	ck_assert_double_eq(AT(BALANCE, 4, 6), 6180000000);
	ck_assert_double_eq(AT(DEFAULTED, 4, 6), 0);
	/* and of four interest payments of 2,564,700.00 the last two's parts */
	ck_assert_double_eq(table->uncollected_cents[6], 6180000000 + 2 * 76941000);
	/* S4: B11's 23,000,000.00 is given up */
	ck_assert_double_eq(AT(DEFAULTED, 4, 4), 2300000000);
	ck_assert_double_eq(AT(BALANCE, 4, 4), 0);
}
END_TEST

/* All lanes of one call equal a call with that lane alone, bit by bit. */
START_TEST(a_lane_does_not_know_its_place)
{
	static weir_pool_shocks mixed[WEIR_LANES];
	weir_pool_shocks shocks[7];
	weir_pool_rows *single;
	open_deal(reference_deal(arena, 3));
	standard_shocks(shocks);
	for (int l = 0; l < WEIR_LANES; l++) {
		mixed[l] = shocks[l % 7];
		mixed[l].haircut = l % 7 == 6 ? 0.01 * l : mixed[l].haircut;
		mixed[l].late_months += l % 3 * (mixed[l].late_months > 0);
	}
	mixed[63] = mixed[0] = shocks[5];
	mixed[63].haircut = mixed[0].haircut = 0.0123;
	ck_assert_int_eq(weir_pool_rows_create(&single, arena, pool, periods.count), WEIR_OK);
	weir_pool_project(table, pool, &periods, mixed, WEIR_LANES);
	for (int l = 0; l < WEIR_LANES; l++) {
		weir_pool_project(single, pool, &periods, &mixed[l], 1);
		for (int c = 0; c < WEIR_POOL_COLUMNS; c++)
			for (int k = 0; k < periods.count; k++) {
				ck_assert_mem_eq(&single->column[c][k][0], &table->column[c][k][l], sizeof(double));
				ck_assert_mem_eq(&single->column[c][k][63], &table->column[c][k][l], sizeof(double));
			}
		identities_hold(l);
		rows_are_the_receipts(&mixed[l], l);
	}
	for (int k = 0; k < periods.count; k++)
		ck_assert_mem_eq(&AT(PRINCIPAL, k, 0), &AT(PRINCIPAL, k, 63), sizeof(double));
}
END_TEST

/* --- exact rounding --------------------------------------------------------------------------------------------- */

START_TEST(ties_are_decided_exactly)
{
	ck_assert_double_eq(weir_factor_round(10, 0.95, 1), 10);    /* 9.5 */
	ck_assert_double_eq(weir_factor_round(30, 0.95, 1), 29);    /* 28.5 */
	ck_assert_double_eq(weir_factor_round(30, 0.949999999999, 1), 28);
	ck_assert_double_eq(weir_factor_round(-30, 0.95, 1), -29);
	ck_assert_double_eq(weir_factor_round(1000, 0.95, 0.01), 10); /* 9.5 */
	/* 99,999,999,999.99 yuan x 0.5: 4,999,999,999,999.5 cents */
	ck_assert_double_eq(weir_factor_round(9999999999999, 0.5, 1), 5000000000000);
	ck_assert_double_eq(weir_factor_round(9999999999999, 0.499999999999, 1), 4999999999990); /* ...989.50 + 1e-12 */
	/* no decimal: the double itself, 1/3 rounded down by less than 1e-16 */
	ck_assert_double_eq(weir_factor_round(3, 1.0 / 3, 1), 1);
	ck_assert_double_eq(weir_factor_rest(0.082731), 0.917269);
	ck_assert_double_eq(weir_factor_product(0.95, 0.3), 0.285);
}
END_TEST

static uint64_t random_state = 88172645463325252u;

static uint64_t random_below(uint64_t limit)
{
	random_state ^= random_state << 13; /* xorshift64, Marsaglia 2003 */
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return random_state % limit;
}

/* cents x units / 10^places, half up, in whole numbers */
static double oracle(uint64_t cents, uint64_t units, int places)
{
	unsigned __int128 product = (unsigned __int128)cents * units, power = 1;
	for (int i = 0; i < places; i++)
		power *= 10;
	return (double)(uint64_t)(product / power + (product % power * 2 >= power));
}

START_TEST(random_factors_against_whole_numbers)
{
	for (int i = 0; i < 1000000; i++) {
		int places = (int)random_below(13);
		uint64_t power = 1;
		for (int p = 0; p < places; p++)
			power *= 10;
		uint64_t cents = random_below(i % 2 ? 1000 : (uint64_t)1 << 49), units = random_below(power * 2 + 1);
		double factor = (double)units / (double)power; /* the nearest double: both are exact */
		double wanted = oracle(cents, units, places), got = weir_factor_round((double)cents, factor, 1);
		if (got != wanted)
			ck_abort_msg("%lu x %.17g: %.1f, not %.1f", (unsigned long)cents, factor, got, wanted);
	}
}
END_TEST

/* A pool of one bullet loan without interest: the projection is one rounded product. */
static weir_deal *one_loan(void)
{
	weir_deal *one = reference_deal(arena, 5);
	weir_contract *contract = &one->pool.contracts[0];
	one->pool.contract_count = one->pool.obligor_count = 1;
	contract->count = 1;
	contract->rate_annual = 0;
	return one;
}

START_TEST(random_lanes_against_whole_numbers)
{
	static weir_pool_shocks shocks[WEIR_LANES];
	static double factor[WEIR_LANES];
	open_deal(one_loan());
	for (int i = 0; i < 20000; i++) {
		uint64_t units[WEIR_LANES], rest[WEIR_LANES];
		uint64_t cents = random_below(i % 2 ? 2000 : 1000000000000);
		pool->receipts[0].principal_cents = pool->principal_cents = (double)cents;
		for (int l = 0; l < WEIR_LANES; l++) { /* factors like 0.95, 0.125: ties abound */
			units[l] = random_below(1001);
			rest[l] = random_below(101);
			factor[l] = (double)units[l] / 1000;
			shocks[l] = (weir_pool_shocks){ .contract_factor = &factor[l],
				                        .haircut = (double)(100 - rest[l]) / 100 };
		}
		weir_pool_project(table, pool, &periods, shocks, WEIR_LANES);
		for (int l = 0; l < WEIR_LANES; l++)
			if (AT(PRINCIPAL, 1, l) != oracle(cents, units[l] * rest[l], 5))
				ck_abort_msg("%lu x %.17g x %lu%%: %.1f", (unsigned long)cents, factor[l],
				             (unsigned long)rest[l], AT(PRINCIPAL, 1, l));
	}
}
END_TEST

/* --- shocks ----------------------------------------------------------------------------------------------------- */

static weir_pool_shocks shock_of(weir_shock *list, int count, weir_status wanted)
{
	weir_pool_shocks out = { 0 };
	weir_scenario scenario = { .node.id = "test", .shocks = list, .shock_count = count };
	const weir_scenario *pointer = &scenario;
	ck_assert_int_eq(weir_pool_shocks_create(&out, arena, pool, &pointer, 1, &diags), wanted);
	return out;
}

START_TEST(shocks_multiply)
{
	open_deal(reference_deal(arena, 1));
	weir_shock list[] = { receipts(WEIR_SCOPE_ALL, NULL, 0.95), receipts(WEIR_SCOPE_OBLIGOR, "L03", 0.3),
		              receipts(WEIR_SCOPE_CONTRACT, "L03", 0.7), receipts(WEIR_SCOPE_LARGEST, NULL, 0),
		              { .kind = WEIR_SHOCK_SET, .target = "haircut", .value = 0.1 },
		              { .kind = WEIR_SHOCK_SET, .target = "manager.rate", .value = 0.1 },
		              { .kind = WEIR_SHOCK_COUPON, .scope = WEIR_SCOPE_SENIOR, .value = 0.005 },
		              late_by(0.3, 6), late_by(0.25, 3) };
	weir_pool_shocks s = shock_of(list, 9, WEIR_OK);
	ck_assert_ptr_null(s.stress);
	ck_assert_double_eq(s.haircut, 0.145); /* 1 - 0.95 x 0.9 */
	ck_assert_double_eq(s.contract_factor[0], 1);
	ck_assert_double_eq(s.contract_factor[2], 0.21);
	ck_assert_double_eq(s.contract_factor[7], 0); /* L08 */
	ck_assert_double_eq(s.late_share, 0.25);
	ck_assert_int_eq(s.late_months, 3);
	ck_assert_uint_eq(diags.count, 0);
	/* L03's first principal: 44,587,551 x 0.21 x 0.855 = 8,005,694.7..; 75 % of it: 6,004,271.25 */
	weir_receipt_split split;
	weir_pool_receipt_under(&split, pool, pool->contract_first[2], &s);
	ck_assert_double_eq(split.principal_cents, 6004271);
	ck_assert_double_eq(split.late_principal_cents, 8005695 - 6004271);
	ck_assert_int_eq(split.late_date, date_of(20230901));
}
END_TEST

static void refused(weir_shock *list, int count, weir_code code, const char *words)
{
	shock_of(list, count, WEIR_INPUT);
	ck_assert_uint_eq(diags.errors, 1);
	ck_assert_int_eq(diags.items[0].code, code);
	ck_assert_msg(strstr(diags.items[0].text, words) != NULL, "%s", diags.items[0].text);
	weir_diags_free(&diags);
}

START_TEST(shocks_that_do_not_fit)
{
	open_deal(reference_deal(arena, 1));
	weir_shock unknown = receipts(WEIR_SCOPE_OBLIGOR, "L3", 0.5);
	refused(&unknown, 1, WEIR_CODE_UNKNOWN_ID, "no obligor \"L3\"; did you mean \"L0");
	unknown = receipts(WEIR_SCOPE_CONTRACT, "something else", 0.5);
	refused(&unknown, 1, WEIR_CODE_UNKNOWN_ID, "no contract \"something else\"; use an id");
	weir_shock negative = receipts(WEIR_SCOPE_ALL, NULL, -0.5);
	refused(&negative, 1, WEIR_CODE_OUT_OF_RANGE, "a factor on receipts of \"-50%\"");
	weir_shock class = receipts(WEIR_SCOPE_CLASS, "A", 0.5);
	refused(&class, 1, WEIR_CODE_UNSUPPORTED, "class");
	weir_shock late = late_by(1.5, 6);
	refused(&late, 1, WEIR_CODE_OUT_OF_RANGE, "a late share of \"150%\" is out of range; give 0% to 100%");
	late = late_by(0.3, 0);
	refused(&late, 1, WEIR_CODE_OUT_OF_RANGE, "at least 1");
	weir_shock haircut = { .kind = WEIR_SHOCK_SET, .target = "haircut", .value = 1.01 };
	refused(&haircut, 1, WEIR_CODE_OUT_OF_RANGE, "give 0% to 100%");
}
END_TEST

/* --- derived figures -------------------------------------------------------------------------------------------- */

START_TEST(remaining_shares_of_deal_1)
{
	/* EX1_base.csv: balances of A / 36,000,000, times 1000 */
	const double wanted[] = { 1000, 883, 763, 642, 518, 392, 264, 133, 0 };
	double shares[9];
	open_deal(reference_deal(arena, 1));
	weir_pool_remaining_shares(shares, pool, &periods, 3);
	for (int k = 0; k < 9; k++)
		ck_assert_double_eq(shares[k], wanted[k] / 1000);
	/* one of two equal instalments left: 0.5 exactly, which goes up to a share of 1 without decimals */
	open_deal(one_loan());
	deal->pool.contracts[0].count = 2;
	deal->pool.contracts[0].amortisation = WEIR_AMORTISE_LEVEL_PRINCIPAL;
	open_deal(deal);
	weir_pool_remaining_shares(shares, pool, &periods, 0);
	ck_assert_double_eq(shares[1], 1);
	ck_assert_double_eq(shares[2], 0);
}
END_TEST

START_TEST(receipts_after_the_last_period)
{
	open_deal(reference_deal(arena, 1));
	weir_pool_check(pool, &periods, &diags);
	ck_assert_uint_eq(diags.count, 1); /* the five largest owe 62.37 % */
	weir_diags_free(&diags);
	deal->payment.count = 7; /* the eighth instalments have no period */
	open_deal(deal);
	weir_pool_check(pool, &periods, &diags);
	ck_assert_uint_eq(diags.warnings, 1);
	ck_assert_int_eq(diags.items[0].code, WEIR_CODE_UNCOLLECTED);
	/* EX1_base.csv, period 8: 5,051,822.39 + 90,932.81 */
	ck_assert_msg(strncmp(diags.items[0].text, "9 receipts of \"5142755.20\" in all", 33) == 0, "%s",
	              diags.items[0].text);
	ck_assert_ptr_nonnull(strstr(diags.items[0].text, "\"L01\" on \"2025-03-01\""));
	weir_pool_shocks none = { 0 };
	weir_pool_project(table, pool, &periods, &none, 1);
	ck_assert_double_eq(table->uncollected_cents[0], 514275520);
	ck_assert_double_eq(AT(BALANCE, 7, 0), 505182239);
	identities_hold(0);
}
END_TEST

START_TEST(pools_disclose_concentration)
{
	open_deal(reference_deal(arena, 7)); /* RESULTS.md: top-1 26.86 %, top-5 100 % */
	weir_pool_check(pool, &periods, &diags);
	ck_assert_uint_eq(diags.count, 2);
	ck_assert_msg(strstr(diags.items[0].text, "\"F01\" owes 26.86%") != NULL, "%s", diags.items[0].text);
	ck_assert_msg(strstr(diags.items[1].text, "5 of 5 obligors owe 100.00%") != NULL, "%s", diags.items[1].text);
	ck_assert_int_eq(diags.items[1].severity, WEIR_DISCLOSURE);
	weir_diags_free(&diags);
	open_deal(reference_deal(arena, 3)); /* top-1 16.56 %, top-5 62.12 % of principal and income */
	weir_pool_check(pool, &periods, &diags);
	ck_assert_uint_eq(diags.count, 2);
	ck_assert_msg(strstr(diags.items[0].text, "\"C10\" owes 16.56%") != NULL, "%s", diags.items[0].text);
	ck_assert_msg(strstr(diags.items[1].text, "62.12%") != NULL, "%s", diags.items[1].text);
}
END_TEST

START_TEST(stratification)
{
	weir_strat strat;
	open_deal(reference_deal(arena, 5));
	ck_assert_int_eq(weir_pool_stratify(&strat, arena, pool, WEIR_STRAT_OBLIGOR), WEIR_OK);
	ck_assert_int_eq(strat.count, 12);
	const char *order[] = { "B11", "B12", "B10", "B07", "B08", "B09", "B06", "B04", "B05", "B03", "B02", "B01" };
	for (int i = 0; i < 12; i++)
		ck_assert_str_eq(strat.rows[i].band, order[i]);
	ck_assert_int_eq(strat.rows[0].number, 10);
	ck_assert_double_eq(strat.rows[0].receivable_cents, 2300000000 + 4 * 28635000.0); /* 23,000,000 x 4.98 % / 4 */

	/* Obligor B01 has contracts 0 and 3, B02 contract 1: grades a, b, a for them; the others have
	 * none. */
	deal->pool.contracts[3].obligor = 0;
	deal->pool.contracts[0].grade = "a";
	deal->pool.contracts[1].grade = "b";
	deal->pool.contracts[3].grade = "a";
	for (int i = 0; i < 12; i++)
		deal->pool.obligors[i].industry = i < 2 ? "chips" : NULL;
	ck_assert_int_eq(weir_pool_stratify(&strat, arena, pool, WEIR_STRAT_GRADE), WEIR_OK);
	ck_assert_int_eq(strat.count, 3);
	ck_assert_str_eq(strat.rows[0].band, "");
	ck_assert_int_eq(strat.rows[0].contracts, 9);
	ck_assert_int_eq(strat.rows[0].obligors, 9);
	ck_assert_str_eq(strat.rows[1].band, "a");
	ck_assert_int_eq(strat.rows[1].contracts, 2);
	ck_assert_int_eq(strat.rows[1].obligors, 1);
	ck_assert_double_eq(strat.rows[1].principal_cents, 2300e6);
	ck_assert_str_eq(strat.rows[2].band, "b");
	ck_assert_int_eq(weir_pool_stratify(&strat, arena, pool, WEIR_STRAT_INDUSTRY), WEIR_OK);
	ck_assert_int_eq(strat.count, 2);
	ck_assert_str_eq(strat.rows[1].band, "chips");
	ck_assert_int_eq(strat.rows[1].contracts, 3);
	ck_assert_int_eq(strat.rows[1].obligors, 2);
	ck_assert_int_eq(weir_pool_stratify(&strat, arena, pool, WEIR_STRAT_KIND), WEIR_OK);
	ck_assert_int_eq(strat.count, 1);
	ck_assert_str_eq(strat.rows[0].band, "loan");
	ck_assert_int_eq(strat.rows[0].number, WEIR_CONTRACT_LOAN);
	ck_assert_int_eq(strat.rows[0].obligors, 11);
}
END_TEST

START_TEST(the_projection_takes_no_memory)
{
	weir_pool_shocks shocks[7];
	open_deal(reference_deal(arena, 3));
	standard_shocks(shocks);
	weir_alloc_fail_from(0);
	weir_pool_project(table, pool, &periods, shocks, 7);
	ck_assert_int_eq(weir_alloc_count(), 0);
}
END_TEST

START_TEST(memory_may_run_out)
{
	weir_shock list[] = { receipts(WEIR_SCOPE_OBLIGOR, "B03", 0.3), receipts(WEIR_SCOPE_OBLIGOR, "BX3", 0.3) };
	weir_scenario good = { .shocks = list, .shock_count = 1 }, bad = { .shocks = list, .shock_count = 2 };
	const weir_scenario *scenarios[] = { &good, &bad };
	weir_pool_shocks shocks[2];
	weir_strat strat;
	int failed = 0;
	open_deal(reference_deal(arena, 5));
	for (long n = 1;; n++) {
		weir_arena *own = NULL;
		weir_alloc_fail_from(n);
		weir_status status = weir_arena_create(&own);
		if (status == WEIR_OK)
			status = weir_pool_stratify(&strat, own, pool, WEIR_STRAT_OBLIGOR);
		if (status == WEIR_OK)
			status = weir_pool_rows_create(&table, own, pool, periods.count);
		if (status == WEIR_OK)
			status = weir_pool_shocks_create(shocks, own, pool, scenarios, 2, &diags);
		weir_alloc_fail_from(0);
		weir_arena_destroy(own);
		weir_diags_free(&diags);
		if (status == WEIR_INPUT) /* the unknown obligor: all memory was there */
			break;
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
		failed++;
	}
	ck_assert_int_ge(failed, 8);
}
END_TEST

/* --- large pools ------------------------------------------------------------------------------------------------ */

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* CPU seconds to make, stratify and project a pool of `count` loans of three receipts, one obligor each. */
static double time_for(int count)
{
	weir_strat strat;
	weir_deal *large = reference_deal(arena, 5);
	large->pool.contracts = weir_arena_array(arena, (size_t)count, sizeof *large->pool.contracts);
	large->pool.obligors = weir_arena_array(arena, (size_t)count, sizeof *large->pool.obligors);
	char *ids = weir_arena_array(arena, (size_t)count, 8);
	large->pool.contract_count = large->pool.obligor_count = count;
	for (int i = 0; i < count; i++) {
		weir_contract *contract = &large->pool.contracts[i];
		char *id = &ids[i * 8];
		for (int rest = i, at = 6; at >= 0; at--, rest /= 10)
			id[at] = (char)('0' + rest % 10);
		*contract = plain_contract(id);
		contract->kind = WEIR_CONTRACT_LOAN;
		contract->obligor = i;
		contract->amount_cents = 100000 + i;
		contract->rate_annual = 0.05;
		contract->first_due = date_of(20230625) + i % 90;
		contract->every_months = 3;
		contract->count = 3;
		large->pool.obligors[i] = (weir_obligor){ .id = id, .party = -1 };
	}
	double from = seconds();
	open_deal(large);
	ck_assert_int_eq(weir_pool_stratify(&strat, arena, pool, WEIR_STRAT_OBLIGOR), WEIR_OK);
	weir_pool_shocks shock = { .haircut = 0.05 };
	weir_pool_project(table, pool, &periods, &shock, 1);
	ck_assert_int_eq(strat.count, count);
	ck_assert_double_eq(strat.rows[0].principal_cents, 100000.0 + count - 1);
	identities_hold(17);
	return seconds() - from;
}

START_TEST(time_grows_with_the_pool)
{
	double small = time_for(20000), large = time_for(200000);
	/* proportional is 10; quadratic would be 100 */
	ck_assert_msg(large < small * 40, "%.3f s for 20,000 contracts, %.3f s for 200,000", small, large);
}
END_TEST

Suite *weir_suite_pool_project(void)
{
	Suite *suite = suite_create("pool_project");
	TCase *tests = tcase_create("project");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, reference_scenarios);
	tcase_add_test(tests, late_receipts_are_overdue_meanwhile);
	tcase_add_test(tests, a_lane_does_not_know_its_place);
	tcase_add_test(tests, ties_are_decided_exactly);
	tcase_add_test(tests, random_factors_against_whole_numbers);
	tcase_add_test(tests, random_lanes_against_whole_numbers);
	tcase_add_test(tests, shocks_multiply);
	tcase_add_test(tests, shocks_that_do_not_fit);
	tcase_add_test(tests, remaining_shares_of_deal_1);
	tcase_add_test(tests, receipts_after_the_last_period);
	tcase_add_test(tests, pools_disclose_concentration);
	tcase_add_test(tests, stratification);
	tcase_add_test(tests, the_projection_takes_no_memory);
	tcase_add_test(tests, memory_may_run_out);
	tcase_add_test(tests, time_grows_with_the_pool);
	suite_add_tcase(suite, tests);
	return suite;
}
