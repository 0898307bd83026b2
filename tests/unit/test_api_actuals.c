/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_api_actuals.c: deals opened with what was collected and what happened: the forecast's own numbers change nothing, other
 * ones reach the tables, the facts and the explanations. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/session.h"
#include "base/alloc.h"
#include "deal/occurrences.h"
#include "io_fixture.h"
#include "pool/actuals.h"

Suite *weir_suite_api_actuals(void);

#define TWO_FIRMS "tests/deals/two-firms/deal.xml"

static void setup(void)
{
	ck_assert_int_eq(chdir(WEIR_SRCDIR), 0);
	io_enter();
}

static void teardown(void)
{
	io_leave();
}

static weir_session *open_with(const char *deal, const char *actuals, const char *events, int wanted)
{
	weir_session *session;
	weir_inputs inputs = { .actuals = actuals, .events = events };
	int exit = weir_session_open_inputs(&session, deal, &inputs);
	ck_assert_msg(exit == wanted, "%s: %d: %s", deal, exit, weir_session_message(session, 0, NULL));
	return session;
}

static char *table_of(weir_session *session, const char *id)
{
	char *csv = weir_session_table(session, 0, id);
	ck_assert_msg(csv != NULL, "there is no table %s", id);
	return csv;
}

static void run(weir_session *session)
{
	weir_request request = { .no_report = 1 };
	int exit = weir_session_run(session, &request);
	ck_assert_msg(exit == WEIR_EXIT_DONE, "%s", weir_session_message(session, weir_session_message_count(session) - 1, NULL));
}

/* --- the forecast's own numbers --------------------------------------------------------------------------------- */

/* What each contract pays in the base case up to a period, by looking at the pool one contract at a time. */
static void write_forecast(FILE *file, weir_session *s, int last)
{
	weir_arena *arena;
	weir_pool part = *s->pool;
	weir_pool_rows *rows;
	weir_pool_shocks none = { 0 };
	char *chosen, principal[40], income[40];
	part.claim_count = 0;
	part.claim_of = NULL;
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	ck_assert_int_eq(weir_pool_rows_create(&rows, arena, &part, s->periods.count), WEIR_OK);
	ck_assert((chosen = weir_arena_array(arena, (size_t)s->deal->pool.contract_count, 1)) != NULL);
	part.chosen = chosen;
	fputs("contract,period,principal,income\n", file);
	for (int c = 0; c < s->deal->pool.contract_count; c++) {
		chosen[c] = 1;
		weir_pool_project(rows, &part, &s->periods, &none, 1);
		chosen[c] = 0;
		for (int k = s->periods.first; k <= last; k++) {
			weir_cents_format(rows->column[WEIR_POOL_PRINCIPAL][k][0], s->deal->currency_digits, principal);
			weir_cents_format(rows->column[WEIR_POOL_INCOME][k][0], s->deal->currency_digits, income);
			fprintf(file, "%s,%d,%s,%s\n", s->deal->pool.contracts[c].id, k, principal, income);
		}
	}
	weir_arena_destroy(arena);
}

static void expect_no_change(const char *deal, int last)
{
	static const char *const tables[] = { "periods", "classes", "trace", "accounts", "life_classes" };
	char path[4096];
	weir_session *forecast = open_with(deal, NULL, NULL, WEIR_EXIT_DONE);
	last = last < 0 ? forecast->periods.count - 1 : forecast->periods.first + last;
	snprintf(path, sizeof path, "%s", io_write("actuals.csv", ""));
	FILE *file = fopen(path, "w");
	write_forecast(file, forecast, last);
	fclose(file);
	weir_session *actual = open_with(deal, path, NULL, WEIR_EXIT_DONE);
	ck_assert_int_eq(actual->pool->actuals->last, last);
	run(forecast);
	run(actual);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		char *a = table_of(forecast, tables[i]), *b = table_of(actual, tables[i]);
		if (strcmp(tables[i], "life_classes") != 0) /* its basis differs */
			ck_assert_msg(strcmp(a, b) == 0, "%s up to period %d: %s differs", deal, last, tables[i]);
		weir_text_release(a);
		weir_text_release(b);
	}
	weir_session_close(forecast);
	weir_session_close(actual);
}

static const char *const deals[] = { "deals/ex1-patent-licence/supported.xml", "deals/ex2-secondary-licence/deal.xml",
	                             "deals/ex2-secondary-licence/midlife.xml", "deals/ex4-supply-chain/supported.xml",
	                             "deals/ex6-trademark-royalty/deal.xml", "deals/ex8-trust-loans/supported.xml",
	                             "deals/zgc-2022-1/deal.xml", "tests/deals/royalty-rich/deal.xml",
	                             "tests/deals/opening-balances/deal.xml", "tests/deals/opening-cover/deal.xml",
	                             "tests/deals/floating-loans/deal.xml", "tests/deals/servicer-loss/deal.xml" };

START_TEST(the_forecast_itself_changes_nothing)
{
	expect_no_change(deals[_i], 0);
	expect_no_change(deals[_i], 1);
	expect_no_change(deals[_i], -1);
}
END_TEST

/* --- other numbers ---------------------------------------------------------------------------------------------- */

/* L1 owes 1,575,000.00 and 94,500.00, L2 925,000.00 and 55,500.00 in period 1: 2,650,000.00 in all. L1 pays a third of
 * its principal, 1,050,000.00 of it is overdue; L2 pays all: 1,600,000.00 came, 60.4 % of the forecast. */
static const char late[] = "contract,period,principal,income\nL1,1,525000.00,94500.00\nL2,1,925000.00,55500.00\n";
static const char events[] = "date,kind,subject,en,zh\n"
			     "2025-06-05,reason,L1,held back,暂扣\n"
			     "2025-06-19,reason,,\"second, without Chinese\",\n"
			     "2025-06-21,reason,L2,of the next period,\n"
			     "2024-01-01,event,F1,before the closing,\n"
			     "2029-01-01,report,A,behind the last payment,\n";

/* The value in a CSV: of the row whose first cell is `key`, in the column of that name. */
static void cell(const char *csv, const char *key, const char *column, char *value, size_t size)
{
	int number = 0;
	const char *header_end = strchr(csv, '\n'), *at = csv, *line;
	for (; at < header_end && (strncmp(at, column, strlen(column)) != 0 || !strchr(",\n", at[strlen(column)])); number++)
		at += strcspn(at, ",\n") + 1;
	ck_assert_msg(at < header_end, "there is no column %s", column);
	for (line = header_end; line && (strncmp(line + 1, key, strlen(key)) != 0 || line[1 + strlen(key)] != ',');)
		line = strchr(line + 1, '\n');
	ck_assert_msg(line != NULL, "there is no row %s", key);
	for (at = line + 1; number > 0; number--)
		at = *at == '"' ? strchr(at + 1, '"') + 2 : at + strcspn(at, ",\n") + 1;
	size_t length = *at == '"' ? strcspn(++at, "\"") : strcspn(at, ",\n");
	snprintf(value, size, "%.*s", (int)length, at);
}

static void expect_cell(const char *csv, const char *key, const char *column, const char *wanted)
{
	char value[400];
	cell(csv, key, column, value, sizeof value);
	ck_assert_msg(strcmp(value, wanted) == 0, "row %s, %s: \"%s\", not \"%s\"", key, column, value, wanted);
}

START_TEST(forecast_against_actual)
{
	char path[4096];
	snprintf(path, sizeof path, "%s", io_write("actuals.csv", late));
	weir_session *s = open_with(TWO_FIRMS, path, io_write("events.csv", events), WEIR_EXIT_DONE);
	run(s);
	char *life = table_of(s, "life"), *classes = table_of(s, "life_classes"), *periods = table_of(s, "periods");
	expect_cell(life, "1", "basis", "actual");
	expect_cell(life, "1", "forecast", "2650000.00");
	expect_cell(life, "1", "actual", "1600000.00");
	expect_cell(life, "1", "difference", "-1050000.00");
	expect_cell(life, "1", "ratio", "0.603774"); /* 1.6 / 2.65 = 0.60377358 */
	expect_cell(life, "1", "flag", "both");
	expect_cell(life, "1", "reason", "held back; second, without Chinese");
	/* period 2: forecast 1,645,875.00 + 966,625.00 = 2,612,500.00, and what is overdue */
	expect_cell(life, "2", "basis", "projected");
	expect_cell(life, "2", "actual", "3662500.00");
	expect_cell(life, "2", "cumulative_actual", "5262500.00");
	expect_cell(life, "2", "cumulative_ratio", "1");
	expect_cell(life, "2", "flag", "none");
	expect_cell(life, "2", "reason", "of the next period");
	expect_cell(periods, "1", "pool_overdue", "1050000.00");
	expect_cell(periods, "2", "pool_overdue", "0.00");
	expect_cell(classes, "1", "basis", "actual");
	weir_text_release(life);
	weir_text_release(classes);
	weir_text_release(periods);
	ck_assert_int_eq(s->occurrences->count, 5);
	ck_assert_int_eq(s->occurrences->items[0].period, 0);
	ck_assert_int_eq(s->occurrences->items[0].subject_kind, WEIR_SUBJECT_OBLIGOR);
	ck_assert_int_eq(s->occurrences->items[4].period, s->periods.count - 1);
	ck_assert_int_eq(s->occurrences->items[4].subject_kind, WEIR_SUBJECT_CLASS);
	ck_assert(weir_occurrences_next(s->occurrences, WEIR_OCCURRENCE_REASON, 1, -1) == 1);
	ck_assert(weir_occurrences_next(s->occurrences, WEIR_OCCURRENCE_REASON, 1, 2) == -1);
	ck_assert(weir_occurrences_next(NULL, WEIR_OCCURRENCE_REASON, 1, -1) == -1);
	weir_session_close(s);
}
END_TEST

static const char *fact_of(const weir_results *results, const char *id)
{
	for (size_t i = 0; i < results->fact_count; i++)
		if (strcmp(results->facts[i].id, id) == 0)
			return results->facts[i].value;
	return "";
}

START_TEST(facts_and_explanations)
{
	char *text = NULL, path[4096];
	snprintf(path, sizeof path, "%s", io_write("actuals.csv", late));
	weir_session *s = open_with(TWO_FIRMS, path, io_write("events.csv", events), WEIR_EXIT_DONE);
	run(s);
	ck_assert_str_eq(fact_of(s->results[0], "actual_to"), "1");
	ck_assert_str_eq(fact_of(s->results[0], "actuals_file"), "actuals.csv");
	ck_assert_str_eq(fact_of(s->results[0], "events_file"), "events.csv");
	ck_assert_uint_eq(strlen(fact_of(s->results[0], "sha256:actuals.csv")), 64);
	ck_assert_uint_eq(strlen(fact_of(s->results[0], "sha256:events.csv")), 64);
	ck_assert_str_eq(fact_of(s->results[0], "options"), "--actuals actuals.csv --events events.csv");
	ck_assert_int_eq(weir_session_why(s, "A", "2025-06-20", NULL, NULL, 0, &text), WEIR_EXIT_DONE);
	ck_assert_msg(strstr(text, "collections 1,600,000.00, actual; forecast without actuals 2,650,000.00") != NULL, "%s", text);
	weir_text_release(text);
	ck_assert_int_eq(weir_session_why(s, "A", "2025-09-20", NULL, NULL, 0, &text), WEIR_EXIT_DONE);
	ck_assert_msg(strstr(text, "collections 3,662,500.00, projected; forecast without actuals 2,612,500.00\n"
	                           "projected from the actual state at the end of period 1\n") != NULL, "%s", text);
	weir_text_release(text);
	weir_session_close(s);
}
END_TEST

/* The past is the same in every scenario, what is to come is not: a haircut of 10 % leaves 1,600,000.00 of period 1, and of
 * 3,662,500.00 nine tenths. */
START_TEST(scenarios_act_on_what_is_to_come)
{
	const char *sets[] = { "haircut=10%" };
	weir_request request = { .no_report = 1, .sets = sets, .set_count = 1, .contracts = 1 };
	weir_session *s = open_with(TWO_FIRMS, io_write("actuals.csv", late), NULL, WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_run(s, &request), WEIR_EXIT_DONE);
	char *life = table_of(s, "life"), *contracts = table_of(s, "contracts");
	expect_cell(life, "1", "actual", "1600000.00");
	expect_cell(life, "1", "forecast", "2385000.00");
	expect_cell(life, "2", "actual", "3296250.00");
	/* the first row is L1's of period 1, then its overdue part with what was due in September */
	expect_cell(contracts, "1", "principal_due", "1575000.00");
	expect_cell(contracts, "1", "received", "619500.00");
	expect_cell(contracts, "1", "status", "part-paid");
	expect_cell(contracts, "2", "principal_due", "1050000.00");
	expect_cell(contracts, "2", "received", "945000.00");
	weir_text_release(life);
	weir_text_release(contracts);
	weir_session_close(s);
}
END_TEST

/* Royalty R2 of royalty-rich is to bring 185,482.76 of principal in period 1; others as their terms say. 100,000.00 less comes of
 * it: given up, later royalties stay; it ends in period 2. */
START_TEST(royalties_go_on_as_forecast)
{
	char path[4096], text[8192] = "";
	const char *deal = "tests/deals/royalty-rich/deal.xml";
	weir_session *forecast = open_with(deal, NULL, NULL, WEIR_EXIT_DONE);
	snprintf(path, sizeof path, "%s", io_write("actuals.csv", ""));
	FILE *file = fopen(path, "w+");
	write_forecast(file, forecast, 1);
	rewind(file);
	text[fread(text, 1, sizeof text - 1, file)] = '\0';
	fclose(file);
	run(forecast);
	char *was = table_of(forecast, "periods"), a[40], b[40];
	ck_assert_msg(strstr(text, "R2,1,185482.76,") != NULL, "%s", text);
	char *less = io_replace(text, "R2,1,185482.76,", "R2,1,85482.76,");
	weir_session *s = open_with(deal, io_write("actuals.csv", less), NULL, WEIR_EXIT_DONE);
	run(s);
	char *is = table_of(s, "periods");
	expect_cell(is, "1", "pool_defaulted", "100000.00");
	for (int k = 1; k < 5; k++) {
		char row[8];
		snprintf(row, sizeof row, "%d", k);
		cell(was, row, "pool_balance", a, sizeof a);
		expect_cell(is, row, "pool_balance", a);
		cell(was, row, "pool_principal", b, sizeof b);
		if (k > 1)
			expect_cell(is, row, "pool_principal", b);
	}
	free(less);
	weir_text_release(was);
	weir_text_release(is);
	weir_session_close(s);
	weir_session_close(forecast);
}
END_TEST

/* What brings more than was due gives up less than nothing; a fee on that charges nothing. */
START_TEST(a_fee_on_what_is_given_up)
{
	static const char more[] = "<scenarios xmlns=\"urn:weir:scenarios:1\"><scenario id=\"more\"><receipts factor=\"110%\"/>"
				   "</scenario><scenario id=\"less\"><receipts factor=\"90%\"/></scenario></scenarios>";
	static const char *const scenarios[] = { "more", "less" };
	char text[16384] = "";
	FILE *file = fopen(TWO_FIRMS, "r");
	ck_assert(file && fread(text, 1, sizeof text - 1, file) > 0);
	fclose(file);
	char *with_fee = io_replace(text, "</classes>", "</classes><fees><fee id=\"x\" formula=\"2% * pool.defaulted\"/></fees>");
	char *paid = io_replace(with_fee, "<pay ", "<pay what=\"x\"/><pay ");
	io_write("scenarios.xml", more);
	weir_session *s = open_with(io_write("deal.xml", paid), NULL, NULL, WEIR_EXIT_DONE);
	weir_request request = { .no_report = 1, .scenarios = scenarios, .scenario_count = 2 };
	ck_assert_int_eq(weir_session_run(s, &request), WEIR_EXIT_DONE);
	for (size_t i = 0; i < 2; i++) {
		/* 2,500,000.00 of principal is due in period 1: a tenth of it more, or less, and 2 % of that */
		char *periods = weir_session_table(s, i, "periods");
		expect_cell(periods, "1", "pool_defaulted", i == 0 ? "-250000.00" : "250000.00");
		expect_cell(periods, "1", "fees", i == 0 ? "0.00" : "5000.00");
		weir_text_release(periods);
	}
	free(with_fee);
	free(paid);
	weir_session_close(s);
}
END_TEST

/* Where a call sells the pool, what is collected behind it is not the deal's. */
START_TEST(a_pool_that_was_sold)
{
	char path[4096];
	const char *deal = "deals/ledger-abn/deal.xml";
	weir_session *forecast = open_with(deal, NULL, NULL, WEIR_EXIT_DONE);
	snprintf(path, sizeof path, "%s", io_write("actuals.csv", ""));
	FILE *file = fopen(path, "w");
	write_forecast(file, forecast, 10);
	fclose(file);
	weir_session_close(forecast);
	weir_session *s = open_with(deal, path, NULL, WEIR_EXIT_DONE);
	run(s);
	const char *last = weir_session_message(s, weir_session_message_count(s) - 1, NULL);
	ck_assert_msg(strstr(last, "the pool is sold in period 9 by a call") != NULL, "%s", last);
	weir_session_close(s);
}
END_TEST

/* A cell of either table that is a cent off is found, and named. */
START_TEST(what_does_not_add_up_is_found)
{
	static const struct {
		const char *table, *column, *what;
	} cells[] = { { "life", "forecast_income", "forecast is its parts" },
		      { "life", "actual", "actual is its parts" },
		      { "life", "difference", "difference is actual less forecast" },
		      { "life", "cumulative_forecast", "cumulative forecast is the sum to date" },
		      { "life", "cumulative_actual", "cumulative actual is the sum to date" },
		      { "life", "actual_recovered", "what was collected is that of table \"periods\"" },
		      { "life", "period", "the row stands in table \"periods\"" },
		      { "life_classes", "forecast_principal", "forecast is its parts" },
		      { "life_classes", "actual_residual", "actual is its parts" },
		      { "life_classes", "difference", "difference is actual less forecast" },
		      { "life_classes", "closing", "what was paid is that of table \"classes\"" },
		      { "life_classes", "period", "the row stands in table \"classes\"" } };
	weir_session *s = open_with(TWO_FIRMS, io_write("actuals.csv", late), NULL, WEIR_EXIT_DONE);
	run(s);
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		const weir_table *table = weir_results_table(s->results[0], cells[i].table);
		weir_cell *wrong = (weir_cell *)weir_table_cell(table, 1, weir_table_column(table, cells[i].column));
		weir_diags diags = { 0 };
		int found = 0;
		wrong->number += 77;
		ck_assert_int_eq(weir_results_foot(s->results[0], &diags), WEIR_INTERNAL);
		for (size_t d = 0; d < diags.count; d++)
			found |= strstr(diags.items[d].text, cells[i].what) && strstr(diags.items[d].text, cells[i].table);
		ck_assert_msg(found, "%s.%s: %s", cells[i].table, cells[i].column, cells[i].what);
		weir_diags_free(&diags);
		wrong->number -= 77;
	}
	ck_assert_int_eq(weir_results_foot(s->results[0], &s->call), WEIR_OK);
	weir_session_close(s);
}
END_TEST

/* --- memory ----------------------------------------------------------------------------------------------------- */

/* Opening and running while memory runs out ever later; every 7th failure after the first ones keeps it short. */
START_TEST(memory_short)
{
	char paid[4096], told[4096];
	snprintf(paid, sizeof paid, "%s", io_write("actuals.csv", late));
	snprintf(told, sizeof told, "%s", io_write("events.csv", events));
	weir_inputs inputs = { .actuals = paid, .events = told };
	for (size_t n = 1;; n += n < 300 ? 1 : 7) {
		weir_session *s;
		weir_request request = { .no_report = 1 };
		weir_alloc_fail_from(n);
		int exit = weir_session_open_inputs(&s, TWO_FIRMS, &inputs);
		if (exit == WEIR_EXIT_DONE)
			exit = weir_session_run(s, &request);
		weir_alloc_fail_from(0);
		weir_session_close(s);
		ck_assert_msg(exit == WEIR_EXIT_DONE || exit == WEIR_EXIT_INTERNAL, "%zu: %d", n, exit);
		if (exit == WEIR_EXIT_DONE)
			return;
	}
}
END_TEST

Suite *weir_suite_api_actuals(void)
{
	Suite *suite = suite_create("api/actuals");
	TCase *tests = tcase_create("actuals");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, the_forecast_itself_changes_nothing, 0, (int)(sizeof deals / sizeof *deals));
	tcase_add_test(tests, forecast_against_actual);
	tcase_add_test(tests, facts_and_explanations);
	tcase_add_test(tests, scenarios_act_on_what_is_to_come);
	tcase_add_test(tests, royalties_go_on_as_forecast);
	tcase_add_test(tests, a_fee_on_what_is_given_up);
	tcase_add_test(tests, a_pool_that_was_sold);
	tcase_add_test(tests, what_does_not_add_up_is_found);
	tcase_add_test(tests, memory_short);
	suite_add_tcase(suite, tests);
	return suite;
}
