/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_reverse.c: the smallest sets of defaults that break a class, by hand and against every set run alone. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "engine_fixture.h"
#include "study/pool_sums.h"
#include "study/reverse.h"

Suite *weir_suite_study_reverse(void);

static engine_deal d;
static weir_reverse found;

/* Each obligor owes one amount, in yuan, on 20 November 2024, and a hundredth of it as income on 20 May; A is due in
 * December. */
static const char *deal_of(const int *amounts, int count, const char *body)
{
	static char text[32768];
	size_t at = (size_t)snprintf(
		text, sizeof text,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<deal xmlns=\"urn:weir:deal:1\" id=\"sets\" kind=\"abs\" currency=\"CNY\">\n"
		"<dates closing=\"2023-12-15\" start=\"2023-12-15\" legal-final=\"2026-12-15\">\n"
		"<payment first=\"2024-06-15\" every=\"6 months\" count=\"2\" adjust=\"none\" calendar=\"weekends\"/>\n"
		"<accrual day-count=\"30E/360\" dates=\"unadjusted\"/><calculation offset=\"-5 business days\"/></dates>\n"
		"<pool>");
	for (int i = 0; i < count; i++)
		at += (size_t)snprintf(text + at, sizeof text - at,
		                       "<contract id=\"K%d\" kind=\"loan\" obligor=\"O%d\" obligor-en=\"No %d\" "
		                       "amount=\"%d.00\" repayment=\"explicit\">\n"
		                       "<instalment date=\"2024-05-20\" principal=\"0.00\" income=\"%d.%02d\"/>"
		                       "<instalment date=\"2024-11-20\" principal=\"%d.00\" income=\"0.00\"/></contract>\n",
		                       i + 1, i + 1, i + 1, amounts[i], amounts[i] / 100, amounts[i] % 100, amounts[i]);
	at += (size_t)snprintf(text + at, sizeof text - at,
	                       "</pool>\n<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n%s</deal>\n", body);
	ck_assert_uint_lt(at, sizeof text);
	return text;
}

#define CLASSES(SIZE)                                                                                                  \
	"<classes><class id=\"A\" size=\"" SIZE "\" interest=\"none\"><principal style=\"bullet\" "                    \
	"maturity=\"2024-12-15\"/></class>\n<class id=\"SUB\" size=\"100.00\" rank=\"subordinated\">"                  \
	"<principal style=\"residual\"/></class></classes>\n"
#define PAY                                                                                                            \
	"<waterfalls><waterfall id=\"normal\"><pay what=\"A.principal\"/><keep until=\"A is paid\"/>"                  \
	"<pay what=\"SUB.rest\"/></waterfall></waterfalls>\n"

static void setup(void)
{
	io_enter();
	d = (engine_deal){ 0 };
}

static void teardown(void)
{
	if (d.arena)
		engine_close(&d);
	io_leave();
}

static void search(weir_reverse_terms terms)
{
	ck_assert_int_eq(weir_reverse_find(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_OK);
}

static void expect_set(int number, int size, const int *obligors)
{
	ck_assert_int_lt(number, found.listed);
	for (int i = 0; i < size; i++)
		ck_assert_msg(found.sets[number].obligors[i] == obligors[i] - 1, "set %d: obligor %d is %d", number, i,
		              found.sets[number].obligors[i] + 1);
}

/* 1,037 + 1,523 + 2,011 + 2,489 + 3,001 = 10,061.00, and 100.61 of income: 10,161.61 for A's 6,300.00. A breaks
 * when more than 3,861.61 / 1.01 = 3,823.376… of principal does not come. No one owes so much. Pairs: O1 O5 4,038,
 * O2 O4 4,012, O2 O5 4,524, O3 O4 4,500, O3 O5 5,012, O4 O5 5,490 do; O1 O2 2,560, O1 O3 3,048, O1 O4 3,526, O2 O3
 * 3,534 do not. */
static const int five[] = { 1037, 1523, 2011, 2489, 3001 };

START_TEST(pairs_by_hand)
{
	static const int sets[6][2] = { { 1, 5 }, { 2, 4 }, { 2, 5 }, { 3, 4 }, { 3, 5 }, { 4, 5 } };
	engine_open_text(&d, deal_of(five, 5, CLASSES("6300.00") PAY));
	search((weir_reverse_terms){ .class_number = 0 });
	ck_assert(found.names == 5 && found.size == 2 && found.breaking == 6 && found.listed == 6 && found.by_rows);
	ck_assert_uint_eq(found.tried, 1 + 5 + 10);
	for (int i = 0; i < 6; i++) {
		expect_set(i, 2, sets[i]);
		ck_assert_int_eq(found.sets[i].saviours, 0);
	}
	ck_assert_double_eq_tol(found.sets[1].share, 4012.0 / 10061, 1e-15);
}
END_TEST

START_TEST(none_and_all)
{
	/* fails already: 10,161.61 for 10,161.62 */
	engine_open_text(&d, deal_of(five, 5, CLASSES("10161.62") PAY));
	search((weir_reverse_terms){ .class_number = -1 });
	ck_assert(found.size == 0 && found.breaking == 1 && found.tried == 1);
	engine_close(&d);
	/* 0.01 is owed: only all five together break it */
	engine_open_text(&d, deal_of(five, 5, CLASSES("0.01") PAY));
	search((weir_reverse_terms){ .class_number = -1 });
	ck_assert(found.size == 5 && found.breaking == 1 && found.tried == 32);
	expect_set(0, 5, (const int[]){ 1, 2, 3, 4, 5 });
	/* income of May has come by then: 100.61 pays */
	search((weir_reverse_terms){ .class_number = -1, .month = 6 });
	ck_assert(found.size == -1 && found.breaking == 0 && found.listed == 0 && found.tried == 32);
	/* nothing is ever missed of a class that is owed nothing */
	search((weir_reverse_terms){ .class_number = 1 });
	ck_assert_int_eq(found.size, -1);
}
END_TEST

/* One default more can help: SUB takes 3,000.00 first unless the first receipt is below 85.00, which takes 15.61
 * of income and so 1,561.00 of principal. A's 5,350.00 want 8,350.00 with the leak: less than 1,811.61 / 1.01 =
 * 1,793.67 may go; 5,350.00 without it: less than 4,811.61 / 1.01 = 4,763.97. Alone, O1 (1,037) and O2 (1,523)
 * leave the leak open and 9,114.24 and 8,623.38 come: enough. O3, O4, O5 close it: enough. In pairs the leak is
 * closed; O3 O5 (5,012) and O4 O5 (5,490) break. */
START_TEST(a_default_more_can_help)
{
	engine_open_text(&d, deal_of(five, 5,
	                             CLASSES("5350.00") "<triggers><trigger id=\"STOP\" tested=\"before\" sticky=\"yes\" "
	                                                "test=\"pool.collected below 85.00 and period = 1\"/></triggers>\n"
	                                                "<waterfalls><waterfall id=\"stopped\" when=\"STOP\"><pay "
	                                                "what=\"A.principal\"/><keep until=\"A is paid\"/><pay "
	                                                "what=\"SUB.rest\"/></waterfall><waterfall id=\"normal\"><pay "
	                                                "what=\"SUB.rest\" limit=\"3000.00\" when=\"period = 2\"/><pay "
	                                                "what=\"A.principal\"/><keep until=\"A is paid\"/><pay "
	                                                "what=\"SUB.rest\"/></waterfall></waterfalls>\n"));
	search((weir_reverse_terms){ .class_number = 0 });
	ck_assert(found.size == 2 && found.breaking == 2);
	expect_set(0, 2, (const int[]){ 3, 5 });
	expect_set(1, 2, (const int[]){ 4, 5 });
	/* of 2 x 1,523 + 2,011 = 5,057.00 with the leak, any one of 1,037.00 breaks A, while a larger one does not */
	engine_close(&d);
	engine_open_text(&d, deal_of((const int[]){ 5000, 1800, 1037, 7 }, 4,
	                             CLASSES("2700.00") "<triggers><trigger id=\"STOP\" tested=\"before\" sticky=\"yes\" "
	                                                "test=\"pool.collected below 65.00 and period = 1\"/></triggers>\n"
	                                                "<waterfalls><waterfall id=\"stopped\" when=\"STOP\"><pay "
	                                                "what=\"A.principal\"/><keep until=\"A is paid\"/><pay "
	                                                "what=\"SUB.rest\"/></waterfall><waterfall id=\"normal\"><pay "
	                                                "what=\"SUB.rest\" limit=\"4500.00\" when=\"period = 2\"/><pay "
	                                                "what=\"A.principal\"/><keep until=\"A is paid\"/><pay "
	                                                "what=\"SUB.rest\"/></waterfall></waterfalls>\n"));
	search((weir_reverse_terms){ .class_number = 0 });
	/* 7,844.00 + 78.44 come. O1 alone closes the leak: 2,872.44 >= 2,700.00. O2 closes it too (60.44): enough. O3: 68.07 is
	 * above 65.00, 6,875.07 - 4,500.00 < 2,700.00 */
	ck_assert(found.size == 1 && found.breaking == 1);
	expect_set(0, 1, (const int[]){ 3 });
	/* with O4's default too 68.00 come in May, the leak stays open; with O2's it closes, and 5,057.07 come; with O1's 1,825 */
	ck_assert_int_eq(found.sets[0].saviours, 1);
}
END_TEST

/* --- against sets run alone ------------------------------------------------------------------------------------- */

/* Rows of a block of random sets, added up and projected. */
static void compare_rows(const weir_scenario *base)
{
	int names = d.load.deal->pool.obligor_count < 24 ? d.load.deal->pool.obligor_count : 24;
	weir_run_options options = { .trace_lane = -1 };
	weir_block *summed, *projected;
	weir_pool_sums *sums;
	weir_shock shocks[WEIR_LANES][64];
	weir_scenario made[WEIR_LANES];
	const weir_scenario *lanes[WEIR_LANES];
	uint32_t sets[WEIR_LANES], random = 12345;
	int count = base ? base->shock_count : 0;
	if (!weir_pool_sums_fit(d.pool, base))
		return;
	ck_assert_int_eq(weir_block_create(&summed, d.plan, &options), WEIR_OK);
	ck_assert_int_eq(weir_block_create(&projected, d.plan, &options), WEIR_OK);
	for (int round = 0; round < 2; round++) { /* first the singles, then any */
		int lane_count = round == 0 ? names + 1 : WEIR_LANES;
		for (int l = 0; l < lane_count; l++) {
			random = random * 1664525u + 1013904223u;
			sets[l] = round == 0 ? (l ? (uint32_t)1 << (l - 1) : 0) : random >> 7 & (((uint32_t)1 << names) - 1);
			made[l] = (weir_scenario){ .node = { .id = "X" }, .shocks = shocks[l], .shock_count = count };
			for (int i = 0; i < count; i++)
				shocks[l][i] = base->shocks[i];
			for (int i = 0; i < names; i++)
				if (sets[l] >> i & 1)
					shocks[l][made[l].shock_count++] =
						(weir_shock){ .kind = WEIR_SHOCK_DEFAULT,
						              .scope = WEIR_SCOPE_OBLIGOR,
						              .target = d.load.deal->pool.obligors[i].id,
						              .value = 1,
						              .from = d.load.deal->closing + 100,
						              .to = WEIR_DATE_NONE,
						              .profile = WEIR_PROFILE_DATE };
			lanes[l] = &made[l];
		}
		weir_block *to = round == 0 ? summed : projected;
		ck_assert_int_eq(weir_block_run(to, lanes, lane_count, NULL, 0, &d.load.diags), WEIR_OK);
		if (round == 0)
			ck_assert_int_eq(weir_pool_sums_create(&sums, d.arena, weir_block_own_rows(summed), names), WEIR_OK);
	}
	weir_pool_sums_apply(sums, sets);
	const weir_pool_rows *a = weir_block_rows(summed), *b = weir_block_rows(projected);
	for (int c = 0; c < WEIR_POOL_COLUMNS; c++)
		for (int k = 0; k < a->period_count; k++)
			for (int l = 0; l < WEIR_LANES; l++)
				engine_demand(a->column[c][k][l] == b->column[c][k][l], "%s %s: column %d, period %d, lane %d",
				              d.load.deal->node.id, base ? base->node.id : "base", c, k, l);
	for (int i = 0; i < a->claim_count * a->period_count; i++)
		for (int l = 0; l < WEIR_LANES; l++)
			engine_demand(a->claim_principal[i][l] == b->claim_principal[i][l] &&
			                      a->claim_income[i][l] == b->claim_income[i][l],
			              "%s: claim %d, lane %d", d.load.deal->node.id, i, l);
	weir_block_destroy(summed);
	weir_block_destroy(projected);
}

/* The rows of every deal's scenarios. */
static void compare_deal(engine_deal *deal)
{
	d = *deal;
	compare_rows(NULL);
	for (int i = 0; i < d.scenarios.count; i++)
		if (d.scenarios.items[i].shock_count < 32)
			compare_rows(&d.scenarios.items[i]);
	d = (engine_deal){ 0 };
}

START_TEST(rows_add_up)
{
	engine_each_deal(compare_deal);
}
END_TEST

START_TEST(too_many_names)
{
	int amounts[25];
	weir_reverse_terms terms = { .class_number = -1 };
	for (int i = 0; i < 25; i++)
		amounts[i] = 100 + i;
	engine_open_text(&d, deal_of(amounts, 25, CLASSES("300.00") PAY));
	ck_assert_int_eq(weir_reverse_find(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_INPUT);
	io_expect(&d.load,
	          "deal.xml:*: error: the pool has 25 obligors, and every set is tried of at most 24; stress them by share or "
	          "industry instead [unsupported]");
	terms.month = -1;
	engine_close(&d);
	engine_open_text(&d, deal_of(amounts, 24, CLASSES("300.00") PAY));
	ck_assert_int_eq(weir_reverse_find(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_INPUT);
	io_expect(&d.load, "-:*: error: nobody can default in month \"-1\"; count months from the cut-off date, from 0 "
	                   "[out-of-range]");
}
END_TEST

/* 24 names of 100.00 to 123.00, 2,676.00 in all; with A of 2,400.00 302.76 / 1.01 = 299.76 may go: any three break
 * it (at least 303.00), no two (at most 245.00). 2,024 sets, of which the first 256 are listed. */
START_TEST(more_than_is_listed)
{
	int amounts[24];
	for (int i = 0; i < 24; i++)
		amounts[i] = 100 + i;
	engine_open_text(&d, deal_of(amounts, 24, CLASSES("2400.00") PAY));
	search((weir_reverse_terms){ .class_number = -1 });
	ck_assert(found.size == 3 && found.breaking == 2024 && found.listed == WEIR_REVERSE_LISTED);
	ck_assert_uint_eq(found.tried, 1 + 24 + 276 + 2024);
	expect_set(1, 3, (const int[]){ 1, 2, 4 });
	expect_set(255, 3, (const int[]){ 2, 3, 6 }); /* 253 with O1, then O2 O3 O4 */
}
END_TEST

static int stop_after(void *context, double done)
{
	int *left = context;
	ck_assert(done > 0 && done <= 1);
	return --*left > 0;
}

START_TEST(it_can_be_stopped)
{
	int amounts[24], left = 3;
	weir_reverse_terms terms = { .class_number = -1, .go_on = stop_after, .context = &left };
	for (int i = 0; i < 24; i++)
		amounts[i] = 100 + i;
	engine_open_text(&d, deal_of(amounts, 24, CLASSES("300.00") PAY));
	ck_assert_int_eq(weir_reverse_find(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_INTERRUPTED);
	ck_assert_uint_eq(found.tried, 1 + 24 + 64);
}
END_TEST

START_TEST(memory_may_be_short)
{
	weir_reverse_terms terms = { .class_number = -1, .variant = { .support = WEIR_WITHOUT_SUPPORT } };
	weir_status status = WEIR_NO_MEMORY;
	long n;
	engine_open_text(&d, deal_of(five, 5, CLASSES("6300.00") PAY));
	for (n = 1; status == WEIR_NO_MEMORY && n < 1000; n++) {
		weir_alloc_fail_from(n);
		status = weir_reverse_find(&found, d.arena, d.plan, &terms, &d.load.diags);
	}
	weir_alloc_fail_from(0);
	ck_assert_int_eq(status, WEIR_OK);
	ck_assert_int_gt(n, 10);
}
END_TEST

Suite *weir_suite_study_reverse(void)
{
	Suite *suite = suite_create("study_reverse");
	TCase *test = tcase_create("study_reverse");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, pairs_by_hand);
	tcase_add_test(test, none_and_all);
	tcase_add_test(test, a_default_more_can_help);
	tcase_add_test(test, rows_add_up);
	tcase_add_test(test, too_many_names);
	tcase_add_test(test, more_than_is_listed);
	tcase_add_test(test, it_can_be_stopped);
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
