/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_api_appendix.c: the stress-test appendix and the tables by scenario: a deal by hand, every tie broken once, short memory. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/session.h"
#include "base/alloc.h"
#include "io_fixture.h"
#include "report/fill_stress.h"
#include "study/break_even.h"

Suite *weir_suite_api_appendix(void);

static weir_session *session;
static weir_case one;
static weir_results *results;

static void setup(void)
{
	io_enter();
	session = NULL;
	results = NULL;
	one = (weir_case){ 0 };
}

static void teardown(void)
{
	weir_results_destroy(results);
	weir_case_free(&one);
	weir_session_close(session);
	io_leave();
}

/* The tables of a run with those of an appendix and of prices. */
static weir_status fill(const char *scenario, const char *const *families, size_t family_count)
{
	weir_status status;
	WEIR_TRY(weir_session_begin(session));
	WEIR_TRY(weir_case_run(&one, session, scenario, NULL, 0));
	one.families = families;
	one.family_count = family_count;
	WEIR_TRY(weir_case_compare(&one, session));
	WEIR_TRY(weir_session_new_results(session, one.scenario, &results));
	WEIR_TRY(weir_fill_run(results, &one.outcome, 0));
	WEIR_TRY(weir_fill_deal(results, &one.outcome));
	WEIR_TRY(weir_session_add_prices(session, &one, results));
	status = weir_session_add_stress(session, &one, results);
out:
	return weir_session_end(session, status) == WEIR_EXIT_DONE ? WEIR_OK : status;
}

static void open_and_fill(const char *path, const char *scenario)
{
	ck_assert_int_eq(weir_session_open(&session, path), WEIR_EXIT_DONE);
	ck_assert_int_eq(fill(scenario, NULL, 0), WEIR_OK);
}

static const weir_table *table_of(const char *id)
{
	const weir_table *table = weir_results_table(results, id);
	ck_assert_msg(table && table->row_count > 0, "no table \"%s\"", id);
	return table;
}

static int row_has(const weir_table *table, size_t row, const char *column, const char *word)
{
	const weir_cell *cell = weir_table_cell(table, row, weir_table_column(table, column));
	return cell && cell->present && strcmp(weir_cell_word(cell), word) == 0;
}

/* The first row with these words; a column of NULL says nothing. */
static size_t row_of(const weir_table *table, const char *column, const char *word, const char *other, const char *its)
{
	for (size_t row = 0; row < table->row_count; row++)
		if ((!column || row_has(table, row, column, word)) && (!other || row_has(table, row, other, its)))
			return row;
	ck_abort_msg("no row of \"%s\" has %s in %s", table->id, word, column);
}

static void expect(const char *id, size_t row, const char *column, double wanted)
{
	const weir_table *table = table_of(id);
	const weir_cell *cell = weir_table_cell(table, row, weir_table_column(table, column));
	ck_assert_msg(cell && cell->present && fabs(cell->number - wanted) < 1e-9 * fmax(1, fabs(wanted)),
	              "%s, row %zu, %s: %.12g, not %.12g", id, row, column, cell ? cell->number : NAN, wanted);
}

/* Two firms: 10,000,000.00 in four quarters at 6 %, of which A wants 8,000,000.00 at 3.2 % and gets it in quarters. */
START_TEST(two_firms_by_hand)
{
	open_and_fill("tests/deals/two-firms/deal.xml", NULL);
	/* in come 10,000,000.00 and interest of 150,000.00, 112,500.00, 75,000.00, 37,500.00 */
	expect("stress_results", 0, "pool_inflow", 1037500000);
	/* A is due 2,064,000.00, 2,048,000.00 …, in all 8,160,000.00 */
	expect("stress_results", 0, "coverage_min", 2650000.0 / 2064000);
	expect("stress_results", 0, "coverage_total", 10375000.0 / 8160000);
	/* what is left, 2,215,000.00, comes after a year of 365 days for 2,000,000.00 */
	expect("stress_results", 0, "subordinated_paid", 221500000);
	expect("stress_results", 0, "sub_return", 0.1075);
	expect("stress_classes", 0, "wal", (92 + 184 + 275 + 365) / 4.0 / 365);
	/* cash is brought forward: 586,000.00 and 2,612,500.00 over 2,048,000.00 */
	expect("stress_coverage", 1, "coverage", 3198500.0 / 2048000);
	expect("funds_corridor", 0, "cover", 150000.0 / 64000);
	expect("funds_corridor", 0, "funds_rate", 150000.0 / 8000000 / (92 / 365.0));
	expect("coverage_path", 0, "ltv", 6.0 / 7.5);
	for (size_t k = 0; k <= 4; k++)
		expect("decrement", k, "share", 1 - (double)k / 4);
	/* of loans: the base of the family of small enterprises expects 5 %, and 20 % back; AA asks 16.3 x 5 % */
	const weir_table *support = table_of("stress_support");
	size_t aa = row_of(support, "grade", "AA", NULL, NULL);
	expect("stress_support", aa, "target", 0.815);
	expect("stress_support", aa, "required", 0.815 * 0.8);
	expect("stress_support", aa, "provided", 0.2);
	expect("stress_support", aa, "gap", 0.2 - 0.652);
	/* with 15 % expected BB- asks 4 x 15 %, more than 21.5 % */
	const weir_table *rating = table_of("rating_sensitivity");
	ck_assert_ptr_null(weir_table_cell(rating, 0, weir_table_column(rating, "published"))->en);
	expect("rating_sensitivity", 4, "base_default", 0.15);
	ck_assert(row_has(rating, 4, "grade", "none"));
	/* each of the firms alone breaks the class */
	expect("stress_reverse", 0, "size", 1);
	expect("stress_reverse", 0, "breaking", 2);
	expect("reverse", 1, "share", 0.37);
}
END_TEST

/* An event that tests a cover gives its level to the path of covers. Firm two defaulting after seven months, the last of
 * the events to come, turns it on: 1,622,250.00 of 2,032,000.00 in December, 1,598,625.00 of 2,016,000.00 in March. */
START_TEST(events_and_their_levels)
{
	static const char events[] = "<values><value id=\"dscr\" formula=\"pool.collected / A.due\"/></values>\n"
	                             "<triggers><trigger id=\"LOW\" tested=\"before\" test=\"dscr below 1.05\"/></triggers>\n"
	                             "<waterfalls><waterfall id=\"low\" when=\"LOW\"><pay what=\"A.interest\"/>"
	                             "<pay what=\"A.principal\"/><keep until=\"A is paid\"/><pay what=\"SUB.rest\"/></waterfall>\n";
	static const char own[] = "<scenarios xmlns=\"urn:weir:scenarios:1\"><scenario id=\"two\">"
	                          "<default obligor=\"F2\" month=\"7\"/></scenario></scenarios>";
	char deal[16384];
	size_t length = 0;
	FILE *in = fopen("tests/deals/two-firms/deal.xml", "r");
	ck_assert_ptr_nonnull(in);
	length = fread(deal, 1, sizeof deal - 1, in);
	fclose(in);
	deal[length] = '\0';
	char *text = io_replace(deal, "<waterfalls>", events);
	io_write("stress.xml", own);
	open_and_fill(io_write("deal.xml", text), NULL);
	free(text);
	expect("coverage_path", 0, "threshold", 1.05);
	const weir_table *found = table_of("stress_results");
	ck_assert_uint_eq(found->row_count, 2);
	expect("stress_results", 0, "event_periods", 0);
	size_t two = row_of(found, "scenario", "two", NULL, NULL);
	expect("stress_results", two, "event_periods", 2);
	expect("stress_results", two, "accelerated", weir_date_parse("2025-12-20", 10));
}
END_TEST

/* A level cut of royalties that loses nothing yet is the haircut: the pool has nothing else. */
START_TEST(royalties)
{
	open_and_fill("deals/ex6-trademark-royalty/deal.xml", NULL);
	const weir_table *matrix = table_of("breakeven_matrix"), *limits = table_of("stress_breakeven");
	const weir_cell *haircut = weir_table_cell(limits, 0, weir_table_column(limits, "haircut"));
	size_t row = row_of(matrix, "quantity", "level", NULL, NULL);
	ck_assert_ptr_nonnull(strstr(weir_table_cell(matrix, row, weir_table_column(matrix, "column"))->en, "0 months"));
	weir_break_even most;
	const weir_break_even_terms terms = { .vary = "haircut", .survival = WEIR_SURVIVE_FIRST_LOSS, .to = 1 };
	ck_assert_int_eq(weir_break_even_find(&most, one.arena, session->plan, &terms, &session->call), WEIR_OK);
	expect("breakeven_matrix", row, "first_loss", most.largest);
	ck_assert_double_ge(most.largest, haircut->number); /* which also asks that nothing is missed on the way */
	ck_assert(row_has(table_of("decrement"), 11, "scenario", "decay-5"));
	ck_assert(row_has(table_of("stress_grid"), 0, "down", "haircut"));
	/* of receipts: what must come in, AAA 80 % */
	expect("stress_breakeven", 0, "breakeven", 1 - haircut->number);
	expect("stress_breakeven", 0, "target", 0.8);
	expect("stress_breakeven", 0, "margin", 0.8 - (1 - haircut->number));
}
END_TEST

/* Ids that families share are told apart, and each scenario has one name in every table. */
START_TEST(names_are_different)
{
	static const char *const families[] = { "general", "ip", "lease" };
	ck_assert_int_eq(weir_session_open(&session, "deals/ex3-sale-leaseback/supported.xml"), WEIR_EXIT_DONE);
	ck_assert_int_eq(fill(NULL, families, 3), WEIR_OK);
	const weir_table *names = table_of("stress_scenarios"), *found = table_of("stress_results");
	int column = weir_table_column(names, "scenario");
	ck_assert_uint_eq(names->row_count, found->row_count);
	for (size_t row = 0; row < names->row_count; row++) {
		const char *key = weir_table_cell(names, row, column)->key;
		ck_assert(row_has(found, row, "scenario", key));
		for (size_t other = 0; other < row; other++)
			ck_assert_str_ne(weir_table_cell(names, other, column)->key, key);
	}
	row_of(names, "scenario", "ip#income-20", NULL, NULL);
	row_of(names, "scenario", "lease#combined-severe-up", NULL, NULL);
}
END_TEST

/* Each tie between the tables, with one cell changed: the complaint names the table and what it should be. */
static const struct {
	const char *table, *column, *says;
	size_t row;
} broken[] = {
	{ "stress_results", "coverage_min", "table \"summary\"", 0 },
	{ "stress_results", "coverage_total", "table \"summary\"", 0 },
	{ "stress_results", "defaulted", "sum of table \"periods\"", 0 },
	{ "stress_results", "pool_inflow", "sum of table \"periods\"", 0 },
	{ "stress_results", "support_drawn", "sum of table \"periods\"", 0 },
	{ "stress_results", "coverage_min", "least of table \"stress_coverage\"", 2 },
	{ "stress_results", "principal_short", "table \"stress_classes\"", 3 },
	{ "stress_results", "subordinated_paid", "table \"stress_classes\"", 3 },
	{ "stress_classes", "principal_short", "table \"stress_classes\"", 0 },
	{ "stress_coverage", "coverage", "table \"periods\"", 1 },
	{ "coverage_path", "coverage_period", "table \"periods\"", 2 },
	{ "coverage_path", "ltv", "senior balance", 2 },
	{ "stress_breakeven", "margin", "its break-even", 1 },
	{ "rating_sensitivity", "margin", "its break-even", 0 },
	{ "stress_support", "required", "less what is recovered", 4 },
	{ "stress_support", "gap", "provided less", 4 },
	{ "stress_dependence", "subordinated_paid", "table \"dependence\"", 1 },
	{ "stress_dependence", "coverage_min", "table \"dependence\"", 0 },
	{ "stress_grid", "coverage_total", "table \"stress_results\"", 0 },
	{ "funds_corridor", "cover", "interest due", 1 },
	{ "attribution", "shapley", "add up", 0 },
	{ "decrement", "share", "the whole at the start", 0 },
	{ "scenario_yields", "wal", "table \"measures\"", 0 },
	{ "scenario_yields", "wal", "balances in table \"decrement\"", 1 },
	{ "decrement", "share", "balances in table \"decrement\"", 2 },
	{ "scenario_yields", "yield", "table \"measures\"", 0 },
	{ "price_speed", "wal", "table \"scenario_yields\"", 1 },
	{ "price_speed", "yield", "table \"scenario_yields\"", 30 },
};

START_TEST(ties_that_break)
{
	weir_diags diags = { 0 };
	open_and_fill("deals/ex3-sale-leaseback/supported.xml", NULL);
	weir_status status = weir_results_foot(results, &diags);
	ck_assert_msg(status == WEIR_OK, "%s", diags.count ? diags.items[0].text : "");
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		const weir_table *table = table_of(broken[i].table);
		int column = weir_table_column(table, broken[i].column), said = 0;
		ck_assert_int_ge(column, 0);
		weir_cell *cell = &table->cells[broken[i].row * (size_t)table->column_count + (size_t)column];
		ck_assert_msg(cell->present, "%s.%s is empty", broken[i].table, broken[i].column);
		double kept = cell->number;
		cell->number += table->columns[column].type == WEIR_CELL_MONEY ? 1 : 0.00021;
		weir_diags complaints = { 0 };
		ck_assert_msg(weir_results_foot(results, &complaints) == WEIR_INTERNAL, "%s.%s", broken[i].table, broken[i].column);
		for (size_t n = 0; n < complaints.count; n++)
			said |= strstr(complaints.items[n].text, broken[i].says) != NULL;
		ck_assert_msg(said, "%s.%s: %s", broken[i].table, broken[i].column, complaints.items[0].text);
		weir_diags_free(&complaints);
		cell->number = kept;
	}
	weir_diags_free(&diags);
}
END_TEST

/* What is written and read back still foots: figures are rounded to the decimals of the file then. */
START_TEST(read_back_it_foots)
{
	static const char *const deals[] = { "deals/ex2-secondary-licence/midlife.xml", "deals/ex7-copyright-abn/supported.xml",
		                             "deals/ledger-abn/deal.xml", "deals/xixian-risk-pool/government-led.xml" };
	weir_text xml = { 0 };
	weir_diags diags = { 0 };
	weir_results *again = NULL;
	open_and_fill(deals[_i], NULL);
	weir_results_write_xml(results, &xml);
	ck_assert_int_eq(weir_text_status(&xml), WEIR_OK);
	ck_assert_int_eq(weir_results_read_xml(&again, "results.xml", xml.data, xml.length, &diags), WEIR_OK);
	weir_status status = weir_results_foot(again, &diags);
	ck_assert_msg(status == WEIR_OK, "%s", diags.count ? diags.items[0].text : "");
	weir_results_destroy(again);
	weir_text_free(&xml);
	weir_diags_free(&diags);
}
END_TEST

START_TEST(memory_may_be_short)
{
	int failed = 0;
	ck_assert_int_eq(weir_session_open(&session, "tests/deals/shortfall-cap/deal.xml"), WEIR_EXIT_DONE);
	for (long n = 1;; n += 1 + n / 12) {
		weir_alloc_fail_from(n);
		weir_status status = fill(NULL, NULL, 0);
		weir_alloc_fail_from(0);
		int done = status == WEIR_OK && !results->failed;
		ck_assert_msg(done || status == WEIR_NO_MEMORY || (results && results->failed), "%d at %ld", status, n);
		weir_results_destroy(results);
		results = NULL;
		weir_case_free(&one);
		if (done)
			break;
		failed++;
	}
	ck_assert_int_gt(failed, 30);
}
END_TEST

Suite *weir_suite_api_appendix(void)
{
	Suite *suite = suite_create("api_appendix");
	TCase *test = tcase_create("api_appendix");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_set_timeout(test, 60);
	tcase_add_test(test, two_firms_by_hand);
	tcase_add_test(test, events_and_their_levels);
	tcase_add_test(test, royalties);
	tcase_add_test(test, names_are_different);
	tcase_add_test(test, ties_that_break);
	tcase_add_loop_test(test, read_back_it_foots, 0, 4);
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
