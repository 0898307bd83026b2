/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_solve.c: one number until a formula holds: roots to the step, stretches of whole cents, double
 * roots, jumps, intervals, and the same answers as a break-even on every deal. */
#include <check.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "engine_fixture.h"
#include "study/break_even.h"
#include "study/solve.h"
#include "support_deal.h"

Suite *weir_suite_study_solve(void);

/* A: 10,000.00, repaid at the end, interest in quarters: 4 x round(250,000 c) cents. */
static const char bullet[] =
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"10000.00\" coupon=\"5%\"><principal style=\"bullet\" maturity=\"2024-12-15\"/></class>\n"
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"A.interest\"/><pay what=\"A.principal\"/>"
	"<keep until=\"A is paid\"/><pay what=\"SUB.rest\"/></waterfall></waterfalls>\n";

/* Four receipts of 2500.00; A wants 8000.00 and nothing else. SUB takes 300.00 before A, unless the first
 * receipt is below 2200.00. A is paid with a haircut of at most 0.080002, or from above 0.120002 to 0.200002
 * (test_study_break_even.c). */
static const char leak[] =
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"8000.00\" interest=\"none\"><principal style=\"pass-through\"/></class>\n"
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	"<triggers><trigger id=\"STOP\" tested=\"before\" sticky=\"yes\" "
	"test=\"pool.collected below 2200.00 and period = 1\"/></triggers>\n"
	"<waterfalls><waterfall id=\"stopped\" when=\"STOP\"><pay what=\"A.principal\"/>"
	"<keep until=\"A is paid\"/><pay what=\"SUB.rest\"/></waterfall>\n"
	"<waterfall id=\"normal\"><pay what=\"SUB.rest\" limit=\"300.00\"/><pay what=\"A.principal\"/>"
	"<keep until=\"A is paid\"/><pay what=\"SUB.rest\"/></waterfall></waterfalls>\n";

static engine_deal d;
static weir_arena *arena;
static weir_diags diags;
static weir_solve found;

static void setup(void)
{
	io_enter();
	d = (engine_deal){ 0 };
	diags = (weir_diags){ 0 };
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
}

static void teardown(void)
{
	weir_diags_free(&diags);
	weir_arena_destroy(arena);
	if (d.arena)
		engine_close(&d);
	io_leave();
}

static void open_bullet(void)
{
	engine_open_text(&d, engine_text((const double[]){ 100000, 100000, 100000, 900000 },
	                                 (const double[]){ 30000, 30000, 30000, 30000 }, bullet));
}

static void open_leak(void)
{
	engine_open_text(&d, engine_text((const double[]){ 250000, 250000, 250000, 250000 },
	                                 (const double[]){ 0, 0, 0, 0 }, leak));
}

static const weir_metric *parse(const char *text)
{
	const weir_metric *metric;
	ck_assert_int_eq(weir_metric_parse(&metric, arena, d.plan, NULL, text, (weir_place){ 0 }, WEIR_TYPE_FLAG, &diags),
	                 WEIR_OK);
	return metric;
}

static void solve_terms(weir_solve_terms terms, const char *until)
{
	terms.until = parse(until);
	ck_assert_int_eq(weir_solve_find(&found, arena, d.plan, &terms, &diags), WEIR_OK);
}

static void solve(const char *vary, double from, double to, const char *until)
{
	solve_terms((weir_solve_terms){ .vary = vary, .from = from, .to = to }, until);
}

static void expect(int number, weir_solution_kind kind, double value, double from, double to)
{
	ck_assert_int_lt(number, found.count);
	const weir_solution *one = &found.items[number];
	ck_assert_msg(one->kind == kind && one->value == value && one->from == from && one->to == to,
	              "%s at %.12f, %.12f to %.12f", weir_solution_word(one->kind), one->value, one->from, one->to);
}

static void expect_residuals(int number, double below, double at, double above)
{
	const weir_solution *one = &found.items[number];
	ck_assert_msg(one->residual == at && one->residual_below == below && one->residual_above == above, "%g, %g, %g",
	              one->residual_below, one->residual, one->residual_above);
}

/* --- money in whole cents ------------------------------------------------------------------------------------- */

/* 312.00 is 4 x 7800: 250,000 c from 7799.5 to below 7800.5, of which 3.12 % is the roundest; 4 cents less or
 * more beside. */
START_TEST(an_equation_that_many_values_meet)
{
	open_bullet();
	solve("A.coupon", 0, 1, "A.interest = 312.00");
	ck_assert_int_eq(found.found, 1);
	ck_assert_int_eq(found.count, 1);
	expect(0, WEIR_SOLUTION_ROOT, 0.0312, 0.031198, 0.031201999);
	expect_residuals(0, -4, 0, 4);
	ck_assert(found.from == 0 && found.to == 1 && found.items[0].closing_gap_cents == 0);
}
END_TEST

/* Multiples of four cents: 312.02 is missed by 2 on either side, 312.01 by 1 below and 3 above. */
START_TEST(an_equation_that_no_whole_cents_meet)
{
	open_bullet();
	solve("A.coupon", 0, 1, "A.interest = 312.02");
	ck_assert_int_eq(found.count, 1);
	expect(0, WEIR_SOLUTION_ROOT, 0.0312, 0.031198, 0.031205999);
	expect_residuals(0, -6, -2, 6);
	solve("A.coupon", 0, 1, "A.interest = 312.01");
	ck_assert_int_eq(found.count, 1);
	expect(0, WEIR_SOLUTION_ROOT, 0.0312, 0.031198, 0.031201999);
	expect_residuals(0, -5, -1, 3);
	solve("A.coupon", 0, 1, "-312.01 = -A.interest"); /* either way round */
	expect(0, WEIR_SOLUTION_ROOT, 0.0312, 0.031198, 0.031201999);
	expect_residuals(0, -5, -1, 3);
}
END_TEST

/* Up to 1 % the interest is at most 100.00. */
START_TEST(none_and_how_near)
{
	open_bullet();
	solve("A.coupon", 0, 0.01, "A.interest = 312.00");
	ck_assert(found.count == 0 && found.found == 0 && found.nearest == 0.01 && found.nearest_residual == -21200);
	solve("A.coupon", 0, 0.01, "A.interest >= 312.00");
	ck_assert(found.count == 0 && found.found == 0 && found.nearest == 0.01 && found.nearest_residual == -21200);
	solve("A.coupon", 0, 0.01, "missed");
	ck_assert(found.count == 0 && isnan(found.nearest));
	solve("A.coupon", 0, 0.01, "SUB.wal = 1"); /* there is none anywhere */
	ck_assert(found.count == 0 && isnan(found.nearest));
}
END_TEST

/* A yield is a smooth function of the coupon: quarters of c on par, the dates as they are. By hand for a root:
 * the yield found is within half a step's change of 4 %, and neighbours are on either side. */
START_TEST(a_coupon_for_a_yield)
{
	open_bullet();
	solve("A.coupon", 0, 1, "A.yield = 4%");
	ck_assert_int_eq(found.count, 1);
	const weir_solution *one = &found.items[0];
	ck_assert(one->kind == WEIR_SOLUTION_ROOT && one->value > 0.038 && one->value < 0.0402);
	ck_assert_double_le(fabs(one->residual), fabs(one->residual_below));
	ck_assert_double_le(fabs(one->residual), fabs(one->residual_above));
	ck_assert_double_lt(one->residual_below * one->residual_above, 0);
	/* 4 cents on 10,000.00 are 4e-6 of yield, so it is missed by at most 2e-6 */
	ck_assert_double_lt(fabs(one->residual), 2.1e-6);
	ck_assert_int_lt(found.runs, 24); /* nine of them the scan */
}
END_TEST

/* --- shapes --------------------------------------------------------------------------------------------------- */

/* Two roots between two points of the scan, which lie 1/512 apart; three, of which the scan sees one. */
START_TEST(roots_close_together)
{
	open_bullet();
	solve("A.coupon", 0, 1, "(A.coupon - 4%) * (A.coupon - 4.01%) = 0%");
	ck_assert_int_eq(found.count, 2);
	expect(0, WEIR_SOLUTION_ROOT, 0.04, 0.04, 0.04);
	expect(1, WEIR_SOLUTION_ROOT, 0.0401, 0.0401, 0.0401);
	ck_assert(found.items[0].residual == 0 && found.items[0].residual_above < 0 && found.items[1].residual_below < 0);
	solve("A.coupon", 0, 1, "(A.coupon - 4%) * (A.coupon - 4.01%) * (A.coupon - 4.05%) = 0%");
	ck_assert_int_eq(found.count, 3);
	expect(0, WEIR_SOLUTION_ROOT, 0.04, 0.04, 0.04);
	expect(1, WEIR_SOLUTION_ROOT, 0.0401, 0.0401, 0.0401);
	expect(2, WEIR_SOLUTION_ROOT, 0.0405, 0.0405, 0.0405);
}
END_TEST

/* Double roots: on a step, between two, at the ends of the range, and one that is missed by a basis point. */
START_TEST(sides_that_touch)
{
	open_bullet();
	solve("A.coupon", 0, 1, "(A.coupon - 4%) * (A.coupon - 4%) = 0%");
	ck_assert_int_eq(found.count, 1);
	expect(0, WEIR_SOLUTION_TOUCHES, 0.04, 0.04, 0.04);
	ck_assert(found.items[0].residual == 0 && found.items[0].residual_below > 0 && found.items[0].residual_above > 0);
	solve("A.coupon", 0, 1, "0% = (A.coupon - 1 / 30) * (1 / 30 - A.coupon)");
	ck_assert_int_eq(found.count, 1);
	expect(0, WEIR_SOLUTION_TOUCHES, 0.033333333, 0.033333333, 0.033333333);
	ck_assert(found.found == 1 && found.items[0].residual > 0 && found.items[0].residual < 1e-18);
	solve("A.coupon", 0.04, 0.06, "(A.coupon - 4%) * (A.coupon - 4%) = 0%");
	ck_assert(found.count == 1 && found.items[0].value == 0.04);
	solve("A.coupon", 0.0399, 1, "(A.coupon - 4%) * (A.coupon - 4%) = 0%"); /* inside the first gap */
	ck_assert_int_eq(found.count, 1);
	expect(0, WEIR_SOLUTION_TOUCHES, 0.04, 0.04, 0.04);
	solve("A.coupon", 0, 0.0401, "(A.coupon - 4%) * (A.coupon - 4%) = 0%"); /* inside the last */
	expect(0, WEIR_SOLUTION_TOUCHES, 0.04, 0.04, 0.04);
	solve("A.coupon", 0, 1, "(A.coupon - 4%) * (A.coupon - 4%) + 1bp = 0%");
	ck_assert(found.count == 0 && found.nearest == 0.04);
	ck_assert_double_eq_tol(found.nearest_residual, 0.0001, 1e-18);
}
END_TEST

/* The sides pass each other at 4 % without coming near; a root beyond it is still found. */
START_TEST(jumps_are_no_solutions)
{
	open_bullet();
	solve("A.coupon", 0, 1, "if(A.coupon < 4%, 1, 3) = 2");
	ck_assert(found.count == 1 && found.found == 0);
	expect(0, WEIR_SOLUTION_JUMP, 0.039999999, 0.039999999, 0.04);
	solve("A.coupon", 0, 1, "if(A.coupon < 4%, A.coupon - 1, 5% - A.coupon) = 0%");
	ck_assert(found.count == 2 && found.found == 1);
	expect(0, WEIR_SOLUTION_JUMP, 0.04, 0.039999999, 0.04);
	expect(1, WEIR_SOLUTION_ROOT, 0.05, 0.05, 0.05);
	/* from 2 at 0 % down to 1 just below 4 %, then 3: the nearest value touches nothing */
	solve("A.coupon", 0, 0.08, "if(A.coupon < 4%, 200% - 25 * A.coupon, 300%) = 0%");
	ck_assert(found.count == 0 && found.nearest == 0.039999999);
	/* a side that does not exist below 4 %, and is met where it begins to */
	solve("A.coupon", 0, 1, "if(A.coupon < 4%, SUB.wal, A.coupon) = 4%");
	ck_assert_int_eq(found.count, 1);
	expect(0, WEIR_SOLUTION_ROOT, 0.04, 0.04, 0.04);
	solve("A.coupon", 0, 1, "if(A.coupon < 4%, SUB.wal, A.coupon) = 4.01%");
	ck_assert_int_eq(found.count, 1);
	expect(0, WEIR_SOLUTION_ROOT, 0.0401, 0.0401, 0.0401);
}
END_TEST

START_TEST(an_equation_that_always_holds)
{
	open_bullet();
	solve("A.coupon", 0, 0.1, "A.principal = 10000.00");
	ck_assert(found.count == 1 && found.found == 1);
	expect(0, WEIR_SOLUTION_ALWAYS, 0.05, 0, 0.1); /* what the deal says */
	solve("A.coupon", 0, 0.1, "A.principal = 10000.01"); /* never, by a cent throughout: no touch */
	ck_assert(found.count == 0 && found.nearest_residual == -1);
	solve("A.coupon", 0, 0.1, "A.principal = 9999.99");
	ck_assert(found.count == 0 && found.nearest_residual == 1);
}
END_TEST

/* --- conditions ----------------------------------------------------------------------------------------------- */

/* Flags and comparisons part the range alike. */
START_TEST(intervals_of_a_condition)
{
	static const char *const formulas[] = { "A.survives", "A.unpaid <= 0.00", "not A.unpaid > 0.00", "A.unpaid < 0.01" };
	open_leak();
	for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
		solve("haircut", 0, 0.5, formulas[i]);
		ck_assert_int_eq(found.count, 3);
		ck_assert_int_eq(found.found, 3);
		expect(0, WEIR_SOLUTION_CEASES, 0.080002, 0, 0.080002);
		expect(1, WEIR_SOLUTION_BEGINS, 0.120002001, 0.120002001, 0.200002);
		expect(2, WEIR_SOLUTION_CEASES, 0.200002, 0.120002001, 0.200002);
	}
	/* at 0.200002 the receipt is 2000.00 (199,999.5), beyond it 1999.99: 8,000.00 - 4 x 1999.99 */
	solve("haircut", 0, 0.5, "A.unpaid <= 0.00");
	ck_assert(found.items[2].residual == 0 && found.items[2].residual_above == 4);
	solve("haircut", 0, 0.05, "A.survives");
	ck_assert(found.count == 1 && found.found == 1);
	expect(0, WEIR_SOLUTION_ALWAYS, 0, 0, 0.05);
	solve("haircut", 0.3, 0.5, "A.survives");
	ck_assert(found.count == 0 && found.found == 0);
}
END_TEST

/* Neither end of the interval is a point of the scan (3.906 %, 4.102 %), and at both points the formula does not hold: only
 * the order of its sides changes. Above 400.40 are 400.44, 4 x 10011, from 10010.5 / 250,000 on; below 401.00 is 400.96, 4 x
 * 10024, up to 10024.5 / 250,000. Equal to 400.40: 4 x 10010. */
START_TEST(an_interval_between_sides)
{
	open_bullet();
	solve("A.coupon", 0, 1, "A.interest > 400.40 and A.interest < 401.00");
	ck_assert_int_eq(found.count, 2);
	expect(0, WEIR_SOLUTION_BEGINS, 0.040042, 0.040042, 0.040097999);
	expect(1, WEIR_SOLUTION_CEASES, 0.040097999, 0.040042, 0.040097999);
	solve("A.coupon", 0, 1, "not (A.survives and A.interest > 400.40 and A.interest < 401.00)");
	ck_assert_int_eq(found.count, 2);
	expect(0, WEIR_SOLUTION_CEASES, 0.040041999, 0, 0.040041999);
	expect(1, WEIR_SOLUTION_BEGINS, 0.040098, 0.040098, 1);
	solve("A.coupon", 0, 0.079, "A.interest = 400.40 or A.interest >= 802.00");
	ck_assert_int_eq(found.count, 2);
	expect(0, WEIR_SOLUTION_BEGINS, 0.040038, 0.040038, 0.040041999);
	expect(1, WEIR_SOLUTION_CEASES, 0.040041999, 0.040038, 0.040041999);
	solve("A.coupon", 0, 1, "abs(A.coupon - 4.005%) <= 1bp and A.survives"); /* a side that comes near and no more */
	ck_assert_int_eq(found.count, 2);
	expect(0, WEIR_SOLUTION_BEGINS, 0.03995, 0.03995, 0.04015);
	expect(1, WEIR_SOLUTION_CEASES, 0.04015, 0.03995, 0.04015);
	solve("A.coupon", 0, 1, "if(A.coupon > 4.001%, 1, 0) * if(A.coupon < 4.002%, 1, 0) >= 1"); /* inside a side */
	ck_assert_int_eq(found.count, 2);
	expect(0, WEIR_SOLUTION_BEGINS, 0.040010001, 0.040010001, 0.040019999);
	ck_assert(found.scanned == 513 && !found.scanned_all);
	solve("A.coupon", 0, 0.0000001, "A.interest > 400.40 and A.interest < 401.00");
	ck_assert(found.count == 0 && found.scanned == 101 && found.scanned_all);
}
END_TEST

/* 3.995 % to 4.015 % lies between two points of the scan (20/512 = 3.90625 %, 21/512); so does the gap. */
START_TEST(an_interval_between_two_points)
{
	open_bullet();
	solve("A.coupon", 0, 1, "abs(A.coupon - 4.005%) <= 1bp");
	ck_assert_int_eq(found.count, 2);
	expect(0, WEIR_SOLUTION_BEGINS, 0.03995, 0.03995, 0.04015);
	expect(1, WEIR_SOLUTION_CEASES, 0.04015, 0.03995, 0.04015);
	solve("A.coupon", 0, 1, "abs(A.coupon - 4.005%) > 1bp");
	ck_assert_int_eq(found.count, 2);
	expect(0, WEIR_SOLUTION_CEASES, 0.039949999, 0, 0.039949999);
	expect(1, WEIR_SOLUTION_BEGINS, 0.040150001, 0.040150001, 1);
	solve("A.coupon", 0, 1, "A.coupon != 4%");
	ck_assert_int_eq(found.count, 2);
	expect(0, WEIR_SOLUTION_CEASES, 0.039999999, 0, 0.039999999);
	expect(1, WEIR_SOLUTION_BEGINS, 0.040000001, 0.040000001, 1);
}
END_TEST

START_TEST(an_equation_with_conditions)
{
	open_bullet();
	solve("A.coupon", 0, 1, "A.interest = 312.00 and A.coupon < 4% and missed = no");
	ck_assert(found.count == 1 && found.found == 1 && found.refused == 0);
	expect(0, WEIR_SOLUTION_ROOT, 0.0312, 0.031198, 0.031201999);
	solve("A.coupon", 0, 1, "A.interest = 312.00 and A.coupon > 4%");
	ck_assert(found.count == 0 && found.found == 0 && found.refused == 1);
}
END_TEST

/* --- other numbers -------------------------------------------------------------------------------------------- */

/* G pays 520.00, 495.00, 470.00 and 445.00 when 20 % of each receipt is missing (support_deal.h), on 15 March,
 * June, September and December 2024; one that fails in month 7, 8 or 9 after 15 December 2023 has paid twice. */
START_TEST(months_and_dates)
{
	weir_shock less = { .kind = WEIR_SHOCK_RECEIPTS, .scope = WEIR_SCOPE_ALL, .value = 0.8, .from = WEIR_DATE_NONE,
		            .to = WEIR_DATE_NONE };
	weir_scenario scenario = { .node = { .id = "LESS" }, .shocks = &less, .shock_count = 1 };
	weir_solve_terms terms = { .vary = "G.fails_month", .from = 0, .to = 24, .scenario = &scenario };
	engine_open_text(&d, SUPPORT_DEAL);
	solve_terms(terms, "support_in = 1015.00");
	ck_assert_int_eq(found.count, 1);
	expect(0, WEIR_SOLUTION_ROOT, 7, 7, 9);
	expect_residuals(0, -49500, 0, 47000);
	solve_terms(terms, "support_in = 1000.00"); /* 520.00, then 1015.00 */
	ck_assert(found.count == 1 && found.found == 0);
	expect(0, WEIR_SOLUTION_JUMP, 7, 6, 7);
	ck_assert(found.nearest == 7 && found.nearest_residual == 1500);
	terms.vary = "G.fails_on";
	terms.from = weir_date_parse("2023-12-15", 10);
	terms.to = weir_date_parse("2026-12-15", 10);
	solve_terms(terms, "support_in >= 1015.00");
	ck_assert_int_eq(found.count, 1);
	expect(0, WEIR_SOLUTION_BEGINS, weir_date_parse("2024-06-16", 10), weir_date_parse("2024-06-16", 10), terms.to);
}
END_TEST

/* What is set lies under the varied number, and a variant over it. With 10 % set, a further haircut h leaves 0.9
 * (1 - h): of 2500.00, 2199.995 and less with the trigger; without it 2300.00 less half a cent. Both ends lie
 * beyond 8.0002 %, so A fails at once; the trigger stops the leak from 0.9 (1 - h) < 0.879998, h above
 * 2.2224444…%, to 0.799998: 11.1113333…%. */
START_TEST(sets_and_variants)
{
	double tenth[WEIR_LANES];
	weir_overlay set = { .name = "haircut", .values = tenth };
	weir_shock most = { .kind = WEIR_SHOCK_RECEIPTS, .scope = WEIR_SCOPE_ALL, .value = 0.9, .from = WEIR_DATE_NONE,
		            .to = WEIR_DATE_NONE };
	weir_scenario scenario = { .node = { .id = "S90" }, .shocks = &most, .shock_count = 1 };
	for (int l = 0; l < WEIR_LANES; l++)
		tenth[l] = 0.1;
	open_leak();
	for (int i = 0; i < 2; i++) { /* a scenario that leaves 90 % does the same as the set */
		weir_solve_terms terms = { .vary = "haircut", .from = 0, .to = 0.5, .sets = &set, .set_count = 1 - i,
			                   .scenario = i ? &scenario : NULL };
		solve_terms(terms, "A.survives");
		ck_assert_int_eq(found.count, 2);
		expect(0, WEIR_SOLUTION_BEGINS, 0.022224445, 0.022224445, 0.111113333);
		expect(1, WEIR_SOLUTION_CEASES, 0.111113333, 0.022224445, 0.111113333);
	}
	engine_close(&d);
	engine_open_text(&d, SUPPORT_DEAL);
	weir_solve_terms terms = { .vary = "haircut", .from = 0, .to = 1, .variant = { .support = WEIR_WITHOUT_SUPPORT } };
	solve_terms(terms, "senior.survives");
	ck_assert_int_eq(found.count, 1);
	expect(0, WEIR_SOLUTION_CEASES, 0.000002, 0, 0.000002);
	terms.variant.support = WEIR_WITH_SUPPORT;
	solve_terms(terms, "senior.survives");
	expect(0, WEIR_SOLUTION_CEASES, 0.302886, 0, 0.302886);
}
END_TEST

/* tests/deals/named-numbers: A of 10,000.00 and SUB of 200.00, months = 3, floor = 120.00, no fee. */
START_TEST(ranges_where_none_is_given)
{
	static const struct {
		const char *name;
		double from, to;
	} ranges[] = {
		{ "haircut", 0, 1 }, { "A.coupon", 0, 1 }, { "royalty_factor", 0, 2 }, { "rate_shift", -0.1, 0.1 },
		{ "recovery_lag", 0, 120 }, { "late_months", 1, 120 }, { "A.size", 0, 10000000 }, { "months", 0, 30 },
		{ "floor", 0, 120000 }, { "collection.initial", 0, 1020000 }, /* the deal has none: all classes */
	};
	engine_open(&d, "tests/deals/named-numbers/deal.xml");
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
		double from, to;
		weir_vary_default_range(&from, &to, d.plan, ranges[i].name);
		ck_assert_msg(from == ranges[i].from && to == ranges[i].to, "%s: %g to %g", ranges[i].name, from, to);
	}
	engine_close(&d);
	engine_open_text(&d, SUPPORT_DEAL);
	double from, to;
	weir_vary_default_range(&from, &to, d.plan, "G.fails_on");
	ck_assert(from == weir_date_parse("2023-12-15", 10) && to == weir_date_parse("2024-12-16", 10));
	weir_vary_default_range(&from, &to, d.plan, "support.off");
	ck_assert(from == 0 && to == 1);
}
END_TEST

static int count_and_stop(void *context, double done)
{
	double *last = context;
	ck_assert(done > *last && done <= 1);
	*last = done;
	return done < 0.6;
}

START_TEST(progress_and_complaints)
{
	double done = 0;
	weir_solve_terms terms = { .vary = "A.coupon", .from = 0, .to = 1, .go_on = count_and_stop, .context = &done };
	open_bullet();
	terms.until = parse("(A.coupon - 4%) * (A.coupon - 4%) * (A.coupon - 7%) * (A.coupon - 17%) * (A.coupon - 27%) = 0%");
	ck_assert_int_eq(weir_solve_find(&found, arena, d.plan, &terms, &diags), WEIR_INTERRUPTED);
	terms.go_on = NULL;
	terms.to = 4e-10;
	ck_assert_int_eq(weir_solve_find(&found, arena, d.plan, &terms, &diags), WEIR_INPUT);
	ck_assert_str_eq(diags.items[0].text,
	                 "the range of \"A.coupon\" holds less than one step; give a lower end below its upper end");
	terms.to = 1;
	terms.vary = "A.cupon";
	ck_assert_int_eq(weir_solve_find(&found, arena, d.plan, &terms, &diags), WEIR_INPUT);
	ck_assert_int_eq(diags.items[1].code, WEIR_CODE_UNKNOWN_PARAMETER);
}
END_TEST

/* --- the same as a break-even --------------------------------------------------------------------------------- */

/* Break-even's crossings as the ends of intervals. */
static void compare(engine_deal *deal, weir_arena *own, const char *vary, double to, const weir_scenario *scenario,
                    weir_support_case support)
{
	const char *id = deal->load.deal->node.id;
	weir_break_even even;
	weir_solve solved;
	weir_diags complaints = { 0 };
	weir_variant variant = { .support = support };
	weir_break_even_terms a = { .vary = vary, .class_number = -1, .from = 0, .to = to, .scenario = scenario,
		                    .variant = variant };
	weir_solve_terms b = { .vary = vary, .from = 0, .to = to, .scenario = scenario, .variant = variant };
	engine_demand(weir_metric_parse(&b.until, own, deal->plan, NULL, "senior.survives", (weir_place){ 0 },
	                                WEIR_TYPE_FLAG, &complaints) == WEIR_OK,
	              "%s: no formula", id);
	weir_status even_status = weir_break_even_find(&even, own, deal->plan, &a, &complaints);
	weir_status solve_status = weir_solve_find(&solved, own, deal->plan, &b, &complaints);
	engine_demand(even_status == solve_status, "%s %s: %d and %d", id, vary, even_status, solve_status);
	weir_diags_free(&complaints);
	if (even_status != WEIR_OK)
		return;
	int whole = even.count == 0 && even.survives_from;
	engine_demand(solved.count == even.count + whole, "%s %s: %d ends for %d crossings", id, vary, solved.count,
	              even.count);
	for (int i = 0; i < even.count; i++) {
		const weir_crossing *crossing = &even.crossings[i];
		double below = crossing->survives_below ? crossing->below : crossing->below + even.step;
		engine_demand(fabs(solved.items[i].value - below) < even.step / 4 &&
		                      solved.items[i].kind ==
		                              (crossing->survives_below ? WEIR_SOLUTION_CEASES : WEIR_SOLUTION_BEGINS),
		              "%s %s: %.12f for %.12f", id, vary, solved.items[i].value, below);
	}
}

static void compare_deal(engine_deal *deal)
{
	weir_arena *own;
	int parameters;
	const weir_parameter *parameter = weir_plan_parameters(deal->plan, &parameters);
	ck_assert_int_eq(weir_arena_create(&own), WEIR_OK);
	compare(deal, own, "haircut", 1, NULL, WEIR_WITH_SUPPORT);
	compare(deal, own, "haircut", 1, NULL, WEIR_WITHOUT_SUPPORT);
	compare(deal, own, "cdr", 1, NULL, WEIR_WITH_SUPPORT);
	for (int i = 0; i < parameters; i++)
		if (strstr(parameter[i].name, ".coupon") && !strstr(parameter[i].name, "shift"))
			compare(deal, own, parameter[i].name, 0.5, NULL, WEIR_WITH_SUPPORT);
	if (deal->scenarios.count > 0)
		compare(deal, own, "haircut", 1, &deal->scenarios.items[deal->scenarios.count - 1], WEIR_WITH_SUPPORT);
	weir_arena_destroy(own);
}

START_TEST(agrees_with_break_even_on_every_deal)
{
	engine_each_deal(compare_deal);
}
END_TEST

START_TEST(memory_may_be_short)
{
	int failed = 0;
	open_bullet();
	for (long n = 1;; n += 1 + n / 50) {
		weir_arena *own = NULL;
		weir_diags complaints = { 0 };
		weir_solve_terms terms = { .vary = "A.coupon", .from = 0, .to = 1 };
		weir_alloc_fail_from(n);
		weir_status status = weir_arena_create(&own);
		if (status == WEIR_OK)
			status = weir_metric_parse(&terms.until, own, d.plan, NULL, "A.yield = 4% and missed = no",
			                           (weir_place){ 0 }, WEIR_TYPE_FLAG, &complaints);
		if (status == WEIR_OK)
			status = weir_solve_find(&found, own, d.plan, &terms, &complaints);
		weir_alloc_fail_from(0);
		weir_arena_destroy(own);
		weir_diags_free(&complaints);
		if (status == WEIR_OK)
			break;
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
		failed++;
	}
	ck_assert_int_gt(failed, 40);
}
END_TEST

Suite *weir_suite_study_solve(void)
{
	Suite *suite = suite_create("study_solve");
	TCase *test = tcase_create("study_solve");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_set_timeout(test, 120);
	tcase_add_test(test, an_equation_that_many_values_meet);
	tcase_add_test(test, an_equation_that_no_whole_cents_meet);
	tcase_add_test(test, none_and_how_near);
	tcase_add_test(test, a_coupon_for_a_yield);
	tcase_add_test(test, roots_close_together);
	tcase_add_test(test, sides_that_touch);
	tcase_add_test(test, jumps_are_no_solutions);
	tcase_add_test(test, an_equation_that_always_holds);
	tcase_add_test(test, intervals_of_a_condition);
	tcase_add_test(test, an_interval_between_two_points);
	tcase_add_test(test, an_interval_between_sides);
	tcase_add_test(test, an_equation_with_conditions);
	tcase_add_test(test, months_and_dates);
	tcase_add_test(test, sets_and_variants);
	tcase_add_test(test, ranges_where_none_is_given);
	tcase_add_test(test, progress_and_complaints);
	tcase_add_test(test, agrees_with_break_even_on_every_deal);
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
