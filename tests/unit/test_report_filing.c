/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_report_filing.c: the investor report of ESMA's Annex 12: every field in the order of the table, measures, one running
 * balance, facts that are refused, short memory. */
#include <check.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/weir.h"
#include "base/alloc.h"
#include "base/money.h"
#include "io/filing_csv.h"
#include "io_fixture.h"
#include "report/filing.h"
#include "report/tables.h"

Suite *weir_suite_report_filing(void);

#define LEI "WEIREXAMPLEPLAN00028"
#define FACTS                                                                                                       \
	"code,value\nIVSS1," LEI "N202301\nIVSS4,Example Manager\nIVSS5,Zhang San\nIVSS5,Li Si\nIVSS6,+86-1012345678\n"      \
	"IVSS7,reports@example.com\nIVSS8,VSLC\nIVSS9,ORIG\nIVSS11,yes\n"

/* What one filing came to. */
typedef struct filed {
	weir_status status;
	weir_sources sources;
	weir_diags diags;
	weir_arena *arena;
	weir_filing filing;
	weir_text xml;
	xmlDoc *doc;
	xmlXPathContext *paths;
} filed;

static filed file_report(const weir_results *results, int period, const char *facts)
{
	filed f = { 0 };
	weir_status written;
	if (weir_arena_create(&f.arena) != WEIR_OK) {
		f.status = WEIR_NO_MEMORY;
		return f;
	}
	f.status = weir_filing_load(&f.filing, f.arena, &f.sources, "esma-annex12.csv", facts, 2, &f.diags);
	if (f.status == WEIR_OK || f.status == WEIR_INPUT) {
		written = weir_filing_write(&f.xml, &f.filing, results, period, &f.diags);
		f.status = written == WEIR_OK ? f.status : written;
	}
	if (f.status != WEIR_OK)
		return f;
	f.doc = xmlReadMemory(f.xml.data, (int)f.xml.length, "filing", NULL, XML_PARSE_NONET);
	f.paths = f.doc ? xmlXPathNewContext(f.doc) : NULL;
	if (f.paths)
		xmlXPathRegisterNs(f.paths, BAD_CAST "e", BAD_CAST "urn:esma:xsd:DRAFT1auth.098.001.04");
	return f;
}

static void let_go(filed *f)
{
	xmlXPathFreeContext(f->paths);
	xmlFreeDoc(f->doc);
	weir_text_free(&f->xml);
	weir_arena_destroy(f->arena);
	weir_diags_free(&f->diags);
	weir_sources_free(&f->sources);
}

static filed file_well(const weir_results *results, int period, const char *facts)
{
	filed f = file_report(results, period, facts);
	ck_assert_msg(f.status == WEIR_OK && f.paths, "%d: %s", (int)f.status, f.diags.count ? f.diags.items[0].text : "");
	return f;
}

/* What an XPath with the prefix e comes to, as a text; the caller frees. */
static char *ask(const filed *f, xmlNode *at, const char *path)
{
	f->paths->node = at ? at : (xmlNode *)f->doc;
	xmlXPathObject *found = xmlXPathEvalExpression(BAD_CAST path, f->paths);
	ck_assert_ptr_nonnull(found);
	char *text = (char *)xmlXPathCastToString(found);
	xmlXPathFreeObject(found);
	return text;
}

static void expect(const filed *f, const char *path, const char *wanted)
{
	char *text = ask(f, NULL, path);
	ck_assert_msg(strcmp(text, wanted) == 0, "%s is \"%s\", not \"%s\"", path, text, wanted);
	xmlFree(text);
}

/* --- results made by hand --------------------------------------------------------------------------------------- */

static weir_table *add_table(weir_results *results, weir_table_number number)
{
	weir_table *table = NULL;
	ck_assert_int_eq(weir_results_add_standard(&table, results, number), WEIR_OK);
	return table;
}

#define SET(table, column, value) row[WEIR_COL_##table##_##column] = weir_cell_number(value)
#define WORD(table, column, word) row[WEIR_COL_##table##_##column] = weir_cell_text(word, NULL)

static void add_period(weir_results *results, weir_table *table, int period, const char *date, double balance, double overdue)
{
	weir_cell *row = weir_table_add_row(results, table);
	SET(periods, period, period);
	SET(periods, calculation_date, weir_date_parse(date, 10));
	SET(periods, pool_principal, 7000000);
	SET(periods, pool_prepaid, 2000000);
	SET(periods, pool_income, 123457);
	SET(periods, pool_defaulted, 3000000);
	SET(periods, pool_recovered, 1100017);
	SET(periods, pool_balance, balance);
	SET(periods, pool_sold, 0);
	SET(periods, pool_overdue, overdue);
	SET(periods, closing_cash, 40003);
	SET(periods, reserve_net, 0);
}

static void add_move(weir_results *results, weir_table *table, const char *step, const char *payee, const char *what, double paid)
{
	weir_cell *row = weir_table_add_row(results, table);
	SET(trace, period, 2);
	WORD(trace, waterfall, "normal");
	WORD(trace, step, step);
	WORD(trace, payee, payee);
	WORD(trace, what, what);
	WORD(trace, source, "account");
	SET(trace, paid, paid);
}

static void add_test(weir_results *results, weir_table *table, const char *test, double value, double threshold, int hit,
                     const char *effect)
{
	weir_cell *row = weir_table_add_row(results, table);
	SET(tests, period, 2);
	WORD(tests, test, test);
	row[WEIR_COL_tests_value] = weir_cell_typed(WEIR_CELL_RATE, 12, value);
	row[WEIR_COL_tests_threshold] = weir_cell_typed(WEIR_CELL_RATE, 12, threshold);
	WORD(tests, status, hit ? "hit" : "clear");
	WORD(tests, effect, effect);
	SET(tests, needed, 3);
}

/* Two quarters of 91 days. In the second the pool was 900,000.00 + 70,000.00 + 30,000.00 = 1,000,000.00 before it; the draw comes
 * between two payments, and a transfer goes from one account to the other. */
static weir_results *make(double overdue)
{
	weir_results *results = NULL;
	ck_assert_int_eq(weir_results_create(&results, "d", "Deal <1> & Co", NULL, "CNY", 2), WEIR_OK);
	weir_table *periods = add_table(results, WEIR_TABLE_periods), *classes = add_table(results, WEIR_TABLE_classes);
	weir_table *trace = add_table(results, WEIR_TABLE_trace), *accounts = add_table(results, WEIR_TABLE_accounts);
	weir_table *tests = add_table(results, WEIR_TABLE_tests), *triggers = add_table(results, WEIR_TABLE_triggers);
	add_period(results, periods, 1, "2023-03-06", 100000000, 0);
	add_period(results, periods, 2, "2023-06-05", 90000000, overdue);
	weir_cell *row = weir_table_add_row(results, classes);
	SET(classes, period, 2);
	SET(classes, closing, 80000000);
	SET(classes, residual_paid, 10001);
	const double balances[][2] = { { 100001, 40003 }, { 200000, 200307 } };
	for (int i = 0; i < 2; i++) {
		row = weir_table_add_row(results, accounts);
		SET(accounts, period, 2);
		SET(accounts, opening, balances[i][0]);
		SET(accounts, closing, balances[i][1]);
	}
	add_move(results, trace, NULL, "account", "pool-principal", -7000000);
	add_move(results, trace, "1", "vat", "tax", 4999);
	add_move(results, trace, "2", "reserve", "transfer", 307);
	add_move(results, trace, "2", "reserve", "transfer", -307);
	add_move(results, trace, NULL, "facility", "draw", -50000);
	add_move(results, trace, "3", "A", "interest", 7094692);
	add_move(results, trace, "4", "B", "interest", 0);
	add_move(results, trace, "3", "A", "interest", 10000);
	add_test(results, tests, "thin", 0.04125, 0.05, 1, "chooses the waterfall \"late\"");
	add_test(results, tests, "wide", 0.07, 0.05, 0, "used in formulas");
	for (int i = 0; i < 2; i++) {
		row = weir_table_add_row(results, triggers);
		WORD(triggers, trigger, i ? "wide" : "thin");
		WORD(triggers, condition, "income / pool < 5%");
	}
	return results;
}

#define REPORT "//e:InvstrRpt/"
#define LINE(n) "string(//e:CshFlow[" #n "]/"

/* 1 - 0.97^4 = 11.470719 %, 1 - 0.98^4 = 7.763184 % (365 / 91 is nearest to 4); 900,000.00 over 800,000.00 is 112.5 %; residual
 * 100.01 and cash kept 400.03 make 500.04; 30,000.00 defaulted twice less 11,000.17 twice leaves 37,999.66. */
START_TEST(measures_of_a_period)
{
	weir_results *results = make(0);
	filed f = file_well(results, 2, io_write("facts.csv", FACTS "IVSS29,ND4 2026-12-31\nIVSR8/wide,17\n"));
	expect(&f, "string(//e:CutOffDt)", "2023-06-05");
	expect(&f, "string(//e:ScrtstnIdr)", LEI "N202301");
	expect(&f, "string(" REPORT "e:ScrtstnNm)", "Deal <1> & Co");
	expect(&f, "concat(//e:CtctPrsn[1], ', ', //e:CtctPrsn[2])", "Zhang San, Li Si");
	expect(&f, "string(//e:TrueSaleRskTrfMtd)", "true");
	expect(&f, "string(//e:CurOverCollstn)", "112.500000");
	expect(&f, "string(//e:AnlsdCstDfltRate)", "11.470719");
	expect(&f, "string(//e:AnlsdCstPrepmtRate)", "7.763184");
	expect(&f, "string(//e:ScrtstnXcssSprd/e:Amt)", "500.04");
	expect(&f, "string(//e:XcssSprdTrapgMchnsm)", "true");
	expect(&f, "string(//e:DfltdXpsr/e:Amt)", "37999.66");
	expect(&f, "string(//e:PrdPrncplRcvrs/e:Val/e:Amt[@Ccy = 'CNY'])", "11000.17");
	expect(&f, "string(//e:DrwgUdrLqdtyFclty/e:NoDataOptn/e:NoData)", "ND5");
	expect(&f, "string(//e:DfltdXpsrCptlRqrmntRgltn/e:NoDataOptn/e:NoData4/e:Dt)", "2026-12-31");
	expect(&f, "string(//e:TrggrMeasrmntRatio)", "true");
	expect(&f, "string(//e:Arrears/e:Abov180Days)", "0.000000");
	expect(&f, "string(//e:TstEvtTrggr[1]//e:ThrshldLvl/e:Val)", "5.00");
	expect(&f, "string(//e:TstEvtTrggr[1]//e:CurVal/e:Val/e:Pctg)", "4.125000");
	expect(&f, "concat(//e:TstEvtTrggr[1]//e:Sts, //e:TstEvtTrggr[2]//e:Sts)", "truefalse");
	expect(&f, "concat(//e:TstEvtTrggr[1]//e:BrchCnsqnc, //e:TstEvtTrggr[2]//e:BrchCnsqnc)", "CHPPOTHR");
	expect(&f, "string(//e:TstEvtTrggr[1]//e:CurePrd/e:NbOfDays)", "182"); /* two more tests of 91 days */
	expect(&f, "string(//e:TstEvtTrggr[2]//e:CurePrd/e:NbOfDays)", "17");
	expect(&f, "string(//e:TstEvtTrggr[2]//e:ClctnFrqcy/e:NbOfDays)", "91");
	expect(&f, "string(//e:TstEvtTrggr[1]//e:Desc)",
	       "thin: income / pool < 5%; effect: chooses the waterfall \"late\"; measured: 0.04125 against 0.05");
	let_go(&f);
	weir_results_destroy(results);
}
END_TEST

/* 1,000.01 + 2,000.00 brought forward; receipts before payments; the transfer is none of both. 3,000.01 + 70,000.00 + 500.00
 * - 49.99 - 70,946.92 - 0 - 100.00 = 2,403.10, the two accounts' 400.03 + 2,003.07. */
START_TEST(receipts_then_payments)
{
	weir_results *results = make(0);
	filed f = file_well(results, 2, io_write("facts.csv", FACTS));
	expect(&f, "string(count(//e:CshFlow))", "7");
	expect(&f, LINE(1) "e:AvlblFndPst/e:Amt)", "3000.01");
	expect(&f, LINE(2) "e:CshFlowItm)", "pool-principal, account");
	expect(&f, LINE(3) "e:AmtPdDurgPrd[e:Sgn = 'true']/e:Amt)", "500.00");
	expect(&f, LINE(3) "e:AvlblFndPst/e:Amt)", "73500.01");
	expect(&f, LINE(4) "e:AmtPdDurgPrd[e:Sgn = 'false']/e:Amt)", "49.99");
	expect(&f, LINE(5) "e:ItmId/e:NewIdr)", "normal/3/A/interest/account");
	expect(&f, LINE(6) "e:AmtPdDurgPrd/e:Amt)", "0.00");
	expect(&f, LINE(7) "e:ItmId/e:OrgnlIdr)", "normal/3/A/interest/account#2");
	expect(&f, LINE(7) "e:AvlblFndPst/e:Amt)", "2403.10");
	let_go(&f);
	weir_results_destroy(results);
}
END_TEST

START_TEST(a_trace_that_misses_the_accounts_is_refused)
{
	weir_results *results = make(0);
	weir_table *trace = (weir_table *)(void *)weir_results_table(results, "trace");
	trace->cells[WEIR_COL_trace_COUNT + WEIR_COL_trace_paid].number += 1;
	filed f = file_report(results, 2, io_write("facts.csv", FACTS));
	ck_assert_int_eq(f.status, WEIR_INPUT);
	ck_assert_str_eq(f.diags.items[0].text,
	                 "the payment trace of period 2 ends with 2403.09, the accounts with 2403.10; run the deal again");
	let_go(&f);
	f = file_report(results, 3, NULL);
	ck_assert_str_eq(f.diags.items[0].text, "the results have no period 3; the last one is 2");
	let_go(&f);
	weir_results_destroy(results);
}
END_TEST

/* --- facts ------------------------------------------------------------------------------------------------------ */

static const struct refused {
	const char *line, *words;
	unsigned column;
} refused[] = {
	{ "IVSS99,1", "there is no field \"IVSS99\"", 1 },
	{ "IVSS10,LEASE", "\"LEASE\" is no value of IVSS10 (Underlying Exposure Type); give one of ALOL CONL CMRT", 8 },
	{ "IVSS10,ND5", "the form allows no no-data code for \"IVSS10\"; give a value", 8 },
	{ "IVSS13,ND2", "the form allows only ND5 for \"IVSS13\"", 8 },
	{ "IVSS29,ND4", "ND4 has the date", 8 },
	{ "IVSS29,ND2 2026-01-01", "is no no-data code", 8 },
	{ "IVSS13,2026-02-30", "write a date like 2026-12-31", 8 },
	{ "IVSS16,1.00", "the results have \"IVSS16\" (Principal Collections In The Period); leave it out", 1 },
	{ "IVSS38,0.5", "write a rate like 2.5%", 8 },
	{ "IVSF5,1.00", "\"IVSF5\" comes from the results alone", 1 },
	{ "IVSR8,5", "\"IVSR8\" is of one trigger", 1 },
	{ "IVSS4/thin,x", "is of the whole report", 1 },
	{ "IVSR8/thick,5", "the results have no trigger \"thick\" in period 2", 1 },
	{ "IVSR8/thin,0", "give whole days, 1 to 9999", 12 },
	{ "IVSS4,Again", "\"IVSS4\"", 1 },
	{ "IVSS23,1.005", "write an amount like 1234567.89", 8 },
	{ "IVSS31,2.5", "write a rate like 2.5%", 8 },
	{ "IVSS10,", "value", 1 },
};

/* Each is told alone and at its place, on line 11 behind nine good ones and the header. */
START_TEST(bad_facts_are_refused)
{
	weir_results *results = make(0);
	char text[900];
	unsigned line, column;
	snprintf(text, sizeof text, "%s%s\n", FACTS, refused[_i].line);
	filed f = file_report(results, 2, io_write("facts.csv", text));
	ck_assert_int_eq(f.status, WEIR_INPUT);
	ck_assert_uint_eq(f.diags.count, 1);
	ck_assert_msg(strstr(f.diags.items[0].text, refused[_i].words) != NULL, "%s", f.diags.items[0].text);
	weir_sources_locate(&f.sources, f.diags.items[0].place, &line, &column);
	ck_assert_uint_eq(line, 11);
	ck_assert_uint_eq(column, refused[_i].column);
	let_go(&f);
	weir_results_destroy(results);
}
END_TEST

/* Without facts: the eight that only the entity knows; with an identifier whose check digits are wrong that and the other seven. An
 * overdue pool wants its arrears by age, and takes them then. */
START_TEST(what_is_missing_is_told_at_once)
{
	weir_results *results = make(0), *late = make(5000);
	filed f = file_report(results, 2, NULL);
	ck_assert_int_eq(f.status, WEIR_INPUT);
	ck_assert_uint_eq(f.diags.errors, 8);
	ck_assert_ptr_nonnull(strstr(f.diags.items[5].text, "\"IVSS8\" (Risk Retention Method) has no value"));
	let_go(&f);
	f = file_report(results, 2, io_write("facts.csv", "code,value\nIVSS1,WEIREXAMPLEPLAN00029N202301\n"));
	ck_assert_uint_eq(f.diags.errors, 9);
	ck_assert_ptr_nonnull(strstr(f.diags.items[0].text, "right check digits"));
	let_go(&f);
	f = file_report(late, 2, io_write("facts.csv", FACTS));
	ck_assert_uint_eq(f.diags.errors, 7);
	ck_assert_ptr_nonnull(strstr(f.diags.items[0].text, "\"IVSS38\" (Arrears 1-29 Days) has no value"));
	let_go(&f);
	f = file_well(late, 2,
	              io_write("facts.csv", FACTS "IVSS38,0.55%\nIVSS39,0%\nIVSS40,0%\nIVSS41,0%\nIVSS42,0%\nIVSS43,0%\nIVSS44,0%\n"));
	expect(&f, "string(//e:Arrears/e:Fr1To29Days)", "0.550000");
	let_go(&f);
	weir_results_destroy(late);
	weir_results_destroy(results);
}
END_TEST

/* 3,960.00 + 8,010.00 of 900,000.00 are 0.44 % and 0.89 %. What the entity says goes first; 0.886 % rounds to the results' 0.89 %,
 * 0.50 % does not to 0.44 %. */
START_TEST(arrears_are_those_of_the_results)
{
	weir_results *results = make(5000);
	weir_table *arrears = add_table(results, WEIR_TABLE_arrears);
	for (int band = 0; band < 7; band++) {
		weir_cell *row = weir_table_add_row(results, arrears);
		double principal = band == 1 ? 396000 : band == 6 ? 801000 : 0;
		SET(arrears, period, 2);
		SET(arrears, days_from, band ? 30 * band : 1);
		SET(arrears, principal, principal);
		row[WEIR_COL_arrears_share] = weir_cell_typed(WEIR_CELL_RATE, 12, principal / 90000000);
	}
	filed f = file_well(results, 2, io_write("facts.csv", FACTS));
	expect(&f, "string(//e:Arrears/e:Fr1To29Days)", "0.000000");
	expect(&f, "string(//e:Arrears/e:Fr30To59Days)", "0.440000");
	expect(&f, "string(//e:Arrears/e:Abov180Days)", "0.890000");
	ck_assert_uint_eq(f.diags.count, 0);
	let_go(&f);
	f = file_well(results, 2, io_write("facts.csv", FACTS "IVSS39,0.50%\nIVSS44,0.886%\n"));
	expect(&f, "string(//e:Arrears/e:Fr30To59Days)", "0.500000");
	expect(&f, "string(//e:Arrears/e:Abov180Days)", "0.886000");
	ck_assert_uint_eq(f.diags.warnings, 1);
	ck_assert_uint_eq(f.diags.count, 1);
	ck_assert_str_eq(f.diags.items[0].text, "\"IVSS39\" (Arrears 30-59 Days) is 0.500000% here and 0.440000% in the results; "
	                                        "check which is right");
	let_go(&f);
	weir_results_destroy(results);
}
END_TEST

START_TEST(short_memory_is_told)
{
	weir_results *results = make(0);
	char path[512];
	snprintf(path, sizeof path, "%s", io_write("facts.csv", FACTS "IVSR8/thin,5\nIVSS99,1\n"));
	for (long nth = 1;; nth++) {
		weir_alloc_fail_from(nth);
		filed f = file_report(results, 2, path);
		int used = weir_alloc_count() >= nth;
		weir_alloc_fail_from(0);
		ck_assert_msg(f.status == (used ? WEIR_NO_MEMORY : WEIR_INPUT), "%d at %ld", (int)f.status, nth);
		let_go(&f);
		if (!used)
			break;
	}
	weir_results_destroy(results);
}
END_TEST

/* --- whole deals ------------------------------------------------------------------------------------------------ */

static weir_results *run_deal(const char *path, const char *scenario)
{
	weir_session *session = NULL;
	weir_results *results = NULL;
	weir_diags diags = { 0 };
	char folder[512], *xml;
	size_t size;
	snprintf(folder, sizeof folder, "%s", io_write("facts.csv", FACTS));
	*strrchr(folder, '/') = '\0';
	ck_assert_int_eq(weir_session_open(&session, path), WEIR_EXIT_DONE);
	weir_request request = { .scenarios = &scenario, .scenario_count = scenario ? 1 : 0, .folder = folder, .no_report = 1 };
	ck_assert_int_eq(weir_session_write(session, &request), WEIR_EXIT_DONE);
	snprintf(folder + strlen(folder), 20, "/results.xml");
	FILE *file = fopen(folder, "rb");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fseek(file, 0, SEEK_END), 0);
	size = (size_t)ftell(file);
	rewind(file);
	xml = malloc(size);
	ck_assert_uint_eq(fread(xml, 1, size, file), size);
	fclose(file);
	ck_assert_int_eq(weir_results_read_xml(&results, "results.xml", xml, size, &diags), WEIR_OK);
	free(xml);
	weir_session_close(session);
	return results;
}

/* The signed amount of an element in cents. */
static double cents_of(const filed *f, xmlNode *line, const char *element)
{
	char path[160];
	double cents = 0;
	snprintf(path, sizeof path, "concat(substring('-', 1, number(%s/e:Sgn = 'false')), %s/e:Amt)", element, element);
	char *text = ask(f, line, path);
	ck_assert_int_eq(weir_cents_parse(text, strlen(text), 2, &cents), WEIR_PARSE_OK);
	xmlFree(text);
	return cents;
}

/* available after = available before + amount, to the cent, from 0 to what the accounts hold. */
static void check_balance(const filed *f, const weir_results *results, int period)
{
	const weir_table *accounts = weir_results_table(results, "accounts");
	xmlXPathObject *lines = xmlXPathEvalExpression(BAD_CAST "//e:CshFlow", f->paths);
	double before = 0, held = 0;
	int paying = 0;
	ck_assert_int_ge(lines->nodesetval->nodeNr, 3);
	for (int i = 0; i < lines->nodesetval->nodeNr; i++) {
		double amount = cents_of(f, lines->nodesetval->nodeTab[i], "e:AmtPdDurgPrd");
		double post = cents_of(f, lines->nodesetval->nodeTab[i], "e:AvlblFndPst");
		ck_assert(post == before + amount);
		ck_assert(!paying || amount <= 0);
		paying |= amount < 0;
		before = post;
	}
	for (size_t row = 0; row < accounts->row_count; row++)
		if (weir_table_cell(accounts, row, WEIR_COL_accounts_period)->number == period)
			held += weir_table_cell(accounts, row, WEIR_COL_accounts_closing)->number;
	ck_assert(before == held);
	xmlXPathFreeObject(lines);
}

/* Every field that may not be left out stands where the table says, behind the one before it, with a value or a no-data code. */
static void check_order(const filed *f)
{
	long last = 0;
	for (int i = 0; i < f->filing.field_count; i++) {
		const weir_filing_field *field = &f->filing.fields[i];
		weir_text path = { 0 };
		if (field->kind == WEIR_FILING_NAMESPACE || field->kind == WEIR_FILING_GROUP)
			continue;
		for (const char *p = field->path; *p;) {
			size_t length = strcspn(p, "/");
			weir_text_add(&path, "/e:");
			weir_text_append(&path, p, length);
			p += length + (p[length] == '/');
		}
		f->paths->node = (xmlNode *)f->doc;
		xmlXPathObject *found = xmlXPathEvalExpression(BAD_CAST path.data, f->paths);
		ck_assert_msg(found->nodesetval && found->nodesetval->nodeNr > 0, "%s is missing", field->code);
		long line = xmlGetLineNo(found->nodesetval->nodeTab[0]);
		ck_assert_msg(line > last, "%s stands before the field before it", field->code);
		last = line;
		char *text = ask(f, found->nodesetval->nodeTab[0], "normalize-space(.)");
		ck_assert_msg(*text, "%s is empty", field->code);
		xmlFree(text);
		xmlXPathFreeObject(found);
		weir_text_free(&path);
	}
}

/* Two ledgers, two tiers of warnings, a facility that is drawn: base case and the largest obligor's default. */
START_TEST(whole_deals_are_reported)
{
	static const struct {
		const char *deal, *scenario;
	} runs[] = { { "deals/ledger-abn/deal.xml", NULL },
		     { "deals/ledger-abn/deal.xml", "deals/ledger-abn/stress.xml#largest" },
		     { "deals/ex2-secondary-licence/supported.xml", NULL } };
	weir_results *results = run_deal(runs[_i].deal, runs[_i].scenario);
	const weir_table *periods = weir_results_table(results, "periods");
	char facts[512];
	int filed_periods = 0;
	snprintf(facts, sizeof facts, "%s", io_write("facts.csv", FACTS));
	for (size_t row = 0; row < periods->row_count; row++) {
		int period = (int)weir_table_cell(periods, row, WEIR_COL_periods_period)->number;
		if (period < 1)
			continue;
		filed f = file_report(results, period, facts);
		if (f.status == WEIR_INPUT) { /* nothing outstanding, no ratio */
			ck_assert_ptr_nonnull(strstr(f.diags.items[0].text, "\"IVSS21\""));
			let_go(&f);
			continue;
		}
		ck_assert_int_eq(f.status, WEIR_OK);
		check_order(&f);
		check_balance(&f, results, period);
		let_go(&f);
		filed_periods++;
	}
	ck_assert_int_ge(filed_periods, 5);
	weir_results_destroy(results);
}
END_TEST

/* In the tenth quarter the ledgers are empty and the facility pays the trustee's last fee, 5,041.10. */
START_TEST(a_draw_is_a_receipt)
{
	weir_results *results = run_deal("deals/ledger-abn/deal.xml", NULL);
	filed f = file_well(results, 10, io_write("facts.csv", FACTS));
	expect(&f, "string(//e:DrwgUdrLqdtyFclty/e:Ind)", "true");
	expect(&f, LINE(2) "e:CshFlowItm)", "11.1: Support drawn, Liquidity facility");
	expect(&f, LINE(2) "e:AmtPdDurgPrd/e:Amt)", "5041.10");
	expect(&f, "string(//e:CshFlow[e:AmtPdDurgPrd/e:Sgn = 'false']/e:CshFlowItm)", "Step 4, 9.2(d): Fee, Example Trust (Trustee fee)");
	let_go(&f);
	weir_results_destroy(results);
}
END_TEST

/* Through weir.h: written and named, or told that memory was short and nothing written. */
START_TEST(short_memory_of_a_request_is_told)
{
	weir_results_destroy(run_deal("deals/ex4-supply-chain/deal.xml", NULL));
	char facts[512], results[512], out[512];
	snprintf(facts, sizeof facts, "%s", io_write("facts.csv", FACTS));
	snprintf(results, sizeof results, "%.*s/results.xml", (int)(strrchr(facts, '/') - facts), facts);
	snprintf(out, sizeof out, "%.*s/filed.xml", (int)(strrchr(facts, '/') - facts), facts);
	weir_report_request request = { .results = results, .template = "esma-annex12", .facts = facts, .out = out, .period = 1 };
	for (long nth = 1, used = 1; used; nth += 13) {
		char *path = NULL, *messages = NULL;
		remove(out);
		weir_alloc_fail_from(nth);
		int status = weir_report_write(&request, &path, &messages);
		used = weir_alloc_count() >= nth;
		weir_alloc_fail_from(0);
		FILE *written = fopen(out, "rb");
		ck_assert_msg(status == (used ? WEIR_EXIT_INTERNAL : WEIR_EXIT_DONE), "%d at %ld", status, nth);
		ck_assert_int_eq(written != NULL, !used);
		if (written)
			fclose(written);
		weir_text_release(path);
		weir_text_release(messages);
	}
}
END_TEST

Suite *weir_suite_report_filing(void)
{
	Suite *suite = suite_create("report_filing");
	TCase *tests = tcase_create("filing");
	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, io_enter, io_leave);
	tcase_add_test(tests, measures_of_a_period);
	tcase_add_test(tests, receipts_then_payments);
	tcase_add_test(tests, a_trace_that_misses_the_accounts_is_refused);
	tcase_add_loop_test(tests, bad_facts_are_refused, 0, (int)(sizeof refused / sizeof *refused));
	tcase_add_test(tests, what_is_missing_is_told_at_once);
	tcase_add_test(tests, arrears_are_those_of_the_results);
	tcase_add_test(tests, short_memory_is_told);
	tcase_add_loop_test(tests, whole_deals_are_reported, 0, 3);
	tcase_add_test(tests, a_draw_is_a_receipt);
	tcase_add_test(tests, short_memory_of_a_request_is_told);
	suite_add_tcase(suite, tests);
	return suite;
}
