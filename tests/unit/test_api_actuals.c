/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_api_actuals.c: deals opened with what was collected and what happened: the forecast's own numbers change nothing, other
 * ones reach the tables, the facts and the explanations. */
#include <check.h>
#include <glob.h>
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
	fputs("contract,period,principal,income,asset,bought,spent\n", file);
	for (int c = 0; c < s->deal->pool.contract_count; c++) {
		chosen[c] = 1;
		weir_pool_project(rows, &part, &s->periods, &none, 1);
		chosen[c] = 0;
		for (int k = s->periods.first; k <= last; k++) {
			weir_cents_format(rows->column[WEIR_POOL_PRINCIPAL][k][0], s->deal->currency_digits, principal);
			weir_cents_format(rows->column[WEIR_POOL_INCOME][k][0], s->deal->currency_digits, income);
			fprintf(file, "%s,%d,%s,%s,,,\n", s->deal->pool.contracts[c].id, k, principal, income);
		}
	}
	weir_arena_destroy(arena);
}

/* What revolving assets did in a run, as one contract for each. */
static void write_bought(FILE *file, const weir_session *s, int last)
{
	const weir_table *table = weir_results_table(s->results[0], "revolving");
	char text[5][40];
	for (int i = 0; table && i < s->deal->revolving_count; i++) {
		const char *id = s->deal->revolvings[i].node.id;
		double before = 0;
		for (size_t row = 0; row < table->row_count; row++) {
			const weir_cell *cells = weir_table_cell(table, row, 0);
			double principal = cells[WEIR_COL_revolving_principal].number, spent = cells[WEIR_COL_revolving_purchased].number;
			double balance = cells[WEIR_COL_revolving_balance].number, bought = balance - before + principal;
			double all[] = { principal, cells[WEIR_COL_revolving_income].number, bought, spent };
			if (strcmp(cells[WEIR_COL_revolving_asset].key, id) != 0 || cells[0].number > last ||
			    before + balance == 0)
				continue;
			for (int n = 0; n < 4; n++)
				weir_cents_format(all[n], s->deal->currency_digits, text[n]);
			fprintf(file, "all of %s,%.0f,%s,%s,%s,%s,%s\n", id, cells[0].number, text[0], text[1], id, text[2], text[3]);
			before = balance;
		}
	}
}

static void expect_no_change(const char *deal, int last)
{
	static const char *const tables[] = { "periods", "classes", "trace", "accounts", "life_classes" };
	char path[4096];
	weir_session *forecast = open_with(deal, NULL, NULL, WEIR_EXIT_DONE);
	last = last < 0 ? forecast->periods.count - 1 : forecast->periods.first + last;
	last = last < forecast->periods.count ? last : forecast->periods.count - 1;
	run(forecast);
	snprintf(path, sizeof path, "%s", io_write("actuals.csv", ""));
	FILE *file = fopen(path, "w");
	write_forecast(file, forecast, last);
	write_bought(file, forecast, last);
	fclose(file);
	weir_session *actual = open_with(deal, path, NULL, WEIR_EXIT_DONE);
	ck_assert_int_eq(actual->pool->actuals->last, last);
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

/* The deals of the tree: every nth one of them from `from` on. */
#define DEAL_PARTS 8

static int is_deal(const char *path)
{
	char line[200];
	int found = 0;
	FILE *file = fopen(path, "r");
	while (file && !found && fgets(line, sizeof line, file))
		found = strncmp(line, "<deal ", 6) == 0;
	if (file)
		fclose(file);
	return found;
}

static void for_each_deal(int from, void (*check)(const char *deal))
{
	const char *brief = getenv("WEIR_BRIEF");
	glob_t found;
	int checked = 0, every = brief && *brief ? 3 * DEAL_PARTS : DEAL_PARTS; /* a brief run takes a third */
	ck_assert_int_eq(glob("deals/*/*.xml", 0, NULL, &found), 0);
	ck_assert_int_eq(glob("tests/deals/*/*.xml", GLOB_APPEND, NULL, &found), 0);
	for (size_t i = (size_t)from; i < found.gl_pathc; i += (size_t)every)
		if (is_deal(found.gl_pathv[i])) {
			check(found.gl_pathv[i]);
			checked++;
		}
	ck_assert_int_gt(checked, 1);
	globfree(&found);
}

static void expect_no_change_at_all(const char *deal)
{
	expect_no_change(deal, 0);
	expect_no_change(deal, 2);
	expect_no_change(deal, -1);
}

START_TEST(the_forecast_itself_changes_nothing)
{
	for_each_deal(_i, expect_no_change_at_all);
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

/* --- what was bought on the way --------------------------------------------------------------------------------- */

#define BUYS "tests/deals/revolving-purchase/deal.xml"
#define OWN "contract,period,principal,income,asset,bought,spent\nK1,1,9900.00,150.00,,,\n"

/* The deal's rule would buy for 9,500.00; 8,000.00 were bought for 7,900.00. 10,050.00 less 98.00 of interest and that leave
 * 2,052.00. Period 2: 100.00 of the pool, 2,666.67 (a third), 3 % of 8,000.00; of 5,058.67 A gets 98.00 and 4,960.67, so that
 * 4,839.33 is left. Period 3: 2,666.66 (5,333.33 less 2,666.67) and 3 % of 5,333.33 = 160.00; 48.39 of interest, 2,778.27; left
 * 2,061.06. Period 4: 2,666.67 and 80.00; 20.61, 2,061.06; 665.00 for SUB. */
START_TEST(purchases_are_those_of_the_file)
{
	weir_session *s = open_with(BUYS, io_write("actuals.csv", OWN "new,1,0,0,invoices,8000.00,7900.00\n"), NULL,
	                            WEIR_EXIT_DONE);
	size_t said = weir_session_message_count(s);
	run(s);
	ck_assert_uint_eq(weir_session_message_count(s), said);
	char *revolving = table_of(s, "revolving"), *classes = table_of(s, "classes");
	static const char *const rows[][6] = { { "1", "7900.00", "0.00", "0.00", "8000.00" },
		                               { "2", "0.00", "2666.67", "240.00", "5333.33" },
		                               { "3", "0.00", "2666.66", "160.00", "2666.67" },
		                               { "4", "0.00", "2666.67", "80.00", "0.00" } };
	for (size_t i = 0; i < 4; i++) {
		expect_cell(revolving, rows[i][0], "purchased", rows[i][1]);
		expect_cell(revolving, rows[i][0], "principal", rows[i][2]);
		expect_cell(revolving, rows[i][0], "income", rows[i][3]);
		expect_cell(revolving, rows[i][0], "balance", rows[i][4]);
	}
	ck_assert(strstr(classes, "4,A,2061.06,") != NULL);
	weir_text_release(revolving);
	weir_text_release(classes);
	weir_session_close(s);
}
END_TEST

/* 12,500.00 for 12,000.00, and 9,952.00 is there: in the run 12,500.00 x 9,952 / 12,000 = 10,366.67 is outstanding until period
 * 2 opens with what the file has. In period 2 the deal's rule buys nothing, but the file does, for what is then there: 100.00,
 * 4,300.00 and 375.00 less 98.00 are 4,677.00, more than 4,000.00. */
START_TEST(purchases_without_the_cash)
{
	weir_session *s = open_with(BUYS, io_write("actuals.csv", OWN "new,1,0,0,invoices,12500.00,12000.00\n"
	                                                          "K1,2,100.00,0,,,\nnew,2,4300.00,375.00,invoices,,\n"
	                                                          "next,2,0,0,invoices,4040.40,4000.00\n"),
	                            NULL, WEIR_EXIT_DONE);
	run(s);
	const char *last = weir_session_message(s, weir_session_message_count(s) - 1, NULL);
	ck_assert_msg(strstr(last, "\" has 12000.00 spent on \"invoices\" in period 1, and the deal's order of payments leaves "
	                           "9952.00 for it") != NULL, "%s", last);
	char *revolving = table_of(s, "revolving");
	expect_cell(revolving, "1", "purchased", "9952.00");
	expect_cell(revolving, "1", "balance", "10366.67");
	expect_cell(revolving, "2", "principal", "4300.00");
	expect_cell(revolving, "2", "purchased", "4000.00");
	expect_cell(revolving, "2", "balance", "12240.40"); /* 12,500.00 - 4,300.00 + 4,040.40 */
	/* 133.33 more than the third of 12,500.00 came: 8,200.00 is left of 8,333.33; with the first third of 4,040.40, 1,346.80,
	   and share 8,200 / 8,333.33 = 0.984000393600: the last third 4,166.67 (8,333.33 - 4,166.66) x share = 4,100.00 stays */
	expect_cell(revolving, "3", "principal", "5446.80");
	expect_cell(revolving, "3", "income", "367.21"); /* 3 % of 12,240.40 */
	weir_text_release(revolving);
	weir_session_close(s);
}
END_TEST

/* What defaulted leaves the balance without cash, what came back of it comes with the principal; both the deal can ask for. */
START_TEST(purchases_that_default)
{
	weir_session *s = open_with(BUYS, io_write("actuals.csv", OWN "new,1,0,0,invoices,8000.00,7900.00\nK1,2,100.00,0,,,\n"),
	                            NULL, WEIR_EXIT_INPUT);
	weir_session_close(s);
	s = open_with(BUYS, io_write("actuals.csv",
	                             "contract,period,principal,income,asset,bought,spent,defaulted,recovered-collection\n"
	                             "K1,1,9900.00,150.00,,,,,\nnew,1,0,0,invoices,8000.00,7900.00,,\nK1,2,100.00,0,,,,,\n"
	                             "new,2,2000.00,240.00,invoices,,,666.67,123.45\n"),
	              NULL, WEIR_EXIT_DONE);
	run(s);
	char *revolving = table_of(s, "revolving");
	expect_cell(revolving, "2", "principal", "2123.45");
	expect_cell(revolving, "2", "defaulted", "666.67");
	expect_cell(revolving, "2", "balance", "5333.33");
	expect_cell(revolving, "3", "principal", "2666.66");
	expect_cell(revolving, "3", "defaulted", "0.00");
	weir_text_release(revolving);
	weir_session_close(s);
}
END_TEST

/* --- studies from the actual state ------------------------------------------------------------------------------ */

static void expect_same_table(weir_session *a, weir_session *b, const char *table, const char *what)
{
	char *x = table_of(a, table), *y = table_of(b, table);
	ck_assert_msg(strcmp(x, y) == 0, "%s: %s differs:\n%s\n%s", what, table, x, y);
	weir_text_release(x);
	weir_text_release(y);
}

/* With the forecast's own numbers of the first two periods what does not look at the pool's future finds the same: the coupon of
 * the first class that has one for its own yield, the other readings, and the deal against itself. */
static void expect_same_studies(const char *deal)
{
	char path[4096], until[300], vary[300];
	weir_session *forecast = open_with(deal, NULL, NULL, WEIR_EXIT_DONE), *actual;
	weir_variants_request readings = { 0 };
	weir_diff_request differ = { .effect = 1 };
	int last = forecast->periods.first + 1 < forecast->periods.count ? forecast->periods.first + 1 :
	                                                                   forecast->periods.first;
	run(forecast);
	snprintf(path, sizeof path, "%s", io_write("actuals.csv", ""));
	FILE *file = fopen(path, "w");
	write_forecast(file, forecast, last);
	write_bought(file, forecast, last);
	fclose(file);
	actual = open_with(deal, path, NULL, WEIR_EXIT_DONE);
	for (int c = 0; c < forecast->deal->class_count; c++) {
		const weir_class *class = &forecast->deal->classes[c];
		weir_solve_request request = { .vary = vary, .until = until };
		weir_solve_answer a, b;
		if (!(class->coupon_annual > 0) || class->style == WEIR_STYLE_RESIDUAL || forecast->deal->revolving_count)
			continue; /* another coupon leaves other cash to buy for, but what was bought was bought */
		snprintf(vary, sizeof vary, "%s.coupon=%.2f%%:%.2f%%", class->node.id, class->coupon_annual * 100 - 1,
		         class->coupon_annual * 100 + 1);
		snprintf(until, sizeof until, "total(%s.interest_paid) = 123456.78", class->node.id);
		int one = weir_session_solve(forecast, &request, &a), other = weir_session_solve(actual, &request, &b);
		ck_assert_msg(one == other && one <= WEIR_EXIT_NO, "%s, %s: %d, %d: %s", deal, vary, one, other,
		              weir_session_message(forecast, weir_session_message_count(forecast) - 1, NULL));
		expect_same_table(forecast, actual, "solve", deal);
		break;
	}
	if (weir_session_variant_count(forecast) > 0) {
		ck_assert_int_eq(weir_session_variants(forecast, &readings), WEIR_EXIT_DONE);
		ck_assert_int_eq(weir_session_variants(actual, &readings), WEIR_EXIT_DONE);
		expect_same_table(forecast, actual, "variants", deal);
	}
	ck_assert_int_eq(weir_session_diff(actual, forecast, &differ), WEIR_EXIT_DONE);
	ck_assert_msg(strstr(weir_session_summary(actual), "the same for every class") != NULL, "%s: %s", deal,
	              weir_session_summary(actual));
	weir_session_close(forecast);
	weir_session_close(actual);
}

START_TEST(studies_of_the_forecast_itself_find_the_same)
{
	for_each_deal(_i, expect_same_studies);
}
END_TEST

/* Class A has 6,464,000.00 outstanding behind period 1, 8,775,000.00 is to come: with 51,712.00 + 32,000.00 + 16,000.00 of
 * interest A needs 6,563,712.00 of it, 1 - 0.74800137 = 25.199863 % less can come. */
START_TEST(solving_from_the_actual_state)
{
	weir_solve_request request = { .vary = "haircut", .until = "A.unpaid <= 0" };
	weir_solve_answer answer;
	weir_session *s = open_with(TWO_FIRMS, io_write("actuals.csv", late), NULL, WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_solve(s, &request, &answer), WEIR_EXIT_DONE);
	char *found = table_of(s, "solve");
	ck_assert_msg(strstr(found, ",0.251998632,") != NULL, "%s", found);
	weir_text_release(found);
	weir_session_close(s);
}
END_TEST

/* Of 10,000,000.00, 300,000.00 have defaulted and 7,775,000.00 are left. Leases' AAA asks 5 x 4 % = 20 %: (0.20 - 0.03) / 0.7775.
 * With 1 % that had defaulted before the file: (0.20 - 0.04) / 0.7775 = 0.205787781350. */
START_TEST(rating_from_the_actual_state)
{
	weir_rating_request request = { .asset_class = "lease", .base_default = "4%", .class_id = "A" };
	const char *lost = "contract,period,principal,income,defaulted\nL1,1,1000000.00,94500.00,300000.00\n"
			   "L2,1,925000.00,55500.00,0\n";
	weir_session *s = open_with(TWO_FIRMS, io_write("actuals.csv", lost), NULL, WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_rating(s, &request), WEIR_EXIT_DONE);
	const weir_table *targets = weir_results_table(s->results[0], "rating_targets");
	ck_assert(weir_table_cell(targets, 0, WEIR_COL_rating_targets_target)->number == 0.2);
	ck_assert(weir_table_cell(targets, 0, WEIR_COL_rating_targets_to_come)->number == 0.218649517685);
	request.defaulted = "1%";
	ck_assert_int_eq(weir_session_rating(s, &request), WEIR_EXIT_DONE);
	targets = weir_results_table(s->results[0], "rating_targets");
	ck_assert(weir_table_cell(targets, 0, WEIR_COL_rating_targets_to_come)->number == 0.20578778135);
	request.defaulted = "18%"; /* and 3 % of the file: more than the best grade asks for */
	ck_assert_int_eq(weir_session_rating(s, &request), WEIR_EXIT_INPUT);
	const char *last = weir_session_message(s, weir_session_message_count(s) - 1, NULL);
	ck_assert_msg(strstr(last, "21% has defaulted already, but the best grade asks to survive only 20%") != NULL, "%s", last);
	weir_session_close(s);
	/* nothing is left: no default rate says anything */
	const char *all = "contract,period,principal,income,defaulted\nL1,1,6300000.00,94500.00,0\nL2,1,0,0,3700000.00\n";
	s = open_with(TWO_FIRMS, io_write("actuals.csv", all), NULL, WEIR_EXIT_DONE);
	request.defaulted = NULL;
	ck_assert_int_eq(weir_session_rating(s, &request), WEIR_EXIT_INPUT);
	last = weir_session_message(s, weir_session_message_count(s) - 1, NULL);
	ck_assert_msg(strstr(last, "the pool has no principal left behind the actuals") != NULL, "%s", last);
	weir_session_close(s);
}
END_TEST

/* What in fact defaults is counted from the actual state on: of what the periods behind the file give up, in a run with the
 * largest total survived, in parts of the 7,775,000.00 that are left. */
START_TEST(break_evens_count_from_the_actual_state)
{
	weir_break_even_request request = { .vary = "default_total", .class_id = "A", .test = "first-loss" };
	weir_break_even_answer answer;
	char set[60], value[40], wanted[60];
	const char *sets[] = { set };
	double sum = 0;
	const char *lost = "contract,period,principal,income,defaulted\nL1,1,1000000.00,94500.00,300000.00\n"
			   "L2,1,925000.00,55500.00,0\n";
	weir_session *s = open_with(TWO_FIRMS, io_write("actuals.csv", lost), NULL, WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_break_even(s, &request, &answer, NULL), WEIR_EXIT_DONE);
	ck_assert(answer.has_limit);
	char *summary = strdup(weir_session_summary(s));
	snprintf(set, sizeof set, "default_total=%.7f%%", answer.largest * 100);
	weir_request again = { .no_report = 1, .sets = sets, .set_count = 1 };
	ck_assert_int_eq(weir_session_run(s, &again), WEIR_EXIT_DONE);
	char *periods = table_of(s, "periods");
	expect_cell(periods, "1", "pool_defaulted", "300000.00");
	expect_cell(periods, "1", "pool_balance", "7775000.00");
	for (char row[] = "2"; *row <= '4'; ++*row) {
		cell(periods, row, "pool_defaulted", value, sizeof value);
		sum += atof(value);
	}
	ck_assert(sum > 0);
	snprintf(wanted, sizeof wanted, "(%.2f%% of the pool defaults)", sum / 7775000 * 100);
	ck_assert_msg(strstr(summary, wanted) != NULL, "%s: %s", summary, wanted);
	free(summary);
	weir_text_release(periods);
	weir_session_close(s);
}
END_TEST

/* S7 adds 0.5 % to coupons; five periods are actual: A was paid 3.1 % of 150,000,000.00 for 92 days of 365, and gets more from
 * period 6 on. */
START_TEST(coupons_rise_behind_the_actual_periods)
{
	const char *scenarios[] = { "S7" };
	weir_request request = { .no_report = 1, .scenarios = scenarios, .scenario_count = 1 };
	weir_session *s = open_with("deals/ledger-abn/deal.xml", "deals/ledger-abn/actuals.csv", NULL, WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_run(s, &request), WEIR_EXIT_DONE);
	char *classes = table_of(s, "classes");
	expect_cell(classes, "1", "interest_paid", "1172054.79");
	expect_cell(classes, "5", "coupon", "0.031");
	expect_cell(classes, "6", "coupon", "0.036");
	weir_text_release(classes);
	weir_session_close(s);
}
END_TEST

START_TEST(a_structure_wants_no_actuals)
{
	weir_structure_request request = { 0 };
	weir_structure_answer answer;
	weir_session *s = open_with(TWO_FIRMS, io_write("actuals.csv", late), NULL, WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_structure(s, &request, &answer), WEIR_EXIT_INPUT);
	const char *last = weir_session_message(s, weir_session_message_count(s) - 1, NULL);
	ck_assert_msg(strstr(last, "a structure is found for the closing, before anything is collected") != NULL, "%s", last);
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
			break;
	}
	snprintf(paid, sizeof paid, "%s", io_write("actuals.csv", OWN "new,1,0,0,invoices,8000.00,7900.00\n"));
	inputs.events = NULL;
	for (size_t n = 1;; n++) {
		weir_session *s;
		weir_alloc_fail_from(n);
		int exit = weir_session_open_inputs(&s, BUYS, &inputs);
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
	tcase_add_loop_test(tests, the_forecast_itself_changes_nothing, 0, DEAL_PARTS);
	tcase_add_test(tests, forecast_against_actual);
	tcase_add_test(tests, facts_and_explanations);
	tcase_add_test(tests, scenarios_act_on_what_is_to_come);
	tcase_add_test(tests, royalties_go_on_as_forecast);
	tcase_add_test(tests, a_fee_on_what_is_given_up);
	tcase_add_test(tests, a_pool_that_was_sold);
	tcase_add_test(tests, what_does_not_add_up_is_found);
	tcase_add_test(tests, purchases_are_those_of_the_file);
	tcase_add_test(tests, purchases_without_the_cash);
	tcase_add_test(tests, purchases_that_default);
	tcase_add_loop_test(tests, studies_of_the_forecast_itself_find_the_same, 0, DEAL_PARTS);
	tcase_add_test(tests, solving_from_the_actual_state);
	tcase_add_test(tests, rating_from_the_actual_state);
	tcase_add_test(tests, break_evens_count_from_the_actual_state);
	tcase_add_test(tests, coupons_rise_behind_the_actual_periods);
	tcase_add_test(tests, a_structure_wants_no_actuals);
	tcase_add_test(tests, memory_short);
	suite_add_tcase(suite, tests);
	return suite;
}
