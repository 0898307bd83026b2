/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_report_foot.c: tables that add up pass; every identity broken by one cent is caught. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "report_fixture.h"
#include "structuring_fixture.h"

Suite *weir_suite_report_foot(void);

/* One cell made one cent larger, and the complaint that must come of it. */
static const struct break_case {
	const char *table, *column;
	size_t row;
	const char *complaint;
} breaks[] = {
	{ "periods", "pool_income", 3, "available is opening cash and all that came in" },
	{ "periods", "other_in", 0, "available is opening cash and all that came in" },
	{ "periods", "support_in", 2, "available is opening cash and all that came in" },
	{ "periods", "pool_recovered", 2, "available is opening cash and all that came in" },
	{ "periods", "taxes_paid", 1, "closing cash is available less all that was paid" },
	{ "periods", "fees_paid", 4, "closing cash is available less all that was paid" },
	{ "periods", "reserve_net", 4, "closing cash is available less all that was paid" },
	{ "periods", "support_repaid", 4, "closing cash is available less all that was paid" },
	{ "periods", "other_out", 0, "closing cash is available less all that was paid" },
	{ "periods", "opening_cash", 5, "opening cash is the last closing cash" },
	{ "periods", "pool_balance", 2, "pool balance is the last one less principal received, defaulted and sold" },
	{ "periods", "pool_defaulted", 2, "pool balance is the last one less principal received, defaulted and sold" },
	{ "periods", "senior_interest_paid", 6, "interest of the senior classes" },
	{ "periods", "senior_principal_paid", 6, "principal of the senior classes" },
	{ "periods", "subordinated_paid", 3, "payments of the subordinated classes" },
	{ "periods", "available", 3, "sources add up to available" },
	{ "classes", "closing", 4, "closing is opening less principal and write-down" },
	{ "classes", "written_down", 4, "closing is opening less principal and write-down" },
	{ "classes", "interest_due", 2, "unpaid interest is due less paid" },
	{ "classes", "interest_unpaid", 2, "unpaid interest is due less paid" },
	{ "classes", "opening", 6, "opening is the class's last closing" },
	{ "classes", "opening", 0, "the first opening is the class's size" },
	{ "classes", "residual_paid", 15, "payments of the subordinated classes" },
	{ "trace", "left", 7, "left is available less paid" },
	{ "trace", "due", 9, "unpaid is due less paid" },
	{ "trace", "available", 8, "available is what the step before left" },
	{ "trace", "carried", 8, "carried forward is at most what is unpaid" },
	{ "accounts", "out", 3, "closing is opening and in less out" },
	{ "accounts", "opening", 3, "opening is the account's last closing" },
	{ "payment", "total", 5, "total is interest, principal and residual" },
	{ "payment", "interest_paid", 5, "column \"interest_paid\" is the one of table \"classes\"" },
	{ "payment", "closing", 5, "column \"closing\" is the one of table \"classes\"" },
	{ "forecast", "pool_principal", 1, "column \"pool_principal\" is the one of table \"periods\"" },
	{ "forecast", "period", 7, "the row stands in the table it repeats" },
	{ "sources", "amount", 4, "sources add up to available" },
	{ "uses", "amount", 4, "uses add up to available" },
	{ "capital", "size", 1, "the first opening is the class's size" },
	{ "strat_kind", "principal", 0, "the pool's total is that of the obligors" },
	{ "strat_kind", "receivable", 0, "the pool's total is that of the obligors" },
	{ "support", "outstanding", 1, "outstanding is the last one less repaid and with what was drawn" },
	{ "support", "drawn", 1, "drawn and covers' payments" },
	{ "support", "repaid", 0, "repaid, with interest" },
	{ "support", "interest_paid", 1, "repaid, with interest" },
	{ "covers", "settled", 1, "settled to date is the last one with what was settled" },
	{ "covers", "paid", 0, "drawn and covers' payments" },
	{ "cover_shares", "paid", 1, "drawn and the shares' payments" },
	{ "cover_shares", "paid_total", 1, "paid to date is the last one with what was paid" },
	{ "calls", "price", 0, "proceeds are the price less costs" },
	{ "calls", "balance_sold", 1, "sold by calls" },
	{ "periods", "pool_sold", 2, "pool balance is the last one less principal received, defaulted and sold" },
	{ "financing_cost", "interest", 0, "all obligors together are the sum of them" },
	{ "financing_cost", "subsidy_issue", 1, "all obligors together are the sum of them" },
};

static weir_cell *add_row(weir_results *results, weir_table *table)
{
	weir_cell *row = weir_table_add_row(results, table);
	ck_assert_ptr_nonnull(row);
	return row;
}

/* What two quiet periods of supporters look like: 1,234.56 are outstanding from before, a loss is settled and not paid. */
static void add_supporters(weir_results *results)
{
	weir_table *support, *covers, *shares, *calls, *costs;
	ck_assert_int_eq(weir_results_add_standard(&support, results, WEIR_TABLE_support), WEIR_OK);
	ck_assert_int_eq(weir_results_add_standard(&covers, results, WEIR_TABLE_covers), WEIR_OK);
	ck_assert_int_eq(weir_results_add_standard(&shares, results, WEIR_TABLE_cover_shares), WEIR_OK);
	ck_assert_int_eq(weir_results_add_standard(&calls, results, WEIR_TABLE_calls), WEIR_OK);
	ck_assert_int_eq(weir_results_add_standard(&costs, results, WEIR_TABLE_financing_cost), WEIR_OK);
	for (int k = 1; k <= 2; k++) {
		weir_cell *row = add_row(results, support);
		row[WEIR_COL_support_period] = weir_cell_number(k);
		row[WEIR_COL_support_support] = weir_cell_key("promise", NULL, NULL);
		row[WEIR_COL_support_outstanding] = weir_cell_number(123456);
		row[WEIR_COL_support_drawn] = row[WEIR_COL_support_repaid] = weir_cell_number(0);
		row[WEIR_COL_support_interest_paid] = weir_cell_number(0);
		row = add_row(results, covers);
		row[WEIR_COL_covers_period] = weir_cell_number(k);
		row[WEIR_COL_covers_cover] = weir_cell_key("pool", NULL, NULL);
		row[WEIR_COL_covers_settled] = weir_cell_number(k == 1 ? 0 : 7011);
		row[WEIR_COL_covers_paid] = weir_cell_number(0);
		row[WEIR_COL_covers_paid_total] = weir_cell_number(k == 1 ? 0 : 7011);
		row = add_row(results, shares);
		row[WEIR_COL_cover_shares_period] = weir_cell_number(k);
		row[WEIR_COL_cover_shares_cover] = weir_cell_key("pool", NULL, NULL);
		row[WEIR_COL_cover_shares_party] = weir_cell_key("fund", NULL, NULL);
		row[WEIR_COL_cover_shares_paid] = row[WEIR_COL_cover_shares_paid_total] = weir_cell_number(0);
		row = add_row(results, calls);
		row[WEIR_COL_calls_period] = weir_cell_number(k);
		row[WEIR_COL_calls_balance_sold] = weir_cell_number(0);
		row[WEIR_COL_calls_price] = weir_cell_number(0);
		row = add_row(results, costs);
		row[WEIR_COL_financing_cost_interest] = weir_cell_number(4411);
		row[WEIR_COL_financing_cost_subsidy_issue] = weir_cell_number(907);
	}
}

/* Adds a stratification that ties to the fixture's obligors. */
static void add_strat(weir_results *results)
{
	weir_table *table;
	const weir_table *obligors = weir_results_table(results, "obligors");
	double principal = 0, receivable = 0;
	for (size_t row = 0; row < obligors->row_count; row++) {
		principal += weir_table_cell(obligors, row, WEIR_COL_obligors_principal)->number;
		receivable += weir_table_cell(obligors, row, WEIR_COL_obligors_receivable)->number;
	}
	ck_assert_int_eq(weir_results_add_standard(&table, results, WEIR_TABLE_strat_kind), WEIR_OK);
	weir_cell *row = weir_table_add_row(results, table);
	ck_assert_ptr_nonnull(row);
	row[WEIR_COL_strat_kind_band] = weir_cell_text("Licence", NULL);
	row[WEIR_COL_strat_kind_contracts] = weir_cell_number((double)obligors->row_count);
	row[WEIR_COL_strat_kind_principal] = weir_cell_number(principal);
	row[WEIR_COL_strat_kind_receivable] = weir_cell_number(receivable);
}

static weir_results *make_results(void)
{
	weir_results *results = NULL;
	ck_assert_int_eq(report_fixture_create(&results, REPORT_FIXTURE_LICENCE), WEIR_OK);
	add_strat(results);
	add_supporters(results);
	return results;
}

START_TEST(whole_results_foot)
{
	for (int number = 0; number < 2; number++) {
		weir_results *results = NULL;
		weir_diags diags = { 0 };
		ck_assert_int_eq(report_fixture_create(&results, number), WEIR_OK);
		add_strat(results);
		ck_assert_int_eq(weir_results_foot(results, &diags), WEIR_OK);
		ck_assert_uint_eq(diags.count, 0);
		weir_results_destroy(results);
	}
}
END_TEST

static weir_cell *cell_of(weir_results *results, const char *table, size_t row, const char *column)
{
	const weir_table *found = weir_results_table(results, table);
	ck_assert_ptr_nonnull(found);
	const weir_cell *cell = weir_table_cell(found, row, weir_table_column(found, column));
	ck_assert_ptr_nonnull(cell);
	return (weir_cell *)cell;
}

static int complains_of(const weir_diags *diags, const char *table, const char *what)
{
	char start[64];
	snprintf(start, sizeof start, "table \"%s\"", table);
	for (size_t i = 0; i < diags->count; i++)
		if (diags->items[i].code == WEIR_CODE_FOOTING && strstr(diags->items[i].text, what) &&
		    (strstr(diags->items[i].text, start) || strcmp(table, "*") == 0))
			return 1;
	return 0;
}

START_TEST(one_cent_is_caught)
{
	const struct break_case *b = &breaks[_i];
	weir_results *results = make_results();
	weir_diags diags = { 0 };
	weir_cell *cell = cell_of(results, b->table, b->row, b->column);
	cell->number = (cell->present ? cell->number : 0) + 1;
	cell->present = 1;
	ck_assert_int_eq(weir_results_foot(results, &diags), WEIR_INTERNAL);
	ck_assert_msg(complains_of(&diags, "*", b->complaint), "%s.%s: %s not said, but %s", b->table, b->column,
	              b->complaint, diags.count ? diags.items[0].text : "nothing");
	weir_diags_free(&diags);
	weir_results_destroy(results);
}
END_TEST

/* One number of a study that is off by more than what is rounded, and what is said. */
static const struct study_case {
	const char *table, *column;
	size_t row;
	double by;
	const char *complaint;
} studies[] = {
	{ "structure", "proceeds", 1, 1, "proceeds are size x price / 100" },
	{ "structure", "share", 0, 1e-8, "share is size of all sizes" },
	{ "structure", "share", 0, 1e-8, "shares add up to the whole" },
	{ "structure", "subordination", 0, 1e-7, "subordination is the shares of what attaches lower" },
	{ "structure", "coupon", 1, 1e-4, "the structure is the capital that was run" },
	{ "capital", "subordination", 1, -1e-7, "subordination is the shares of what attaches lower" },
	{ "certificate", "amount", 1, -1628730, "what fails says when and by how much" },
	{ "structure_search", "gap", 0, 1e-5, "what is proven has no gap" },
	{ "price", "dirty", 0, 1e-5, "the dirty price is the clean one with what has accrued" },
	{ "key_rates", "duration", 0, 1e-5, "the last row is the sum of the points" },
	{ "tornado", "at_low", 1, 1e-5, "a change is the figure less the one at the base" },
	{ "tornado", "change_high", 0, 1e-5, "a change is the figure less the one at the base" },
	{ "attribution", "shapley", 0, 1e-5, "the factors' Shapley values add up to the total" },
	{ "attribution", "alone", 2, 1e-5, "what the factors make alone, with the interaction, is the total" },
	{ "attribution", "to", 3, 1e-5, "the total is the way from one figure to the other" },
	{ "rating", "margin", 1, 1e-5, "a margin is the way from the target to the break-even" },
	{ "selection", "share", 0, -1e-5, "the shares of what is chosen make the whole" },
};

START_TEST(studies_are_footed)
{
	const struct study_case *b = &studies[_i];
	weir_results *results = NULL;
	weir_diags diags = { 0 };
	ck_assert_int_eq(report_fixture_create(&results, REPORT_FIXTURE_LEASEBACK), WEIR_OK);
	structuring_fixture_add(results);
	ck_assert_int_eq(weir_results_foot(results, &diags), WEIR_OK);
	cell_of(results, b->table, b->row, b->column)->number += b->by;
	ck_assert_int_eq(weir_results_foot(results, &diags), WEIR_INTERNAL);
	ck_assert_msg(complains_of(&diags, b->table, b->complaint), "%s.%s: %s not said, but %s", b->table, b->column,
	              b->complaint, diags.count ? diags.items[0].text : "nothing");
	weir_diags_free(&diags);
	weir_results_destroy(results);
}
END_TEST

/* The message names table and row (from 1) and both amounts: EX1 pays 14,316.44 of tax in its fourth period, and
 * 6,723,492.44 - 14,316.44 = 6,709,176.00 is what the first step of that period leaves (trace row 16). */
START_TEST(message_names_the_place)
{
	weir_results *results = make_results();
	weir_diags diags = { 0 };
	cell_of(results, "trace", 15, "left")->number += 3;
	ck_assert_int_eq(weir_results_foot(results, &diags), WEIR_INTERNAL);
	ck_assert(complains_of(&diags, "trace",
	                       "row 16: left is available less paid: expected 6709176.00, found 6709176.03"));
	weir_diags_free(&diags);
	weir_results_destroy(results);
}
END_TEST

START_TEST(parts_of_a_cent_are_caught)
{
	weir_results *results = make_results();
	weir_diags diags = { 0 };
	cell_of(results, "accounts", 2, "target")->number = 17.5;
	cell_of(results, "accounts", 2, "target")->present = 1;
	ck_assert_int_eq(weir_results_foot(results, &diags), WEIR_INTERNAL);
	ck_assert(complains_of(&diags, "accounts", "an amount is a whole number of cents"));
	weir_diags_free(&diags);
	weir_results_destroy(results);
}
END_TEST

START_TEST(short_memory_is_reported)
{
	weir_results *results = make_results();
	for (long nth = 1;; nth++) {
		weir_diags diags = { 0 };
		weir_alloc_fail_from(nth);
		weir_status status = weir_results_foot(results, &diags);
		weir_alloc_fail_from(0);
		ck_assert(status == WEIR_OK || status == WEIR_NO_MEMORY);
		weir_diags_free(&diags);
		if (status == WEIR_OK)
			break;
	}
	weir_results_destroy(results);
}
END_TEST

Suite *weir_suite_report_foot(void)
{
	Suite *suite = suite_create("report_foot");
	TCase *tests = tcase_create("foot");
	tcase_add_test(tests, whole_results_foot);
	tcase_add_loop_test(tests, one_cent_is_caught, 0, (int)(sizeof breaks / sizeof *breaks));
	tcase_add_loop_test(tests, studies_are_footed, 0, (int)(sizeof studies / sizeof *studies));
	tcase_add_test(tests, message_names_the_place);
	tcase_add_test(tests, parts_of_a_cent_are_caught);
	tcase_add_test(tests, short_memory_is_reported);
	suite_add_tcase(suite, tests);
	return suite;
}
