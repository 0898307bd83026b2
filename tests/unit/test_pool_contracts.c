/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_pool_contracts.c: receipts from terms: the reference pools to the cent, and each kind by hand.
 * Expected values that are not derived beside them were computed with 60-digit decimal arithmetic from the
 * formula in the comment. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "pool/pool.h"
#include "reference_deals.h"
#include "reference_rows.h"

Suite *weir_suite_pool_contracts(void);

static weir_arena *arena;
static weir_diags diags;
static weir_deal *deal;
static weir_contract *contract; /* the only one of `deal` */
static weir_contract_row rows[16];
static weir_pool *pool;

/* A deal with one contract of one obligor, closing and starting on 2022-12-21. */
static void setup(void)
{
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	diags = (weir_diags){ 0 };
	pool = NULL;
	deal = reference_deal(arena, 4);
	deal->pool.contract_count = 1;
	deal->pool.rows = rows;
	contract = &deal->pool.contracts[0];
	*contract = plain_contract("only");
	contract->kind = WEIR_CONTRACT_LOAN;
}

static void teardown(void)
{
	weir_diags_free(&diags);
	weir_arena_destroy(arena);
}

static const weir_receipt *create(weir_deal *from)
{
	weir_status status = weir_pool_create(&pool, arena, from, &diags);
	ck_assert_msg(status == WEIR_OK, "%s", diags.count ? diags.items[0].text : "out of memory");
	return pool->receipts;
}

/* The pool cannot be made: one error with the code, its text holding the words. */
static void refused(weir_code code, const char *words)
{
	pool = NULL;
	ck_assert_int_eq(weir_pool_create(&pool, arena, deal, &diags), WEIR_INPUT);
	ck_assert_ptr_null(pool);
	ck_assert_msg(diags.errors == 1, "%zu errors, first: %s", diags.errors, diags.items[0].text);
	ck_assert_msg(strstr(diags.items[0].text, words) != NULL, "%s", diags.items[0].text);
	ck_assert_int_eq(diags.items[0].code, code);
	weir_diags_free(&diags);
}

struct row {
	int due;
	double principal, income;
};

static void receipts_are(const struct row *wanted, size_t count)
{
	const weir_receipt *r = create(deal);
	ck_assert_uint_eq(pool->receipt_count, count);
	for (size_t i = 0; i < count; i++) {
		ck_assert_msg(r[i].due == date_of(wanted[i].due) && r[i].principal_cents == wanted[i].principal &&
		                      r[i].income_cents == wanted[i].income,
		              "receipt %zu: %.0f and %.0f", i + 1, r[i].principal_cents, r[i].income_cents);
		ck_assert_int_eq(r[i].number, (int)i + 1);
		ck_assert_int_eq(r[i].contract, 0);
	}
}
#define RECEIPTS_ARE(...)                                                                          \
	do {                                                                                       \
		const struct row wanted[] = { __VA_ARGS__ };                                       \
		receipts_are(wanted, sizeof wanted / sizeof *wanted);                              \
	} while (0)

static void regular(weir_amortisation amortisation, double amount, double rate, int first_due, int every, int count)
{
	contract->amortisation = amortisation;
	contract->amount_cents = amount;
	contract->rate_annual = rate;
	contract->first_due = date_of(first_due);
	contract->every_months = every;
	contract->count = count;
}

/* --- the reference pools ---------------------------------------------------------------------------------------- */

static void matches_reference(int number, size_t count)
{
	const weir_receipt *receipts = create(reference_deal(arena, number));
	size_t seen = 0;
	for (size_t i = 0; i < sizeof reference_receipts / sizeof *reference_receipts; i++) {
		const struct reference_receipt *wanted = &reference_receipts[i];
		if (wanted->deal != number)
			continue;
		const weir_receipt *found = NULL;
		size_t first = pool->contract_first[wanted->obligor], end = pool->contract_first[wanted->obligor + 1];
		for (size_t r = first; r < end; r++)
			if (receipts[r].due == date_of(wanted->due))
				found = &receipts[r];
		ck_assert_msg(found && found->principal_cents == wanted->principal_cents &&
		                      found->income_cents == wanted->income_cents,
		              "deal %d, %d, obligor %d: %.0f and %.0f", number, wanted->due, wanted->obligor,
		              found ? found->principal_cents : -1, found ? found->income_cents : -1);
		seen++;
	}
	ck_assert_uint_eq(seen, count);
	ck_assert_uint_eq(pool->receipt_count, count);
}

START_TEST(reference_pools_to_the_cent)
{
	matches_reference(1, 72);
	ck_assert_str_eq(pool->deal->pool.obligors[pool->largest_obligor].id, "L08");
	matches_reference(3, 51);
	ck_assert_str_eq(pool->deal->pool.obligors[pool->largest_obligor].id, "C10");
	matches_reference(5, 48);
	ck_assert_str_eq(pool->deal->pool.obligors[pool->largest_obligor].id, "B11"); /* B12 owes as much, listed later */
	matches_reference(7, 60);
	ck_assert_str_eq(pool->deal->pool.obligors[pool->largest_obligor].id, "F01");
}
END_TEST

START_TEST(secondary_licence_2)
{
	const weir_receipt *r = create(reference_deal(arena, 2));
	ck_assert_uint_eq(pool->receipt_count, 11 * 20);
	ck_assert_double_eq(pool->principal_cents, 30100e6);
	/* L01: payment 300e6 i / (1 - (1 + i)^-20), i = 6.45 % / 4: 17,668,116; interest 300e6 x i =
	 * 4,837,500 */
	ck_assert_double_eq(r[0].income_cents, 4837500);
	ck_assert_double_eq(r[0].principal_cents, 17668116 - 4837500);
	ck_assert_double_eq(r[200].income_cents, 72562500);
	ck_assert_double_eq(r[200].principal_cents, 265021745 - 72562500);
	for (int c = 0; c < 11; c++) {
		double sum = 0;
		for (size_t i = pool->contract_first[c]; i < pool->contract_first[c + 1]; i++)
			sum += r[i].principal_cents;
		ck_assert_double_eq(sum, pool->deal->pool.contracts[c].amount_cents);
	}
	ck_assert_int_eq(r[19].due, date_of(20270901));
}
END_TEST

START_TEST(receivables_4)
{
	const weir_receipt *r = create(reference_deal(arena, 4));
	ck_assert_uint_eq(pool->receipt_count, 26);
	ck_assert_double_eq(r[0].principal_cents, 839552239);  /* 900e6 / 1.072 */
	ck_assert_double_eq(r[0].income_cents, 900e6 - 839552239);
	ck_assert_double_eq(r[13].principal_cents, 699300699); /* 800e6 / 1.144 */
	ck_assert_double_eq(pool->principal_cents, 46814006890);
	ck_assert_double_eq(pool->principal_cents + pool->income_cents, (23900 + 28050) * 1e6); /* all faces */
	ck_assert_int_eq(pool->largest_obligor, 0);
}
END_TEST

START_TEST(royalty_6)
{
	const weir_receipt *r = create(reference_deal(arena, 6));
	ck_assert_uint_eq(pool->receipt_count, 24);
	/* T1, k = 0: 52,000 / 2 x 3.5 % = 910 (10,000 yuan), 86 % of it principal; k = 1: x 1.06^0.5; k =
	 * 2: x 1.06 */
	ck_assert_double_eq(r[0].principal_cents, 782600000);
	ck_assert_double_eq(r[0].income_cents, 127400000);
	ck_assert_double_eq(r[1].principal_cents, 805736015);
	ck_assert_double_eq(r[1].income_cents, 131166328);
	ck_assert_double_eq(r[2].principal_cents, 829556000);
	ck_assert_double_eq(r[5].principal_cents, 905324986); /* 910 x 1.06^2.5 = 1,052.703472... */
	ck_assert_double_eq(r[17].principal_cents, 343409995); /* T3, falling 2 % a year */
	ck_assert_double_eq(r[17].income_cents, 55903952);
	ck_assert_double_eq(r[23].principal_cents, 290250000); /* T4: 337.5, above its minimum of 260 */
	ck_assert_int_eq(r[5].due, date_of(20260301));

	weir_deal *lean = reference_deal(arena, 6);
	lean->pool.royalties[3].minimum_annual_cents = 675e6 + 2; /* 337.5 and a cent at each payment */
	r = create(lean);
	ck_assert_double_eq(r[18].principal_cents + r[18].income_cents, 337500001);
}
END_TEST

START_TEST(trust_loans_8)
{
	weir_deal *dual = reference_deal(arena, 8);
	const weir_receipt *r = create(dual);
	ck_assert_double_eq(r[0].income_cents, 10350000); /* 600e6 x 3.45 % / 2 */
	ck_assert_double_eq(r[0].principal_cents, 0);
	ck_assert_double_eq(r[1].principal_cents, 600e6);
	ck_assert_double_eq(pool->principal_cents, 13800e6);
	ck_assert_double_eq(pool->income_cents, 476100000);
	ck_assert_int_eq(r[1].due, date_of(20251021));

	/* A layer that pays three days later and keeps 1.25 % of income: 10,350,000 x 1.25 % = 129,375. */
	dual->pool.trusts[0].lag_days = 3;
	dual->pool.trusts[0].expense_rate = 0.0125;
	r = create(dual);
	ck_assert_double_eq(r[0].income_cents, 10350000 - 129375);
	ck_assert_double_eq(r[1].principal_cents, 600e6);
	ck_assert_int_eq(r[1].due, date_of(20251024));
	ck_assert_int_eq(r[1].contract_due, date_of(20251021));
}
END_TEST

/* --- amortisation ----------------------------------------------------------------------------------------------- */

START_TEST(level_principal)
{
	/* 100,001 / 3 = 33,333.67: twice 33,334, then the rest. Interest at 6.3 % / 12 = 0.525 %:
	 * 525.005..., 350.00..., 174.998... Due dates clip to the month's end from the first one. */
	regular(WEIR_AMORTISE_LEVEL_PRINCIPAL, 100001, 0.063, 20230131, 1, 3);
	RECEIPTS_ARE({ 20230131, 33334, 525 }, { 20230228, 33334, 350 }, { 20230331, 33333, 175 });

	/* More instalments than cents: never more than the balance. 2 / 3 rounds to 1. */
	regular(WEIR_AMORTISE_LEVEL_PRINCIPAL, 2, 0, 20230131, 1, 3);
	RECEIPTS_ARE({ 20230131, 1, 0 }, { 20230228, 1, 0 }, { 20230331, 0, 0 });
}
END_TEST

START_TEST(level_without_interest)
{
	regular(WEIR_AMORTISE_LEVEL, 1000, 0, 20230630, 6, 3); /* 333.33 */
	RECEIPTS_ARE({ 20230630, 333, 0 }, { 20231230, 333, 0 }, { 20240630, 334, 0 });
}
END_TEST

START_TEST(half_cents_go_up)
{
	/* 1,000 x 2.5 % / 2 = 12.5 and 3,000 x 2.5 % / 2 = 37.5: ties, decided exactly */
	regular(WEIR_AMORTISE_BULLET, 1000, 0.025, 20230630, 6, 1);
	RECEIPTS_ARE({ 20230630, 1000, 13 });
	regular(WEIR_AMORTISE_BULLET, 3000, 0.025, 20230630, 6, 1);
	RECEIPTS_ARE({ 20230630, 3000, 38 });
	/* 700 x 0.15 % / 12 x 4 = 0.35; 1,000,000 x 0.00015 % / 3 = 0.5 */
	regular(WEIR_AMORTISE_BULLET, 1000000, 0.0000015, 20230630, 4, 1);
	RECEIPTS_ARE({ 20230630, 1000000, 1 });
}
END_TEST

START_TEST(interest_only_then_level)
{
	/* 777,777.77 yuan at 5.13 %, quarterly: two of interest 997,500; level over three: 26,593,750 each */
	regular(WEIR_AMORTISE_INTEREST_ONLY, 77777777, 0.0513, 20230214, 3, 5);
	contract->interest_only_count = 2;
	RECEIPTS_ARE({ 20230214, 0, 997500 }, { 20230514, 0, 997500 }, { 20230814, 25596250, 997500 },
	             { 20231114, 25924522, 669228 }, { 20240214, 26257005, 336746 });
	contract->interest_only_count = 5;
	refused(WEIR_CODE_CONTRACT_TERMS, "interest-only for \"5\" of 5 instalments");
}
END_TEST

START_TEST(interest_by_days)
{
	/* 123,456.79 yuan at 4.35 % from 2023-11-15: 106 days to 2024-02-29, then 90 days to 2024-05-29.
	 * 12,345,679 x 0.0435 x 106 / 365 = 155,961.2; x 90 / 365 = 132,419.8 */
	regular(WEIR_AMORTISE_BULLET, 12345679, 0.0435, 20240229, 3, 2);
	contract->basis = WEIR_BASIS_DAYS;
	contract->day_count = WEIR_ACT_365F;
	contract->start = date_of(20231115);
	RECEIPTS_ARE({ 20240229, 0, 155961 }, { 20240529, 12345679, 132420 });
	contract->day_count = WEIR_ACT_360; /* x 106 / 360 = 158,127.6; x 90 / 360 = 134,259.3 */
	RECEIPTS_ARE({ 20240229, 0, 158128 }, { 20240529, 12345679, 134259 });
	contract->day_count = WEIR_D30E_360; /* 360 - 270 + 14 = 104 days: 155,144.0; then 90 */
	RECEIPTS_ARE({ 20240229, 0, 155144 }, { 20240529, 12345679, 134259 });
	/* Without a start the first period is one step long: from 2023-11-29, 92 days: 135,362.8 */
	contract->day_count = WEIR_ACT_365F;
	contract->start = WEIR_DATE_NONE;
	RECEIPTS_ARE({ 20240229, 0, 135363 }, { 20240529, 12345679, 132420 });
}
END_TEST

static weir_index floating_index(void)
{
	static weir_date dates[4];
	static double rates[4] = { 0.037, 0.0365, 0.0365, 0.0345 };
	const int days[4] = { 20220820, 20221220, 20230510, 20230801 };
	for (int i = 0; i < 4; i++)
		dates[i] = date_of(days[i]);
	return (weir_index){ .node.id = "LPR", .dates = dates, .rates = rates, .count = 4 };
}

START_TEST(floating_levels_again_at_a_reset)
{
	/* 1,234,567.89 yuan, LPR + 85 bp, quarterly from 2023-02-10. Rates 4.5 %, 4.5 % (fixed anew on the
	 * period's first day, at the same level), then 4.3 % from 2023-08-10 (fixing of 08-01). Level over
	 * 4: 31,737,108; at the reset over the 2 that remain: 31,713,616. */
	weir_index index = floating_index();
	deal->indexes = &index;
	deal->index_count = 1;
	regular(WEIR_AMORTISE_LEVEL, 123456789, 0.0085, 20230510, 3, 4);
	contract->start = date_of(20230210);
	contract->index = 0;
	RECEIPTS_ARE({ 20230510, 30348219, 1388889 }, { 20230810, 30689637, 1047471 },
	             { 20231110, 31042612, 671004 }, { 20240210, 31376321, 337295 });
	contract->start = date_of(20220819);
	refused(WEIR_CODE_CONTRACT_TERMS, "fixing of index \"LPR\" on or before \"2022-08-19\"");
}
END_TEST

START_TEST(explicit_rows)
{
	/* 1,000.01 yuan; income of the second row accrues: 60,000 x 5 % / 2 = 1,500; the last row's:
	 * 20,001 x 5 % / 2 = 500.025 */
	regular(WEIR_AMORTISE_EXPLICIT, 100001, 0.05, 20230131, 6, 0);
	contract->row_first = 0;
	contract->row_count = 3;
	rows[0] = (weir_contract_row){ .date = date_of(20230131), .a = 40001, .b = 1234 };
	rows[1] = (weir_contract_row){ .date = date_of(20230715), .a = 39999, .b = NAN };
	rows[2] = (weir_contract_row){ .date = date_of(20240229), .a = 20001, .b = NAN };
	RECEIPTS_ARE({ 20230131, 40001, 1234 }, { 20230715, 39999, 1500 }, { 20240229, 20001, 500 });
	/* by days from the row before: 60,000 x 5 % x 165 / 365 = 1,356.16; 20,001 x 5 % x 229 / 365 =
	 * 627.43 */
	contract->basis = WEIR_BASIS_DAYS;
	contract->start = date_of(20221221);
	RECEIPTS_ARE({ 20230131, 40001, 1234 }, { 20230715, 39999, 1356 }, { 20240229, 20001, 627 });
	ck_assert_int_eq(weir_contract_last_due(&deal->pool, contract), date_of(20240229));
	rows[2].a = 20000;
	refused(WEIR_CODE_SIZE_MISMATCH, "add up to \"1000.00\" of principal, its amount is \"1000.01\"");
	rows[2].a = 20001;
	rows[2].date = date_of(20230714);
	refused(WEIR_CODE_DATE_ORDER, "\"2023-07-14\"");
	contract->row_count = 0;
	refused(WEIR_CODE_CONTRACT_TERMS, "without instalments");
}
END_TEST

START_TEST(receivable_by_days)
{
	/* 987,654.32 yuan due 412 days after the closing of 2022-12-21: / (1 + 6.75 % x 412 / 365) =
	 * 917,730.78 */
	contract->kind = WEIR_CONTRACT_RECEIVABLE;
	contract->face_cents = 98765432;
	contract->discount_rate = 0.0675;
	contract->first_due = date_of(20240206);
	contract->count = 1;
	RECEIPTS_ARE({ 20240206, 91773078, 98765432 - 91773078 });
	contract->first_due = date_of(20221220);
	refused(WEIR_CODE_CONTRACT_TERMS, "due before the closing");
	contract->first_due = WEIR_DATE_NONE;
	refused(WEIR_CODE_CONTRACT_TERMS, "no due date");
}
END_TEST

/* --- royalties -------------------------------------------------------------------------------------------------- */

static weir_contract_row row(enum weir_row_use use, int date, double a, double b)
{
	return (weir_contract_row){ .use = use, .date = date ? date_of(date) : WEIR_DATE_NONE, .a = a, .b = b };
}

/* First-year sales 12,345,678.91 yuan growing 10 %, four payments a year over two years, paid two months
 * after the quarter's date; 62.5 % of a receipt is principal. */
static weir_royalty_terms *royalty(void)
{
	weir_royalty_terms *terms = weir_arena_alloc(arena, sizeof *terms);
	*terms = (weir_royalty_terms){ .sales_first_year_cents = 1234567891,
		                       .royalty_first_year_cents = NAN,
		                       .rate = 0.06,
		                       .growth_annual = 0.1,
		                       .cap_annual_cents = INFINITY,
		                       .principal_share = 0.625,
		                       .lag_months = 2 };
	contract->kind = WEIR_CONTRACT_ROYALTY;
	contract->royalty = 0;
	contract->first_due = date_of(20230315);
	contract->every_months = 3;
	contract->count = 8;
	deal->pool.royalties = terms;
	return terms;
}

START_TEST(royalty_with_everything)
{
	/* Seasons 10/20/30/40 %; tiers 5 % to 4,000,000 yuan a year, 7 % to 9,000,000, then 9 %; x 0.5 from 2024-03-15 and
	 * x 0.8 more from 2024-09-01; at least 360,000.01 and at most 850,000.00 a year; three
	 * milestones, each a receipt of its own on its date, split as the royalties are.
	 * Sales (cents) and royalty by tiers:
	 * k0 123,456,789.1: 6,172,839.5, below the minimum 9,000,000.25
	 * k1 252,867,575.5 to a sum of 376,324,364.6, all at 5 %: 12,643,378.8
	 * k2 388,447,718.3: 23,675,635.4 at 5 %, the rest at 7 %: 26,717,827.6
	 * k3 530,419,501.1: across all three, 45,033,196.8; the cap leaves 85,000,000 - 48,361,206.6 = 36,638,793.4
	 * k4 a new year: 135,802,468.0 at 5 % x 0.5 is below the minimum
	 * k5 278,154,333.0: 14,186,852.7 x 0.5 is below the minimum
	 * k6 427,292,490.2: 29,910,474.3 x 0.4
	 * k7 583,461,451.2: 51,336,516.4 x 0.4; the cap leaves more */
	weir_royalty_terms *terms = royalty();
	terms->minimum_annual_cents = 36000001;
	terms->cap_annual_cents = 85000000;
	int n = 0;
	rows[n++] = row(WEIR_ROW_TIER, 0, 400000000, 0.05);
	rows[n++] = row(WEIR_ROW_TIER, 0, 900000000, 0.07);
	rows[n++] = row(WEIR_ROW_TIER, 0, INFINITY, 0.09);
	rows[n++] = row(WEIR_ROW_MILESTONE, 20230316, 1234567, 0);
	rows[n++] = row(WEIR_ROW_MILESTONE, 20230615, 89, 0);
	rows[n++] = row(WEIR_ROW_MILESTONE, 20240601, 777, 0);
	for (int i = 1; i <= 4; i++)
		rows[n++] = row(WEIR_ROW_SEASON, 0, i * 0.1, 0);
	rows[n - 2].a = 0.3; /* 3 x 0.1 is not the double of 0.3 */
	rows[n++] = row(WEIR_ROW_STEP_DOWN, 20240315, 0.5, 0);
	rows[n++] = row(WEIR_ROW_STEP_DOWN, 20240901, 0.8, 0);
	contract->row_count = n;
	RECEIPTS_ARE({ 20230316, 771604, 462963 }, { 20230515, 5625000, 3375000 }, { 20230615, 56, 33 },
	             { 20230815, 7902112, 4741267 }, { 20231115, 16698642, 10019186 }, { 20240215, 22899246, 13739547 },
	             { 20240515, 5625000, 3375000 }, { 20240601, 486, 291 }, { 20240815, 5625000, 3375000 },
	             { 20241115, 7477619, 4486571 }, { 20250215, 12834129, 7700478 });
	ck_assert_int_eq(weir_contract_last_due(&deal->pool, contract), date_of(20250215));
}
END_TEST

START_TEST(royalty_with_listed_growth)
{
	/* 1,234,567,891 / 2 x 6 % = 37,037,036.73 a half-year, x 1, 1.5, 0.25; 62.5 % each: 23,148,147.96,
	 * 34,722,221.9, 5,787,036.99; whole: 37,037,037, 55,555,555, 9,259,259 */
	weir_royalty_terms *terms = royalty();
	terms->growth_annual = 0.5; /* the list goes before it */
	contract->every_months = 6;
	contract->count = 3;
	rows[0] = row(WEIR_ROW_GROWTH, 0, 1, 0);
	rows[1] = row(WEIR_ROW_GROWTH, 0, 1.5, 0);
	rows[2] = row(WEIR_ROW_GROWTH, 0, 0.25, 0);
	contract->row_count = 3;
	RECEIPTS_ARE({ 20230515, 23148148, 13888889 }, { 20231115, 34722222, 20833333 }, { 20240515, 5787037, 3472222 });
	contract->row_count = 2;
	refused(WEIR_CODE_CONTRACT_TERMS, "fewer growth factors than payments");
}
END_TEST

START_TEST(royalty_cap_takes_all_that_is_left)
{
	/* 74,074,073.46 x (1, 1.1^0.25, 1.1^0.5, 1.1^0.75) / 4 against 30,000,000 a year: 18,518,518.365,
	 * then the rest 11,481,481.635, then nothing until the next year */
	weir_royalty_terms *terms = royalty();
	terms->cap_annual_cents = 30000000;
	terms->principal_share = 1;
	terms->lag_months = 0;
	contract->count = 5;
	/* k = 4: 18,518,518.365 x 1.1 = 20,370,370.2015 */
	RECEIPTS_ARE({ 20230315, 18518518, 0 }, { 20230615, 11481482, 0 }, { 20230915, 0, 0 }, { 20231215, 0, 0 },
	             { 20240315, 20370370, 0 });
}
END_TEST

START_TEST(royalty_terms_that_do_not_hold)
{
	weir_royalty_terms *terms = royalty();
	contract->every_months = 5;
	refused(WEIR_CODE_CONTRACT_TERMS, "every 1, 2, 3, 4, 6 or 12 months");
	contract->every_months = 3;
	terms->growth_annual = -1;
	refused(WEIR_CODE_CONTRACT_TERMS, "above -100%");
	terms->growth_annual = 0;
	contract->row_count = 1;
	rows[0] = row(WEIR_ROW_TIER, 0, 5000, 0.05);
	refused(WEIR_CODE_CONTRACT_TERMS, "above its last tier");
	rows[0] = row(WEIR_ROW_SEASON, 0, 1, 0);
	refused(WEIR_CODE_CONTRACT_TERMS, "one seasonal share for each payment");
	contract->row_count = 4;
	for (int i = 0; i < 4; i++)
		rows[i] = row(WEIR_ROW_SEASON, 0, i == 3 ? 0.26 : 0.25, 0);
	refused(WEIR_CODE_SHARE_SUM, "add up to 101%");
	contract->row_count = 0;
	terms->sales_first_year_cents = NAN;
	refused(WEIR_CODE_CONTRACT_TERMS, "neither sales nor a royalty amount");
	terms->sales_first_year_cents = 5;
	terms->principal_share = 1.01;
	refused(WEIR_CODE_CONTRACT_TERMS, "principal share");
}
END_TEST

/* --- terms that do not hold, memory ----------------------------------------------------------------------------- */

START_TEST(instalments_that_do_not_hold)
{
	regular(WEIR_AMORTISE_LEVEL, 1000, 0.05, 20230131, 3, 0);
	refused(WEIR_CODE_CONTRACT_TERMS, "\"0\" instalments");
	regular(WEIR_AMORTISE_LEVEL, 1000, 0.05, 20230131, 0, 4);
	refused(WEIR_CODE_CONTRACT_TERMS, "\"0\" months apart");
	regular(WEIR_AMORTISE_LEVEL, 1000, 0.05, 20230131, 12, 200);
	refused(WEIR_CODE_CONTRACT_TERMS, "after the year 2199");
	regular(WEIR_AMORTISE_BULLET, 1000, 0.05, 20230131, 0, 1);
	refused(WEIR_CODE_CONTRACT_TERMS, "neither months between instalments nor a day count");
	contract->basis = WEIR_BASIS_DAYS;
	refused(WEIR_CODE_CONTRACT_TERMS, "no start date");
	contract->start = date_of(20230201);
	refused(WEIR_CODE_DATE_ORDER, "starts after its first instalment");
	regular(WEIR_AMORTISE_BULLET, 2e15, 0.05, 20230131, 1, 2);
	contract->start = WEIR_DATE_NONE;
	contract->rate_annual = 12;
	refused(WEIR_CODE_OUT_OF_RANGE, "larger than weir can hold");
}
END_TEST

START_TEST(all_contracts_complain)
{
	deal->pool.contract_count = 3;
	for (int i = 0; i < 3; i++) {
		deal->pool.contracts[i] = plain_contract("bad");
		deal->pool.contracts[i].place.offset = (uint64_t)i;
		deal->pool.contracts[i].kind = WEIR_CONTRACT_LOAN;
		deal->pool.contracts[i].first_due = date_of(20230131);
	}
	ck_assert_int_eq(weir_pool_create(&pool, arena, deal, &diags), WEIR_INPUT);
	ck_assert_uint_eq(diags.errors, 3);
}
END_TEST

START_TEST(memory_may_run_out)
{
	weir_deal *small = reference_deal(arena, 7);
	int failed = 0;
	for (long n = 1;; n++) {
		weir_arena *own = NULL;
		weir_alloc_fail_from(n);
		weir_status status = weir_arena_create(&own);
		if (status == WEIR_OK)
			status = weir_pool_create(&pool, own, small, &diags);
		weir_alloc_fail_from(0);
		weir_arena_destroy(own);
		if (status == WEIR_OK)
			break;
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
		failed++;
	}
	ck_assert_int_ge(failed, 2);
}
END_TEST

Suite *weir_suite_pool_contracts(void)
{
	Suite *suite = suite_create("pool_contracts");
	TCase *tests = tcase_create("contracts");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, reference_pools_to_the_cent);
	tcase_add_test(tests, secondary_licence_2);
	tcase_add_test(tests, receivables_4);
	tcase_add_test(tests, royalty_6);
	tcase_add_test(tests, trust_loans_8);
	tcase_add_test(tests, level_principal);
	tcase_add_test(tests, level_without_interest);
	tcase_add_test(tests, half_cents_go_up);
	tcase_add_test(tests, interest_only_then_level);
	tcase_add_test(tests, interest_by_days);
	tcase_add_test(tests, floating_levels_again_at_a_reset);
	tcase_add_test(tests, explicit_rows);
	tcase_add_test(tests, receivable_by_days);
	tcase_add_test(tests, royalty_with_everything);
	tcase_add_test(tests, royalty_with_listed_growth);
	tcase_add_test(tests, royalty_cap_takes_all_that_is_left);
	tcase_add_test(tests, royalty_terms_that_do_not_hold);
	tcase_add_test(tests, instalments_that_do_not_hold);
	tcase_add_test(tests, all_contracts_complain);
	tcase_add_test(tests, memory_may_run_out);
	suite_add_tcase(suite, tests);
	return suite;
}
