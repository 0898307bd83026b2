/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_report_flows.c: the tables that charts draw: a deal of two kinds of contract worked out by hand; every tie
 * broken by one cent is caught; every deal foots in each of its scenarios. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "engine_fixture.h"
#include "report/fill.h"
#include "report/tables.h"

Suite *weir_suite_report_flows(void);

/* Quarters of 30E/360: A bears 1 % a quarter. The loan pays 300, 200, 100, 50 and 12, 8, 4, 2 of interest, the licence 100.10 and
 * 5.05 each time. The classes bring 1,050.40, of which 10.00 go into the reserve and 1,040.40 are the price.
 *
 *    available              fee   interest of A  reserve  principal of A  SUB
 *  1 400.10 + 17.05 = 417.15  1.00  9.00          20.00   387.15 (512.85 left)
 *  2 300.10 + 13.05 = 313.15  1.00  5.13                  307.02 (205.83)
 *  3 200.10 +  9.05 = 209.15  1.00  2.06         -30.00   205.83 (0)      30.26
 *  4 150.10 +  7.05 = 157.15  1.00                 0                     156.15 */
static const char hand[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<deal xmlns=\"urn:weir:deal:1\" id=\"hand\" kind=\"abs\" currency=\"CNY\">\n"
	"<name en=\"By hand\" zh=\"手算\" short-en=\"Hand\" short-zh=\"手\"/>\n"
	"<dates closing=\"2023-12-15\" start=\"2023-12-15\" legal-final=\"2026-12-15\">\n"
	"<payment first=\"2024-03-15\" every=\"3 months\" count=\"4\" adjust=\"none\" calendar=\"weekends\"/>\n"
	"<accrual day-count=\"30E/360\" dates=\"unadjusted\"/>\n"
	"<calculation offset=\"-5 business days\"/></dates>\n"
	"<parties><party id=\"seller\" role=\"originator servicer licensor\" en=\"Seller\" zh=\"卖方\"/>\n"
	"<party id=\"csdc\" role=\"registrar\" en=\"Registrar\" zh=\"登记机构\"/>\n"
	"<party id=\"lawyer\" role=\"lawyer\" en=\"Lawyer\"/>\n"
	"<party id=\"town\" role=\"government\" en=\"Town\"/>\n"
	"<party id=\"pot\" role=\"fund\" en=\"Fund\" capacity=\"100.00\"><contributor party=\"town\" share=\"100%\"/></party></parties>\n"
	"<pool><contract id=\"K1\" kind=\"loan\" obligor=\"O1\" obligor-en=\"One\" industry=\"Tools\" amount=\"650.00\" "
	"repayment=\"explicit\" ip=\"P1 P2\">\n"
	"<instalment date=\"2024-02-20\" principal=\"300.00\" income=\"12.00\"/>\n"
	"<instalment date=\"2024-05-20\" principal=\"200.00\" income=\"8.00\"/>\n"
	"<instalment date=\"2024-08-20\" principal=\"100.00\" income=\"4.00\"/>\n"
	"<instalment date=\"2024-11-20\" principal=\"50.00\" income=\"2.00\"/></contract>\n"
	"<contract id=\"K2\" kind=\"licence\" obligor=\"O2\" obligor-en=\"Two\" amount=\"400.40\" repayment=\"explicit\" ip=\"P2\" "
	"end=\"2025-01-31\">\n"
	"<instalment date=\"2024-02-20\" principal=\"100.10\" income=\"5.05\"/>\n"
	"<instalment date=\"2024-05-20\" principal=\"100.10\" income=\"5.05\"/>\n"
	"<instalment date=\"2024-08-20\" principal=\"100.10\" income=\"5.05\"/>\n"
	"<instalment date=\"2024-11-20\" principal=\"100.10\" income=\"5.05\"/></contract>\n"
	"<ip><item id=\"P1\" kind=\"invention\" title-en=\"Valve\" filed=\"2010-03-01\" expires=\"2030-03-01\"/>\n"
	"<item id=\"P2\" kind=\"trademark\" title-en=\"Mark\" filed=\"2015-02-02\" expires=\"2025-02-02\"/>\n"
	"<item id=\"P3\" kind=\"invention\" title-en=\"Spare\" filed=\"2009-09-09\" expires=\"2029-09-09\"/></ip></pool>\n"
	"<accounts><account id=\"plan\" en=\"Plan\" zh=\"专户\" receives=\"all\"/>\n"
	"<reserve id=\"cushion\" initial=\"10.00\" target=\"30 yuan\"/></accounts>\n"
	"<classes><class id=\"A\" en=\"Senior\" zh=\"优先级\" size=\"900.00\" coupon=\"4%\"><principal style=\"pass-through\"/></class>\n"
	"<class id=\"SUB\" en=\"Junior\" zh=\"次级\" size=\"150.40\" rank=\"subordinated\" held-by=\"seller\">"
	"<principal style=\"residual\"/></class></classes>\n"
	"<fees><fee id=\"registry\" amount=\"1.00\" payee=\"csdc\"/></fees>\n"
	"<values><value id=\"left\" en=\"Coverage left\" formula=\"pool.balance / max(A.balance, 1 yuan)\"/>\n"
	"<value id=\"plain\" formula=\"pool.balance / max(A.size, 1 yuan)\"/></values>\n"
	"<triggers><trigger id=\"thin\" en=\"Thin\" zh=\"偏低\" kind=\"warning\" tested=\"before\" "
	"test=\"left below 1.05 or plain below 0.01\"/></triggers>\n"
	"<support><risk-pool id=\"cover\" order=\"1\"><share party=\"pot\" of=\"50%\"/></risk-pool></support>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"registry\"/><pay what=\"A.interest\"/><fill account=\"cushion\"/>\n"
	"<pay what=\"A.principal\"/><keep until=\"A is paid\"/><release account=\"cushion\" all=\"yes\"/>\n"
	"<when test=\"thin\"><pay what=\"SUB.rest\"/></when><pay what=\"SUB.rest\"/></waterfall></waterfalls></deal>\n";

static engine_deal deal;
static weir_block *block;
static weir_results *results;
static weir_diags diags;

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
	io_leave();
}

/* Fills all tables of a run of lane 0; what it gives is the caller's. */
static weir_status fill(weir_results **made, engine_deal *d, const weir_block *of)
{
	weir_deal_figures figures;
	weir_outcome outcome = { .plan = d->plan,
		                 .run = weir_block_result(of),
		                 .rows = weir_block_rows(of),
		                 .shocks = weir_block_shocks(of, 0),
		                 .figures = &figures };
	weir_status status = weir_measure(&figures, d->arena, d->plan, outcome.run, outcome.rows, 0);
	if (status == WEIR_OK)
		status = weir_results_create(made, "hand", NULL, NULL, "CNY", d->load.deal->currency_digits);
	if (status == WEIR_OK)
		status = weir_fill_deal(*made, &outcome);
	if (status == WEIR_OK)
		status = weir_fill_run(*made, &outcome, 0);
	return status;
}

static void open_hand(void)
{
	engine_open_text(&deal, hand);
	block = engine_run(&deal, NULL, 1);
	ck_assert_int_eq(fill(&results, &deal, block), WEIR_OK);
}

static const weir_cell *cell(const char *id, size_t row, const char *column)
{
	const weir_table *table = weir_results_table(results, id);
	ck_assert_msg(table && row < table->row_count, "table %s, row %zu", id, row);
	const weir_cell *found = weir_table_cell(table, row, weir_table_column(table, column));
	ck_assert_msg(found != NULL, "table %s, column %s", id, column);
	return found;
}

/* A row of a table as "from > to 12.00", or whatever its columns are. */
static void expect_flow(const char *id, size_t row, const char *from, const char *to, double cents)
{
	ck_assert_str_eq(cell(id, row, "from")->key, from);
	ck_assert_str_eq(cell(id, row, "to")->key, to);
	ck_assert_double_eq(cell(id, row, "amount")->number, cents);
}

typedef struct flow {
	int period;
	const char *end;
	double in; /* cents; below 0 it goes out */
} flow;

static void expect_flows(const char *id, const flow *flows, size_t count)
{
	ck_assert_uint_eq(weir_results_table(results, id)->row_count, count);
	for (size_t i = 0; i < count; i++) {
		int comes = flows[i].in > 0;
		expect_flow(id, i, comes ? flows[i].end : "available-cash", comes ? "available-cash" : flows[i].end, fabs(flows[i].in));
		if (flows[i].period >= 0)
			ck_assert_double_eq(cell(id, i, "period")->number, flows[i].period);
	}
}

START_TEST(flows_by_hand)
{
	static const flow flows[] = {
		{ 0, "proceeds", 105040 },         { 0, "purchase-price", -104040 }, { 0, "all-reserves", -1000 },
		{ 1, "pool-licence.principal", 10010 }, { 1, "pool-licence.income", 505 },     { 1, "pool-loan.principal", 30000 },
		{ 1, "pool-loan.income", 1200 },        { 1, "all-fees", -100 },              { 1, "A.interest", -900 },
		{ 1, "A.principal", -38715 },      { 1, "all-reserves", -2000 },
		{ 2, "pool-licence.principal", 10010 }, { 2, "pool-licence.income", 505 },     { 2, "pool-loan.principal", 20000 },
		{ 2, "pool-loan.income", 800 },         { 2, "all-fees", -100 },              { 2, "A.interest", -513 },
		{ 2, "A.principal", -30702 },
		{ 3, "pool-licence.principal", 10010 }, { 3, "pool-licence.income", 505 },     { 3, "pool-loan.principal", 10000 },
		{ 3, "pool-loan.income", 400 },         { 3, "all-fees", -100 },              { 3, "A.interest", -206 },
		{ 3, "A.principal", -20583 },      { 3, "SUB", -3026 },              { 3, "all-reserves", 3000 },
		{ 4, "pool-licence.principal", 10010 }, { 4, "pool-licence.income", 505 },     { 4, "pool-loan.principal", 5000 },
		{ 4, "pool-loan.income", 200 },         { 4, "all-fees", -100 },              { 4, "SUB", -15615 },
	};
	/* 4 x 100.10, 4 x 5.05, 650, 26; the reserve gives 10.00 more than it takes behind the closing */
	static const flow life[] = {
		{ -1, "pool-licence.principal", 40040 }, { -1, "pool-licence.income", 2020 }, { -1, "pool-loan.principal", 65000 },
		{ -1, "pool-loan.income", 2600 },        { -1, "all-fees", -400 },           { -1, "A.interest", -1619 },
		{ -1, "A.principal", -90000 },      { -1, "SUB", -18641 },          { -1, "all-reserves", 1000 },
	};
	open_hand();
	expect_flows("flows", flows, sizeof flows / sizeof *flows);
	expect_flows("life_flows", life, sizeof life / sizeof *life);
	ck_assert_str_eq(cell("flows", 3, "from")->en, "Licence fee: Principal");
	ck_assert_str_eq(cell("flows", 3, "from")->zh, "许可使用费：本金");
	ck_assert_int_eq(weir_results_foot(results, &diags), WEIR_OK);
}
END_TEST

START_TEST(kinds_by_hand)
{
	open_hand();
	ck_assert_uint_eq(weir_results_table(results, "pool_by_kind")->row_count, 8);
	ck_assert_str_eq(cell("pool_by_kind", 4, "kind")->key, "licence");
	ck_assert_double_eq(cell("pool_by_kind", 4, "period")->number, 3);
	ck_assert_double_eq(cell("pool_by_kind", 4, "collected")->number, 10515);
	ck_assert_str_eq(cell("pool_by_kind", 5, "kind")->key, "loan");
	ck_assert_double_eq(cell("pool_by_kind", 5, "principal")->number, 10000);
	ck_assert_double_eq(cell("pool_by_kind", 5, "income")->number, 400);
	ck_assert_double_eq(cell("pool_by_kind", 5, "recovered")->number, 0);
}
END_TEST

/* The loan defaults as a whole with its instalment of August, 150.00; 30 % come back three months later, on 20 November. The
 * licence pays on. */
START_TEST(a_default_is_its_own_kinds)
{
	io_write("scenarios.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	                          "<scenarios xmlns=\"urn:weir:scenarios:1\"><scenario id=\"hurt\" en=\"Hurt\">"
	                          "<default contract=\"K1\" date=\"2024-07-01\"/><recovery rate=\"30%\" lag=\"3 months\"/>"
	                          "</scenario></scenarios>\n");
	engine_open_text(&deal, hand);
	block = engine_run(&deal, weir_scenarios_find(&deal.scenarios, "hurt"), 1);
	ck_assert_int_eq(fill(&results, &deal, block), WEIR_OK);
	for (size_t row = 0; row < 8; row += 2) {
		ck_assert_double_eq(cell("pool_by_kind", row, "principal")->number, 10010);
		ck_assert_double_eq(cell("pool_by_kind", row, "income")->number, 505);
		ck_assert_double_eq(cell("pool_by_kind", row, "recovered")->number, 0);
	}
	ck_assert_double_eq(cell("pool_by_kind", 3, "collected")->number, 20800);
	ck_assert_double_eq(cell("pool_by_kind", 5, "collected")->number, 0);
	ck_assert_double_eq(cell("pool_by_kind", 7, "recovered")->number, 4500);
	ck_assert_double_eq(cell("pool_by_kind", 7, "collected")->number, 4500);
	ck_assert_int_eq(weir_results_foot(results, &diags), WEIR_OK);
}
END_TEST

/* Two obligors that owe 676.00 and 420.60; the second says no industry. */
START_TEST(pool_map_by_hand)
{
	open_hand();
	ck_assert_uint_eq(weir_results_table(results, "pool_map")->row_count, 2);
	ck_assert_str_eq(cell("pool_map", 0, "industry")->en, "Tools");
	ck_assert_str_eq(cell("pool_map", 0, "obligor")->key, "O1");
	ck_assert_double_eq(cell("pool_map", 0, "receivable")->number, 67600);
	ck_assert(fabs(cell("pool_map", 1, "share")->number - 42060.0 / 109660) < 1e-15);
	ck_assert_str_eq(cell("pool_map", 1, "industry")->key, "not-given");
}
END_TEST

/* The mark outlives its contracts, the later of which is a licence up to 2025-01-31, by two days; the valve by the years from
 * 2024-11-20 to 2030-03-01: 41 days of 2024, 5 years with one leap day and 60 days. No contract rests on the third. */
START_TEST(ip_timeline_by_hand)
{
	open_hand();
	ck_assert_str_eq(cell("ip_timeline", 0, "id")->en, "P2");
	ck_assert_double_eq(cell("ip_timeline", 0, "margin")->number, 2);
	ck_assert_double_eq(cell("ip_timeline", 0, "contract_end")->number, weir_date_from_ymd(2025, 1, 31));
	ck_assert_str_eq(cell("ip_timeline", 1, "id")->en, "P1");
	ck_assert_double_eq(cell("ip_timeline", 1, "margin")->number, 41 + 5 * 365 + 1 + 60);
	ck_assert_str_eq(cell("ip_timeline", 2, "id")->en, "P3");
	ck_assert(!cell("ip_timeline", 2, "margin")->present);
	ck_assert(!cell("ip_timeline", 2, "contract_end")->present);
}
END_TEST

/* Of the test's two comparisons one names a formula about coverage. */
START_TEST(coverage_lines_by_hand)
{
	open_hand();
	ck_assert_uint_eq(weir_results_table(results, "coverage_lines")->row_count, 1);
	ck_assert_str_eq(cell("coverage_lines", 0, "event")->key, "thin");
	ck_assert(fabs(cell("coverage_lines", 0, "threshold")->number - 1.05) < 1e-12);
}
END_TEST

START_TEST(diagram_by_hand)
{
	static const char *const nodes[][2] = { { "deal.obligors", "0" }, { "town", "0" },         { "seller", "1" }, { "csdc", "1" },
		                                { "pot", "1" },           { "deal.vehicle", "2" }, { "A", "3" },      { "SUB", "3" } };
	static const char *const edges[][3] = { { "deal.obligors", "pay", "seller" },
		                                { "seller", "licenses the IP", "deal.obligors" },
		                                { "seller", "sells the pool", "deal.vehicle" },
		                                { "deal.vehicle", "pays the price", "seller" },
		                                { "seller", "passes on collections", "deal.vehicle" },
		                                { "csdc", "registers, pays out", "deal.vehicle" },
		                                { "pot", "Risk-sharing pool", "deal.vehicle" },
		                                { "town", "pays in", "pot" },
		                                { "deal.vehicle", "interest, principal", "A" },
		                                { "deal.vehicle", "what is left", "SUB" } };
	open_hand();
	ck_assert_uint_eq(weir_results_table(results, "diagram_nodes")->row_count, sizeof nodes / sizeof *nodes);
	for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++) {
		ck_assert_str_eq(cell("diagram_nodes", i, "node")->key, nodes[i][0]);
		ck_assert_double_eq(cell("diagram_nodes", i, "layer")->number, nodes[i][1][0] - '0');
	}
	ck_assert_str_eq(cell("diagram_nodes", 0, "node")->zh, "2户债务人");
	ck_assert_str_eq(cell("diagram_nodes", 0, "details")->en, "Licence fee, Pledged loan");
	ck_assert_str_eq(cell("diagram_nodes", 2, "details")->zh, "原始权益人、许可方、资产服务机构");
	ck_assert_str_eq(cell("diagram_nodes", 6, "details")->en, "900.00, 4.00%");
	ck_assert_str_eq(cell("diagram_nodes", 7, "details")->zh, "150.40，卖方持有");
	ck_assert_uint_eq(weir_results_table(results, "diagram_edges")->row_count, sizeof edges / sizeof *edges);
	for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
		ck_assert_str_eq(cell("diagram_edges", i, "from")->key, edges[i][0]);
		ck_assert_str_eq(cell("diagram_edges", i, "what")->en, edges[i][1]);
		ck_assert_str_eq(cell("diagram_edges", i, "to")->key, edges[i][2]);
	}
}
END_TEST

/* One cell a cent larger, and what must be said of it. */
START_TEST(broken_ties_are_caught)
{
	static const struct {
		const char *table, *column, *said;
		size_t row;
	} breaks[] = {
		{ "flows", "amount", "in table \"flows\" what comes in goes out: expected 417.16, found 417.15", 3 },
		{ "flows", "amount", "column \"available\" is what comes in in table \"flows\" less what reserves release", 4 },
		{ "life_flows", "amount", "table \"life_flows\", row 6: the flow is the sum of its rows in table \"flows\"", 5 },
		{ "life_flows", "amount", "table \"life_flows\", row 10: what comes in goes out", 5 },
		{ "pool_by_kind", "principal", "column \"pool_principal\" is the kinds of contract in table \"pool_by_kind\"", 3 },
		{ "pool_by_kind", "income", "table \"pool_by_kind\", row 4: collected is principal, income and recovered", 3 },
		{ "pool_map", "receivable", "table \"pool_map\", row 3: the pool's total is that of table \"obligors\"", 1 },
		{ "diagram_nodes", "layer", "both ends stand in different layers of table \"diagram_nodes\"", 0 },
	};
	open_hand();
	for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
		weir_cell *broken = (weir_cell *)(uintptr_t)cell(breaks[i].table, breaks[i].row, breaks[i].column);
		int said = 0;
		diags = (weir_diags){ 0 };
		broken->number += 1;
		ck_assert_int_eq(weir_results_foot(results, &diags), WEIR_INTERNAL);
		broken->number -= 1;
		for (size_t d = 0; d < diags.count; d++)
			said |= strstr(diags.items[d].text, breaks[i].said) != NULL;
		ck_assert_msg(said, "nobody said: %s (but: %s)", breaks[i].said, diags.items[0].text);
		weir_diags_free(&diags);
	}
	diags = (weir_diags){ 0 };
	ck_assert_int_eq(weir_results_foot(results, &diags), WEIR_OK);
}
END_TEST

/* Every deal in the base case and its first scenarios: whatever is late, defaults or is sold, the kinds and flows add up. */
static void foot_deal(engine_deal *d)
{
	for (int s = -1; s < d->scenarios.count && s < 4; s++) {
		weir_results *made = NULL;
		weir_diags said = { 0 };
		weir_block *of = engine_run(d, s < 0 ? NULL : &d->scenarios.items[s], 1);
		engine_demand(fill(&made, d, of) == WEIR_OK, "%s does not fill", d->load.deal->node.id);
		weir_status status = weir_results_foot(made, &said);
		engine_demand(status == WEIR_OK, "%s, scenario %d: %s", d->load.deal->node.id, s, said.count ? said.items[0].text : "");
		weir_diags_free(&said);
		weir_results_destroy(made);
		weir_block_destroy(of);
	}
}

START_TEST(every_deal_foots)
{
	engine_each_deal(foot_deal);
}
END_TEST

START_TEST(short_memory_is_reported)
{
	engine_open_text(&deal, hand);
	block = engine_run(&deal, NULL, 1);
	for (long nth = 1;; nth++) {
		weir_results *made = NULL;
		weir_alloc_fail_from(nth);
		weir_status status = fill(&made, &deal, block);
		if (status == WEIR_OK)
			status = weir_results_foot(made, &diags);
		weir_alloc_fail_from(0);
		ck_assert(status == WEIR_OK || status == WEIR_NO_MEMORY);
		weir_results_destroy(made);
		if (status == WEIR_OK)
			break;
	}
}
END_TEST

Suite *weir_suite_report_flows(void)
{
	Suite *suite = suite_create("report_flows");
	TCase *tests = tcase_create("flows");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, flows_by_hand);
	tcase_add_test(tests, kinds_by_hand);
	tcase_add_test(tests, a_default_is_its_own_kinds);
	tcase_add_test(tests, pool_map_by_hand);
	tcase_add_test(tests, ip_timeline_by_hand);
	tcase_add_test(tests, coverage_lines_by_hand);
	tcase_add_test(tests, diagram_by_hand);
	tcase_add_test(tests, broken_ties_are_caught);
	tcase_add_test(tests, short_memory_is_reported);
	suite_add_tcase(suite, tests);
	TCase *all = tcase_create("deals");
	tcase_set_timeout(all, 120);
	tcase_add_test(all, every_deal_foots);
	suite_add_tcase(suite, all);
	return suite;
}
