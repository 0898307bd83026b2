/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_report_ledgers.c: ledgers, statistics, series and distributions of a deal worked out by hand; every deal
 * fills and foots; every tie broken by one cent is caught. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "deal/occurrences.h"
#include "engine_fixture.h"
#include "io/actuals_csv.h"
#include "pool/course.h"
#include "report/fill.h"

Suite *weir_suite_report_ledgers(void);

/* Four quarters of 30E/360; interest of A is 0.9 % of its balance a quarter. Cash: 150.00 in the principal ledger
 * and 100.00 in the reserve at the closing. VAT: 3 / 103 of the income, and 12 % of that. */
static const char hand[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<deal xmlns=\"urn:weir:deal:1\" id=\"hand\" kind=\"abn\" currency=\"CNY\">\n"
	"<dates closing=\"2023-12-15\" start=\"2023-12-15\" legal-final=\"2026-12-15\">\n"
	"<payment first=\"2024-03-15\" every=\"3 months\" count=\"4\" adjust=\"none\" calendar=\"weekends\"/>\n"
	"<accrual day-count=\"30E/360\" dates=\"unadjusted\"/>\n"
	"<calculation offset=\"-5 business days\"/></dates>\n"
	"<parties><party id=\"seller\" role=\"originator servicer\" en=\"Seller\"/>\n"
	"<party id=\"trust_co\" role=\"trustee manager\" en=\"Trust\"/>\n"
	"<party id=\"shch\" role=\"registrar\" en=\"Shanghai Clearing House\"/></parties>\n"
	"<pool><contract id=\"K1\" kind=\"loan\" obligor=\"O1\" obligor-en=\"One\" amount=\"85000.00\" "
	"repayment=\"explicit\">\n"
	"<instalment date=\"2024-02-20\" principal=\"30000.00\" income=\"900.10\"/>\n"
	"<instalment date=\"2024-05-20\" principal=\"24500.50\" income=\"700.20\"/>\n"
	"<instalment date=\"2024-08-20\" principal=\"20100.25\" income=\"500.30\"/>\n"
	"<instalment date=\"2024-11-20\" principal=\"10399.25\" income=\"300.40\"/></contract></pool>\n"
	"<accounts><account id=\"incomes\"%s receives=\"income\"/>\n"
	"<account id=\"principals\"%s receives=\"principal recovered\" initial=\"150.00\"/>\n"
	"<reserve id=\"cushion\" initial=\"100.00\" target=\"300 yuan\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"80000.00\" coupon=\"3.6%%\"><principal style=\"pass-through\"/></class>\n"
	"<class id=\"SUB\" size=\"5250.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	"<fees><tax id=\"vat\" base=\"pool.income\" rate=\"3%%\" gross=\"included\" surcharge=\"12%%\"/>\n"
	"<fee id=\"collecting\" amount=\"40.00\" payee=\"seller\"/><fee id=\"trustee\" amount=\"50.00\" "
	"payee=\"trust_co\"/></fees>\n"
	"<waterfalls><waterfall id=\"normal\" clause=\"8\">\n"
	"<pay clause=\"8(a)\" from=\"incomes\" what=\"vat collecting trustee\"/>\n"
	"<transfer clause=\"8(b)\" from=\"principals\" to=\"incomes\" amount=\"max(A.interest_unpaid - incomes.balance, "
	"0)\"/>\n"
	"<pay clause=\"8(c)\" from=\"incomes\" what=\"A.interest\"/>\n"
	"<fill clause=\"8(d)\" account=\"cushion\" from=\"incomes\"/>\n"
	"<transfer clause=\"8(e)\" from=\"incomes\" to=\"principals\"/>\n"
	"<pay clause=\"8(f)\" from=\"principals\" what=\"A.principal\"/>\n"
	"<keep clause=\"8(g)\" until=\"classes.senior.balance = 0\"/>\n"
	"<release clause=\"8(h)\" account=\"cushion\" to=\"principals\" all=\"yes\"/>\n"
	"<pay clause=\"8(i)\" from=\"principals\" what=\"SUB.rest\"/></waterfall></waterfalls></deal>\n";

static engine_deal deal;
static weir_block *block;
static weir_results *results;
static weir_diags diags;
static const weir_occurrences *occurrences; /* NULL: nothing is told */

static void setup(void)
{
	io_enter();
	diags = (weir_diags){ 0 };
}

static void teardown(void)
{
	weir_results_destroy(results);
	weir_block_destroy(block);
	engine_close(&deal);
	weir_diags_free(&diags);
	results = NULL;
	block = NULL;
	occurrences = NULL;
	io_leave();
}

/* Of tests that close their deals themselves. */
static void leave(void)
{
	weir_diags_free(&diags);
	io_leave();
}

/* Fills all tables of a run. */
static weir_results *fill(engine_deal *d, const weir_block *of)
{
	weir_results *made = NULL;
	weir_deal_figures figures;
	weir_outcome outcome = { .plan = d->plan,
		                 .run = weir_block_result(of),
		                 .rows = weir_block_rows(of),
		                 .shocks = weir_block_shocks(of, 0),
		                 .occurrences = occurrences,
		                 .figures = &figures };
	ck_assert_int_eq(weir_measure(&figures, d->arena, d->plan, outcome.run, outcome.rows, 0), WEIR_OK);
	ck_assert_int_eq(weir_results_create(&made, "hand", NULL, NULL, "CNY", d->load.deal->currency_digits), WEIR_OK);
	ck_assert_int_eq(weir_fill_run(made, &outcome, 0), WEIR_OK);
	return made;
}

static void run_text(const weir_scenario *scenario, const char *text)
{
	engine_open_text(&deal, text);
	block = engine_run(&deal, scenario, 1);
	results = fill(&deal, block);
	weir_status status = weir_results_foot(results, &diags);
	ck_assert_msg(status == WEIR_OK, "%s", diags.count ? diags.items[0].text : "does not foot");
}

static void run(const weir_scenario *scenario, int with_ledgers)
{
	char text[sizeof hand + 100];
	snprintf(text, sizeof text, hand, with_ledgers ? " ledger=\"income\"" : "",
	         with_ledgers ? " ledger=\"principal\"" : "");
	run_text(scenario, text);
}

/* All that is scheduled from `from` on defaults; a part of it comes back three months later. */
static void run_defaults(const char *from, double recovered, const char *text)
{
	weir_shock shocks[] = { { .kind = WEIR_SHOCK_DEFAULT,
		                  .profile = WEIR_PROFILE_DATE,
		                  .value = 1,
		                  .from = weir_date_parse(from, 10),
		                  .to = WEIR_DATE_NONE },
		                { .kind = WEIR_SHOCK_RECOVERY,
		                  .value = recovered,
		                  .months = 3,
		                  .channel = WEIR_CHANNEL_COLLECTION,
		                  .from = WEIR_DATE_NONE,
		                  .to = WEIR_DATE_NONE } };
	weir_scenario defaults = { .node = { .id = "defaults" }, .shocks = shocks, .shock_count = 2 };
	if (text)
		run_text(&defaults, text);
	else
		run(&defaults, 1);
}

/* --- cells ------------------------------------------------------------------------------------------------------ */

static weir_cell *cell(const char *id, int period, const char *by, const char *word, const char *column)
{
	const weir_table *table = weir_results_table(results, id);
	ck_assert_msg(table != NULL, "no table %s", id);
	ck_assert_msg(weir_table_column(table, column) >= 0, "no column %s.%s", id, column);
	for (size_t row = 0; row < table->row_count; row++) {
		if (weir_table_cell(table, row, weir_table_column(table, "period"))->number != period)
			continue;
		if (!by || strcmp(weir_cell_word(weir_table_cell(table, row, weir_table_column(table, by))), word) == 0)
			return (weir_cell *)weir_table_cell(table, row, weir_table_column(table, column));
	}
	ck_abort_msg("no row %s %d %s", id, period, word ? word : "");
	return NULL;
}

/* In yuan, as the comments have them. */
#define MONEY(table, period, by, word, column, yuan)                                                                     \
	ck_assert_double_eq(cell(table, period, by, word, column)->number, round((yuan)*100))
#define NUMBER(table, period, by, word, column, expected)                                                                \
	ck_assert_double_eq_tol(cell(table, period, by, word, column)->number, expected, 1e-9)
#define IN(period, item, column, yuan) MONEY("ledger_collections", period, "item", item, column, yuan)
#define OUT(period, item, column, yuan) MONEY("ledger_payments", period, "item", item, column, yuan)
#define MOVED(period, direction, yuan) MONEY("ledger_moves", period, "direction", direction, "amount", yuan)
#define BALANCE(period, ledger, column, yuan) MONEY("ledger_balances", period, "ledger", ledger, column, yuan)

static int has_row(const char *id, int period, const char *by, const char *word)
{
	const weir_table *table = weir_results_table(results, id);
	for (size_t row = 0; row < table->row_count; row++)
		if (weir_table_cell(table, row, weir_table_column(table, "period"))->number == period &&
		    strcmp(weir_cell_word(weir_table_cell(table, row, weir_table_column(table, by))), word) == 0)
			return 1;
	return 0;
}

/* --- by hand ---------------------------------------------------------------------------------------------------- */

/* Period 1: income 900.10, VAT 900.10 x 3 / 103 = 26.2165 = 26.22, surcharge 3.1464 = 3.15, fees 90.00, interest
 * 80,000 x 0.9 % = 720.00: 60.73 are left for the reserve (160.73). Principal 150.00 + 30,000.00 repays A to
 * 49,850.00. Period 2: 700.20 - 20.39 - 2.45 - 90.00 - 448.65 = 138.71 for the reserve (299.44); A 25,349.50. Period
 * 3: 500.30 - 14.57 - 1.75 - 90.00 - 228.15 = 165.83: 0.56 for the reserve, 165.27 to the principal ledger; A
 * 5,083.98. Period 4: 300.40 - 8.75 - 1.05 - 90.00 - 45.76 = 154.84 to the principal ledger; 10,554.09 - 5,083.98 +
 * the reserve's 300.00 = 5,770.11 to SUB. */
START_TEST(two_ledgers_by_hand)
{
	run(NULL, 1);
	IN(1, "collected-scheduled", "income", 900.10);
	IN(1, "collected-scheduled", "principal", 30000.00);
	IN(1, "collected-scheduled", "both", 30900.10);
	IN(1, "carried-forward", "principal", 150.00);
	IN(1, "carried-forward", "income", 0);
	ck_assert(!cell("ledger_collections", 1, "item", "carried-forward", "principal_last")->present);
	IN(2, "carried-forward", "principal_last", 150.00);
	IN(2, "collected-scheduled", "both_last", 30900.10);
	OUT(1, "paid-tax", "income", 26.22);
	OUT(1, "paid-surcharge", "income", 3.15);
	OUT(1, "paid-servicing", "income", 40.00);
	OUT(1, "paid-other-fees", "income", 50.00);
	OUT(1, "paid-note-interest", "income", 720.00);
	OUT(1, "paid-note-principal", "principal", 30150.00);
	OUT(3, "paid-note-principal", "principal_last", 24500.50);
	OUT(3, "paid-note-principal", "principal", 20265.52);
	OUT(4, "paid-note-rest", "principal", 5770.11);
	MOVED(1, "to-reserve", 60.73);
	MOVED(1, "income-to-principal", 0);
	MOVED(3, "to-reserve", 0.56);
	MOVED(3, "income-to-principal", 165.27);
	MOVED(4, "income-to-principal", 154.84);
	MOVED(4, "from-reserve", 300.00);
	MONEY("ledger_moves", 4, "direction", "income-to-principal", "last", 165.27);
	/* 14.57 + 1.75 + 90.00 + 228.15 = 334.47 */
	BALANCE(3, "ledger-income", "received", 500.30);
	BALANCE(3, "ledger-income", "paid", 334.47);
	BALANCE(3, "ledger-income", "moved_out", 165.83);
	BALANCE(3, "ledger-income", "closing", 0);
	BALANCE(3, "ledger-principal", "moved_in", 165.27);
	BALANCE(3, "ledger-reserve", "opening", 299.44);
	BALANCE(3, "ledger-reserve", "closing", 300.00);
	ck_assert(!has_row("ledger_balances", 3, "ledger", "ledger-neither"));
	ck_assert_str_eq(weir_cell_word(weir_table_cell(weir_results_table(results, "ledger_transfers"), 0,
	                                                WEIR_COL_ledger_transfers_to)),
	                 "cushion");
}
END_TEST

/* The same deal without ledgers: income and principal by nature, what is brought forward in neither. */
START_TEST(by_nature_by_hand)
{
	run(NULL, 0);
	IN(1, "collected-scheduled", "income", 900.10);
	IN(1, "collected-scheduled", "principal", 30000.00);
	IN(1, "carried-forward", "neither", 150.00);
	IN(1, "carried-forward", "both", 150.00);
	OUT(1, "paid-tax", "income", 0);
	OUT(1, "paid-tax", "both", 26.22);
	BALANCE(1, "ledger-cash", "opening", 150.00);
	BALANCE(1, "ledger-cash", "received", 30900.10);
	BALANCE(1, "ledger-cash", "paid", 30989.37); /* 119.37 + 720.00 + 30,150.00 */
	BALANCE(1, "ledger-cash", "moved_out", 60.73);
	BALANCE(1, "ledger-reserve", "closing", 160.73);
	const weir_table *vehicle = weir_results_table(results, "vehicle");
	ck_assert_str_eq(weir_cell_word(weir_table_cell(vehicle, vehicle->row_count - 1, WEIR_COL_vehicle_value)),
	                 "by-nature");
}
END_TEST

/* Who is who, in the interbank market's words; a trust company that manages its own trust stands once. */
START_TEST(vehicle_by_hand)
{
	run(NULL, 1);
	static const char *const rows[][2] = {
		{ "vehicle-name", "hand" },           { "vehicle-kind", "vehicle-trust" },
		{ "vehicle-placement", "not-given" }, { "vehicle-sponsor", "seller" },
		{ "vehicle-trustee", "trust_co" },    { "vehicle-servicer", "seller" },
		{ "vehicle-registrar", "shch" },      { "vehicle-ledgers", "two-ledgers" }
	};
	const weir_table *vehicle = weir_results_table(results, "vehicle");
	ck_assert_uint_eq(vehicle->row_count, sizeof rows / sizeof *rows);
	for (size_t i = 0; i < vehicle->row_count; i++)
		for (int c = 0; c < 2; c++)
			ck_assert_str_eq(weir_cell_word(weir_table_cell(vehicle, i, c)), rows[i][c]);
}
END_TEST

/* A's principal: 30,150.00 on 15 March, 24,500.50 on 15 June, 20,265.52 on 15 September, 5,083.98 on 15 December
 * 2024; from 15 March that is 92, 184 and 275 days: (24,500.50 x 92 + 20,265.52 x 184 + 5,083.98 x 275) / 365 /
 * 49,850.00 = 0.405624... */
START_TEST(notes_by_hand)
{
	run(NULL, 1);
	double wal = (2450050.0 * 92 + 2026552.0 * 184 + 508398.0 * 275) / 365 / 4985000;
	NUMBER("notes", 1, "class", "A", "wal", wal);
	NUMBER("series", 1, NULL, NULL, "wal", wal);
	MONEY("notes", 1, "class", "A", "closing", 49850.00);
	NUMBER("notes", 1, "class", "A", "factor_per100", 62.3125);
	ck_assert_double_eq(cell("notes", 1, "class", "A", "on_time")->number, 1);
	ck_assert(!cell("notes", 4, "class", "A", "wal")->present);
	ck_assert(!cell("notes", 1, "class", "SUB", "wal")->present);
	/* 0.25 years a quarter are 91, 92 ... days: the pool at the cut-off, then what is left of it */
	MONEY("pool_features", 2, "item", "balance", "initial", 85000.00);
	MONEY("pool_features", 2, "item", "balance", "previous", 55000.00);
	MONEY("pool_features", 2, "item", "balance", "current", 30499.50);
	NUMBER("pool_features", 2, "item", "pool-factor", "current", 30499.50 / 85000);
	ck_assert_double_eq(cell("pool_features", 3, "item", "contracts", "current")->number, 1);
	ck_assert_double_eq(cell("pool_features", 4, "item", "contracts", "current")->number, 0);
	ck_assert(!cell("pool_features", 4, "item", "contract-average", "current")->present);
	/* 20,600.55 + 10,699.65 */
	MONEY("collection_plan", 3, NULL, NULL, "to_come", 31300.20);
	MONEY("collection_plan", 4, NULL, NULL, "to_come", 10699.65);
}
END_TEST

/* Excess of period 3: 20,600.55 - 16.32 - 90.00 - 228.15 - 20,265.52 = 0.56, for the reserve; of period 4: 10,699.65
 * - 9.80 - 90.00 - 45.76 - 5,083.98 = 5,470.11, and the reserve's 300.00, for SUB. Coverage of period 1: 150.00 +
 * 30,900.10 - 29.37 - 90.00 = 30,930.73 over 720.00. */
START_TEST(distribution_by_hand)
{
	run(NULL, 1);
	MONEY("excess_cash", 3, NULL, NULL, "excess", 0.56);
	MONEY("excess_cash", 3, NULL, NULL, "to_reserves", 0.56);
	MONEY("excess_cash", 4, NULL, NULL, "excess", 5470.11);
	MONEY("excess_cash", 4, NULL, NULL, "to_reserves", -300.00);
	MONEY("excess_cash", 4, NULL, NULL, "subordinated", 5770.11);
	MONEY("coverage_build", 1, NULL, NULL, "numerator", 30930.73);
	MONEY("coverage_build", 1, NULL, NULL, "denominator", 720.00);
	NUMBER("coverage_build", 1, NULL, NULL, "coverage", 30930.73 / 720);
	MONEY("fee_payments", 1, "fee", "collecting", "charged", 40.00);
	MONEY("note_dues", 4, "kind", "principal", "paid", 5083.98);
	MONEY("note_dues", 4, "kind", "rest", "paid", 5770.11);
}
END_TEST

/* A quarter of every receipt comes four months late: that of 20 February on 20 June, in period 3 (calculation dates
 * 8 March, 10 June, 6 September, 6 December). On 10 June it is 111 days overdue; what is outstanding then: 85,000.00
 * - 22,500.00 - 18,375.38. */
START_TEST(late_by_hand)
{
	weir_shock shock = { .kind = WEIR_SHOCK_LATE,
		             .scope = WEIR_SCOPE_ALL,
		             .value = 0.25,
		             .months = 4,
		             .from = WEIR_DATE_NONE,
		             .to = WEIR_DATE_NONE };
	weir_scenario late = { .node = { .id = "late" }, .shocks = &shock, .shock_count = 1 };
	run(&late, 1);
	IN(1, "collected-scheduled", "principal", 22500.00);
	IN(1, "collected-scheduled", "income", 675.08); /* 675.075 */
	IN(1, "collected-delinquent", "both", 0);
	IN(3, "collected-delinquent", "principal", 7500.00);
	IN(3, "collected-delinquent", "income", 225.02);
	IN(3, "collected-scheduled", "principal", 15075.19); /* 15,075.1875 */
	IN(3, "collected-scheduled", "income", 375.23);      /* 375.225 */
	MONEY("series", 1, NULL, NULL, "overdue", 62500.00);
	MONEY("series", 1, NULL, NULL, "overdue_30", 0);
	MONEY("series", 2, NULL, NULL, "severe", 44124.62);
	NUMBER("series", 2, NULL, NULL, "severe_rate", 1);
	NUMBER("series", 2, NULL, NULL, "default_rate", 0);
}
END_TEST

/* All that is scheduled from 20 August on defaults; 40 % of it comes back three months later. Period 3 has no cash:
 * fees of 90.00 are dropped, interest of 228.15 is carried. Period 4: 12,199.80 come back; 456.30 of it are moved
 * for two periods' interest. */
START_TEST(defaults_by_hand)
{
	run_defaults("2024-08-20", 0.4, NULL);
	MONEY("series", 3, NULL, NULL, "defaulted", 30499.50);
	NUMBER("series", 3, NULL, NULL, "default_rate", 30499.50 / 85000);
	NUMBER("series", 3, NULL, NULL, "recovery_rate", 0);
	NUMBER("series", 4, NULL, NULL, "recovery_rate", 0.4);
	MONEY("series", 4, NULL, NULL, "lost_total", 18299.70);
	ck_assert(!has_row("disposal", 2, "status", "in-progress"));
	MONEY("disposal", 3, "status", "in-progress", "defaulted", 30499.50);
	MONEY("disposal", 4, "status", "in-progress", "open", 18299.70);
	ck_assert_double_eq(cell("disposal", 4, "status", "in-progress", "contracts")->number, 1);
	IN(4, "collected-defaulted", "principal", 12199.80);
	MOVED(4, "principal-to-income", 456.30);
	MONEY("fee_payments", 3, "fee", "trustee", "dropped", 50.00);
	MONEY("fee_payments", 4, "fee", "trustee", "carried", 0);
	MONEY("note_dues", 3, "kind", "interest", "unpaid", 228.15);
	MONEY("note_dues", 4, "kind", "interest", "carried", 228.15);
	MONEY("note_dues", 4, "kind", "interest", "paid", 456.30);
	ck_assert_double_eq(cell("notes", 3, "class", "A", "on_time")->number, 0);
	MONEY("notes", 3, "class", "A", "unpaid", 228.15);
	MONEY("coverage_build", 3, NULL, NULL, "numerator", 0); /* 90.00 of fees, no cash */
}
END_TEST

/* What an events file says of the contract is where its disposal stands from then on; of its obligor too. */
START_TEST(disposal_is_what_was_told)
{
	weir_occurrence told[] = {
		{ .kind = WEIR_OCCURRENCE_DISPOSAL,
		  .period = 3,
		  .subject_kind = WEIR_SUBJECT_CONTRACT,
		  .status = "litigation" },
		{ .kind = WEIR_OCCURRENCE_EVENT,
		  .period = 4,
		  .subject_kind = WEIR_SUBJECT_CONTRACT,
		  .status = "auction" },
		{ .kind = WEIR_OCCURRENCE_DISPOSAL, .period = 4, .subject_kind = WEIR_SUBJECT_OBLIGOR, .status = "核销" }
	};
	weir_occurrences all = { .items = told, .count = 3 };
	for (int i = 0; i < 3; i++)
		told[i].en = "told";
	occurrences = &all;
	run_defaults("2024-08-20", 0.4, NULL);
	MONEY("disposal", 3, "status", "litigation", "defaulted", 30499.50);
	MONEY("disposal", 4, "status", "written-off", "recovered", 12199.80);
	ck_assert(!has_row("disposal", 4, "status", "litigation"));
}
END_TEST

/* A reserve that itself collects and pays: period 3 brings 11,000.00 of the 55,000.00 that defaulted, into the
 * reserve; 619.90 of it (169.90 unpaid in period 2 and 450.00) are interest, the rest is released. It counts as
 * collected in neither ledger, and as moved. */
START_TEST(reserve_that_collects_by_hand)
{
	static const char body[] =
		"<accounts><account id=\"incomes\" ledger=\"income\" receives=\"income\"/>\n"
		"<account id=\"principals\" ledger=\"principal\" receives=\"principal\"/><account id=\"third\"/>\n"
		"<reserve id=\"cushion\" initial=\"100.00\" target=\"300 yuan\" receives=\"recovered\"/></accounts>\n"
		"<classes><class id=\"A\" size=\"80000.00\" coupon=\"3.6%\"><principal style=\"pass-through\"/></class>\n"
		"<class id=\"SUB\" size=\"5100.00\" rank=\"subordinated\"><principal "
	        "style=\"residual\"/></class></classes>\n"
		"<waterfalls><waterfall id=\"normal\"><transfer from=\"incomes\" to=\"third\"/>\n"
		"<pay from=\"third cushion\" what=\"A.interest\"/><pay from=\"principals\" what=\"A.principal\"/>\n"
		"<pay from=\"principals\" what=\"SUB.rest\" when=\"A is paid\"/>\n"
		"<release account=\"cushion\" to=\"third\" all=\"yes\"/></waterfall></waterfalls>\n";
	static const double principal[] = { 3000000, 2450050, 2010025, 1039925 },
			    income[] = { 90010, 70020, 50030, 30040 };
	run_defaults("2024-05-20", 0.2, engine_text(principal, income, body));
	MONEY("note_dues", 2, "kind", "interest", "unpaid",
	      169.90); /* 720.00 of 900.10, then 100.00: 280.10 for 450.00 */
	IN(3, "collected-defaulted", "neither", 11000.00);
	OUT(3, "paid-note-interest", "neither", 619.90);
	MOVED(3, "to-reserve", 11000.00);
	MOVED(3, "from-reserve", 11000.00);
	BALANCE(3, "ledger-neither", "closing", 10380.10);
	ck_assert(!has_row("ledger_balances", 2, "ledger", "ledger-reserve"));
}
END_TEST

/* All is prepaid on 20 May: 30,499.50 of the 55,000.00 that were outstanding; 94 days from 8 March to 10 June are a
 * fourth of a year, so 1 - (1 - 0.5545...)^4. */
START_TEST(prepayment_by_hand)
{
	weir_date day = weir_date_parse("2024-05-20", 10);
	weir_shock shock = {
		.kind = WEIR_SHOCK_PREPAY, .profile = WEIR_PROFILE_DATE, .value = 1, .from = day, .to = WEIR_DATE_NONE
	};
	weir_scenario prepaid = { .node = { .id = "prepaid" }, .shocks = &shock, .shock_count = 1 };
	run(&prepaid, 1);
	double left = 1 - 30499.50 / 55000;
	IN(2, "collected-scheduled", "principal", 24500.50);
	IN(2, "collected-prepaid", "principal", 30499.50);
	NUMBER("series", 2, NULL, NULL, "prepayment_rate", 1 - left * left * left * left);
	NUMBER("series", 1, NULL, NULL, "prepayment_rate", 0);
}
END_TEST

/* --- every deal ------------------------------------------------------------------------------------------------- */

typedef struct sums {
	const weir_periods *periods;
	double *of[6]; /* [periods] principal, income, recovered, defaulted, prepaid, overdue */
} sums;

static void add_up(void *context, int contract, const weir_course_period *periods)
{
	sums *s = context;
	(void)contract;
	for (int k = 0; k < s->periods->count; k++) {
		const weir_course_period *p = &periods[k];
		s->of[0][k] += p->principal + p->prepaid + p->late_principal;
		s->of[1][k] += p->income + p->late_income;
		for (int c = 0; c < WEIR_CHANNEL_COUNT; c++)
			s->of[2][k] += p->recovered[c];
		s->of[3][k] += p->defaulted;
		s->of[4][k] += p->prepaid;
		for (int a = 0; a < WEIR_OVERDUE_AGES; a++)
			s->of[5][k] += p->overdue[a];
	}
}

/* The contracts add up to the pool's rows, period by period. */
static void compare_course(engine_deal *d, const weir_block *of, const char *scenario)
{
	static const weir_pool_column columns[] = { WEIR_POOL_PRINCIPAL, WEIR_POOL_INCOME,  WEIR_POOL_RECOVERED,
		                                    WEIR_POOL_DEFAULTED, WEIR_POOL_PREPAID, WEIR_POOL_OVERDUE };
	sums s = { .periods = &d->periods };
	for (int i = 0; i < 6; i++)
		s.of[i] = weir_alloc_zero((size_t)d->periods.count, sizeof(double));
	ck_assert_int_eq(weir_pool_course(d->pool, &d->periods, weir_block_shocks(of, 0), add_up, &s), WEIR_OK);
	for (int i = 0; i < 6; i++)
		for (int k = d->periods.first; k < d->periods.count; k++)
			engine_demand(s.of[i][k] == weir_block_rows(of)->column[columns[i]][k][0],
			              "%s, scenario %s, period %d, column %d: contracts %.0f, rows %.0f",
			              d->load.deal->node.id, scenario, k, (int)columns[i], s.of[i][k],
			              weir_block_rows(of)->column[columns[i]][k][0]);
	for (int i = 0; i < 6; i++)
		weir_free(s.of[i]);
}

static void fills_and_foots(engine_deal *d)
{
	for (int i = -1; i < d->scenarios.count && i < 8; i++) {
		const weir_scenario *scenario = i < 0 ? NULL : &d->scenarios.items[i];
		const char *name = scenario ? scenario->node.id : "base";
		weir_block *of = engine_run(d, scenario, 1);
		weir_results *made = fill(d, of);
		weir_diags said = { 0 };
		weir_status status = weir_results_foot(made, &said);
		engine_demand(status == WEIR_OK, "%s, scenario %s: %s", d->load.deal->node.id, name,
		              said.count ? said.items[0].text : "");
		compare_course(d, of, name);
		weir_diags_free(&said);
		weir_results_destroy(made);
		weir_block_destroy(of);
	}
}

START_TEST(every_deal_fills_and_foots)
{
	engine_each_deal(fills_and_foots);
}
END_TEST

/* The sample deal's actuals up to a period, as a file of the temporary folder. */
static const char *actuals_to(int last)
{
	static char text[65536];
	char line[512];
	size_t at = 0;
	FILE *file = fopen("deals/ledger-abn/actuals.csv", "r");
	ck_assert_ptr_nonnull(file);
	while (fgets(line, sizeof line, file)) {
		int period;
		if (sscanf(line, "L%*d,%d", &period) != 1 || period <= last)
			at += (size_t)snprintf(text + at, sizeof text - at, "%s", line);
	}
	fclose(file);
	return io_write("actuals.csv", text);
}

/* What was expected of L06 in period 4 is told where nothing is known of period 5, which says what came. In the last
 * actual period SUB's yield was not paid, and lapsed: nothing of it stays due. */
static void knows_no_future(engine_deal *sample, int last)
{
	weir_results *kept = results;
	const weir_pool_actuals *actuals = sample->pool->actuals;
	weir_deal_figures figures;
	weir_outcome outcome = { .plan = sample->plan,
		                 .run = weir_block_result(block),
		                 .rows = weir_block_rows(block),
		                 .shocks = weir_block_shocks(block, 0),
		                 .actuals = actuals,
		                 .figures = &figures };
	ck_assert_int_eq(weir_measure(&figures, sample->arena, sample->plan, outcome.run, outcome.rows, 0), WEIR_OK);
	ck_assert_int_eq(weir_results_create(&results, "sample", NULL, NULL, "CNY", 2), WEIR_OK);
	ck_assert_int_eq(weir_fill_run(results, &outcome, 0), WEIR_OK);
	ck_assert_int_eq(weir_fill_deal(results, &outcome), WEIR_OK);
	ck_assert_int_eq(cell("default_register", 4, "asset", "L06", "expected")->present, last == 4);
	ck_assert(cell("default_register", 5, "asset", "L06", "expected")->present);
	ck_assert_double_gt(cell("classes", 5, "class", "SUB", "interest_unpaid")->number, 0);
	MONEY("payment", 5, "class", "SUB", "unpaid", 0);
	MONEY("notes", 5, "class", "SUB", "unpaid", 0);
	ck_assert_double_eq(cell("notes", 5, "class", "SUB", "on_time")->number, 1);
	/* a comparison in words; the event is held until two clean quarters */
	ck_assert_str_eq(cell("test_report", 4, "test", "first_tier.3", "test")->zh, "信托预警事件（第一档）（3）");
	ck_assert_str_eq(cell("test_report", 4, "test", "first_tier.3", "status")->zh, "成立");
	ck_assert_str_eq(cell("test_report", 4, "test", "first_tier", "status")->zh, "已触发");
	ck_assert_double_eq(cell("test_report", 4, "test", "first_tier", "clean")->number, 0);
	ck_assert_double_eq(cell("test_report", 4, "test", "first_tier", "cure")->number, 2);
	/* 111,104,007.10 of pool and the reserve's 1,500,000.00 against 123,072,170.13 of notes */
	NUMBER("enhancement_use", 4, "measure", "over-collateralisation", "level", 112604007.10 / 123072170.13 - 1);
	/* the custodian bank, and what it gets */
	ck_assert_str_eq(cell("trace", 4, "payee", "custodian", "payee")->zh, "示例银行（资金保管费）");
	weir_results_destroy(results);
	results = kept;
}

/* L02 pays half of its principal in period 2, 1,084,781.60 stay overdue for 8 days and come in period 3: by the
 * projection where actuals end with period 2, and really where they go on. L06 stands in default from period 4 on,
 * and what comes back in period 5 is told as settled. */
START_TEST(actuals_of_the_sample)
{
	for (int last = 2; last <= 5; last++) {
		engine_deal sample;
		weir_pool_actuals *actuals = NULL;
		engine_open(&sample, "deals/ledger-abn/deal.xml");
		ck_assert_int_eq(
			weir_actuals_load(&actuals, sample.arena, sample.pool, &sample.periods, actuals_to(last), &diags),
			WEIR_OK);
		sample.pool->actuals = actuals;
		for (int i = -1; i < sample.scenarios.count; i++) {
			block = engine_run(&sample, i < 0 ? NULL : &sample.scenarios.items[i], 1);
			results = fill(&sample, block);
			weir_status status = weir_results_foot(results, &diags);
			ck_assert_msg(status == WEIR_OK, "%s", diags.count ? diags.items[diags.count - 1].text : "");
			compare_course(&sample, block, "actuals");
			MONEY("series", 2, NULL, NULL, "overdue_30", 0);
			ck_assert_double_gt(cell("series", 2, NULL, NULL, "overdue")->number, 0);
			if (i < 0 || last > 2)
				IN(3, "collected-delinquent", "principal", 1084781.60);
			if (last >= 4)
				MONEY("series", 4, NULL, NULL, "defaulted", 15437366.43);
			if (last >= 5)
				IN(5, "collected-defaulted", "principal", 3456789.01);
			if (i < 0 && last >= 4)
				knows_no_future(&sample, last);
			weir_results_destroy(results);
			weir_block_destroy(block);
			results = NULL;
			block = NULL;
		}
		engine_close(&sample);
	}
}
END_TEST

/* Ten contracts of 26, 23, 22, 21, 19, 19, 18, 18, 17 and 17 million at 6.6, 6.6, 6.4, 6.4, 6.8, 6.4, 6.8, 7.0, 6.4 and 7.2 %:
 * 13.29 million a year of 200. The last instalments fall due on 5 September 2025: from 13 September 2023, period 2, 23 months
 * to 13 August and 23 of 31 days. */
START_TEST(statistics_of_the_sample)
{
	engine_deal sample;
	engine_open(&sample, "deals/ledger-abn/deal.xml");
	block = engine_run(&sample, NULL, 1);
	results = fill(&sample, block);
	NUMBER("pool_features", 2, "item", "contracts", "current", 10);
	NUMBER("pool_features", 2, "item", "obligors", "initial", 10);
	MONEY("pool_features", 2, "item", "contract-average", "initial", 20000000.00);
	MONEY("pool_features", 2, "item", "contract-most", "initial", 26000000.00);
	MONEY("pool_features", 2, "item", "obligor-most", "initial", 26000000.00);
	NUMBER("pool_features", 2, "item", "rate-average", "initial", 0.06645);
	NUMBER("pool_features", 2, "item", "rate-most", "current", 0.072);
	NUMBER("pool_features", 2, "item", "rate-least", "current", 0.064);
	NUMBER("pool_features", 2, "item", "remaining-term-average", "initial", 30);
	NUMBER("pool_features", 2, "item", "remaining-term-most", "current", 23 + 23.0 / 31);
	weir_results_destroy(results);
	weir_block_destroy(block);
	engine_close(&sample);
}
END_TEST

/* --- what is broken is caught ----------------------------------------------------------------------------------- */

static const struct break_case {
	const char *table, *column, *by, *word;
	int period;
	const char *complaint;
} breaks[] = {
	{ "ledger_collections", "both", "item", "collected-scheduled", 2, "total is both ledgers and neither" },
	{ "ledger_collections", "both", "item", "collected-other", 2, "collections of both ledgers are what came in" },
	{ "ledger_collections", "both", "item", "carried-forward", 2,
	  "what both ledgers carry forward is the opening cash" },
	{ "ledger_collections", "income_last", "item", "collected-scheduled", 3, "last report is the period before" },
	{ "ledger_collections", "both_last", "item", "collected-scheduled", 3,
	  "last report's total is both ledgers and neither" },
	{ "ledger_payments", "both", "item", "paid-tax", 2, "taxes of both ledgers" },
	{ "ledger_payments", "both", "item", "paid-servicing", 2, "fees of both ledgers" },
	{ "ledger_payments", "both", "item", "paid-support-repaid", 2, "what supporters get from both ledgers" },
	{ "ledger_payments", "both", "item", "paid-note-interest", 2, "what notes and assets take from both ledgers" },
	{ "ledger_payments", "both", "item", "paid-note-rest", 2, "payments of both ledgers are those of the trace" },
	{ "ledger_payments", "principal_last", "item", "paid-note-principal", 3, "last report is the period before" },
	{ "ledger_transfers", "amount", "direction", "to-reserve", 1, "transfers are those of the trace" },
	{ "ledger_moves", "amount", "direction", "income-to-principal", 1,
	  "transfers from the income to the principal ledger" },
	{ "ledger_moves", "amount", "direction", "principal-to-income", 4,
	  "transfers from the principal to the income ledger" },
	{ "ledger_moves", "amount", "direction", "other-transfer", 2, "transfers in all" },
	{ "ledger_moves", "amount", "direction", "to-reserve", 2, "what goes to reserves, net" },
	{ "ledger_moves", "last", "direction", "to-reserve", 2, "last report is the period before" },
	{ "ledger_balances", "received", "ledger", "ledger-income", 2,
	  "what the reconciliation receives is what the ledgers collect" },
	{ "ledger_balances", "paid", "ledger", "ledger-income", 2,
	  "what the reconciliation pays is what the ledgers pay" },
	{ "ledger_balances", "closing", "ledger", "ledger-income", 2, "the ledgers close with the closing cash" },
	{ "ledger_balances", "closing", "ledger", "ledger-reserve", 2, "ledgers and reserves close as the accounts do" },
	{ "ledger_balances", "opening", "ledger", "ledger-reserve", 2, "opening cash is the ledger's last closing cash" },
	{ "ledger_balances", "moved_in", "ledger", "ledger-reserve", 2,
	  "closing is opening, received and transferred in less" },
	{ "pool_features", "current", "item", "balance", 2, "the contracts' principal is the pool balance" },
	{ "series", "defaulted", NULL, NULL, 3, "defaults of the series" },
	{ "series", "prepaid", NULL, NULL, 3, "prepayments of the series" },
	{ "series", "recovered", NULL, NULL, 3, "recoveries of the series" },
	{ "series", "defaulted_total", NULL, NULL, 3, "defaults to date are the last ones and the new" },
	{ "series", "recovered_total", NULL, NULL, 3, "recoveries to date are the last ones and the new" },
	{ "series", "lost_total", NULL, NULL, 3, "net loss is defaulted less recovered" },
	{ "series", "pool_balance", NULL, NULL, 3, "column \"pool_balance\" is the one of table \"periods\"" },
	{ "series", "overdue", NULL, NULL, 2, "contracts overdue" },
	{ "series", "overdue_30", NULL, NULL, 2, "contracts overdue for more than 30 days" },
	{ "series", "severe", NULL, NULL, 2, "contracts overdue for more than 90 days" },
	{ "series", "recovery_rate", NULL, NULL, 4, "the recovery rate is recovered of defaulted" },
	{ "disposal", "defaulted", "status", "in-progress", 3, "contracts in disposal are the defaults to date" },
	{ "disposal", "recovered", "status", "in-progress", 4, "recoveries in disposal are those to date" },
	{ "disposal", "open", "status", "in-progress", 4, "not recovered is defaulted less recovered" },
	{ "collection_plan", "total", NULL, NULL, 2, "collections to come" },
	{ "collection_plan", "income", NULL, NULL, 2, "total is principal, income and recovered" },
	{ "collection_plan", "to_come", NULL, NULL, 2, "what is to come is this period's total and all later ones" },
	{ "collection_plan", "closing", NULL, NULL, 2, "the pool that collections come from" },
	{ "fee_payments", "paid", "fee", "trustee", 2, "taxes and fees paid" },
	{ "fee_payments", "charged", "fee", "trustee", 2, "taxes and fees accrued" },
	{ "fee_payments", "dropped", "fee", "trustee", 3,
	  "carried on is carried forward and accrued less paid and dropped" },
	{ "fee_payments", "carried", "fee", "trustee", 3, "carried forward is what the last period carried on" },
	{ "note_dues", "paid", "kind", "principal", 2, "distributions to the notes" },
	{ "note_dues", "paid", "kind", "interest", 2, "interest to the notes" },
	{ "note_dues", "unpaid", "kind", "interest", 3, "shortfall of interest, carried on or not" },
	{ "note_dues", "carried", "kind", "interest", 4, "carried forward is what the last period carried on" },
	{ "note_dues", "accrued", "kind", "interest", 4,
	  "carried on is carried forward and newly due less paid and dropped" },
	{ "excess_cash", "excess", NULL, NULL, 2,
	  "excess cash is what taxes, fees, senior classes and supporters leave" },
	{ "excess_cash", "subordinated", NULL, NULL, 2, "retained is the excess less where it went" },
	{ "excess_cash", "retained", NULL, NULL, 2, "retained cash" },
	{ "coverage_build", "collected", NULL, NULL, 2, "cash collected for debt service" },
	{ "coverage_build", "denominator", NULL, NULL, 2, "debt service due" },
	{ "coverage_build", "interest_due", NULL, NULL, 2, "debt service due is senior interest and principal due" },
	{ "coverage_build", "numerator", NULL, NULL, 2,
	  "the numerator is cash and collections less losses, taxes and fees" },
	{ "coverage_build", "coverage", NULL, NULL, 2, "coverage is its numerator by its denominator" },
	{ "notes", "closing", "class", "A", 2, "column \"closing\" is the one of table \"classes\"" },
};

static int says(const char *what)
{
	for (size_t i = 0; i < diags.count; i++)
		if (diags.items[i].code == WEIR_CODE_FOOTING && strstr(diags.items[i].text, what))
			return 1;
	return 0;
}

START_TEST(one_cent_is_caught)
{
	const struct break_case *b = &breaks[_i];
	run_defaults("2024-08-20", 0.4, NULL);
	weir_cell *wrong = cell(b->table, b->period, b->by, b->word, b->column);
	wrong->number = (wrong->present ? wrong->number : 0) + 1;
	wrong->present = 1;
	ck_assert_int_eq(weir_results_foot(results, &diags), WEIR_INTERNAL);
	ck_assert_msg(says(b->complaint), "%s.%s: %s not said, but %s", b->table, b->column, b->complaint,
	              diags.count ? diags.items[0].text : "nothing");
}
END_TEST

/* Both tables and their cells are named. */
START_TEST(message_names_both_tables)
{
	run(NULL, 1);
	cell("ledger_payments", 3, "item", "paid-tax", "both")->number += 2;
	ck_assert_int_eq(weir_results_foot(results, &diags), WEIR_INTERNAL);
	ck_assert(says("table \"ledger_payments\""));
	ck_assert(says("in period 3 ledger_payments.both is periods.taxes_paid: expected 16.32, found 16.34"));
}
END_TEST

/* --- memory ----------------------------------------------------------------------------------------------------- */

START_TEST(short_memory_is_reported)
{
	weir_deal_figures figures;
	run_defaults("2024-08-20", 0.4, NULL);
	weir_outcome outcome = { .plan = deal.plan,
		                 .run = weir_block_result(block),
		                 .rows = weir_block_rows(block),
		                 .shocks = weir_block_shocks(block, 0),
		                 .figures = &figures };
	ck_assert_int_eq(weir_measure(&figures, deal.arena, deal.plan, outcome.run, outcome.rows, 0), WEIR_OK);
	for (long nth = 1;; nth++) {
		weir_results *made = NULL;
		ck_assert_int_eq(weir_results_create(&made, "hand", NULL, NULL, "CNY", 2), WEIR_OK);
		weir_alloc_fail_from(nth);
		weir_status status = weir_fill_run(made, &outcome, 0);
		if (status == WEIR_OK)
			status = weir_results_foot(made, &diags);
		weir_alloc_fail_from(0);
		weir_results_destroy(made);
		ck_assert(status == WEIR_OK || status == WEIR_NO_MEMORY);
		if (status == WEIR_OK)
			break;
	}
}
END_TEST

Suite *weir_suite_report_ledgers(void)
{
	Suite *suite = suite_create("report_ledgers");
	TCase *tests = tcase_create("ledgers");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, two_ledgers_by_hand);
	tcase_add_test(tests, by_nature_by_hand);
	tcase_add_test(tests, vehicle_by_hand);
	tcase_add_test(tests, notes_by_hand);
	tcase_add_test(tests, distribution_by_hand);
	tcase_add_test(tests, late_by_hand);
	tcase_add_test(tests, defaults_by_hand);
	tcase_add_test(tests, disposal_is_what_was_told);
	tcase_add_test(tests, reserve_that_collects_by_hand);
	tcase_add_test(tests, prepayment_by_hand);
	tcase_add_loop_test(tests, one_cent_is_caught, 0, (int)(sizeof breaks / sizeof *breaks));
	tcase_add_test(tests, message_names_both_tables);
	tcase_add_test(tests, short_memory_is_reported);
	suite_add_tcase(suite, tests);
	TCase *all = tcase_create("every deal");
	tcase_set_timeout(all, 300);
	tcase_add_checked_fixture(all, setup, leave);
	tcase_add_test(all, statistics_of_the_sample);
	tcase_add_test(all, actuals_of_the_sample);
	tcase_add_test(all, every_deal_fills_and_foots);
	suite_add_tcase(suite, all);
	return suite;
}
