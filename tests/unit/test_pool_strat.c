/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_pool_strat.c: stratification of a small pool by hand, and of random pools against a count of another kind. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "pool/strat.h"
#include "reference_deals.h"

Suite *weir_suite_pool_strat(void);

static weir_arena *arena;
static weir_diags diags;
static weir_deal *deal;
static weir_pool *pool;
static weir_strat_ground ground;

/* Seven contracts of four obligors, 5,383,333.34 of principal, at 15 January 2024:
 *   c0 O0 1,000,000.00 at 5 %, 12 months from the cut-off, four quarters; invention with 10 years left, worth 2,000,000.00
 *   c1 O0   333,333.33 at 5.01 %, from 15 July 2023 to 15 July 2024; rights with 3 years left, and nobody knows how many
 *   c2 O1 2,000,000.01 at 4.99 %, from 1 February 2024 to 1 February 2026, in dollars; a lapsed trademark and software
 *   c3 O1   500,000.00 at 10 %, one payment on 30 March 2024 after a month
 *   c4 O2 1,000,000.00: a receivable of 1,030,000.00 bought for half a year at 6 %, due 15 October 2024
 *   c5 O3   300,000.00 on 15 June 2024 and 10 March 2025, without a rate or a start
 *   c6 O3   250,000.00 at index + 1.15 % = 5 % by the fixing of 1 December 2023, two half-years from the cut-off */
#define CONTRACTS 7
#define TOTAL 538333334.0

static weir_contract loan(int obligor, double cents, double rate, int start, int first, int every, int count)
{
	weir_contract c = plain_contract("c");
	c.kind = WEIR_CONTRACT_LOAN;
	c.obligor = obligor;
	c.amount_cents = cents;
	c.rate_annual = rate;
	c.start = start ? date_of(start) : WEIR_DATE_NONE;
	c.first_due = first ? date_of(first) : WEIR_DATE_NONE;
	c.every_months = every;
	c.count = count;
	c.amortisation = WEIR_AMORTISE_LEVEL_PRINCIPAL;
	return c;
}

static void add_contracts(weir_pool_terms *p)
{
	static weir_contract list[CONTRACTS];
	static const char *const grades[CONTRACTS] = { "AA-", "AAA", "AA+", "BBB", "A", NULL, "x" };
	list[0] = loan(0, 100000000, 0.05, 20240115, 20240415, 3, 4);
	list[1] = loan(0, 33333333, 0.0501, 20230715, 20231015, 3, 4);
	list[2] = loan(1, 200000001, 0.0499, 20240201, 20240501, 3, 8);
	list[3] = loan(1, 50000000, 0.1, 0, 20240330, 1, 1);
	list[4] = loan(2, 0, 0, 0, 20241015, 0, 1);
	list[5] = loan(3, 0, 0, 0, 0, 0, 0);
	list[6] = loan(3, 25000000, 0.0115, 20240115, 20240715, 6, 2);
	for (int c = 0; c < CONTRACTS; c++)
		list[c].grade = grades[c];
	list[2].currency = "USD";
	list[4].kind = WEIR_CONTRACT_RECEIVABLE;
	list[4].face_cents = 103000000;
	list[4].discount_rate = 0.06;
	list[4].discount_years = 0.5;
	list[5].amortisation = WEIR_AMORTISE_EXPLICIT;
	list[5].row_count = 2;
	list[6].index = 0;
	list[0].ip_count = 1;
	list[1].ip_first = 3;
	list[1].ip_count = 2;
	list[2].ip_first = 1;
	list[2].ip_count = 2;
	list[0].deposit_cents = 100000;
	p->contracts = list;
	p->contract_count = CONTRACTS;
}

static void setup(void)
{
	static weir_obligor obligors[4];
	static weir_contract_row rows[2];
	static weir_ip ip[5];
	static int contract_ip[] = { 0, 1, 2, 4, 3 };
	static weir_index index;
	static weir_date fixing_dates[2];
	static double fixings[] = { 0.0385, 0.04 };
	static weir_cover covers[2];
	static char insured[CONTRACTS] = { 1, 1 };
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	diags = (weir_diags){ 0 };
	deal = reference_deal(arena, 5);
	deal->cutoff = date_of(20240115);
	deal->currency = "CNY";
	fixing_dates[0] = date_of(20231201);
	fixing_dates[1] = date_of(20240201);
	index = (weir_index){ .node = { .id = "lpr" }, .dates = fixing_dates, .rates = fixings, .count = 2 };
	deal->indexes = &index;
	deal->index_count = 1;
	weir_pool_terms *p = &deal->pool;
	*p = (weir_pool_terms){ .obligors = obligors, .obligor_count = 4, .rows = rows, .row_count = 2, .ip = ip, .ip_count = 5,
		                .contract_ip = contract_ip, .contract_ip_count = 5 };
	for (int o = 0; o < 4; o++)
		obligors[o] = (weir_obligor){ .id = (const char *const[]){ "O0", "O1", "O2", "O3" }[o],
			                      .industry = (const char *const[]){ "chips", "films", "chips", NULL }[o],
			                      .region = "",
			                      .party = -1 };
	rows[0] = (weir_contract_row){ .use = WEIR_ROW_INSTALMENT, .date = date_of(20240615), .a = 10000000, .b = 0 };
	rows[1] = (weir_contract_row){ .use = WEIR_ROW_INSTALMENT, .date = date_of(20250310), .a = 20000000, .b = 500 };
	ip[0] = (weir_ip){ .id = "P0", .kind = WEIR_IP_INVENTION, .holder = "H1", .expires = date_of(20340115),
		           .pledge_number = "Y1", .valuation_cents = 200000000 };
	ip[1] = (weir_ip){ .id = "P1", .kind = WEIR_IP_TRADEMARK, .status = WEIR_IP_LAPSED, .holder = "H1",
		           .expires = date_of(20260715), .valuation_cents = NAN };
	ip[2] = (weir_ip){ .id = "P2", .kind = WEIR_IP_SOFTWARE, .holder = "H2", .expires = date_of(20290115),
		           .valuation_cents = NAN };
	ip[3] = (weir_ip){ .id = "P3", .expires = WEIR_DATE_NONE, .valuation_cents = NAN };
	ip[4] = (weir_ip){ .id = "P4", .expires = date_of(20270115), .valuation_cents = NAN };
	covers[0] = (weir_cover){ .kind = WEIR_COVER_DEPOSIT };
	covers[1] = (weir_cover){ .kind = WEIR_COVER_INSURANCE, .contracts = insured };
	deal->covers = covers;
	deal->cover_count = 2;
	add_contracts(p);
}

static void teardown(void)
{
	weir_diags_free(&diags);
	weir_arena_destroy(arena);
}

static void open_pool(weir_strat_weight weight)
{
	ck_assert_int_eq(weir_pool_create(&pool, arena, deal, &diags), WEIR_OK);
	ck_assert_int_eq(weir_strat_ground_create(&ground, arena, pool, weight), WEIR_OK);
}

static weir_strat_dimension by(weir_strat_by attribute, weir_strat_edges edges, weir_strat_sort sort, int most)
{
	weir_strat_dimension made;
	weir_strat_terms terms = { .by = attribute, .edges = edges, .sort = sort, .most = most };
	ck_assert_int_eq(weir_strat_dimension_create(&made, arena, &ground, &terms), WEIR_OK);
	return made;
}

static weir_strat_table count(const weir_strat_dimension *dimensions, int dimension_count)
{
	weir_strat_table made;
	ck_assert_int_eq(weir_strat_count(&made, arena, &ground, dimensions, dimension_count, 0), WEIR_OK);
	return made;
}

#define NO_EDGES ((weir_strat_edges){ 0 })
#define EDGES(list, is_given) ((weir_strat_edges){ list, (int)(sizeof list / sizeof *list), is_given })

static void row_is(const weir_strat_table *table, size_t row, int contracts, int obligors, double principal)
{
	ck_assert_uint_lt(row, table->row_count);
	ck_assert_int_eq(table->rows[row].contracts, contracts);
	ck_assert_int_eq(table->rows[row].obligors, obligors);
	ck_assert_double_eq(table->rows[row].principal_cents, principal);
}

static double number_at(weir_strat_by attribute, int contract)
{
	weir_strat_value value = weir_strat_value_of(&ground, attribute, contract);
	return value.has == WEIR_STRAT_HAS_NUMBER ? value.number : NAN;
}

static void numbers_are(weir_strat_by attribute, const double *wanted)
{
	for (int c = 0; c < CONTRACTS; c++) {
		double found = number_at(attribute, c);
		ck_assert_msg(isnan(wanted[c]) ? isnan(found) : found == wanted[c],
		              "attribute %d of contract %d: %.17g, not %.17g", attribute, c, found, wanted[c]);
	}
}

START_TEST(numbers_of_contracts)
{
	open_pool(WEIR_STRAT_PRINCIPAL);
	/* c3 runs from a month before 30 March, clipped to 29 February, to 30 March: to 29 March a month, then 1 of the 31
	 * days to 29 April. c5 is paid off 13 months after the cut-off and 23 of the 28 days to 15 March. c2 begins after
	 * the cut-off and has its whole term left. */
	double bit = 1 + 1.0 / 31, c5 = 13 + 23.0 / 28;
	numbers_are(WEIR_STRAT_TERM, (double[]){ 12, 12, 24, bit, 6, NAN, 12 });
	numbers_are(WEIR_STRAT_REMAINING_TERM, (double[]){ 12, 6, 24, bit, 9, c5, 12 });
	numbers_are(WEIR_STRAT_AGE, (double[]){ 0, 6, 0, 0, NAN, NAN, 0 });
	numbers_are(WEIR_STRAT_RATE, (double[]){ 0.05, 0.0501, 0.0499, 0.1, 0.06, NAN, 0.05 });
	numbers_are(WEIR_STRAT_IP_LIFE, (double[]){ 10, 3, 0, NAN, NAN, NAN, NAN });
	numbers_are(WEIR_STRAT_LTV, (double[]){ 0.5, NAN, NAN, NAN, NAN, NAN, NAN });
	numbers_are(WEIR_STRAT_OBLIGOR_BALANCE,
	            (double[]){ 133333333, 133333333, 250000001, 250000001, 100000000, 55000000, 55000000 });
	numbers_are(WEIR_STRAT_PD, (double[]){ NAN, NAN, NAN, NAN, NAN, NAN, NAN });
}
END_TEST

START_TEST(words_and_codes_of_contracts)
{
	open_pool(WEIR_STRAT_PRINCIPAL);
	static const int steps[] = { 3, 3, 3, 0, 0, WEIR_STRAT_OWN_DATES, 6 };
	for (int c = 0; c < CONTRACTS; c++)
		ck_assert_int_eq(weir_strat_value_of(&ground, WEIR_STRAT_FREQUENCY, c).code, steps[c]);
	weir_strat_value cover = weir_strat_value_of(&ground, WEIR_STRAT_COVER, 0);
	ck_assert_int_eq(cover.code, 1 << WEIR_COVER_DEPOSIT | 1 << WEIR_COVER_INSURANCE);
	ck_assert_int_eq(weir_strat_value_of(&ground, WEIR_STRAT_COVER, 1).code, 1 << WEIR_COVER_INSURANCE);
	ck_assert_int_eq(weir_strat_value_of(&ground, WEIR_STRAT_COVER, 2).has, WEIR_STRAT_HAS_NONE);
	ck_assert_int_eq(weir_strat_value_of(&ground, WEIR_STRAT_IP_KIND, 2).code,
	                 1 << WEIR_IP_TRADEMARK | 1 << WEIR_IP_SOFTWARE);
	ck_assert_str_eq(weir_strat_value_of(&ground, WEIR_STRAT_IP_HOLDER, 0).text, "H1");
	ck_assert_int_eq(weir_strat_value_of(&ground, WEIR_STRAT_IP_HOLDER, 2).has, WEIR_STRAT_HAS_SEVERAL);
	ck_assert_int_eq(weir_strat_value_of(&ground, WEIR_STRAT_IP_STATUS, 2).has, WEIR_STRAT_HAS_SEVERAL);
	ck_assert_str_eq(weir_strat_value_of(&ground, WEIR_STRAT_CURRENCY, 2).text, "USD");
	ck_assert_str_eq(weir_strat_value_of(&ground, WEIR_STRAT_CURRENCY, 3).text, "CNY");
	ck_assert_str_eq(weir_strat_value_of(&ground, WEIR_STRAT_RATE_TYPE, 6).text, "floating-rate");
	ck_assert_int_eq(weir_strat_value_of(&ground, WEIR_STRAT_RATE_TYPE, 5).has, WEIR_STRAT_HAS_NONE);
	ck_assert_int_eq(weir_strat_value_of(&ground, WEIR_STRAT_REGION, 0).has, WEIR_STRAT_HAS_NONE); /* an empty text */
	ck_assert_int_eq(weir_strat_value_of(&ground, WEIR_STRAT_VINTAGE, 1).code, 2023);
	ck_assert_int_eq(weir_strat_value_of(&ground, WEIR_STRAT_VINTAGE, 4).has, WEIR_STRAT_HAS_NONE);
	ck_assert_int_eq(weir_strat_value_of(&ground, WEIR_STRAT_MATURITY, 5).code, 2025);
	ck_assert_int_eq(weir_strat_find("rating", 6), WEIR_STRAT_GRADE);
	ck_assert_int_eq(weir_strat_find("industr", 7), -1);
	ck_assert_str_eq(weir_strat_nearest("industr", 7), "industry");
}
END_TEST

START_TEST(values_on_an_edge_are_in_the_band_below_it)
{
	static const double edges[] = { 0.03, 0.05, 0.1, 0.2 };
	open_pool(WEIR_STRAT_PRINCIPAL);
	/* 5 % exactly, 4.99 % and the floating 5 %; 5.01 %, 6 % and 10 % exactly; none without a rate below or above */
	weir_strat_dimension rate = by(WEIR_STRAT_RATE, EDGES(edges, 0), WEIR_STRAT_SORT_DEFAULT, 0);
	weir_strat_table table = count(&rate, 1);
	ck_assert_uint_eq(table.row_count, 3);
	row_is(&table, 0, 3, 3, 100000000 + 200000001 + 25000000);
	row_is(&table, 1, 3, 3, 33333333 + 50000000 + 100000000);
	row_is(&table, 2, 1, 1, 30000000);
	ck_assert_double_eq(rate.bands[0].above, 0.03);
	ck_assert_double_eq(rate.bands[0].to, 0.05);
	ck_assert_int_eq(rate.bands[2].kind, WEIR_STRAT_BAND_NOT_GIVEN);
	/* (50,000 + 99,800.000499 + 12,500) / 3,250,000.01 */
	ck_assert_double_eq_tol(table.rows[0].rate, 162300.000499 / 3250000.01, 1e-15);
	ck_assert(isnan(table.rows[2].rate));
	ck_assert_double_eq(table.rows[2].remaining, 13 + 23.0 / 28);
}
END_TEST

START_TEST(bands_that_were_asked_for_are_kept_when_empty)
{
	static const double edges[] = { 0.03, 0.04, 0.05, 0.055, 0.058, 0.1, 0.2 };
	open_pool(WEIR_STRAT_PRINCIPAL);
	weir_strat_dimension all = by(WEIR_STRAT_RATE, EDGES(edges, 1), WEIR_STRAT_SORT_DEFAULT, 0);
	weir_strat_table table = count(&all, 1);
	ck_assert_uint_eq(table.row_count, 9); /* eight, and the one without a rate */
	row_is(&table, 0, 0, 0, 0);
	row_is(&table, 7, 0, 0, 0);
	ck_assert(isnan(table.rows[0].rate) && isinf(all.bands[0].above) && isinf(all.bands[7].to));
	/* else only the empty one between others: 5.5 % to 5.8 % */
	weir_strat_dimension some = by(WEIR_STRAT_RATE, EDGES(edges, 0), WEIR_STRAT_SORT_DEFAULT, 0);
	table = count(&some, 1);
	ck_assert_uint_eq(table.row_count, 5);
	row_is(&table, 1, 1, 1, 33333333);
	row_is(&table, 2, 0, 0, 0);
	ck_assert_double_eq(some.bands[2].above, 0.055);
}
END_TEST

START_TEST(obligors_are_counted_once)
{
	static const double edges[] = { 100000000, 250000000 };
	open_pool(WEIR_STRAT_PRINCIPAL);
	/* O2 with 1,000,000.00 and O3 with 550,000.00; O0; O1 with a cent more than 2,500,000.00 */
	weir_strat_dimension balance = by(WEIR_STRAT_OBLIGOR_BALANCE, EDGES(edges, 0), WEIR_STRAT_SORT_DEFAULT, 0);
	weir_strat_table table = count(&balance, 1);
	ck_assert_uint_eq(table.row_count, 3);
	row_is(&table, 0, 3, 2, 155000000);
	row_is(&table, 1, 2, 1, 133333333);
	row_is(&table, 2, 2, 1, 250000001);
	ck_assert_int_eq(table.total.contracts, CONTRACTS);
	ck_assert_int_eq(table.total.obligors, 4);
	ck_assert_double_eq(table.total.principal_cents, TOTAL);
}
END_TEST

START_TEST(orders)
{
	static const char *const grades[] = { "AAA", "AA+", "AA-", "A", "BBB", "x" };
	open_pool(WEIR_STRAT_PRINCIPAL);
	weir_strat_dimension grade = by(WEIR_STRAT_GRADE, NO_EDGES, WEIR_STRAT_SORT_DEFAULT, 0);
	ck_assert_int_eq(grade.count, 7);
	for (int i = 0; i < 6; i++)
		ck_assert_str_eq(grade.bands[i].text, grades[i]);
	ck_assert_int_eq(grade.bands[6].kind, WEIR_STRAT_BAND_NOT_GIVEN);
	/* 2,000,000.01; then AA- and A with 1,000,000.00 each, as listed; the one without a grade last whatever it has */
	grade = by(WEIR_STRAT_GRADE, NO_EDGES, WEIR_STRAT_SORT_AMOUNT, 0);
	ck_assert_str_eq(grade.bands[0].text, "AA+");
	ck_assert_str_eq(grade.bands[1].text, "AA-");
	ck_assert_str_eq(grade.bands[2].text, "A");
	ck_assert_str_eq(grade.bands[5].text, "x");
	weir_strat_dimension step = by(WEIR_STRAT_FREQUENCY, NO_EDGES, WEIR_STRAT_SORT_DEFAULT, 0);
	ck_assert_int_eq(step.count, 4);
	ck_assert_int_eq(step.bands[0].code, 0);
	ck_assert_int_eq(step.bands[1].code, 3);
	ck_assert_int_eq(step.bands[2].code, 6);
	weir_strat_dimension holder = by(WEIR_STRAT_IP_HOLDER, NO_EDGES, WEIR_STRAT_SORT_BAND, 0);
	ck_assert_int_eq(holder.bands[1].kind, WEIR_STRAT_BAND_SEVERAL);
}
END_TEST

START_TEST(small_bands_become_one)
{
	open_pool(WEIR_STRAT_PRINCIPAL);
	/* AA+ and AA- stay; A, BBB, AAA and x are 1,000,000.00 + 500,000.00 + 333,333.33 + 250,000.00 of O2, O1, O0, O3 */
	weir_strat_dimension grade = by(WEIR_STRAT_GRADE, NO_EDGES, WEIR_STRAT_SORT_BAND, 2);
	weir_strat_table table = count(&grade, 1);
	ck_assert_uint_eq(table.row_count, 4);
	ck_assert_str_eq(grade.bands[0].text, "AA+");
	ck_assert_str_eq(grade.bands[1].text, "AA-");
	ck_assert_int_eq(grade.bands[2].kind, WEIR_STRAT_BAND_OTHER);
	ck_assert_int_eq(grade.bands[2].code, 4);
	row_is(&table, 2, 4, 4, 208333333);
	row_is(&table, 3, 1, 1, 30000000);
	/* as many as there are: nothing to merge */
	ck_assert_int_eq(by(WEIR_STRAT_GRADE, NO_EDGES, WEIR_STRAT_SORT_BAND, 6).count, 7);
	static const double edges[] = { 0.03, 0.05, 0.055, 0.058, 0.1, 0.2 };
	weir_strat_dimension rate = by(WEIR_STRAT_RATE, EDGES(edges, 1), WEIR_STRAT_SORT_BAND, 1);
	ck_assert_int_eq(rate.count, 3);
	ck_assert_double_eq(rate.bands[0].to, 0.05);
	ck_assert_int_eq(rate.bands[1].code, 2); /* empty bands are no others */
}
END_TEST

START_TEST(crossed_tables)
{
	open_pool(WEIR_STRAT_PRINCIPAL);
	weir_strat_dimension both[] = { by(WEIR_STRAT_INDUSTRY, NO_EDGES, WEIR_STRAT_SORT_BAND, 0),
		                        by(WEIR_STRAT_CURRENCY, NO_EDGES, WEIR_STRAT_SORT_BAND, 0) };
	weir_strat_table table = count(both, 2);
	/* chips CNY: c0 c1 c4; films CNY: c3; films USD: c2; not given CNY: c5 c6; chips USD nothing, so no row */
	ck_assert_uint_eq(table.row_count, 4);
	row_is(&table, 0, 3, 2, 233333333);
	row_is(&table, 1, 1, 1, 50000000);
	row_is(&table, 2, 1, 1, 200000001);
	row_is(&table, 3, 2, 1, 55000000);
	ck_assert_int_eq(table.rows[2].bands[0], 1);
	ck_assert_int_eq(table.rows[2].bands[1], 1);
	weir_strat_table refused;
	ck_assert_int_eq(weir_strat_count(&refused, arena, &ground, both, 2, 3), WEIR_NO);
}
END_TEST

START_TEST(weighed_by_what_is_receivable)
{
	open_pool(WEIR_STRAT_RECEIVABLE);
	weir_strat_dimension kind = by(WEIR_STRAT_KIND, NO_EDGES, WEIR_STRAT_SORT_DEFAULT, 0);
	weir_strat_table table = count(&kind, 1);
	ck_assert_str_eq(kind.bands[1].text, "receivable");
	ck_assert_double_eq(table.rows[1].cents, 103000000);
	ck_assert_double_eq(table.rows[1].principal_cents, 100000000);
	ck_assert_double_eq(number_at(WEIR_STRAT_BALANCE, 4), 103000000);
	ck_assert_double_eq(number_at(WEIR_STRAT_LTV, 0), 0.5); /* of principal, whatever is weighed */
}
END_TEST

START_TEST(few_hands)
{
	/* 40 + 30 + 20 + 10: squares 0.16 + 0.09 + 0.04 + 0.01; nothing for the 0 */
	weir_strat_hands hands = weir_strat_hands_of((double[]){ 20, 40, 0, 10, 30 }, 5);
	ck_assert_double_eq_tol(hands.herfindahl, 0.3, 1e-15);
	ck_assert_double_eq(hands.top1, 0.4);
	ck_assert_double_eq(hands.top5, 1);
	ck_assert_int_eq(hands.names, 4);
	double twelve[12];
	for (int i = 0; i < 12; i++)
		twelve[i] = i + 1; /* 78 in all; the largest five 50, the largest ten 75 */
	hands = weir_strat_hands_of(twelve, 12);
	ck_assert_double_eq(hands.top1, 12.0 / 78);
	ck_assert_double_eq(hands.top5, 50.0 / 78);
	ck_assert_double_eq(hands.top10, 75.0 / 78);
	ck_assert_double_eq_tol(hands.herfindahl, 650.0 / (78 * 78), 1e-15);
	hands = weir_strat_hands_of((double[]){ 0, 0 }, 2);
	ck_assert(isnan(hands.top1) && isnan(hands.herfindahl) && hands.names == 0);
}
END_TEST

/* --- random pools ----------------------------------------------------------------------------------------------- */

static unsigned long long state;

static int dice(int sides)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (int)((state >> 33) % (unsigned)sides);
}

#define RANDOM_CONTRACTS 160

static void random_pool(void)
{
	static weir_contract list[RANDOM_CONTRACTS];
	static weir_obligor obligors[40];
	static const char *const words[] = { "a", "b", "c", "dd", "e", "AAA", "AA", "", NULL };
	int contracts = 1 + dice(RANDOM_CONTRACTS), count_of_obligors = 1 + dice(40);
	for (int o = 0; o < count_of_obligors; o++)
		obligors[o] = (weir_obligor){ .id = "O", .industry = words[dice(9)], .region = words[dice(9)], .party = -1 };
	for (int c = 0; c < contracts; c++) {
		list[c] = loan(dice(count_of_obligors), 1 + dice(50) * 1000003, dice(12) / 100.0, 0, 20240415 + dice(10),
		               1 + dice(6), 1 + dice(12));
		list[c].grade = words[dice(9)];
		list[c].guarantee = words[dice(9)];
	}
	deal->pool.contracts = list;
	deal->pool.contract_count = contracts;
	deal->pool.obligors = obligors;
	deal->pool.obligor_count = count_of_obligors;
	deal->cover_count = 0;
	open_pool(dice(2) ? WEIR_STRAT_PRINCIPAL : WEIR_STRAT_RECEIVABLE);
}

/* Each row counted again from the dimensions, obligors by marking them. */
static void rows_hold(const weir_strat_table *table)
{
	for (size_t r = 0; r < table->row_count; r++) {
		int contracts = 0, obligors = 0;
		char seen[40] = { 0 };
		double principal = 0, receivable = 0;
		for (int c = 0; c < deal->pool.contract_count; c++) {
			int own = 1;
			for (int d = 0; d < table->dimension_count; d++)
				own &= table->dimensions[d].band_of[c] == table->rows[r].bands[d];
			if (!own)
				continue;
			contracts++;
			obligors += !seen[deal->pool.contracts[c].obligor];
			seen[deal->pool.contracts[c].obligor] = 1;
			principal += ground.principal_cents[c];
			receivable += ground.receivable_cents[c];
		}
		row_is(table, r, contracts, obligors, principal);
		ck_assert_double_eq(table->rows[r].receivable_cents, receivable);
	}
}

/* The rows of a crossed table that share a band add up to that band of the single table. */
static void margins_hold(const weir_strat_table *crossed, int dimension)
{
	weir_strat_table single = count(&crossed->dimensions[dimension], 1);
	for (size_t b = 0; b < single.row_count; b++) {
		int contracts = 0;
		double principal = 0, receivable = 0;
		for (size_t r = 0; r < crossed->row_count; r++) {
			if (crossed->rows[r].bands[dimension] != (int)b)
				continue;
			contracts += crossed->rows[r].contracts;
			principal += crossed->rows[r].principal_cents;
			receivable += crossed->rows[r].receivable_cents;
		}
		ck_assert_int_eq(contracts, single.rows[b].contracts);
		ck_assert_double_eq(principal, single.rows[b].principal_cents);
		ck_assert_double_eq(receivable, single.rows[b].receivable_cents);
	}
}

START_TEST(random_pools)
{
	static const double rates[] = { 0, 0.03, 0.05, 0.08 }, months[] = { 3, 6, 12, 24 };
	static const weir_strat_by attributes[] = { WEIR_STRAT_INDUSTRY, WEIR_STRAT_GRADE, WEIR_STRAT_RATE, WEIR_STRAT_TERM,
		                                    WEIR_STRAT_GUARANTEE, WEIR_STRAT_OBLIGOR, WEIR_STRAT_FREQUENCY };
	for (state = 1; state < 1 + 120; state++) {
		unsigned long long seed = state;
		state = seed * 77777;
		random_pool();
		weir_strat_dimension three[3];
		for (int d = 0; d < 3; d++) {
			weir_strat_by attribute = attributes[(dice(7) + d) % 7];
			three[d] = by(attribute,
			              attribute == WEIR_STRAT_RATE ? EDGES(rates, dice(2)) :
			              attribute == WEIR_STRAT_TERM ? EDGES(months, dice(2)) : NO_EDGES,
			              (weir_strat_sort)dice(4), dice(6));
		}
		weir_strat_table table = count(three, 1 + dice(3));
		rows_hold(&table);
		int contracts = 0;
		double principal = 0;
		for (size_t r = 0; r < table.row_count; r++) {
			contracts += table.rows[r].contracts;
			principal += table.rows[r].principal_cents;
		}
		ck_assert_int_eq(contracts, deal->pool.contract_count);
		ck_assert_double_eq(principal, pool->principal_cents);
		for (int d = 0; d < table.dimension_count; d++)
			margins_hold(&table, d);
		state = seed;
	}
}
END_TEST

START_TEST(memory_may_run_out)
{
	static const double edges[] = { 0.05 };
	ck_assert_int_eq(weir_pool_create(&pool, arena, deal, &diags), WEIR_OK);
	for (long n = 1;; n++) {
		weir_arena *own = NULL;
		weir_strat_terms grade = { .by = WEIR_STRAT_GRADE, .most = 2 };
		weir_strat_terms rate = { .by = WEIR_STRAT_RATE, .edges = { edges, 1, 0 } };
		weir_strat_dimension both[2];
		weir_strat_table table;
		weir_alloc_fail_from(n);
		weir_status status = weir_arena_create(&own);
		if (status == WEIR_OK)
			status = weir_strat_ground_create(&ground, own, pool, WEIR_STRAT_PRINCIPAL);
		if (status == WEIR_OK)
			status = weir_strat_dimension_create(&both[0], own, &ground, &grade);
		if (status == WEIR_OK)
			status = weir_strat_dimension_create(&both[1], own, &ground, &rate);
		if (status == WEIR_OK)
			status = weir_strat_count(&table, own, &ground, both, 2, 0);
		weir_alloc_fail_from(0);
		weir_arena_destroy(own);
		if (status == WEIR_OK) {
			ck_assert_int_ge(n, 15);
			return;
		}
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
	}
}
END_TEST

Suite *weir_suite_pool_strat(void)
{
	Suite *suite = suite_create("pool_strat");
	TCase *tests = tcase_create("strat");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, numbers_of_contracts);
	tcase_add_test(tests, words_and_codes_of_contracts);
	tcase_add_test(tests, values_on_an_edge_are_in_the_band_below_it);
	tcase_add_test(tests, bands_that_were_asked_for_are_kept_when_empty);
	tcase_add_test(tests, obligors_are_counted_once);
	tcase_add_test(tests, orders);
	tcase_add_test(tests, small_bands_become_one);
	tcase_add_test(tests, crossed_tables);
	tcase_add_test(tests, weighed_by_what_is_receivable);
	tcase_add_test(tests, few_hands);
	tcase_add_test(tests, random_pools);
	tcase_add_test(tests, memory_may_run_out);
	suite_add_tcase(suite, tests);
	return suite;
}
