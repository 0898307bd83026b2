/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_metrics.c: formulas over the outcome of a run: names, functions over periods, missing values,
 * complaints. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "engine_fixture.h"
#include "study/measures.h"
#include "study/metrics.h"
#include "support_deal.h"

Suite *weir_suite_study_metrics(void);

static engine_deal d;
static weir_block *block;
static weir_arena *arena;
static weir_diags diags;

static void setup(void)
{
	io_enter();
	d = (engine_deal){ 0 };
	block = NULL;
	diags = (weir_diags){ 0 };
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
}

static void teardown(void)
{
	weir_block_destroy(block);
	weir_diags_free(&diags);
	weir_arena_destroy(arena);
	if (d.arena)
		engine_close(&d);
	io_leave();
}

/* Collected 1300.00, 700.00, 1300.00, 8300.00 on 15 March (91 days after the start), June (183), September
 * (275), December 2024 (366); 10,000.00 of senior classes and 500.00 of SUB, which takes the rest. By quarters,
 * 30E/360. */
static const double principal[] = { 100000, 40000, 100000, 800000 }, income[] = { 30000, 30000, 30000, 30000 };

#define ONE_CLASS "<class id=\"A\" size=\"10000.00\" coupon=\"8%\"><principal style=\"pass-through\"/></class>"
#define TWO_CLASSES                                                                                                    \
	"<class id=\"A\" size=\"6000.00\" coupon=\"8%\"><principal style=\"pass-through\"/></class>"                   \
	"<class id=\"B\" size=\"4000.00\" coupon=\"4%\"><principal style=\"pass-through\"/></class>"
#define TRIGGERS                                                                                                       \
	"<triggers><trigger id=\"low\" en=\"Low\" test=\"pool.principal &lt; 500.00\" tested=\"before\"/></triggers>"

static void open_hand(const char *classes, const char *pays, const char *more)
{
	char body[4000];
	snprintf(body, sizeof body,
	         "<accounts><account id=\"cash\" receives=\"all\"/></accounts><classes>%s"
	         "<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	         "%s<waterfalls><waterfall id=\"normal\">%s<keep until=\"classes.senior.balance = 0\"/>"
	         "<pay what=\"SUB.rest\"/></waterfall></waterfalls>",
	         classes, more, pays);
	engine_open_text(&d, engine_text(principal, income, body));
}

/* Lane 0 at 8 %, lane 1 at 4 %, by hand:
 *   8 %: 200.00 + 1100.00 | 178.00 + 522.00 | 167.56 + 1132.44 | 144.91 (144.9112) + 7245.56; 909.53 to SUB
 *   4 %: 100.00 + 1200.00 | 88.00 + 612.00 | 81.88 + 1218.12 | 69.70 (69.6988) + 6969.88; 1260.42 to SUB */
static void run_two_coupons(void)
{
	static const double coupons[WEIR_LANES] = { 0.08, 0.04 };
	const weir_scenario *none[2] = { NULL, NULL };
	weir_overlay overlay = { .name = "A.coupon", .values = coupons };
	weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	open_hand(ONE_CLASS, "<pay what=\"A.interest\"/><pay what=\"A.principal\"/>", "");
	ck_assert_int_eq(weir_block_create(&block, d.plan, &options), WEIR_OK);
	ck_assert_int_eq(weir_block_run(block, none, 2, &overlay, 1, &diags), WEIR_OK);
}

static weir_lane_reader reader(void)
{
	return (weir_lane_reader){ d.plan, weir_block_result(block), weir_block_rows(block) };
}

static const weir_metric *parse(const char *text, weir_type wanted)
{
	const weir_metric *metric;
	weir_status status = weir_metric_parse(&metric, arena, d.plan, NULL, text, (weir_place){ 0 }, wanted, &diags);
	ck_assert_msg(status == WEIR_OK, "\"%s\": %s", text, diags.count ? diags.items[diags.count - 1].text : "");
	return metric;
}

static double value_in(const char *text, int lane)
{
	double values[WEIR_LANES];
	weir_lane_reader r = reader();
	ck_assert_int_eq(weir_metric_read(values, parse(text, WEIR_TYPE_ERROR), &r, lane + 1), WEIR_OK);
	return values[lane];
}

static double value(const char *text)
{
	return value_in(text, 0);
}

static double day(const char *text)
{
	return weir_date_parse(text, 10);
}

/* --- names ---------------------------------------------------------------------------------------------------- */

START_TEST(figures_of_the_run)
{
	run_two_coupons();
	ck_assert_double_eq(value("inflow"), 1160000);
	ck_assert_double_eq(value("proceeds"), 1050000);
	ck_assert_double_eq(value("subordinated_paid"), 90953);
	ck_assert_double_eq(value_in("subordinated_paid", 1), 126042);
	ck_assert_double_eq(value("missed"), 0);
	ck_assert_double_eq(value("unpaid_at_end + defaulted + recovered + support_in"), 0);
	/* least of 1300/200, 700/178 …: interest only is due */
	ck_assert_double_eq_tol(value("coverage_min"), 70000.0 / 17800, 1e-15);
	/* all that came / (10,000.00 + interest) */
	ck_assert_double_eq_tol(value_in("coverage_total", 1), 1160000.0 / (1000000 + 33958), 1e-15);
	ck_assert_double_eq(value_in("A.coupon", 1), 0.04);
	ck_assert_double_eq(value_in("A.coupon + 1bp", 0), 0.0801);
	ck_assert_double_eq(value("A.size"), 1000000);
	ck_assert_double_eq(value("pool.balance_initial"), 1040000);
	ck_assert_double_eq(value("deal.closing"), day("2023-12-15"));
}
END_TEST

START_TEST(figures_of_a_class)
{
	weir_deal_figures figures;
	run_two_coupons();
	ck_assert_double_eq(value("A.interest"), 20000 + 17800 + 16756 + 14491);
	ck_assert_double_eq(value_in("A.interest", 1), 10000 + 8800 + 8188 + 6970);
	ck_assert_double_eq(value("A.principal"), 1000000);
	ck_assert_double_eq(value("A.unpaid + A.missed_most"), 0);
	ck_assert_double_eq(value("SUB.rest"), 90953);
	ck_assert_double_eq(value("A.survives"), 1);
	ck_assert_double_eq(value("A.first_principal"), day("2024-03-15"));
	ck_assert_double_eq(value("A.last_principal"), day("2024-12-15"));
	ck_assert_double_eq_tol(value_in("A.wal", 1),
	                        (120000.0 * 91 + 61200.0 * 183 + 121812.0 * 275 + 696988.0 * 366) / 365 / 1000000, 1e-14);
	/* the figure of the reports, of each lane */
	for (int l = 0; l < 2; l++) {
		ck_assert_int_eq(weir_measure(&figures, d.arena, d.plan, weir_block_result(block), weir_block_rows(block), l),
		                 WEIR_OK);
		ck_assert_double_eq(value_in("A.yield", l), figures.classes[0].yield_at_issue);
	}
	ck_assert_double_gt(value("A.yield"), value_in("A.yield", 1) + 0.03);
}
END_TEST

/* A and B after each other: interest 120.00 + 40.00, so 1140.00 to A; 97.20 + 40.00, 562.80; 85.94 (85.944) +
 * 40.00, 1174.06; 62.46 (62.4628) + 40.00, the last 3123.14 of A and 4,000.00 of B. */
START_TEST(figures_of_a_group)
{
	open_hand(TWO_CLASSES,
	          "<pay what=\"A.interest B.interest\"/><pay what=\"A.principal\"/><pay what=\"B.principal\"/>", "");
	block = engine_run(&d, NULL, 0);
	double days_a = 114000.0 * 91 + 56280.0 * 183 + 117406.0 * 275 + 312314.0 * 366;
	ck_assert_double_eq_tol(value("A.wal"), days_a / 365 / 600000, 1e-14);
	ck_assert_double_eq_tol(value("senior.wal"), (days_a + 400000.0 * 366) / 365 / 1000000, 1e-14);
	ck_assert_double_eq(value("classes.senior.wal"), value("senior.wal"));
	ck_assert_double_eq(value("senior.interest"), 12000 + 9720 + 8594 + 6246 + 4 * 4000);
	ck_assert_double_eq(value("senior.principal"), 1000000);
	ck_assert_double_eq(value("B.first_principal"), day("2024-12-15"));
	ck_assert_double_eq(value("senior.first_principal"), day("2024-03-15"));
	ck_assert_double_eq(value("senior.last_principal"), day("2024-12-15"));
	ck_assert_double_eq(value("all.last_principal"), day("2024-12-15")); /* SUB has none */
	ck_assert_double_eq(value("senior.survives"), 1);
	ck_assert_double_eq(value("at(senior.balance, 2)"), 600000 - 114000 - 56280 + 400000);
	ck_assert_double_eq(value("total(senior.paid)"), 1000000 + 12000 + 9720 + 8594 + 6246 + 4 * 4000);
	ck_assert_double_eq(value("at(B.unpaid, 1)"), 0);
}
END_TEST

/* --- periods -------------------------------------------------------------------------------------------------- */

START_TEST(functions_over_periods)
{
	run_two_coupons();
	ck_assert_double_eq(value("at(A.balance, 0)"), 1000000);
	ck_assert_double_eq(value("at(A.balance, 2)"), 837800);
	ck_assert_double_eq(value_in("at(A.balance, 2024-06-15)", 1), 818800);
	ck_assert_double_eq(value("most(A.balance)"), 890000); /* the closing is no payment date */
	ck_assert_double_eq(value("least(A.balance)"), 0);
	ck_assert_double_eq(value("last(A.balance)"), 0);
	ck_assert_double_eq(value("total(A.interest_paid)"), 69047);
	ck_assert_double_eq_tol(value("least(coverage)"), 70000.0 / 17800, 1e-15);
	ck_assert_double_eq_tol(value("most(coverage)"), 830000.0 / 14491, 1e-15);
	ck_assert_double_eq(value("total(pool_income)"), 120000);
	ck_assert_double_eq(value("total(subordinated_paid)"), 90953);
	/* of the pool, what the program reads and what only the rows know */
	ck_assert_double_eq(value("at(pool.balance, 1)"), 940000);
	ck_assert_double_eq(value("at(pool.balance, 0)"), 1040000);
	ck_assert_double_eq(value("total(pool.scheduled_principal)"), 1040000);
	ck_assert_double_eq(value("last(pool.defaulted_cumulative)"), 0);
}
END_TEST

/* The trigger holds in period 2, whose 400.00 of principal are below 500.00. */
START_TEST(functions_over_flags)
{
	open_hand(ONE_CLASS,
	          "<pay what=\"A.interest\"/><pay what=\"A.principal\"/>", TRIGGERS);
	block = engine_run(&d, NULL, 0);
	ck_assert_double_eq(value("at(low, 1)"), 0);
	ck_assert_double_eq(value("at(low, 2)"), 1);
	ck_assert_double_eq(value("most(low)"), 1);
	ck_assert_double_eq(value("least(low)"), 0);
	ck_assert_double_eq(value("total(low)"), 1);
	ck_assert_double_eq(value("not last(low) and at(low, 2024-06-15)"), 1);
	ck_assert_int_eq(weir_metric_type(parse("most(low)", WEIR_TYPE_FLAG)), WEIR_TYPE_FLAG);
	ck_assert_int_eq(weir_metric_type(parse("total(low)", WEIR_TYPE_NUMBER)), WEIR_TYPE_NUMBER);
}
END_TEST

/* --- dates, spans and what is missing ------------------------------------------------------------------------- */

START_TEST(dates_and_spans)
{
	run_two_coupons();
	ck_assert_double_eq(value("A.last_principal <= deal.closing + 1 year"), 1);
	ck_assert_double_eq(value("A.last_principal <= deal.closing + 11 months"), 0);
	ck_assert_double_eq(value("A.last_principal - A.first_principal"), 275);
	ck_assert_double_eq(value("A.last_principal - A.first_principal = 275 days"), 1);
	ck_assert_double_eq(value("A.first_short"), WEIR_NEVER);
	ck_assert_double_eq(value("A.first_short > 2199-12-31"), 1);
	ck_assert_double_eq(value("SUB.first_principal = A.first_short"), 1); /* neither ever comes */
	ck_assert_int_eq(weir_metric_type(parse("A.last_principal", WEIR_TYPE_DATE)), WEIR_TYPE_DATE);
}
END_TEST

START_TEST(what_is_missing_is_not_a_number)
{
	run_two_coupons();
	ck_assert(isnan(value("SUB.wal")) && isnan(value("SUB.wal + 1")) && isnan(value("SUB.wal < 1")));
	ck_assert(isnan(value("not SUB.wal < 1")) && isnan(value("SUB.wal < 1 and not missed")));
	ck_assert_double_eq(value("SUB.wal < 1 and missed"), 0);
	ck_assert_double_eq(value("SUB.wal < 1 or missed = no"), 1);
	ck_assert_double_eq(value("if(missed, SUB.wal, 2)"), 2);
	ck_assert(isnan(value("if(missed, 2, SUB.wal)")));
}
END_TEST

/* Collected 80 %; A has 260,000 of interest and principal due in period 1, 52,000 short, paid by G
 * (support_deal.h); a mid-life start knows no period before its own. */
START_TEST(support_and_mid_life)
{
	weir_shock less = { .kind = WEIR_SHOCK_RECEIPTS, .scope = WEIR_SCOPE_ALL, .value = 0.8, .from = WEIR_DATE_NONE,
		            .to = WEIR_DATE_NONE };
	weir_scenario scenario = { .node = { .id = "LESS" }, .shocks = &less, .shock_count = 1 };
	engine_open_text(&d, SUPPORT_DEAL_AND("100.00", "0.00",
	                                      "<opening date=\"2024-06-15\"><class id=\"A\" balance=\"5000.00\"/>"
	                                      "<class id=\"SUB\" balance=\"500.00\"/><account id=\"cash\" cash=\"10.00\"/>"
	                                      "</opening>"));
	block = engine_run(&d, &scenario, 0);
	ck_assert_double_eq(value("support_in"), 46000 + 44500);
	ck_assert_double_eq(value("at(support_in, 3)"), 46000);
	ck_assert_double_eq(value("at(closing_cash, 2)"), 1000);
	ck_assert_double_eq(value("at(A.balance, 2024-06-15)"), 500000);
	ck_assert_double_eq_tol(value("A.wal"), (92 + 183) / 2.0 / 365, 1e-15);
	const weir_metric *none;
	ck_assert_int_eq(weir_metric_parse(&none, arena, d.plan, NULL, "at(A.balance, 1) = 0", (weir_place){ 0 },
	                                   WEIR_TYPE_FLAG, &diags),
	                 WEIR_INPUT);
	ck_assert_str_eq(diags.items[0].text, "\"1\" is no period of the deal; give a payment date, or the number of a "
	                                      "period from 2 to 4");
}
END_TEST

/* --- sides of a comparison ------------------------------------------------------------------------------------ */

START_TEST(sides_of_a_comparison)
{
	weir_metric_sides sides;
	run_two_coupons();
	weir_lane_reader r = reader();
	const weir_metric *metric = parse("A.interest = 2 * SUB.rest", WEIR_TYPE_FLAG);
	ck_assert_int_eq(weir_metric_comparison(metric), WEIR_OP_EQUAL);
	ck_assert_int_eq(weir_metric_side_type(metric), WEIR_TYPE_MONEY);
	ck_assert_int_eq(weir_metric_read_sides(&sides, metric, &r, 2), WEIR_OK);
	ck_assert(sides.left[0] == 69047 && sides.right[0] == 2 * 90953);
	ck_assert(sides.left[1] == 33958 && sides.right[1] == 2 * 126042);
	ck_assert(sides.holds[0] == 0 && sides.holds[1] == 0 && sides.rest[0] == 1);
	ck_assert_int_eq(weir_metric_comparison(parse("A.wal >= 0.5", WEIR_TYPE_FLAG)), WEIR_OP_AT_LEAST);
	ck_assert_int_eq(weir_metric_side_type(parse("A.coupon = coverage_min", WEIR_TYPE_FLAG)), WEIR_TYPE_NUMBER);
	ck_assert_int_eq(weir_metric_comparison(parse("missed = no", WEIR_TYPE_FLAG)), WEIR_OP_CONSTANT);
	ck_assert_int_eq(weir_metric_comparison(parse("A.wal > 1 and missed", WEIR_TYPE_FLAG)), WEIR_OP_CONSTANT);
	ck_assert_int_eq(weir_metric_comparison(parse("A.wal = 1 and A.coupon = 4%", WEIR_TYPE_FLAG)), WEIR_OP_CONSTANT);
	ck_assert_str_eq(weir_metric_text(metric), "A.interest = 2 * SUB.rest");
}
END_TEST

/* In lane 0 A is paid 690.47 of interest and SUB 909.53; in lane 1 339.58 and 1260.42. */
START_TEST(an_equation_among_conditions)
{
	weir_metric_sides sides;
	run_two_coupons();
	weir_lane_reader r = reader();
	const weir_metric *metric = parse("SUB.rest < 1000.00 and A.interest = 690.47 and missed = no", WEIR_TYPE_FLAG);
	ck_assert_int_eq(weir_metric_comparison(metric), WEIR_OP_EQUAL);
	ck_assert_int_eq(weir_metric_read_sides(&sides, metric, &r, 2), WEIR_OK);
	ck_assert(sides.holds[0] == 1 && sides.rest[0] == 1 && sides.left[0] == sides.right[0]);
	ck_assert(sides.holds[1] == 0 && sides.rest[1] == 0 && sides.left[1] == 33958);
}
END_TEST

/* Wherever they stand, but not the one with the sides of the whole. */
START_TEST(comparisons_in_a_formula)
{
	double difference[WEIR_LANES], holds[WEIR_LANES];
	run_two_coupons();
	weir_lane_reader r = reader();
	const weir_metric *metric = parse("not missed and (SUB.rest < 1000.00 or not A.interest >= 340.00)", WEIR_TYPE_FLAG);
	ck_assert_int_eq(weir_metric_part_count(metric), 2);
	ck_assert_int_eq(weir_metric_part_type(metric, 1), WEIR_TYPE_MONEY);
	ck_assert_int_eq(weir_metric_read_part(difference, holds, metric, 0, &r, 2), WEIR_OK);
	ck_assert(difference[0] == 90953 - 100000 && difference[1] == 126042 - 100000);
	ck_assert(holds[0] == 1 && holds[1] == 1);
	ck_assert_int_eq(weir_metric_read_part(difference, NULL, metric, 1, &r, 2), WEIR_OK);
	ck_assert(difference[0] == 69047 - 34000 && difference[1] == 33958 - 34000);
	ck_assert_int_eq(weir_metric_part_count(parse("A.survives and missed = no", WEIR_TYPE_FLAG)), 0);
	ck_assert_int_eq(weir_metric_part_count(parse("A.wal >= 0.5", WEIR_TYPE_FLAG)), 0);
	metric = parse("if(A.wal > 2, A.interest, 0.00) >= 1.00", WEIR_TYPE_FLAG);
	ck_assert_int_eq(weir_metric_part_count(metric), 1);
	ck_assert_int_eq(weir_metric_part_type(metric, 0), WEIR_TYPE_NUMBER);
}
END_TEST

/* --- complaints ----------------------------------------------------------------------------------------------- */

static const struct {
	const char *text;
	weir_type wanted;
	weir_code code;
	const char *complaint;
} bad[] = {
	{ "A.wall <= 2", WEIR_TYPE_FLAG, WEIR_CODE_UNKNOWN_NAME, "unknown name \"A.wall\"; did you mean \"A.wal\"?" },
	{ "coverage_mn > 1", WEIR_TYPE_FLAG, WEIR_CODE_UNKNOWN_NAME,
	  "unknown name \"coverage_mn\"; did you mean \"coverage_min\"?" },
	{ "senor.wal < 2", WEIR_TYPE_FLAG, WEIR_CODE_UNKNOWN_NAME,
	  "unknown name \"senor.wal\"; did you mean \"senior.wal\"?" },
	{ "A.balance = 0", WEIR_TYPE_FLAG, WEIR_CODE_FORMULA_TYPE,
	  "\"A.balance\" has a value in each period; say which is meant: at(A.balance, DATE), least(A.balance), "
	  "most(A.balance), total(A.balance) or last(A.balance)" },
	{ "coverage >= 1.1", WEIR_TYPE_FLAG, WEIR_CODE_FORMULA_TYPE,
	  "\"coverage\" has a value in each period; say which is meant: at(coverage, DATE), least(coverage), "
	  "most(coverage), total(coverage) or last(coverage)" },
	{ "least(A.balanse) = 0", WEIR_TYPE_FLAG, WEIR_CODE_UNKNOWN_NAME,
	  "\"A.balanse\" has no value in each period; did you mean \"A.balance\"?" },
	{ "least(nonsense) = 0", WEIR_TYPE_FLAG, WEIR_CODE_UNKNOWN_NAME,
	  "\"nonsense\" has no value in each period; \"weir plan\" lists the registers, docs/solve.md the figures" },
	{ "leest(coverage) > 1", WEIR_TYPE_FLAG, WEIR_CODE_FORMULA_CALL,
	  "unknown function \"leest\"; did you mean \"least\"?" },
	{ "least() > 1", WEIR_TYPE_FLAG, WEIR_CODE_FORMULA_CALL, "\"least\" takes one name, as in least(coverage)" },
	{ "at(A.balance) = 0", WEIR_TYPE_FLAG, WEIR_CODE_FORMULA_CALL,
	  "\"at\" takes a name and a date or a period's number, as in at(A.balance, 3)" },
	{ "at(A.balance, 2024-06-16) = 0", WEIR_TYPE_FLAG, WEIR_CODE_OUT_OF_RANGE,
	  "2024-06-16 is no payment date of the deal; give one, or the number of a period from 0 to 4" },
	{ "at(A.balance, 5) = 0", WEIR_TYPE_FLAG, WEIR_CODE_OUT_OF_RANGE,
	  "\"5\" is no period of the deal; give a payment date, or the number of a period from 0 to 4" },
	{ "at(A.balance, last) = 0", WEIR_TYPE_FLAG, WEIR_CODE_OUT_OF_RANGE,
	  "\"last\" is no period of the deal; give a payment date, or the number of a period from 0 to 4" },
	{ "total(deal.closing) > 2", WEIR_TYPE_FLAG, WEIR_CODE_FORMULA_TYPE,
	  "\"deal.closing\" is a date, and dates cannot be added up" },
	{ "at(date, 3) > 2024-01-01", WEIR_TYPE_FLAG, WEIR_CODE_UNKNOWN_NAME,
	  "\"date\" is the period itself; name what is looked at in it, as in at(A.balance, 3)" },
	{ "previous(A.wal, 0) < 2", WEIR_TYPE_FLAG, WEIR_CODE_FORMULA_CALL,
	  "\"previous\" has no meaning for the outcome of a whole run; use at, least, most, total or last" },
	{ "1 < 2 and cumulative(A.interest) < 100.00", WEIR_TYPE_FLAG, WEIR_CODE_FORMULA_CALL,
	  "\"cumulative\" has no meaning for the outcome of a whole run; use at, least, most, total or last" },
	{ "senior.yield = 4%", WEIR_TYPE_FLAG, WEIR_CODE_UNKNOWN_NAME,
	  "\"senior\" is a group of 2 classes, which have no yield together; name one class" },
	{ "A.wal = A.interest", WEIR_TYPE_FLAG, WEIR_CODE_FORMULA_TYPE,
	  "\"A.wal\" is a number and \"A.interest\" is money: they cannot be compared; write an amount with its currency, "
	  "or multiply to get one" },
	{ "A.wal", WEIR_TYPE_FLAG, WEIR_CODE_FORMULA_TYPE,
	  "\"A.wal\" is a number where a condition is needed; compare it with something" },
	{ "A.yield > 4", WEIR_TYPE_FLAG, WEIR_CODE_BAD_RATE,
	  "\"4\" stands for a rate but has no unit; write it in percent (one half is \"50%\")" },
	{ "", WEIR_TYPE_FLAG, WEIR_CODE_FORMULA_SYNTAX, NULL },
	{ "A.wal <", WEIR_TYPE_FLAG, WEIR_CODE_FORMULA_SYNTAX, NULL },
};

START_TEST(complaints)
{
	const weir_metric *metric = NULL;
	open_hand(TWO_CLASSES, "<pay what=\"A.interest B.interest\"/><pay what=\"A.principal B.principal\"/>", "");
	weir_status status = weir_metric_parse(&metric, arena, d.plan, NULL, bad[_i].text, (weir_place){ 0 },
	                                       bad[_i].wanted, &diags);
	ck_assert_msg(status == WEIR_INPUT && !metric && diags.errors > 0, "\"%s\" is taken", bad[_i].text);
	ck_assert_msg(diags.items[0].code == bad[_i].code, "\"%s\": %s", bad[_i].text, diags.items[0].text);
	if (bad[_i].complaint)
		ck_assert_str_eq(diags.items[0].text, bad[_i].complaint);
}
END_TEST

START_TEST(memory_may_be_short)
{
	static const char text[] = "A.yield >= 3% and senior.wal < 2 and least(coverage) > 1 and total(senior.paid) > 0.00 "
	                           "and A.coupon < 9% and A.yield < 99%";
	double values[WEIR_LANES];
	int failed = 0;
	run_two_coupons();
	weir_lane_reader r = reader();
	for (long n = 1;; n++) {
		weir_arena *own = NULL;
		weir_diags complaints = { 0 };
		const weir_metric *metric = NULL;
		weir_alloc_fail_from(n);
		weir_status status = weir_arena_create(&own);
		if (status == WEIR_OK)
			status = weir_metric_parse(&metric, own, d.plan, NULL, text, (weir_place){ 0 }, WEIR_TYPE_FLAG,
			                           &complaints);
		if (status == WEIR_OK)
			status = weir_metric_read(values, metric, &r, 2);
		weir_alloc_fail_from(0);
		weir_arena_destroy(own);
		weir_diags_free(&complaints);
		if (status == WEIR_OK)
			break;
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
		failed++;
	}
	ck_assert_int_ge(failed, 6);
	ck_assert_double_eq(values[0], 1);
}
END_TEST

Suite *weir_suite_study_metrics(void)
{
	Suite *suite = suite_create("study_metrics");
	TCase *test = tcase_create("study_metrics");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, figures_of_the_run);
	tcase_add_test(test, figures_of_a_class);
	tcase_add_test(test, figures_of_a_group);
	tcase_add_test(test, functions_over_periods);
	tcase_add_test(test, functions_over_flags);
	tcase_add_test(test, dates_and_spans);
	tcase_add_test(test, what_is_missing_is_not_a_number);
	tcase_add_test(test, support_and_mid_life);
	tcase_add_test(test, sides_of_a_comparison);
	tcase_add_test(test, an_equation_among_conditions);
	tcase_add_test(test, comparisons_in_a_formula);
	tcase_add_loop_test(test, complaints, 0, sizeof bad / sizeof *bad);
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
