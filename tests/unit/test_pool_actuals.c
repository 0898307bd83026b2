/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_pool_actuals.c: what was collected in place of a projection, and the projection that goes on from there, of a small
 * pool with odd amounts; every number is worked out beside it. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "pool/actuals.h"
#include "reference_deals.h"

Suite *weir_suite_pool_actuals(void);

static weir_arena *arena;
static weir_diags diags;
static weir_deal *deal;
static weir_pool *pool;
static weir_periods periods;
static weir_pool_rows *rows;
static weir_pool_actuals *actuals;

/* Instalments, in cents. The six periods collect one quarter's 25th each: 2023-06, 09, 12, 2024-03, 06, 09. */
static const struct instalment {
	int contract, date;
	double principal, income;
} instalments[] = {
	{ 0, 20230625, 1000033, 20011 }, { 0, 20230925, 2000017, 15013 }, { 0, 20231225, 3000019, 10007 },
	{ 1, 20230610, 700009, 9001 },   { 1, 20231210, 800011, 4003 },   { 2, 20240625, 5000077, 100003 },
};

enum { ROWS = sizeof instalments / sizeof *instalments, K1 = 0, K2, K3, CONTRACTS };

static void set_up_contract(int c, const char *id)
{
	weir_contract *contract = &deal->pool.contracts[c];
	*contract = plain_contract(id);
	contract->kind = WEIR_CONTRACT_LOAN;
	contract->obligor = 0;
	contract->amortisation = WEIR_AMORTISE_EXPLICIT;
	for (int i = 0; i < ROWS; i++)
		if (instalments[i].contract == c) {
			contract->row_first = contract->row_count ? contract->row_first : i;
			contract->row_count++;
		}
}

/* K1 of three instalments, K2 of two, K3 of one: balances 6,000,069, 1,500,020 and 5,000,077. */
static void open_deal(void)
{
	actuals = NULL;
	ck_assert_int_eq(weir_pool_create(&pool, arena, deal, &diags), WEIR_OK);
	ck_assert_int_eq(weir_deal_periods(&periods, arena, deal, &diags), WEIR_OK);
	ck_assert_int_eq(weir_pool_rows_create(&rows, arena, pool, periods.count), WEIR_OK);
	ck_assert_uint_eq(diags.errors, 0);
}

static void setup(void)
{
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	diags = (weir_diags){ 0 };
	deal = reference_deal(arena, 5);
	deal->payment.count = 6;
	weir_pool_terms *terms = &deal->pool;
	terms->rows = weir_arena_array(arena, ROWS, sizeof *terms->rows);
	for (int i = 0; i < ROWS; i++)
		terms->rows[i] = (weir_contract_row){ .use = WEIR_ROW_INSTALMENT,
			                              .date = date_of(instalments[i].date),
			                              .a = instalments[i].principal,
			                              .b = instalments[i].income };
	terms->row_count = ROWS;
	terms->contract_count = CONTRACTS;
	terms->obligor_count = 1;
	set_up_contract(K1, "K1");
	set_up_contract(K2, "K2");
	set_up_contract(K3, "K3");
	open_deal();
}

static void teardown(void)
{
	weir_diags_free(&diags);
	weir_arena_destroy(arena);
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

#define NOTHING (-1.0) /* given, as 0 */

/* A row as a file gives it: what is 0 here is not given. */
static weir_actual row_of(weir_actual row)
{
	row.prepaid_cents = row.prepaid_cents == 0 ? NAN : row.prepaid_cents;
	row.overdue_cents = row.overdue_cents == 0 ? NAN : row.overdue_cents == NOTHING ? 0 : row.overdue_cents;
	row.days_overdue = WEIR_DAYS_NOT_GIVEN;
	row.place = (weir_place){ 1, 1, 0 };
	return row;
}

#define PAID(c, k, p, i, ...)                                                                                       \
	row_of((weir_actual){ .contract = (c), .period = (k), .principal_cents = (p), .income_cents = (i), ##__VA_ARGS__ })

static weir_status take(const weir_actual *list, size_t count)
{
	weir_status status = weir_pool_actuals_create(&actuals, arena, pool, &periods, list, count, 0,
	                                              (weir_place){ 1, 0, 0 }, &diags);
	pool->actuals = status == WEIR_OK ? actuals : NULL;
	return status;
}

#define TAKE(...)                                                                                                   \
	take((weir_actual[]){ __VA_ARGS__ }, sizeof((weir_actual[]){ __VA_ARGS__ }) / sizeof(weir_actual))

/* Three lanes: the base case, all one month late, and receipts cut by 10 %. */
static void project(void)
{
	weir_pool_shocks lanes[3] = { { 0 }, { .late_share = 1, .late_months = 4 }, { .haircut = 0.1 } };
	weir_pool_project(rows, pool, &periods, lanes, 3);
}

static void expect(weir_pool_column column, int lane, const double wanted[6], int line)
{
	for (int k = 1; k <= 6; k++) {
		double is = rows->column[column][k][lane];
		ck_assert_msg(is == wanted[k - 1], "line %d: period %d: %.1f, not %.1f", line, k, is, wanted[k - 1]);
	}
}

#define IS(name, lane, ...) expect(WEIR_POOL_##name, lane, (double[6]){ __VA_ARGS__ }, __LINE__)

/* balance = last balance - principal - defaulted, in every lane */
static void check_identity(void)
{
	for (int k = 1; k <= 6; k++)
		for (int l = 0; l < WEIR_LANES; l++)
			ck_assert(rows->column[WEIR_POOL_BALANCE][k][l] ==
			          rows->column[WEIR_POOL_BALANCE][k - 1][l] - rows->column[WEIR_POOL_PRINCIPAL][k][l] -
			                  rows->column[WEIR_POOL_DEFAULTED][k][l]);
}

/* The complaint that is the only one starts with these words. */
static void expect_complaint(weir_severity severity, weir_code code, const char *words)
{
	ck_assert_uint_eq(diags.count, 1);
	ck_assert_int_eq(diags.items[0].severity, severity);
	ck_assert_int_eq(diags.items[0].code, code);
	ck_assert_msg(strstr(diags.items[0].text, words) != NULL, "%s", diags.items[0].text);
	weir_diags_free(&diags);
	diags = (weir_diags){ 0 };
}

/* --- as forecast ------------------------------------------------------------------------------------------------ */

START_TEST(what_was_expected_changes_nothing)
{
	weir_pool_shocks none = { 0 };
	weir_pool_rows *without;
	ck_assert_int_eq(weir_pool_rows_create(&without, arena, pool, periods.count), WEIR_OK);
	weir_pool_project(without, pool, &periods, &none, 1);
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 20011), PAID(K2, 1, 700009, 9001), PAID(K1, 2, 2000017, 15013),
	                      PAID(K2, 3, 800011, 4003), PAID(K1, 3, 3000019, 10007)),
	                 WEIR_OK);
	ck_assert_uint_eq(diags.count, 0);
	ck_assert_int_eq(actuals->last, 3);
	weir_pool_project(rows, pool, &periods, &none, 1);
	for (int c = 0; c < WEIR_POOL_COLUMNS; c++)
		for (int k = 0; k < periods.count; k++)
			for (int l = 0; l < WEIR_LANES; l++)
				ck_assert_double_eq(rows->column[c][k][l], without->column[c][k][l]);
	ck_assert(weir_actuals_have(actuals, 3) && !weir_actuals_have(actuals, 4) && !weir_actuals_have(NULL, 1));
}
END_TEST

/* --- late ------------------------------------------------------------------------------------------------------- */

START_TEST(what_is_overdue_comes_with_the_next_instalment)
{
	/* K1 pays 400,010 of 1,000,033: 600,023 are overdue, and come with the 2,000,017 of September. All other lanes have
	 * the same past. */
	ck_assert_int_eq(TAKE(PAID(K1, 1, 400010, 20011), PAID(K2, 1, 700009, 9001)), WEIR_OK);
	ck_assert_uint_eq(diags.count, 0);
	project();
	IS(PRINCIPAL, 0, 1100019, 2600040, 3800030, 0, 5000077, 0);
	IS(INCOME, 0, 29012, 15013, 14010, 0, 100003, 0);
	IS(OVERDUE, 0, 600023, 0, 0, 0, 0, 0);
	IS(BALANCE, 0, 11400147, 8800107, 5000077, 5000077, 0, 0);
	IS(SCHEDULED_PRINCIPAL, 0, 1700042, 2000017, 3800030, 0, 5000077, 0);
	/* four months late: December's, with the overdue, in January; June's in October, behind the last period */
	IS(PRINCIPAL, 1, 1100019, 0, 0, 2600040 + 0, 3800030, 0);
	IS(OVERDUE, 1, 600023, 2600040, 2600040 + 3800030, 3800030, 5000077, 5000077);
	/* cut by a tenth: round(540,020.7) and round(1,800,015.3), what is missing is given up */
	IS(PRINCIPAL, 2, 1100019, 540021 + 1800015, 2700017 + 720010, 0, 4500069, 0);
	IS(DEFAULTED, 2, 0, 60002 + 200002, 300002 + 80001, 0, 500008, 0);
	check_identity();
	weir_actual_state k1 = weir_actual_state_at(actuals, K1, 1);
	ck_assert_double_eq(k1.balance_cents, 5600059);
	ck_assert_double_eq(k1.overdue_cents, 600023);
	/* due on 06-25, collected up to 06-30 */
	ck_assert_int_eq(k1.days_overdue, (int)(periods.items[1].calculation - date_of(20230625)));
	ck_assert_double_eq(weir_actual_state_at(actuals, K1, 0).balance_cents, 6000069);
	ck_assert_double_eq(weir_actual_find(actuals, K1, 1)->due_principal_cents, 1000033);
	ck_assert(weir_actual_find(actuals, K3, 1) == NULL);
}
END_TEST

START_TEST(what_is_overdue_without_an_instalment_comes_on_the_next_calculation_date)
{
	/* K2 owes 700,009 and 9,001 from June, has nothing due in September */
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 20011), PAID(K2, 1, 0, 1001, .overdue_income_cents = 8000)), WEIR_OK);
	project();
	IS(PRINCIPAL, 0, 1000033, 2000017 + 700009, 3800030, 0, 5000077, 0);
	IS(INCOME, 0, 21012, 15013 + 8000, 14010, 0, 100003, 0);
	ck_assert_int_eq(actuals->receipts[actuals->receipt_first[K2]].due, periods.items[2].calculation);
	/* paid in two parts over two more periods, the days go on from the first due date */
	int first_days = weir_actual_state_at(actuals, K2, 1).days_overdue;
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 20011), PAID(K2, 1, 0, 1001), PAID(K1, 2, 2000017, 15013),
	                      PAID(K2, 2, 300004, 0)),
	                 WEIR_OK);
	weir_actual_state k2 = weir_actual_state_at(actuals, K2, 2);
	ck_assert_double_eq(k2.overdue_cents, 400005);
	ck_assert_int_eq(k2.days_overdue, first_days + (int)(periods.items[2].calculation - periods.items[1].calculation));
}
END_TEST

/* --- prepaid, defaulted ----------------------------------------------------------------------------------------- */

START_TEST(what_is_prepaid_scales_the_rest)
{
	/* 1,500,000 more than due: 3,500,036 of 5,000,036 perform, a share of 0.700002159984. After the next instalment
	 * 3,000,019 x 0.7.. = 2,100,019.78; incomes 10,509.1 and 7,004.9 */
	ck_assert_int_eq(TAKE(PAID(K1, 1, 2500033, 20011), PAID(K2, 1, 700009, 9001)), WEIR_OK);
	ck_assert_uint_eq(diags.count, 0);
	project();
	IS(PREPAID, 0, 1500000, 0, 0, 0, 0, 0);
	IS(PRINCIPAL, 0, 3200042, 1400016, 2100020 + 800011, 0, 5000077, 0);
	IS(INCOME, 0, 29012, 10509, 7005 + 4003, 0, 100003, 0);
	IS(OVERDUE, 0, 0, 0, 0, 0, 0, 0);
	check_identity();
}
END_TEST

START_TEST(a_default_in_part_scales_the_rest)
{
	/* 4,500,033 of 5,000,036: 0.900000119999; 3,000,019 x 0.9.. = 2,700,017.46; incomes 13,511.7 and 9,006.3 */
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 20011, .defaulted_cents = 500003), PAID(K2, 1, 700009, 9001)), WEIR_OK);
	project();
	IS(DEFAULTED, 0, 500003, 0, 0, 0, 0, 0);
	IS(PRINCIPAL, 0, 1700042, 1800016, 2700017 + 800011, 0, 5000077, 0);
	IS(INCOME, 0, 29012, 13512, 9006 + 4003, 0, 100003, 0);
	check_identity();
}
END_TEST

START_TEST(a_default_in_full_ends_the_contract)
{
	/* recovered later by both channels, without a row in between */
	ck_assert_int_eq(TAKE(PAID(K1, 1, 0, 0, .defaulted_cents = 6000069), PAID(K2, 1, 700009, 9001),
	                      PAID(K2, 3, 800011, 4003), PAID(K1, 3, 0, 0, .recovered_cents = { 1234567, 765432 })),
	                 WEIR_OK);
	ck_assert_uint_eq(diags.count, 0);
	project();
	for (int l = 0; l < 3; l++) {
		IS(PRINCIPAL, l, 700009, 0, 800011, 0, l == 0 ? 5000077 : l == 1 ? 0 : 4500069, 0);
		IS(DEFAULTED, l, 6000069, 0, 0, 0, l == 2 ? 500008 : 0, 0);
		IS(RECOVERED, l, 0, 0, 1999999, 0, 0, 0);
		IS(DISPOSAL, l, 0, 0, 765432, 0, 0, 0);
	}
	check_identity();
	weir_actual_state k1 = weir_actual_state_at(actuals, K1, 3);
	ck_assert(k1.ended && k1.balance_cents == 0 && k1.defaulted_cents == 6000069 && k1.recovered_cents == 1999999);
	ck_assert_double_eq(actuals->sold_cents[K1], 765432);
}
END_TEST

static weir_cover cover;

START_TEST(a_default_makes_claims)
{
	weir_contract *contracts = deal->pool.contracts;
	static char chosen[CONTRACTS] = { 1, 0, 0 };
	cover = (weir_cover){ .contracts = chosen };
	deal->covers = &cover;
	deal->cover_count = 1;
	open_deal();
	ck_assert_int_eq(pool->claim_count, 1);
	/* 2,000,000 defaults and 250,000 of it come back at once: 1,750,000; of the income of 20,011 5,000 came */
	ck_assert_int_eq(TAKE(PAID(K1, 1, 0, 5000, .overdue_cents = NOTHING, .defaulted_cents = 2000000,
	                           .recovered_cents = { 250000, 0 }),
	                      PAID(K2, 1, 0, 0, .defaulted_cents = 1500020)),
	                 WEIR_OK);
	weir_diags_free(&diags);
	diags = (weir_diags){ 0 };
	project();
	for (int l = 0; l < WEIR_LANES; l++) {
		ck_assert_double_eq(rows->claim_principal[1][l], 1750000);
		ck_assert_double_eq(rows->claim_income[1][l], 15011);
		ck_assert_double_eq(rows->claim_principal[2][l], l >= 2 ? rows->claim_principal[2][2] : 0);
	}
	/* a tenth of what is still to come of K1 falls short and is claimed; rows are cleared each time */
	project();
	ck_assert_double_eq(rows->claim_principal[1][0], 1750000);
	ck_assert(contracts != NULL);
}
END_TEST

/* --- a mid-life start ------------------------------------------------------------------------------------------- */

START_TEST(behind_a_mid_life_start)
{
	/* From the second payment on 8,000,003 of 8,800,107 are left, a share of 0.909080196411: K1 has round(3,000,019 x
	 * it) = 2,727,258, K2 727,274, K3 4,545,471; together as given. K1 pays all, K2 half of its 727,274. */
	deal->opening = date_of(20231014);
	deal->opening_pool_cents = 8000003;
	open_deal();
	ck_assert_int_eq(TAKE(PAID(K1, 3, 2727258, 9097), PAID(K2, 3, 363637, 3639)), WEIR_OK);
	ck_assert_uint_eq(diags.count, 0);
	project();
	IS(PRINCIPAL, 0, 0, 0, 3090895, 363637, 4545471, 0);
	IS(BALANCE, 0, 8000003, 8000003, 4909108, 4545471, 0, 0);
	IS(INCOME, 0, 0, 0, 12736, 0, 90911, 0);
	check_identity();
	ck_assert_int_eq(TAKE(PAID(K1, 2, 1, 1)), WEIR_INPUT);
	expect_complaint(WEIR_ERROR, WEIR_CODE_OUT_OF_RANGE, "the deal runs periods 3 to 6");
}
END_TEST

/* --- complaints ------------------------------------------------------------------------------------------------- */

#define ALL_OF_K2 PAID(K2, 1, 700009, 9001)

START_TEST(amounts_that_cannot_be)
{
	ck_assert_int_eq(TAKE(PAID(K1, 1, 6000070, 0), ALL_OF_K2), WEIR_INPUT);
	expect_complaint(WEIR_ERROR, WEIR_CODE_OUT_OF_RANGE, "principal \"60000.70\" of contract \"K1\" in period 1");
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 0, .prepaid_cents = 1000034), ALL_OF_K2), WEIR_INPUT);
	expect_complaint(WEIR_ERROR, WEIR_CODE_OUT_OF_RANGE, "prepaid \"10000.34\"");
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 0, .overdue_cents = 5000037), ALL_OF_K2), WEIR_INPUT);
	expect_complaint(WEIR_ERROR, WEIR_CODE_OUT_OF_RANGE, "overdue \"50000.37\"");
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 0, .defaulted_cents = 5000037), ALL_OF_K2), WEIR_INPUT);
	expect_complaint(WEIR_ERROR, WEIR_CODE_OUT_OF_RANGE, "defaulted \"50000.37\"");
	ck_assert_int_eq(TAKE(PAID(K1, 7, 1, 0)), WEIR_INPUT);
	expect_complaint(WEIR_ERROR, WEIR_CODE_OUT_OF_RANGE, "the deal runs periods 1 to 6");
}
END_TEST

START_TEST(rows_that_do_not_go_together)
{
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1, 0), ALL_OF_K2, PAID(K2, 1, 1, 0)), WEIR_INPUT);
	ck_assert_int_eq(diags.items[0].code, WEIR_CODE_DUPLICATE_ID);
	weir_diags_free(&diags);
	diags = (weir_diags){ 0 };
	/* K2 has nothing scheduled behind period 3 */
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 20011), ALL_OF_K2, PAID(K1, 2, 2000017, 15013), PAID(K1, 3, 3000019, 0),
	                      PAID(K2, 3, 800010, 0, .overdue_cents = NOTHING)),
	                 WEIR_INPUT);
	expect_complaint(WEIR_ERROR, WEIR_CODE_SIZE_MISMATCH, "nothing of contract \"K2\" is scheduled behind period 3");
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 0), PAID(K2, 1, 700009, 0, .ended = 1)), WEIR_INPUT);
	expect_complaint(WEIR_ERROR, WEIR_CODE_SIZE_MISMATCH, "has ended in period 1 with a balance of 8000.11");
	/* an extension: 100,000 that was due is put off */
	ck_assert_int_eq(TAKE(PAID(K1, 1, 900033, 0, .overdue_cents = NOTHING), ALL_OF_K2), WEIR_OK);
	expect_complaint(WEIR_WARNING, WEIR_CODE_SIZE_MISMATCH, "1000.00 of contract \"K1\" was due in period 1");
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 20011, .recovered_cents = { 1, 0 }), ALL_OF_K2), WEIR_OK);
	expect_complaint(WEIR_WARNING, WEIR_CODE_SIZE_MISMATCH, "0.01 has been recovered from contract \"K1\"");
}
END_TEST

START_TEST(periods_without_a_row)
{
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 20011)), WEIR_INPUT);
	expect_complaint(WEIR_ERROR, WEIR_CODE_MISSING_ROW, "contract \"K2\" has no row for period 1");
	/* something overdue needs a row in the next period, though nothing new is due */
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 20011), PAID(K2, 1, 700008, 9001), PAID(K1, 2, 2000017, 15013)),
	                 WEIR_INPUT);
	expect_complaint(WEIR_ERROR, WEIR_CODE_MISSING_ROW, "contract \"K2\" has no row for period 2, in which 0.01 was to be");
	/* where some rows could not be read, what is missing may be among them */
	weir_actual one[] = { PAID(K1, 1, 1000033, 20011) };
	ck_assert_int_eq(weir_pool_actuals_create(&actuals, arena, pool, &periods, one, 1, 1, (weir_place){ 0 }, &diags),
	                 WEIR_INPUT);
	ck_assert_uint_eq(diags.count, 0);
}
END_TEST

/* 300 rows of periods that do not run: 200 are told, and that there may be more. */
START_TEST(complaints_have_an_end)
{
	weir_actual many[300];
	for (int i = 0; i < 300; i++) {
		many[i] = PAID(K1, 7 + i, 1, 0);
		many[i].place.offset = (uint64_t)i;
	}
	ck_assert_int_eq(take(many, 300), WEIR_INPUT);
	ck_assert_uint_eq(diags.errors, 200);
	weir_actual twice[300];
	for (int i = 0; i < 300; i++) {
		twice[i] = PAID(K1, 1, 1, 0);
		twice[i].place.offset = (uint64_t)i;
	}
	weir_diags_free(&diags);
	diags = (weir_diags){ 0 };
	ck_assert_int_eq(take(twice, 300), WEIR_INPUT);
	ck_assert_uint_eq(diags.errors, 201);
	ck_assert_msg(strstr(diags.items[200].text, "there may be more errors than the 200") != NULL, "%s",
	              diags.items[200].text);
}
END_TEST

static weir_revolving buys[2];

static void let_it_buy(void)
{
	buys[0] = (weir_revolving){ .node.id = "new", .periods = 3, .price = 0.97 };
	buys[1] = (weir_revolving){ .node.id = "other", .periods = 1, .price = 1 };
	deal->revolvings = buys;
	deal->revolving_count = 2;
}

static weir_actual bought_row(const char *id, weir_actual row)
{
	row = row_of(row);
	row.bought_id = id;
	return row;
}

#define N(k, p, i, ...)                                                                                              \
	bought_row("N", (weir_actual){ .contract = CONTRACTS, .period = (k), .principal_cents = (p), .income_cents = (i), \
	                               ##__VA_ARGS__ })
#define M(k, p, i, ...)                                                                                              \
	bought_row("M", (weir_actual){ .contract = CONTRACTS + 1, .period = (k), .principal_cents = (p),                  \
	                               .income_cents = (i), ##__VA_ARGS__ })
#define OWN_TO_3                                                                                                     \
	PAID(K1, 1, 1000033, 20011), PAID(K2, 1, 700009, 9001), PAID(K1, 2, 2000017, 15013), PAID(K1, 3, 3000019, 10007), \
		PAID(K2, 3, 800011, 4003)

/* A second row of a period is complained of, and the periods behind it are not said to lack theirs. */
START_TEST(a_row_too_many_is_told_once)
{
	ck_assert_int_eq(TAKE(OWN_TO_3, PAID(K1, 1, 5, 0)), WEIR_INPUT);
	expect_complaint(WEIR_ERROR, WEIR_CODE_DUPLICATE_ID, "contract \"K1\" has two rows for period 1");
	let_it_buy();
	ck_assert_int_eq(TAKE(OWN_TO_3, N(1, 0, 0, .bought_cents = 9, .spent_cents = 9), N(2, 3, 0), N(2, 3, 0), N(3, 3, 0)),
	                 WEIR_INPUT);
	expect_complaint(WEIR_ERROR, WEIR_CODE_DUPLICATE_ID, "contract \"N\" has two rows for period 2");
}
END_TEST

/* K1's income of 2023-06-25 is still overdue at the end of 2023-09 and of 2023-12: the days go on, from the calculation date
 * before, though all principal was paid; in 2023-12 that of June is paid, and what is left is of 2023-12-25. */
START_TEST(overdue_income_grows_older)
{
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 11, .overdue_income_cents = 20000), ALL_OF_K2,
	                      PAID(K1, 2, 2000017, 15014, .overdue_income_cents = 19999), PAID(K1, 3, 3000019, 19999,
	                      .overdue_income_cents = 10007), PAID(K2, 3, 800011, 4003)),
	                 WEIR_OK);
	ck_assert_uint_eq(diags.count, 0);
	int first = (int)(periods.items[1].calculation - date_of(20230625));
	int second = first + (int)(periods.items[2].calculation - periods.items[1].calculation);
	ck_assert_int_eq(weir_actual_state_at(actuals, K1, 1).days_overdue, first);
	ck_assert_int_eq(weir_actual_state_at(actuals, K1, 2).days_overdue, second);
	ck_assert_int_eq(weir_actual_state_at(actuals, K1, 3).days_overdue,
	                 (int)(periods.items[3].calculation - date_of(20231225)));
}
END_TEST

/* What comes of a contract that has defaulted in full is a recovery; more overdue income than was due and did not come is a
 * slip, or default interest. */
START_TEST(slips_that_are_told)
{
	ck_assert_int_eq(TAKE(PAID(K1, 1, 33, 0, .defaulted_cents = 6000036), ALL_OF_K2, PAID(K1, 2, 77, 0)), WEIR_INPUT);
	expect_complaint(WEIR_ERROR, WEIR_CODE_OUT_OF_RANGE,
	                 "principal \"0.77\" of contract \"K1\" in period 2 came after all of it had defaulted; give it as "
	                 "recovered");
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 20000, .overdue_income_cents = 12), ALL_OF_K2), WEIR_OK);
	expect_complaint(WEIR_WARNING, WEIR_CODE_SIZE_MISMATCH,
	                 "0.12 of income of contract \"K1\" is overdue at the end of period 1, and only 0.11 was due and did not "
	                 "come");
	/* each can be held, both together cannot */
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 0, .overdue_income_cents = 6e15),
	                      PAID(K2, 1, 700009, 0, .overdue_income_cents = 6e15)),
	                 WEIR_INPUT);
	ck_assert_uint_eq(diags.errors, 1);
	ck_assert_msg(strstr(diags.items[diags.count - 1].text, "adds up to more than weir can hold") != NULL, "%s",
	              diags.items[diags.count - 1].text);
}
END_TEST

/* K1 is paid back in full in period 1, and goes on having rows: nothing is due, late fees are income, nothing comes later. */
START_TEST(paid_back_and_rows_behind)
{
	ck_assert_int_eq(TAKE(PAID(K1, 1, 6000069, 20011), ALL_OF_K2, PAID(K1, 2, 0, 0), PAID(K1, 3, 0, 55), PAID(K2, 3, 800011, 4003)),
	                 WEIR_OK);
	ck_assert_uint_eq(diags.count, 0);
	project();
	IS(PRINCIPAL, 0, 6700078, 0, 800011, 0, 5000077, 0);
	IS(PREPAID, 0, 5000036, 0, 0, 0, 0, 0);
	IS(INCOME, 0, 29012, 0, 4058, 0, 100003, 0);
	check_identity();
	ck_assert_int_eq(TAKE(PAID(K1, 1, 6000069, 20011), ALL_OF_K2, PAID(K1, 2, 1, 0)), WEIR_INPUT);
	expect_complaint(WEIR_ERROR, WEIR_CODE_OUT_OF_RANGE, "principal \"0.01\" of contract \"K1\" in period 2 is more than");
}
END_TEST

/* --- what was bought on the way --------------------------------------------------------------------------------- */

static void expect_bought(weir_bought_column column, int asset, const double wanted[6], int line)
{
	for (int k = 1; k <= 6; k++) {
		double is = actuals->bought->cents[column][asset * periods.count + k];
		ck_assert_msg(is == wanted[k - 1], "line %d: period %d: %.1f, not %.1f", line, k, is, wanted[k - 1]);
	}
}

#define BOUGHT(name, asset, ...) expect_bought(WEIR_BOUGHT_##name, asset, (double[6]){ __VA_ARGS__ }, __LINE__)

/* N: 1,000,000 comes back as 333,333, 333,334 (666,667 less 333,333) and 333,333. Period 2 brings 200,000 of it, so 133,333 is
 * overdue; period 3 that, the 333,334 and 100,000 more: 233,333 is left of the last 333,333, which all comes in period 4.
 * M: 500,001 in three parts of 166,667. The rows stand in no order. */
START_TEST(what_was_bought_goes_on_by_its_terms)
{
	let_it_buy();
	ck_assert_int_eq(TAKE(N(3, 566667, 5511), OWN_TO_3, M(3, 0, 0, .bought_cents = 500001, .spent_cents = 490003),
	                      N(1, 0, 0, .bought_cents = 1000000, .spent_cents = 970001),
	                      N(2, 200000, 6022, .overdue_income_cents = 78)),
	                 WEIR_OK);
	ck_assert_uint_eq(diags.count, 0);
	ck_assert_int_eq(actuals->bought->last, 3);
	BOUGHT(SPENT, 0, 970001, 0, 490003, 0, 0, 0);
	BOUGHT(PURCHASED, 0, 1000000, 0, 500001, 0, 0, 0);
	BOUGHT(OPENING, 0, 0, 1000000, 800000, 733334, 0, 0);
	BOUGHT(PRINCIPAL, 0, 0, 200000, 566667, 400000, 166667, 166667);
	BOUGHT(INCOME, 0, 0, 6022, 5511, 0, 0, 0);
	BOUGHT(OPENING, 1, 0, 0, 0, 0, 0, 0);
	project();
	ck_assert_ptr_eq(rows->bought, actuals->bought);
	/* the pool's own rows have nothing of it */
	IS(PRINCIPAL, 0, 1700042, 2000017, 3800030, 0, 5000077, 0);
	pool->actuals = NULL;
	project();
	ck_assert_ptr_null(rows->bought);
}
END_TEST

/* N pays nothing in period 2 and its income of 9,000 is late; in period 3 400,000 is given up, of which 150,000 comes back from
 * the obligor and 50,000 from a sale: 600,000 is left, 333,333 + 333,334 - 400,000 = 266,667 of it overdue, and 333,333 goes on
 * as it was. M is of the other asset: what falls due in one period and was put off has nothing scheduled behind. */
START_TEST(what_was_bought_defaults_in_part)
{
	let_it_buy();
	ck_assert_int_eq(TAKE(OWN_TO_3, N(1, 0, 0, .bought_cents = 1000000, .spent_cents = 970001),
	                      N(2, 0, 0, .overdue_income_cents = 9000),
	                      N(3, 0, 0, .overdue_income_cents = 9500, .defaulted_cents = 400000,
	                        .recovered_cents = { 150000, 50000 }),
	                      M(2, 0, 0, .asset = 1, .bought_cents = 70007, .spent_cents = 70007),
	                      M(3, 70007, 701, .asset = 1)),
	                 WEIR_OK);
	ck_assert_uint_eq(diags.count, 0);
	BOUGHT(OPENING, 0, 0, 1000000, 1000000, 600000, 0, 0);
	BOUGHT(DEFAULTED, 0, 0, 0, 400000, 0, 0, 0);
	BOUGHT(RECOVERED, 0, 0, 0, 200000, 0, 0, 0);
	BOUGHT(PRINCIPAL, 0, 0, 0, 0, 600000, 0, 0);
	BOUGHT(INCOME, 0, 0, 0, 0, 9500, 0, 0);
	BOUGHT(PRINCIPAL, 1, 0, 0, 70007, 0, 0, 0);
	BOUGHT(OPENING, 1, 0, 0, 70007, 0, 0, 0);
}
END_TEST

START_TEST(purchases_that_cannot_be)
{
	let_it_buy();
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 20011), ALL_OF_K2), WEIR_OK);
	expect_complaint(WEIR_WARNING, WEIR_CODE_NO_EFFECT, "the deal buys new contracts, but the file names none");
	const weir_actual first = N(1, 0, 0, .bought_cents = 1000000, .spent_cents = 970001);
	const struct {
		weir_actual rows[2];
		size_t count;
		weir_code code;
		const char *text;
	} bad[] = {
		{ { N(1, 0, 0, .bought_cents = 5) }, 1, WEIR_CODE_MISSING_ATTRIBUTE, "contract \"N\" has bought but no spent" },
		{ { N(1, 0, 0, .spent_cents = 5) }, 1, WEIR_CODE_MISSING_ATTRIBUTE, "contract \"N\" has spent but no bought" },
		{ { N(1, 0, 0) }, 1, WEIR_CODE_MISSING_ATTRIBUTE, "contract \"N\" is not in the pool, and its first row" },
		{ { N(1, 7, 0, .bought_cents = 5, .spent_cents = 5) }, 1, WEIR_CODE_OUT_OF_RANGE, "principal \"0.07\" of contract" },
		{ { first, N(2, 0, 0, .asset = 1) }, 2, WEIR_CODE_SIZE_MISMATCH, "is of \"new\" in an earlier row and of \"other\"" },
		{ { first, N(2, 1000001, 0) }, 2, WEIR_CODE_OUT_OF_RANGE, "principal \"10000.01\" of contract \"N\" in period 2" },
		{ { first, N(2, 400000, 0, .defaulted_cents = 600001) }, 2, WEIR_CODE_OUT_OF_RANGE, "defaulted \"6000.01\"" },
		{ { first, N(2, 400000, 0, .overdue_cents = 600001) }, 2, WEIR_CODE_OUT_OF_RANGE, "overdue \"6000.01\"" },
		{ { first, N(2, 4, 0, .prepaid_cents = 5) }, 2, WEIR_CODE_OUT_OF_RANGE, "prepaid \"0.05\"" },
		{ { first, N(2, 4, 0, .ended = 1) }, 2, WEIR_CODE_SIZE_MISMATCH, "has ended in period 2 with a balance of 9999.96" },
		{ { M(1, 0, 0, .asset = 1, .bought_cents = 9, .spent_cents = 9), M(2, 4, 0, .asset = 1, .overdue_cents = 2) }, 2,
		  WEIR_CODE_SIZE_MISMATCH, "nothing of contract \"M\" is scheduled behind period 2, but 0.03" },
		{ { first, N(1, 0, 0) }, 2, WEIR_CODE_DUPLICATE_ID, "contract \"N\" has two rows for period 1" },
		{ { first, N(9, 0, 0) }, 2, WEIR_CODE_OUT_OF_RANGE, "contract \"N\" has a row for period 9" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		weir_actual list[6] = { PAID(K1, 1, 1000033, 20011), ALL_OF_K2, PAID(K1, 2, 2000017, 15013) };
		size_t own = bad[i].rows[bad[i].count - 1].period == 2 ? 3 : 2;
		memcpy(list + own, bad[i].rows, bad[i].count * sizeof *list);
		ck_assert_int_eq(take(list, own + bad[i].count), WEIR_INPUT);
		ck_assert_msg(diags.count == 1, "%zu: %zu complaints", i, diags.count);
		expect_complaint(WEIR_ERROR, bad[i].code, bad[i].text);
	}
	ck_assert_int_eq(TAKE(OWN_TO_3, first, N(2, 333333, 0)), WEIR_INPUT);
	expect_complaint(WEIR_ERROR, WEIR_CODE_MISSING_ROW, "contract \"N\" has no row for period 3, and 6666.67 of it");
	/* of a file whose rows could not all be read, none is said to be missing */
	weir_actual part[] = { first, N(3, 1, 0) };
	ck_assert_int_eq(weir_pool_actuals_create(&actuals, arena, pool, &periods, part, 2, 1, (weir_place){ 0 }, &diags),
	                 WEIR_INPUT);
	ck_assert_uint_eq(diags.count, 0);
	/* what is put off raises what is to come */
	ck_assert_int_eq(TAKE(PAID(K1, 1, 1000033, 20011), ALL_OF_K2, PAID(K1, 2, 2000017, 15013), first,
	                      N(2, 0, 0, .overdue_cents = NOTHING)),
	                 WEIR_OK);
	expect_complaint(WEIR_WARNING, WEIR_CODE_SIZE_MISMATCH, "3333.33 of contract \"N\" was due in period 2");
	/* 1,000,000 in the two parts that are left: 333,334 and 333,333 of 666,667 x 1.499999250000 */
	BOUGHT(PRINCIPAL, 0, 0, 0, 500001, 499999, 0, 0);
}
END_TEST

START_TEST(memory_short)
{
	weir_actual list[] = { PAID(K1, 1, 400010, 20011), PAID(K2, 1, 0, 0, .defaulted_cents = 1500020),
		               N(1, 0, 0, .bought_cents = 1000000, .spent_cents = 970001) };
	let_it_buy();
	for (size_t n = 1;; n++) {
		weir_arena *scratch;
		weir_pool_actuals *made = NULL;
		ck_assert_int_eq(weir_arena_create(&scratch), WEIR_OK);
		weir_alloc_fail_from(n);
		weir_status status = weir_pool_actuals_create(&made, scratch, pool, &periods, list, 3, 0, (weir_place){ 0 }, &diags);
		weir_alloc_fail_from(0);
		weir_arena_destroy(scratch);
		ck_assert(status == WEIR_NO_MEMORY || status == WEIR_OK);
		ck_assert((made != NULL) == (status == WEIR_OK));
		if (status == WEIR_OK)
			return;
	}
}
END_TEST

Suite *weir_suite_pool_actuals(void)
{
	Suite *suite = suite_create("pool/actuals");
	TCase *tests = tcase_create("actuals");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, what_was_expected_changes_nothing);
	tcase_add_test(tests, what_is_overdue_comes_with_the_next_instalment);
	tcase_add_test(tests, what_is_overdue_without_an_instalment_comes_on_the_next_calculation_date);
	tcase_add_test(tests, what_is_prepaid_scales_the_rest);
	tcase_add_test(tests, a_default_in_part_scales_the_rest);
	tcase_add_test(tests, a_default_in_full_ends_the_contract);
	tcase_add_test(tests, a_default_makes_claims);
	tcase_add_test(tests, behind_a_mid_life_start);
	tcase_add_test(tests, amounts_that_cannot_be);
	tcase_add_test(tests, rows_that_do_not_go_together);
	tcase_add_test(tests, periods_without_a_row);
	tcase_add_test(tests, complaints_have_an_end);
	tcase_add_test(tests, a_row_too_many_is_told_once);
	tcase_add_test(tests, overdue_income_grows_older);
	tcase_add_test(tests, slips_that_are_told);
	tcase_add_test(tests, paid_back_and_rows_behind);
	tcase_add_test(tests, what_was_bought_goes_on_by_its_terms);
	tcase_add_test(tests, what_was_bought_defaults_in_part);
	tcase_add_test(tests, purchases_that_cannot_be);
	tcase_add_test(tests, memory_short);
	suite_add_tcase(suite, tests);
	return suite;
}
