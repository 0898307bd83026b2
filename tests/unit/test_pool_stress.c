/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_pool_stress.c: defaults, prepayment, recoveries, factors in windows, late and lost collections, claims and
 * mid-life starts of a small pool with odd amounts; every number is worked out beside it. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "pool/factor.h"
#include "pool/pool.h"
#include "reference_deals.h"

Suite *weir_suite_pool_stress(void);

static weir_arena *arena;
static weir_diags diags;
static weir_deal *deal;
static weir_pool *pool;
static weir_periods periods;
static weir_pool_rows *rows;

/* Instalments, in cents. The cut-off date is 2023-04-14; the six periods collect up to 2023-06-30, 09-26, 12-29,
 * 2024-03-29, 06-28 and 09-26 or so: one quarter's 25th each. */
static const struct instalment {
	int contract, date;
	double principal, income;
} instalments[] = {
	{ 0, 20230625, 1000033, 20011 }, { 0, 20230925, 2000017, 15013 }, { 0, 20231225, 3000019, 10007 },
	{ 1, 20230610, 700009, 9001 },   { 1, 20231210, 800011, 4003 },   { 2, 20240625, 5000077, 100003 },
};

enum { ROWS = sizeof instalments / sizeof *instalments, K1 = 0, K2, K3, CONTRACTS };

static void set_up_contract(int c, const char *id, weir_contract_kind kind, int obligor)
{
	weir_contract *contract = &deal->pool.contracts[c];
	*contract = plain_contract(id);
	contract->kind = kind;
	contract->obligor = obligor;
	contract->amortisation = WEIR_AMORTISE_EXPLICIT;
	for (int i = 0; i < ROWS; i++)
		if (instalments[i].contract == c) {
			contract->row_first = contract->row_count ? contract->row_first : i;
			contract->row_count++;
		}
}

/* K1 a loan and K3 a loan of the chip maker F1 in the east, K2 a licence of the software house F2 in the south, who
 * pays in dollars. P1 stands behind K1 alone, P2 behind all three, P3 (lapsed) behind K1. */
static void set_up_deal(void)
{
	static int contract_ip[] = { 0, 1, 2, 1, 1 };
	deal = reference_deal(arena, 5);
	deal->payment.count = 6;
	weir_pool_terms *terms = &deal->pool;
	terms->rows = weir_arena_array(arena, ROWS, sizeof *terms->rows);
	terms->ip = weir_arena_array(arena, 3, sizeof *terms->ip);
	for (int i = 0; i < ROWS; i++)
		terms->rows[i] = (weir_contract_row){ .use = WEIR_ROW_INSTALMENT,
			                              .date = date_of(instalments[i].date),
			                              .a = instalments[i].principal,
			                              .b = instalments[i].income };
	terms->row_count = ROWS;
	terms->contract_count = CONTRACTS;
	terms->obligor_count = 2;
	terms->obligors[0] = (weir_obligor){ .id = "F1", .industry = "chips", .region = "east", .party = -1 };
	terms->obligors[1] = (weir_obligor){ .id = "F2", .industry = "software", .region = "south", .party = -1 };
	set_up_contract(K1, "K1", WEIR_CONTRACT_LOAN, 0);
	set_up_contract(K2, "K2", WEIR_CONTRACT_LICENCE, 1);
	set_up_contract(K3, "K3", WEIR_CONTRACT_LOAN, 0);
	terms->contracts[K1].grade = "a";
	terms->contracts[K3].grade = "b";
	terms->contracts[K2].currency = "USD";
	terms->contract_ip = contract_ip;
	terms->contract_ip_count = 5;
	terms->contracts[K1].ip_count = 3;
	terms->contracts[K2].ip_first = 3;
	terms->contracts[K3].ip_first = 4;
	terms->contracts[K2].ip_count = terms->contracts[K3].ip_count = 1;
	terms->ip[0] = (weir_ip){ .id = "P1", .valuation_cents = 150007 };
	terms->ip[1] = (weir_ip){ .id = "P2", .valuation_cents = 90011 };
	terms->ip[2] = (weir_ip){ .id = "P3", .valuation_cents = 777777, .status = WEIR_IP_LAPSED };
	terms->ip_count = 3;
}

static void open_deal(void)
{
	ck_assert_int_eq(weir_pool_create(&pool, arena, deal, &diags), WEIR_OK);
	ck_assert_int_eq(weir_deal_periods(&periods, arena, deal, &diags), WEIR_OK);
	ck_assert_int_eq(weir_pool_rows_create(&rows, arena, pool, periods.count), WEIR_OK);
	ck_assert_uint_eq(diags.errors, 0);
}

static void setup(void)
{
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	diags = (weir_diags){ 0 };
	set_up_deal();
	open_deal();
}

static void teardown(void)
{
	weir_diags_free(&diags);
	weir_arena_destroy(arena);
}

/* --- running scenarios ------------------------------------------------------------------------------------------ */

/* A shock of a scope: of one contract (or whatever else its target is), or of all. */
#define SCOPED(word, by, name, ...)                                                                                 \
	dated((weir_shock){ .kind = WEIR_SHOCK_##word, .scope = WEIR_SCOPE_##by, .target = (name), ##__VA_ARGS__ })
#define SHOCK(word, name, ...) SCOPED(word, CONTRACT, name, ##__VA_ARGS__)
#define EVERY(word, ...) SCOPED(word, ALL, NULL, ##__VA_ARGS__)

/* Dates that are not given are open; none of these tests is about 1970. */
static weir_shock dated(weir_shock shock)
{
	shock.from = shock.from ? shock.from : WEIR_DATE_NONE;
	shock.to = shock.to ? shock.to : WEIR_DATE_NONE;
	return shock;
}

#define VALUES(...) .values = (double[]){ __VA_ARGS__ }, .value_count = sizeof((double[]){ __VA_ARGS__ }) / sizeof(double)

static weir_pool_shocks shocks_of(const weir_shock *list, int count, weir_status wanted)
{
	weir_pool_shocks shocks = { 0 };
	weir_scenario *scenario = weir_arena_alloc(arena, sizeof *scenario);
	weir_shock *copy = weir_arena_array(arena, (size_t)count, sizeof *copy);
	memcpy(copy, list, (size_t)count * sizeof *copy);
	scenario->node.id = "test";
	scenario->shocks = copy;
	scenario->shock_count = count;
	const weir_scenario *pointer = scenario;
	ck_assert_int_eq(weir_pool_shocks_create(&shocks, arena, pool, &pointer, 1, &diags), wanted);
	return shocks;
}

#define AT(name, k, l) rows->column[WEIR_POOL_##name][k][l]
#define LANE 2

/* The scenario runs in a lane between others, and the last lane is repeated. */
static void project(weir_pool_shocks shocks)
{
	weir_pool_shocks lanes[LANE + 2] = { { .haircut = 0.07 }, { 0 }, shocks, { .late_share = 0.3, .late_months = 4 } };
	weir_pool_project(rows, pool, &periods, lanes, LANE + 2);
}

static void run_shocks(const weir_shock *list, int count)
{
	project(shocks_of(list, count, WEIR_OK));
	ck_assert_uint_eq(diags.count, 0);
}

#define RUN(...) run_shocks((weir_shock[]){ __VA_ARGS__ }, sizeof((weir_shock[]){ __VA_ARGS__ }) / sizeof(weir_shock))

/* What the shocks took from a column of the base case, by period: base - stressed. */
static void expect_less(weir_pool_column column, const double wanted[6], int line)
{
	for (int k = 1; k <= 6; k++) {
		double less = rows->column[column][k][1] - rows->column[column][k][LANE];
		ck_assert_msg(less == wanted[k - 1], "line %d: period %d: %.1f less, not %.1f", line, k, less, wanted[k - 1]);
	}
}

static void expect(weir_pool_column column, const double wanted[6], int line)
{
	for (int k = 1; k <= 6; k++) {
		double is = rows->column[column][k][LANE];
		ck_assert_msg(is == wanted[k - 1], "line %d: period %d: %.1f, not %.1f", line, k, is, wanted[k - 1]);
	}
}

#define LESS(name, ...) expect_less(WEIR_POOL_##name, (double[6]){ __VA_ARGS__ }, __LINE__)
#define IS(name, ...) expect(WEIR_POOL_##name, (double[6]){ __VA_ARGS__ }, __LINE__)

/* --- defaults --------------------------------------------------------------------------------------------------- */

START_TEST(the_base_case)
{
	RUN(SHOCK(SET, "manager.rate"));
	IS(PRINCIPAL, 1700042, 2000017, 3800030, 0, 5000077, 0);
	IS(INCOME, 29012, 15013, 14010, 0, 100003, 0);
	IS(SCHEDULED_PRINCIPAL, 1700042, 2000017, 3800030, 0, 5000077, 0);
	IS(BALANCE, 10800124, 8800107, 5000077, 5000077, 0, 0);
}
END_TEST

START_TEST(a_yearly_default_rate)
{
	/* Intervals of 2, 3 and 3 months: 0.92^(2/12) = 0.986199181818, 0.92^(3/12) = 0.979370361336.
	 * Q = 0.986199181818, 0.965854249046, 0.945929024886.
	 * Defaulted 6,000,069 - 5,917,263.14 = 82,806; 5,000,036 x (Q1 - Q2): 4,931,031 - 4,829,306 = 101,725; ... */
	RUN(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_ANNUAL, VALUES(0.08)));
	IS(DEFAULTED, 82806, 101725, 59776, 0, 0, 0);
	LESS(PRINCIPAL, 1000033 - 986232, 2000017 - 1931725, 3000019 - 2837805, 0, 0, 0);
	LESS(INCOME, 20011 - 19735, 15013 - 14500, 10007 - 9466, 0, 0, 0);
	ck_assert_double_eq(AT(BALANCE, 6, LANE), 0);
}
END_TEST

START_TEST(default_rates_by_year)
{
	/* K3 is due 14 months after the cut-off's month: 0.98 x 0.97^(2/12) = 0.975037602659 of 5,000,077 is 4,875,263.08,
	 * of 100,003 it is 97,506.69 */
	RUN(SHOCK(DEFAULT, "K3", .profile = WEIR_PROFILE_ANNUAL, VALUES(0.02, 0.03, 0.5)));
	IS(DEFAULTED, 0, 0, 0, 0, 124814, 0);
	LESS(INCOME, 0, 0, 0, 0, 100003 - 97507, 0);
}
END_TEST

START_TEST(default_rates_by_month)
{
	/* 0.99 x 0.997 = 0.98703; then three months at the last rate: 0.9993^3 = 0.997901469657 */
	RUN(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_MONTHLY, VALUES(0.01, 0.003, 0.0007)));
	IS(DEFAULTED, 77821, 10357, 6201, 0, 0, 0);
	LESS(PRINCIPAL, 1000033 - 987062, 2000017 - 1969934, 3000019 - 2948694, 0, 0, 0);
	/* 0.9993 x 0.9989 x 0.998 = 0.99620436846 in the months 3 to 5, then 0.998^3 = 0.994011992 */
	RUN(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_MONTHLY, VALUES(0.01, 0.003, 0.0007, 0.0011, 0.002)));
	IS(DEFAULTED, 77821, 18733, 17663, 0, 0, 0);
}
END_TEST

START_TEST(a_default_curve)
{
	/* 255 days from the cut-off to K1's last instalment: three parts of 85. On the days 72, 164 and 255 the curve stands
	 * at 0.2 x 72/85 = 0.169411.., 0.2 + 0.3 x 79/85 = 0.478823.., 1; hazards 0.016941176471,
	 * 0.0309411../0.9830588.. = 0.031474389660, 0.0521176../0.9521176.. = 0.054738663042. In all 10 % of the original
	 * balance: Q ends at 0.9. */
	RUN(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_CURVE, .value = 0.1, VALUES(0.2, 0.3, 0.5)));
	IS(DEFAULTED, 101648, 154707, 156354, 0, 0, 0);
	LESS(PRINCIPAL, 1000033 - 983091, 2000017 - 1904252, 3000019 - 2700017, 0, 0, 0);
	/* Without parts the timing is even: 3.7 % x 72/255 = 0.010447058824 ... */
	RUN(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_CURVE, .value = 0.037));
	IS(DEFAULTED, 62683, 66745, 39612, 0, 0, 0);
	/* The hazard's last place is rounded: 0.0169411764705.. goes up, of ten billion yuan a cent more:
	 * 1,000,005,000,036 x 0.016941176471 = 16,941,261,176.9, with ..470 16,941,261,175.9 */
	deal->pool.rows[0].a = 1e12;
	open_deal();
	RUN(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_CURVE, .value = 0.1, VALUES(0.2, 0.3, 0.5)));
	ck_assert_double_eq(AT(DEFAULTED, 1, LANE), 16941261177);
}
END_TEST

START_TEST(a_default_on_a_day)
{
	/* From the first due date on or after 2023-09-01 nothing comes. */
	RUN(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_DATE, .from = date_of(20230901)));
	IS(DEFAULTED, 0, 5000036, 0, 0, 0, 0);
	LESS(INCOME, 0, 15013, 10007, 0, 0, 0);
	/* month 5 from 2023-04-14 is 2023-09-14; month 6 lies behind the second due date */
	RUN(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_DATE, .from_month = 5));
	IS(DEFAULTED, 0, 5000036, 0, 0, 0, 0);
	RUN(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_DATE, .from_month = 6));
	IS(DEFAULTED, 0, 0, 3000019, 0, 0, 0);
}
END_TEST

START_TEST(defaults_multiply)
{
	/* 0.986199181818 x 0.995^2 = 0.976361844979 (12 places), 0.979370361336 x 0.995^3 = 0.964753136272 */
	RUN(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_ANNUAL, .value = 0.08),
	    EVERY(DEFAULT, .profile = WEIR_PROFILE_MONTHLY, .value = 0.005, .to = date_of(20231226)),
	    SHOCK(DEFAULT, "K2", .profile = WEIR_PROFILE_MONTHLY, .value = 0));
	ck_assert_double_eq(AT(DEFAULTED, 2, LANE), 172069); /* K1 alone is due */
	/* K2: 0.995^2 = 0.990025: 1,500,020 - 1,485,057.30 = 14,963 with K1's 141,831 */
	ck_assert_double_eq(AT(DEFAULTED, 1, LANE), 141831 + 14963);
	/* K3, due behind the window, does not default */
	ck_assert_double_eq(AT(DEFAULTED, 5, LANE), 0);
}
END_TEST

/* --- prepayment ------------------------------------------------------------------------------------------------- */

START_TEST(prepayment_comes_behind_the_payment)
{
	/* 2 % and then 1 % a month: 0.98 x 0.99 = 0.9702, 0.99^3 = 0.970299. Behind the first instalment 5,000,036 is left,
	 * of which 0.9702 goes on: 4,851,034.93; 149,001 is prepaid. 2,000,017 x 0.9702 = 1,940,416.49, as the
	 * difference of rounded balances 1,940,417. */
	RUN(SHOCK(PREPAY, "K1", .profile = WEIR_PROFILE_MONTHLY, VALUES(0.02, 0.01)));
	IS(PREPAID, 149001, 86448, 0, 0, 0, 0);
	LESS(PRINCIPAL, -149001, 2000017 - 1940417 - 86448, 3000019 - 2824170, 0, 0, 0);
	LESS(INCOME, 0, 15013 - 14566, 10007 - 9420, 0, 0, 0);
	IS(DEFAULTED, 0, 0, 0, 0, 0, 0);
	ck_assert_double_eq(AT(BALANCE, 6, LANE), 0);
}
END_TEST

START_TEST(default_and_prepayment)
{
	/* CDR 8 % and CPR 12 %: 0.88^(2/12) = 0.978919798253, 0.88^(3/12) = 0.968546928117 behind each payment:
	 * Q = 0.986199181818 x 0.978919798253 = 0.965409904103 ... */
	RUN(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_ANNUAL, .value = 0.08),
	    SHOCK(PREPAY, "K1", .profile = WEIR_PROFILE_ANNUAL, .value = 0.12));
	IS(DEFAULTED, 82806, 99581, 56676, 0, 0, 0);
	IS(PREPAID, 103947, 89217, 0, 0, 0, 0);
	LESS(PRINCIPAL, 1000033 - 986232 - 103947, 2000017 - 1891003 - 89217, 3000019 - 2690607, 0, 0, 0);
}
END_TEST

START_TEST(absolute_prepayment_speed)
{
	/* 3 % of the original a month: 0.94 after two months, 0.85 after five, 0.76 after eight */
	RUN(SHOCK(PREPAY, "K1", .profile = WEIR_PROFILE_ABS, VALUES(0.03)));
	IS(PREPAID, 300002, 270002, 0, 0, 0, 0);
	/* 15 %: nothing is left after the seventh month */
	RUN(SHOCK(PREPAY, "K1", .profile = WEIR_PROFILE_ABS, VALUES(0.15)));
	IS(PREPAID, 1500011, 1350008, 0, 0, 0, 0);
	LESS(PRINCIPAL, -1500011, 2000017 - 1400012 - 1350008, 3000019 - 750005, 0, 0, 0);
}
END_TEST

START_TEST(prepayment_at_once)
{
	RUN(SHOCK(PREPAY, "K1", .profile = WEIR_PROFILE_DATE, .from = date_of(20230925)));
	IS(PREPAID, 0, 3000019, 0, 0, 0, 0);
	LESS(INCOME, 0, 0, 10007, 0, 0, 0);
	LESS(PRINCIPAL, 0, -3000019, 3000019, 0, 0, 0);
}
END_TEST

/* --- recoveries ------------------------------------------------------------------------------------------------- */

#define GONE_FROM(date) SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_DATE, .from = date_of(date))

START_TEST(recovery_by_collection)
{
	/* 5,000,036 x 37 % = 1,850,013.32; costs 3 % of 1,850,013 = 55,500.39; 1,794,513 comes 6 months after 2023-09-25 */
	RUN(GONE_FROM(20230901), SHOCK(RECOVERY, "K1", .value = 0.37, .months = 6, .cost = 0.03));
	IS(RECOVERED, 0, 0, 0, 1794513, 0, 0);
	IS(DISPOSAL, 0, 0, 0, 0, 0, 0);
	LESS(PRINCIPAL, 0, 2000017, 3000019, 0, 0, 0);
	ck_assert_double_eq(rows->uncollected_cents[LANE], 0);
	/* 13 months: behind the last calculation date */
	RUN(GONE_FROM(20230901), SHOCK(RECOVERY, "K1", .value = 0.37, .months = 13, .cost = 0.03));
	IS(RECOVERED, 0, 0, 0, 0, 0, 0);
	ck_assert_double_eq(rows->uncollected_cents[LANE], 1794513);
}
END_TEST

START_TEST(the_last_recovery_wins)
{
	/* K2's own comes after the one for all: 800,011 of it defaults on 2023-12-10, 50 % = 400,005.5 comes in the same
	 * period; K1's 3,000,019 x 10 % = 300,001.9 comes 3 months later */
	RUN(EVERY(DEFAULT, .profile = WEIR_PROFILE_DATE, .from = date_of(20231201), .to = date_of(20231231)),
	    SHOCK(RECOVERY, "K1", .value = 0.9, .months = 0), EVERY(RECOVERY, .value = 0.1, .months = 3),
	    SHOCK(RECOVERY, "K2", .value = 0.5, .months = 0),
	    SHOCK(RECOVERY, "K1", .value = 0.99, .to = date_of(20231224)));
	IS(DEFAULTED, 0, 0, 3800030, 0, 0, 0);
	IS(RECOVERED, 0, 0, 400006, 300002, 0, 0);
}
END_TEST

START_TEST(sale_of_pledged_ip)
{
	/* K1's items in force are worth 150,007 + 90,011 = 240,018, cut by 17 %: 199,214.94; 60 % of 199,215: 119,529;
	 * costs 5 % = 5,976.45 */
	RUN(GONE_FROM(20230901), EVERY(VALUATION, .value = 0.5), SHOCK(VALUATION, "K1", .value = 0.17),
	    SHOCK(RECOVERY, "K1", .channel = WEIR_CHANNEL_DISPOSAL, .value = 0.6, .months = 3, .cost = 0.05));
	IS(RECOVERED, 0, 0, 113553, 0, 0, 0);
	IS(DISPOSAL, 0, 0, 113553, 0, 0, 0);
	/* only P2 cut by 40 %: 150,007 + 54,006.6 = 204,013.6 */
	RUN(GONE_FROM(20230901), SCOPED(VALUATION, IP, "P2", .value = 0.4),
	    SHOCK(RECOVERY, "K1", .channel = WEIR_CHANNEL_DISPOSAL, .value = 1, .months = 3));
	IS(DISPOSAL, 0, 0, 204014, 0, 0, 0);
}
END_TEST

START_TEST(the_value_is_used_up)
{
	/* The yearly rate's losses of 82,806, 101,725 and 59,776 against 240,018: 70 % of it is 168,012.6, so the first is
	 * made good; 70 % of 157,212 = 110,048.4 covers the second; of 55,487 it is 38,840.9 for the third */
	RUN(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_ANNUAL, VALUES(0.08)),
	    SHOCK(RECOVERY, "K1", .channel = WEIR_CHANNEL_DISPOSAL, .value = 0.7, .months = 0));
	IS(DISPOSAL, 82806, 101725, 38841, 0, 0, 0);
	/* collection goes first: 25 % = 20,701.5, 25,431.25 and 14,944; the rest falls to the sale */
	RUN(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_ANNUAL, VALUES(0.08)),
	    SHOCK(RECOVERY, "K1", .channel = WEIR_CHANNEL_DISPOSAL, .value = 0.7, .months = 0),
	    EVERY(RECOVERY, .value = 0.25, .months = 0));
	IS(DISPOSAL, 62104, 76294, 44832, 0, 0, 0);
	IS(RECOVERED, 82806, 101725, 59776, 0, 0, 0);
}
END_TEST

START_TEST(a_shared_item_is_sold_once)
{
	/* K2 defaults in June, K1 only in September, but K1 is listed first: P2 goes to K1, K2 has no other item. */
	RUN(GONE_FROM(20230901), SHOCK(DEFAULT, "K2", .profile = WEIR_PROFILE_DATE, .from = date_of(20230601)),
	    EVERY(RECOVERY, .channel = WEIR_CHANNEL_DISPOSAL, .value = 1, .months = 0));
	IS(DISPOSAL, 0, 240018, 0, 0, 0, 0);
	/* Without a default of K1 it is K2's; K3, which defaults later, gets nothing. */
	RUN(SHOCK(DEFAULT, "K2", .profile = WEIR_PROFILE_DATE, .from = date_of(20230601)),
	    SHOCK(DEFAULT, "K3", .profile = WEIR_PROFILE_DATE, .from = date_of(20230601)),
	    EVERY(RECOVERY, .channel = WEIR_CHANNEL_DISPOSAL, .value = 1, .months = 0));
	IS(DISPOSAL, 90011, 0, 0, 0, 0, 0);
	/* Lost before the default, P2 is worth nothing. */
	RUN(GONE_FROM(20230901), SHOCK(IP_LOST, "P2", .from = date_of(20230925)),
	    EVERY(RECOVERY, .channel = WEIR_CHANNEL_DISPOSAL, .value = 1, .months = 0));
	IS(DISPOSAL, 0, 150007, 0, 0, 0, 0);
}
END_TEST

/* --- amounts ---------------------------------------------------------------------------------------------------- */

START_TEST(a_shift_of_rates)
{
	/* -25 bp for 2, 3 and 3 months: 6,000,069 x 0.0025 / 6 = 2,500.03; 5,000,036 / 1,600 = 3,125.02;
	 * 3,000,019 / 1,600 = 1,875.01 */
	RUN(SHOCK(RATE, "K1", .value = -0.0025));
	LESS(INCOME, 2500, 3125, 1875, 0, 0, 0);
	IS(DEFAULTED, 0, 0, 0, 0, 0, 0);
	/* two shifts add, the second from September on; income does not fall below 0: 3 % of 5,000,036 for a quarter
	 * is 37,500, of 3,000,019 22,500 */
	RUN(SHOCK(RATE, "K1", .value = 0.01), SHOCK(RATE, "K1", .value = -0.04, .from = date_of(20230925)));
	LESS(INCOME, -10000, 15013, 10007, 0, 0, 0);
	/* what has defaulted bears nothing: 4,931,031 performs in September: x 0.01 / 4 = 12,327.58 */
	RUN(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_DATE, .from = date_of(20231225)), SHOCK(RATE, "K1", .value = 0.01),
	    SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_ANNUAL, .value = 0.08, .to = date_of(20230625)));
	LESS(INCOME, 20011 - 19735 - 9862, 15013 - 14806 - 12328, 10007, 0, 0, 0);
	deal->pool.contracts[K1].kind = WEIR_CONTRACT_ROYALTY;
	RUN(SHOCK(RATE, "K1", .value = 0.01));
	LESS(INCOME, 0, 0, 0, 0, 0, 0);
}
END_TEST

START_TEST(factors_in_windows)
{
	/* 73 % of what falls due from September to 2023-12-25, both days in it: 2,000,017 x 0.73 = 1,460,012.41,
	 * 3,000,019 x 0.73 = 2,190,013.87; income 10,959.49 and 7,305.11 */
	RUN(SHOCK(RECEIPTS, "K1", .value = 0.73, .from = date_of(20230901), .to = date_of(20231225)));
	IS(DEFAULTED, 0, 540005, 810005, 0, 0, 0);
	LESS(INCOME, 0, 15013 - 10959, 10007 - 7305, 0, 0, 0);
	RUN(SHOCK(RECEIPTS, "K1", .value = 0.73, .from_month = 5, .to = date_of(20231224)));
	IS(DEFAULTED, 0, 540005, 0, 0, 0, 0);
	/* with the plain factor of 90 % and a haircut of 2 %: 0.73 x 0.9 x 0.98 = 0.64386; 2,000,017 of it 1,287,730.95.
	 * Other receipts bear 0.882 (K1) or 0.98: 1,000,033 x 0.882 = 882,029.11, 700,009 x 0.98 = 686,008.82 */
	RUN(SHOCK(RECEIPTS, "K1", .value = 0.73, .from = date_of(20230901), .to = date_of(20231224)),
	    SHOCK(RECEIPTS, "K1", .value = 0.9), SHOCK(SET, "haircut", .value = 0.02));
	ck_assert_double_eq(AT(PRINCIPAL, 2, LANE), 1287731);
	ck_assert_double_eq(AT(PRINCIPAL, 1, LANE), 882029 + 686009);
}
END_TEST

START_TEST(factors_on_a_part)
{
	/* income cut by 10 % on all: 18,009.9 + 8,100.9; 13,511.7; 9,006.3 + 3,602.7; 90,002.7 */
	RUN(EVERY(RECEIPTS, .part = WEIR_PART_INCOME, .value = 0.9));
	IS(INCOME, 18010 + 8101, 13512, 9006 + 3603, 0, 90003, 0);
	IS(DEFAULTED, 0, 0, 0, 0, 0, 0);
	RUN(SHOCK(RECEIPTS, "K1", .part = WEIR_PART_PRINCIPAL, .value = 0.001));
	LESS(INCOME, 0, 0, 0, 0, 0, 0);
	IS(DEFAULTED, 1000033 - 1000, 2000017 - 2000, 3000019 - 3000, 0, 0, 0);
}
END_TEST

START_TEST(decay)
{
	/* From 2023-08-31, in whole months: September is 1, December 4: 0.81^(1/12) = 0.982593247373, 0.81^(4/12) =
	 * 0.932169751786: 2,000,017 of the first 1,965,203.20, 3,000,019 of the second 2,796,526.97 */
	RUN(SHOCK(DECAY, "K1", .value = 0.19, .from = date_of(20230831)));
	IS(DEFAULTED, 0, 2000017 - 1965203, 3000019 - 2796527, 0, 0, 0);
	/* from the cut-off: 2 months at half a year's half: 0.5^(2/12) = 0.890898718140 */
	RUN(SHOCK(DECAY, "K1", .value = 0.5, .to = date_of(20230801)));
	IS(DEFAULTED, 1000033 - 890928, 0, 0, 0, 0, 0);
	RUN(SHOCK(DECAY, "K1", .value = 1));
	IS(DEFAULTED, 1000033, 2000017, 3000019, 0, 0, 0);
}
END_TEST

START_TEST(foreign_money)
{
	/* K2 pays in dollars: 700,009 x 0.917 = 641,908.25, 800,011 x 0.917 = 733,610.09 */
	RUN(SHOCK(FX, "USD", .value = 0.917));
	IS(DEFAULTED, 700009 - 641908, 0, 800011 - 733610, 0, 0, 0);
	RUN(SHOCK(FX, "EUR", .value = 0.917));
	IS(DEFAULTED, 0, 0, 0, 0, 0, 0);
}
END_TEST

/* --- time ------------------------------------------------------------------------------------------------------- */

START_TEST(late_in_part_of_the_pool)
{
	/* F1's contracts: 31 % comes 4 months later: of 1,000,033 in time 690,022.77, on 2023-10-25 310,010; of 2,000,017
	 * 1,380,011.73, on 2024-01-25 620,005; of 3,000,019 2,070,013.11, on 2024-04-25 930,006; K3's 5,000,077 in
	 * 2024-10 never */
	RUN(EVERY(LATE, .value = 0.5, .months = 1),
	    SCOPED(LATE, OBLIGOR, "F1", .value = 0.31, .months = 4),
	    SHOCK(LATE, "K2", .value = 0, .months = 1));
	LESS(PRINCIPAL, 310010, 620005, 930006 - 310010, -620005, 1550024 - 930006, 0);
	IS(OVERDUE, 310010, 930015, 620005 + 930006, 930006, 1550024, 1550024);
	IS(DEFAULTED, 0, 0, 0, 0, 0, 0);
	/* and of 100,003 31,001 */
	ck_assert_double_eq(rows->uncollected_cents[LANE], 1550024 + 31001);
}
END_TEST

START_TEST(late_in_a_window)
{
	RUN(EVERY(LATE, .value = 0.31, .months = 4, .from = date_of(20230901), .to = date_of(20230930)));
	LESS(PRINCIPAL, 0, 620005, 0, -620005, 0, 0);
	IS(OVERDUE, 0, 620005, 620005, 0, 0, 0);
}
END_TEST

START_TEST(a_missed_balloon)
{
	/* the last receipts, K1's 3,000,019 and K2's 800,011 of 2023-12, come 5 months later, whatever else is late */
	RUN(SHOCK(BALLOON_LATE, "K1", .months = 5), SHOCK(BALLOON_LATE, "K2", .months = 5),
	    SHOCK(LATE, "K2", .value = 0.25, .months = 1));
	IS(OVERDUE, 175002, 0, 3800030, 3800030, 0, 0);
	/* a quarter of 700,009 comes on 2023-07-10 */
	LESS(PRINCIPAL, 175002, -175002, 3800030, 0, -3800030, 0);
}
END_TEST

START_TEST(a_servicer_that_stops)
{
	/* It fails on 2023-06-20 and stops for four months: K1's receipts of 06-25 and 09-25 come on 2023-10-20. */
	RUN(SHOCK(SERVICER, "K1", .from = date_of(20230620), .months = 0, .stop_months = 4));
	LESS(PRINCIPAL, 1000033, 2000017, -3000050, 0, 0, 0);
	LESS(INCOME, 20011, 15013, -35024, 0, 0, 0);
	IS(OVERDUE, 1000033, 3000050, 0, 0, 0, 0);
	/* What is late waits too: half of 700,009 of 06-10 would come on 07-10. What is due behind the stop is in time. */
	RUN(SHOCK(SERVICER, "K1", .from = date_of(20230620), .months = 0, .stop_months = 4),
	    SHOCK(LATE, "K2", .value = 0.5, .months = 1, .to = date_of(20230701)));
	LESS(PRINCIPAL, 1000033 + 350004, 2000017, -3000050 - 350004, 0, 0, 0);
	/* What arrives on the day of the failure, and the day after the stop, is in time. */
	RUN(SHOCK(SERVICER, "K1", .from = date_of(20230625), .months = 0, .stop_months = 2));
	LESS(PRINCIPAL, 0, 0, 0, 0, 0, 0);
	RUN(SHOCK(SERVICER, "K1", .from = date_of(20230624), .months = 0, .stop_months = 3));
	LESS(PRINCIPAL, 1000033, -1000033, 0, 0, 0, 0);
	/* Prepaid principal is caught as well: all of K1's rest, due to come with the first instalment. */
	RUN(SHOCK(SERVICER, "K1", .from = date_of(20230620), .months = 0, .stop_months = 4),
	    SHOCK(PREPAY, "K1", .profile = WEIR_PROFILE_DATE, .from = date_of(20230601)));
	IS(PREPAID, 0, 0, 5000036, 0, 0, 0);
	IS(OVERDUE, 6000069, 6000069, 0, 0, 0, 0);
}
END_TEST

START_TEST(collections_lost_at_the_servicer)
{
	/* No servicing in the deal: only what the scenario says. Three months before 2023-12-20 open on 09-20; K1's
	 * receipt of 09-25 had been passed on with the second period, so K2's of 12-10 alone is lost. */
	RUN(SHOCK(SERVICER, "K1", .from = date_of(20231220), .months = 3));
	IS(LOST_PRINCIPAL, 0, 0, 800011, 0, 0, 0);
	IS(LOST_INCOME, 0, 0, 4003, 0, 0, 0);
	IS(LOST_PRINCIPAL_FAST, 0, 0, 800011, 0, 0, 0);
	IS(PRINCIPAL, 1700042, 2000017, 3800030, 0, 5000077, 0);
	/* the day itself is caught, the day of m months before is not */
	RUN(SHOCK(SERVICER, "K1", .from = date_of(20231225), .months = 1));
	IS(LOST_PRINCIPAL, 0, 0, 3800030, 0, 0, 0);
	RUN(SHOCK(SERVICER, "K1", .from = date_of(20240110), .months = 1));
	IS(LOST_PRINCIPAL, 0, 0, 0, 0, 0, 0); /* the fourth period collects that day, and has nothing of it */
	RUN(SHOCK(SERVICER, "K1", .from = date_of(20231220), .months = -1));
	IS(LOST_PRINCIPAL, 0, 0, 0, 0, 0, 0);
	deal->servicing = (weir_servicing){ .given = 1, .transfer_months = 3, .fast_months = 0 };
	RUN(SHOCK(SERVICER, "K1", .from = date_of(20231220), .months = -1));
	IS(LOST_PRINCIPAL, 0, 0, 800011, 0, 0, 0);
	IS(LOST_PRINCIPAL_FAST, 0, 0, 0, 0, 0, 0);
	/* K1's 09-25 reaches the plan ten days later, 10-05: two months before 12-05 are open at that day, three hold it */
	deal->pool.trusts[0] = (weir_trust){ .id = "trust", .trustee = -1, .lag_days = 10 };
	deal->pool.contracts[K1].through = 0;
	open_deal();
	RUN(SHOCK(SERVICER, "K1", .from = date_of(20231205), .months = 2));
	IS(LOST_PRINCIPAL, 0, 0, 0, 0, 0, 0);
	RUN(SHOCK(SERVICER, "K1", .from = date_of(20231205), .months = -1));
	IS(LOST_PRINCIPAL, 0, 0, 2000017, 0, 0, 0);
	/* under a haircut what is lost is what was received: 784,010.78 */
	RUN(SHOCK(SERVICER, "K1", .from = date_of(20231220), .months = 2), SHOCK(SET, "haircut", .value = 0.02));
	IS(LOST_PRINCIPAL, 0, 0, 784011, 0, 0, 0);
}
END_TEST

/* --- scopes ----------------------------------------------------------------------------------------------------- */

/* Which contracts a shock meets: each gives up 10 % of its first instalment (or all). */
static void meets(weir_shock shock, int k1, int k2, int k3)
{
	shock.kind = WEIR_SHOCK_RECEIPTS;
	shock.value = 0.9;
	for (int windowed = 0; windowed < 2; windowed++) { /* as a contract factor, and in the stress */
		shock.from = windowed ? date_of(20230501) : WEIR_DATE_NONE;
		RUN(shock);
		ck_assert_double_eq(AT(DEFAULTED, 1, LANE), k1 * 100003 + k2 * 70001);
		ck_assert_double_eq(AT(DEFAULTED, 5, LANE), k3 * 500008);
	}
}

START_TEST(scopes)
{
	meets(EVERY(RECEIPTS), 1, 1, 1);
	meets(SHOCK(RECEIPTS, "K3"), 0, 0, 1);
	meets(SCOPED(RECEIPTS, OBLIGOR, "F1"), 1, 0, 1);
	meets(SCOPED(RECEIPTS, LARGEST, NULL), 1, 0, 1);
	meets(SCOPED(RECEIPTS, LARGEST, NULL, .largest = 2), 1, 1, 1);
	meets(SCOPED(RECEIPTS, LARGEST, NULL, .largest = 99), 1, 1, 1);
	meets(SCOPED(RECEIPTS, KIND, "licence"), 0, 1, 0);
	meets(SCOPED(RECEIPTS, KIND, "royalty"), 0, 0, 0);
	meets(SCOPED(RECEIPTS, INDUSTRY, "software"), 0, 1, 0);
	meets(SCOPED(RECEIPTS, INDUSTRY, NULL), 1, 0, 1);
	meets(SCOPED(RECEIPTS, REGION, "south"), 0, 1, 0);
	meets(SCOPED(RECEIPTS, GRADE, "b"), 0, 0, 1);
	meets(SCOPED(RECEIPTS, IP, "P1"), 1, 0, 0);
	meets(SCOPED(RECEIPTS, IP, "P2"), 1, 1, 1);
}
END_TEST

START_TEST(the_three_largest_of_many)
{
	/* deal 5's twelve obligors owe 8, 10, 12, 15, 15, 18, 20, 20, 20, 22, 23, 23 million: B11, B12, B10 */
	deal = reference_deal(arena, 5);
	open_deal();
	weir_pool_shocks s = shocks_of((weir_shock[]){ SCOPED(RECEIPTS, LARGEST, NULL, .value = 0, .largest = 3) },
	                               1, WEIR_OK);
	for (int c = 0; c < 12; c++)
		ck_assert_double_eq(s.contract_factor[c], c < 9);
	s = shocks_of((weir_shock[]){ SCOPED(RECEIPTS, LARGEST, NULL, .value = 0, .largest = 4) }, 1, WEIR_OK);
	for (int c = 0; c < 12; c++) /* of three equal ones the first listed */
		ck_assert_double_eq(s.contract_factor[c], c < 9 && c != 6);
}
END_TEST

static void refused(weir_shock shock, weir_code code, const char *words)
{
	shocks_of(&shock, 1, WEIR_INPUT);
	ck_assert_uint_eq(diags.errors, 1);
	ck_assert_msg(diags.items[0].code == code && strstr(diags.items[0].text, words), "%s", diags.items[0].text);
	weir_diags_free(&diags);
}

START_TEST(names_that_are_not_there)
{
#define UNKNOWN(shock, words) refused(shock, WEIR_CODE_UNKNOWN_ID, words)
	UNKNOWN(SHOCK(DEFAULT, "K4", .value = 0.1), "no contract \"K4\"; did you mean \"K1\"?");
	UNKNOWN(SCOPED(LATE, OBLIGOR, "F3", .value = 0.1, .months = 1), "no obligor \"F3\"");
	UNKNOWN(SCOPED(RECEIPTS, KIND, "royalties"), "no contract kind \"royalties\"; did you mean \"royalty\"?");
	UNKNOWN(SCOPED(PREPAY, INDUSTRY, "chip", .value = 0.1), "no industry \"chip\"; did you mean \"chips\"?");
	UNKNOWN(SCOPED(RATE, REGION, "eastt"), "no region \"eastt\"; did you mean \"east\"?");
	UNKNOWN(SCOPED(RECOVERY, GRADE, "aa"), "no grade \"aa\"; did you mean \"a\"?");
	UNKNOWN(SCOPED(VALUATION, IP, "P4"), "no IP item \"P4\"; did you mean \"P1\"?");
	UNKNOWN(SHOCK(IP_LOST, "Q", .from = date_of(20230901)), "no IP item \"Q\"");
	refused(SCOPED(DEFAULT, CLASS, "A"), WEIR_CODE_UNSUPPORTED, "a class has no receipts");
}
END_TEST

START_TEST(values_that_do_not_fit)
{
#define RANGE(shock, words) refused(shock, WEIR_CODE_OUT_OF_RANGE, words)
	RANGE(SHOCK(DEFAULT, "K1", .value = 1.01), "rate of \"101%\"");
	RANGE(SHOCK(PREPAY, "K1", VALUES(0.1, -0.1)), "rate of \"-10%\"");
	RANGE(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_CURVE, .value = 1.2), "a total of \"120%\"");
	RANGE(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_CURVE, .value = 0.2, VALUES(0.5, 0.4)), "have a sum of \"90%\"");
	RANGE(SHOCK(RECOVERY, "K1", .value = -0.2), "a recovery rate of \"-20%\"");
	RANGE(SHOCK(RECOVERY, "K1", .value = 0.2, .cost = 1.5), "a cost of enforcement of \"150%\"");
	RANGE(SHOCK(RECOVERY, "K1", .value = 0.2, .months = -1), "a recovery lag of \"-1\" months");
	RANGE(SHOCK(VALUATION, "K1", .value = 1.5), "a cut of valuations of \"150%\"");
	RANGE(SHOCK(RATE, "K1", .value = 1.5), "a shift of rates of \"150%\"");
	RANGE(SHOCK(RATE, "K1", .value = NAN), "a shift of rates of \"nan%\"");
	RANGE(SHOCK(FX, "K1", .value = -1), "a factor on receipts of \"-100%\"");
	RANGE(SHOCK(DECAY, "K1", .value = 1.5), "a yearly decay of \"150%\"");
	RANGE(SHOCK(BALLOON_LATE, "K1", .months = 0), "late by \"0\" months");
	RANGE(SHOCK(SERVICER, "K1", .stop_months = -1), "a servicer's stop of \"-1\" months");
	refused(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_DATE), WEIR_CODE_DATE_ORDER, "needs a date");
	refused(SHOCK(SERVICER, "K1", .months = 1), WEIR_CODE_DATE_ORDER, "a servicer's default needs a date");
	refused(SHOCK(IP_LOST, "K1", .from_month = 9999), WEIR_CODE_DATE_ORDER, "loss of an IP item needs a date");
}
END_TEST

/* --- claims ----------------------------------------------------------------------------------------------------- */

static weir_cover covers[2];

static void cover(weir_cover first, weir_cover second)
{
	covers[0] = first;
	covers[1] = second;
	deal->covers = covers;
	deal->cover_count = 2;
	open_deal();
}

#define CLAIM(part, claim, k) rows->claim_##part[(claim) * periods.count + (k)][LANE]

START_TEST(contracts_that_are_covered)
{
	static char second[] = { 0, 1, 0 };
	deal->pool.contracts[K3].deposit_cents = 50011;
	cover((weir_cover){ .kind = WEIR_COVER_DEPOSIT }, (weir_cover){ .kind = WEIR_COVER_GUARANTEE, .contracts = second });
	ck_assert_int_eq(pool->claim_count, 2);
	ck_assert_int_eq(pool->claim_contracts[0], K2);
	ck_assert_int_eq(pool->claim_contracts[1], K3);
	ck_assert_int_eq(pool->claim_of[K1], -1);
	ck_assert_int_eq(pool->claim_of[K3], 1);
	cover((weir_cover){ .kind = WEIR_COVER_INSURANCE }, (weir_cover){ .kind = WEIR_COVER_DEPOSIT });
	ck_assert_int_eq(pool->claim_count, 3);
}
END_TEST

START_TEST(claims_are_what_is_lost)
{
	cover((weir_cover){ .kind = WEIR_COVER_INSURANCE }, (weir_cover){ .kind = WEIR_COVER_DEPOSIT });
	/* K1: 5,000,036 defaults with 15,013 of income; 1,794,513 will come back (see recovery_by_collection). Under the
	 * haircut of 2 % the rest falls short by 20,000.66 and 400.22 in the first period. */
	RUN(GONE_FROM(20230901), SHOCK(RECOVERY, "K1", .value = 0.37, .months = 13, .cost = 0.03),
	    SHOCK(SET, "haircut", .value = 0.02));
	ck_assert_double_eq(CLAIM(principal, 0, 1), 20001);
	ck_assert_double_eq(CLAIM(income, 0, 1), 400);
	ck_assert_double_eq(CLAIM(principal, 0, 2), 5000036 - 1794513);
	ck_assert_double_eq(CLAIM(income, 0, 2), 15013);
	ck_assert_double_eq(CLAIM(principal, 0, 3), 0); /* the contract has defaulted as a whole */
	ck_assert_double_eq(CLAIM(income, 0, 3), 0);
	ck_assert_double_eq(CLAIM(principal, 2, 5), 100002); /* 2 % of 5,000,077 */
	const char any[] = { 0, 1, 1, 1, 0, 1, 0 };
	ck_assert_mem_eq(rows->any_claim, any, sizeof any);
	/* the first lane's haircut of 7 % */
	ck_assert_double_eq(rows->claim_principal[periods.count + 1][0], 49001); /* K2: 49,000.63 */
	ck_assert_double_eq(rows->claim_principal[periods.count + 1][1], 0);
	/* what comes late, and a factor above 1, are no claims; and the last run's are gone */
	RUN(EVERY(LATE, .value = 0.5, .months = 3), SHOCK(RECEIPTS, "K1", .value = 1.1));
	for (int k = 1; k <= 6; k++)
		for (int c = 0; c < 3; c++)
			ck_assert_double_eq(CLAIM(principal, c, k) + CLAIM(income, c, k), 0);
	weir_pool_shocks none = { 0 };
	weir_pool_project(rows, pool, &periods, &none, 1);
	for (int k = 0; k <= 6; k++)
		ck_assert_int_eq(rows->any_claim[k], 0);
}
END_TEST

START_TEST(ip_that_is_lost)
{
	cover((weir_cover){ .kind = WEIR_COVER_INSURANCE }, (weir_cover){ .kind = WEIR_COVER_DEPOSIT });
	/* P2 stands behind the licence K2 and two loans; only the licence ends, and nobody can be asked for it. */
	RUN(SHOCK(IP_LOST, "P2", .from = date_of(20231210)));
	IS(DEFAULTED, 0, 0, 800011, 0, 0, 0);
	LESS(INCOME, 0, 0, 4003, 0, 0, 0);
	ck_assert_double_eq(CLAIM(principal, 1, 3), 0);
	ck_assert_double_eq(CLAIM(income, 1, 3), 0);
	RUN(SHOCK(IP_LOST, "P2", .from_month = 8)); /* 2023-12-14 */
	IS(DEFAULTED, 0, 0, 0, 0, 0, 0);
	/* the same by a factor is claimed */
	RUN(SHOCK(RECEIPTS, "K2", .value = 0, .from = date_of(20231210)));
	IS(DEFAULTED, 0, 0, 800011, 0, 0, 0);
	ck_assert_double_eq(CLAIM(principal, 1, 3), 800011);
	ck_assert_double_eq(CLAIM(income, 1, 3), 4003);
}
END_TEST

/* --- mid-life starts -------------------------------------------------------------------------------------------- */

START_TEST(receipts_of_the_past)
{
	deal->opening = date_of(20231014); /* the second payment */
	open_deal();
	ck_assert_int_eq(periods.first, 3);
	ck_assert_int_eq(pool->past_to, periods.items[2].calculation);
	ck_assert_double_eq(pool->opening_cents, 3000019 + 800011 + 5000077);
	RUN(SHOCK(RECEIPTS, "K1", .value = 0.73));
	IS(SCHEDULED_PRINCIPAL, 0, 0, 3800030, 0, 5000077, 0);
	IS(PRINCIPAL, 0, 0, 2190014 + 800011, 0, 5000077, 0);
	IS(BALANCE, 8800107, 8800107, 5000077, 5000077, 0, 0);
	/* A rate runs from the opening's calculation date in September: 3 months to December; 0.92^(3/12) of 3,000,019 is
	 * 2,938,129.69 */
	RUN(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_ANNUAL, VALUES(0.08)));
	IS(DEFAULTED, 0, 0, 61889, 0, 0, 0);
}
END_TEST

START_TEST(a_curve_from_a_mid_life_start)
{
	/* K1's money arrives ten days after it is due: the receipt of 09-25 comes behind the opening's calculation date,
	 * 09-26, day 165 of the curve's 255. Both intervals begin there: nothing defaults on 09-25, and by 12-25
	 * 0.2 x 90 / (255 - 0.2 x 165) = 0.081081081081 of 3,000,019, which leaves 2,756,774.22. */
	deal->pool.trusts[0] = (weir_trust){ .id = "trust", .trustee = -1, .lag_days = 10 };
	deal->pool.contracts[K1].through = 0;
	deal->opening = date_of(20231014);
	open_deal();
	ck_assert_int_eq(pool->past_to, date_of(20230926));
	RUN(SHOCK(DEFAULT, "K1", .profile = WEIR_PROFILE_CURVE, .value = 0.2));
	ck_assert_double_eq(AT(PRINCIPAL, 3, LANE), 2000017 + 800011);
	ck_assert_double_eq(AT(DEFAULTED, 3, LANE), 0);
	ck_assert_double_eq(AT(DEFAULTED, 4, LANE), 3000019 - 2756774);
}
END_TEST

START_TEST(a_given_pool_balance)
{
	/* 8,000,003 of 8,800,107: 0.909080196411; of 3,000,019 2,727,257.86, of 800,011 727,274.16, of 5,000,077
	 * 4,545,470.98: 8,000,003 in all. Income: 9,097.17, 3,639.05, 90,910.75. */
	deal->opening = date_of(20231014);
	deal->opening_pool_cents = 8000003;
	open_deal();
	ck_assert_double_eq(pool->opening_share, 0.909080196411);
	ck_assert_double_eq(pool->opening_cents, 8000003);
	RUN(SHOCK(SET, "nothing"));
	IS(PRINCIPAL, 0, 0, 2727258 + 727274, 0, 4545471, 0);
	IS(INCOME, 0, 0, 9097 + 3639, 0, 90911, 0);
	IS(SCHEDULED_PRINCIPAL, 0, 0, 2727258 + 727274, 0, 4545471, 0);
	IS(BALANCE, 8000003, 8000003, 4545471, 4545471, 0, 0);
	/* K1 defaults as a whole; what performed of it was 2,727,258 */
	RUN(GONE_FROM(20230901));
	IS(DEFAULTED, 0, 0, 2727258, 0, 0, 0);
	deal->opening_pool_cents = 9e12;
	ck_assert_int_eq(weir_pool_create(&pool, arena, deal, &diags), WEIR_INPUT);
	ck_assert_int_eq(diags.items[0].code, WEIR_CODE_SIZE_MISMATCH);
}
END_TEST

Suite *weir_suite_pool_stress(void)
{
	Suite *suite = suite_create("pool_stress");
	TCase *tests = tcase_create("stress");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, the_base_case);
	tcase_add_test(tests, a_yearly_default_rate);
	tcase_add_test(tests, default_rates_by_year);
	tcase_add_test(tests, default_rates_by_month);
	tcase_add_test(tests, a_default_curve);
	tcase_add_test(tests, a_default_on_a_day);
	tcase_add_test(tests, defaults_multiply);
	tcase_add_test(tests, prepayment_comes_behind_the_payment);
	tcase_add_test(tests, default_and_prepayment);
	tcase_add_test(tests, absolute_prepayment_speed);
	tcase_add_test(tests, prepayment_at_once);
	tcase_add_test(tests, recovery_by_collection);
	tcase_add_test(tests, the_last_recovery_wins);
	tcase_add_test(tests, sale_of_pledged_ip);
	tcase_add_test(tests, the_value_is_used_up);
	tcase_add_test(tests, a_shared_item_is_sold_once);
	tcase_add_test(tests, a_shift_of_rates);
	tcase_add_test(tests, factors_in_windows);
	tcase_add_test(tests, factors_on_a_part);
	tcase_add_test(tests, decay);
	tcase_add_test(tests, foreign_money);
	tcase_add_test(tests, late_in_part_of_the_pool);
	tcase_add_test(tests, late_in_a_window);
	tcase_add_test(tests, a_missed_balloon);
	tcase_add_test(tests, a_servicer_that_stops);
	tcase_add_test(tests, collections_lost_at_the_servicer);
	tcase_add_test(tests, scopes);
	tcase_add_test(tests, the_three_largest_of_many);
	tcase_add_test(tests, names_that_are_not_there);
	tcase_add_test(tests, values_that_do_not_fit);
	tcase_add_test(tests, contracts_that_are_covered);
	tcase_add_test(tests, claims_are_what_is_lost);
	tcase_add_test(tests, ip_that_is_lost);
	tcase_add_test(tests, receipts_of_the_past);
	tcase_add_test(tests, a_curve_from_a_mid_life_start);
	tcase_add_test(tests, a_given_pool_balance);
	suite_add_tcase(suite, tests);
	return suite;
}
