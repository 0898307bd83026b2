/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_report_servicing.c: the tables of the holders' reports: a deal worked out by hand, amounts in words, every tie broken. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "deal/occurrences.h"
#include "engine_fixture.h"
#include "report_fixture.h"
#include "io/report_dates_csv.h"
#include "report/amount_words.h"
#include "report/fill_run.h"

Suite *weir_suite_report_servicing(void);

/* Loan K1 of One pays 100.01, 200.02, 300.03, 400.04 with 10.07, 8.05, 5.03, 2.01 of interest, K2 of Two 60.11, 60.11, 60.11,
 * 60.12 with 3.33 each: a pool of 1,240.55. Payments on 15 March, June, September, December 2024; calculation dates 8 March,
 * 10 June, 9 September, 9 December (five weekdays before). A (600.00, 4 %) and B (400.00, 5 %) are paid in turn, a quarter of
 * 30E/360 each; the registrar gets 1.01 each time. */
static const char deal_text[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<deal xmlns=\"urn:weir:deal:1\" id=\"hand\" kind=\"abs\" currency=\"CNY\" venue=\"深圳证券交易所\">\n"
	"<name en=\"Hand\" zh=\"手算\" short-en=\"Hand 1\" short-zh=\"手算1\"/>\n"
	"<dates cutoff=\"2023-12-01\" closing=\"2023-12-15\" start=\"2023-12-15\" legal-final=\"2026-12-15\">\n"
	"<payment first=\"2024-03-15\" every=\"3 months\" count=\"4\" adjust=\"none\" calendar=\"weekends\"/>\n"
	"<accrual day-count=\"30E/360\" dates=\"unadjusted\"/>\n"
	"<calculation offset=\"-5 business days\"/>\n"
	"</dates>\n"
	"<parties><party id=\"csdc\" role=\"registrar\" en=\"Registrar\"/>\n"
	"<party id=\"mgr\" role=\"manager servicer\" en=\"Manager\" zh=\"管理人\" rating=\"AA\"/></parties>\n"
	"<pool><contract id=\"K1\" kind=\"loan\" obligor=\"O1\" obligor-en=\"One\" industry=\"X\" region=\"North\" grade=\"A\" "
	"amount=\"1000.10\" repayment=\"explicit\">\n"
	"<instalment date=\"2024-02-20\" principal=\"100.01\" income=\"10.07\"/>\n"
	"<instalment date=\"2024-05-20\" principal=\"200.02\" income=\"8.05\"/>\n"
	"<instalment date=\"2024-08-20\" principal=\"300.03\" income=\"5.03\"/>\n"
	"<instalment date=\"2024-11-20\" principal=\"400.04\" income=\"2.01\"/></contract>\n"
	"<contract id=\"K2\" kind=\"loan\" obligor=\"O2\" obligor-en=\"Two\" industry=\"Y\" amount=\"240.45\" "
	"repayment=\"explicit\">\n"
	"<instalment date=\"2024-02-20\" principal=\"60.11\" income=\"3.33\"/>\n"
	"<instalment date=\"2024-05-20\" principal=\"60.11\" income=\"3.33\"/>\n"
	"<instalment date=\"2024-08-20\" principal=\"60.11\" income=\"3.33\"/>\n"
	"<instalment date=\"2024-11-20\" principal=\"60.12\" income=\"3.33\"/></contract>\n"
	"<ip><item id=\"P1\" kind=\"invention\" number=\"N1\" holder=\"O1\" filed=\"2010-03-08\" expires=\"2030-03-08\" "
	"annuity-paid-to=\"2025-03-01\" valuation=\"300.00\"/>\n"
	"<item id=\"P2\" kind=\"invention\" number=\"N2\" holder=\"O1\" filed=\"2010-03-08\" expires=\"2026-03-08\" "
	"annuity-paid-to=\"2025-04-01\" valuation=\"100.00\"/></ip></pool>\n"
	"<accounts><account id=\"plan\" en=\"Plan\" receives=\"all\"/>"
	"<reserve id=\"spare\" en=\"Spare\" target=\"20.00\"/></accounts>\n"
	"<classes><class id=\"A\" code=\"111\" size=\"600.00\" coupon=\"4%\" unit=\"1.00\"><principal style=\"pass-through\"/></class>\n"
	"<class id=\"B\" size=\"400.00\" coupon=\"5%\" unit=\"1.00\"><principal style=\"pass-through\"/></class>\n"
	"<class id=\"SUB\" size=\"240.55\" rank=\"subordinated\" unit=\"0.05\"><principal style=\"residual\"/></class></classes>\n"
	"<fees><fee id=\"registry\" en=\"Registry\" amount=\"1.01\" payee=\"csdc\"/></fees>\n"
	"<triggers><trigger id=\"thin\" en=\"Thin\" tested=\"before\" sticky=\"no\" test=\"pool.balance &lt; 100.00\" clause=\"7.1\"/>"
	"</triggers>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"registry\"/><pay what=\"A.interest B.interest\"/>"
	"<when test=\"thin\"><release account=\"spare\" all=\"yes\"/></when>"
	"<pay what=\"A.principal B.principal\"/><fill account=\"spare\"/><pay what=\"SUB.rest\"/></waterfall></waterfalls>\n"
	"</deal>\n";

/* K2's first instalment: 40 % comes two months late. K1 defaults as a whole at its instalment of 20 August: 700.07; 30 % of it,
 * 210.021 = 210.02, comes back three months later, 20 November. */
static const char scenario_text[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<scenarios xmlns=\"urn:weir:scenarios:1\"><scenario id=\"hurt\" en=\"Hurt\">\n"
	"<late share=\"40%\" months=\"2\" contract=\"K2\" to=\"2024-02-28\"/>\n"
	"<default contract=\"K1\" date=\"2024-07-01\"/><recovery rate=\"30%\" lag=\"3 months\"/></scenario>\n"
	"<scenario id=\"early\"><prepay contract=\"K2\" date=\"2024-05-01\"/></scenario>\n"
	"<scenario id=\"drips\"><default contract=\"K2\" cdr=\"20%\"/></scenario></scenarios>\n";

/* A run of a deal with all its tables. */
typedef struct filled {
	engine_deal deal;
	weir_block *block;
	weir_deal_figures figures;
	weir_outcome outcome;
	weir_report_dates *dates;
	weir_results *results;
} filled;

static weir_status fill_tables(filled *f)
{
	weir_status status;
	const weir_deal *deal = f->deal.load.deal;
	WEIR_TRY(weir_results_create(&f->results, deal->node.id, deal->node.en, deal->node.zh, deal->currency,
	                             deal->currency_digits));
	WEIR_TRY(weir_fill_run(f->results, &f->outcome, 0));
	WEIR_TRY(weir_fill_deal(f->results, &f->outcome));
out:
	return status;
}

/* Runs a scenario (NULL: base) of an open deal and fills. */
static void run(filled *f, const weir_scenario *scenario)
{
	f->block = engine_run(&f->deal, scenario, 1);
	ck_assert_int_eq(weir_measure(&f->figures, f->deal.arena, f->deal.plan, weir_block_result(f->block),
	                              weir_block_rows(f->block), 0),
	                 WEIR_OK);
	if (!f->dates)
		ck_assert_int_eq(weir_report_dates_load(&f->dates, f->deal.arena, f->deal.load.sources, &f->deal.load.diags),
		                 WEIR_OK);
	f->outcome = (weir_outcome){ .plan = f->deal.plan,
		                     .run = weir_block_result(f->block),
		                     .rows = weir_block_rows(f->block),
		                     .shocks = weir_block_shocks(f->block, 0),
		                     .scenario = scenario,
		                     .figures = &f->figures,
		                     .report_dates = f->dates };
	ck_assert_int_eq(fill_tables(f), WEIR_OK);
}

static void finish_run(filled *f)
{
	weir_results_destroy(f->results);
	weir_block_destroy(f->block);
	f->results = NULL;
	f->block = NULL;
}

static filled hand;

static void setup(void)
{
	io_enter();
	hand = (filled){ 0 };
	io_write("scenarios.xml", scenario_text);
	engine_open_text(&hand.deal, deal_text);
}

static void teardown(void)
{
	finish_run(&hand);
	engine_close(&hand.deal);
	io_leave();
}

static void hurt(void)
{
	run(&hand, weir_scenarios_find(&hand.deal.scenarios, "hurt"));
}

/* --- what a table says ------------------------------------------------------------------------------------------ */

/* The rows of a period as text: numbers plain, words by their key or English name, empty cells as nothing; of the columns named
 * (blanks between), rows separated by "; ". */
static const char *rows_text(const filled *f, const char *id, int period, const char *columns)
{
	static char text[8192];
	const weir_table *table = weir_results_table(f->results, id);
	size_t at = 0;
	text[0] = '\0';
	for (size_t row = 0; table && row < table->row_count; row++) {
		if ((int)weir_table_cell(table, row, weir_table_column(table, "period"))->number != period)
			continue;
		at += (size_t)snprintf(text + at, sizeof text - at, "%s", at ? "; " : "");
		for (const char *c = columns; *c;) {
			char name[64], plain[64];
			size_t length = strcspn(c, " ");
			snprintf(name, sizeof name, "%.*s", (int)length, c);
			int column = weir_table_column(table, name);
			ck_assert_msg(column >= 0, "no column %s", name);
			const weir_cell *cell = weir_table_cell(table, row, column);
			at += (size_t)snprintf(text + at, sizeof text - at, "%s%s", c == columns ? "" : "|",
			                       weir_cell_plain(table, column, cell, 2, plain));
			c += length + (c[length] == ' ');
		}
	}
	return text;
}

#define SAYS(id, period, columns, expected) ck_assert_str_eq(rows_text(&hand, id, period, columns), expected)

static int complains(const weir_results *results, const char *wanted);
static weir_cell *cell_at(weir_results *results, const char *table, size_t row, const char *column);

static void demand_footing(filled *f)
{
	weir_diags diags = { 0 };
	weir_status status = weir_results_foot(f->results, &diags);
	engine_demand(status == WEIR_OK, "%s", diags.count ? diags.items[0].text : "does not foot");
	weir_diags_free(&diags);
}

/* Period 1: 173.52 come in; 1.01 goes to the registrar, 6.00 + 5.00 are interest, A gets the other 161.51 of principal. Of the fee
 * A bears 101 x 16751 / 17251 = 98.07 cents and B 2.93: 0.98 and 0.03. 161.51 / 600 x 100 = 26.918333 has more than two
 * decimals, 6.00 / 600 and 5.00 / 400 x 100 have not. Period 3: A gets its last 177.37 and is paid off: its record day is three
 * weekdays before Sunday, 15 September, B's one. */
START_TEST(payments_are_confirmed)
{
	run(&hand, NULL);
	SAYS("confirmation", 1, "class code short_name instalment per100_interest per100_principal per1000_principal face amount",
	     "A|111|Hand 1 A|1|1.000000|26.918333|269.18333|600.00|167.51; "
	     "B||Hand 1 B|0|1.250000|0.000000|0.00000|400.00|5.00; "
	     "SUB||Hand 1 SUB|0|0.000000|0.000000|0.00000|240.55|0.00");
	SAYS("confirmation", 1, "registrar_fee total record_day payment_day over_transfer transfer",
	     "0.98|168.49|2024-03-14|2024-03-15|1000.00|1168.49; 0.03|5.03|2024-03-14|2024-03-15|0.00|5.03; "
	     "0.00|0.00|2024-03-14|2024-03-15|0.00|0.00");
	SAYS("confirmation", 3, "class instalment record_day", "A|0|2024-09-11; B|1|2024-09-13; SUB|0|2024-09-13");
	const weir_table *table = weir_results_table(hand.results, "confirmation");
	ck_assert_str_eq(weir_table_cell(table, 0, WEIR_COL_confirmation_words)->zh, "壹仟壹佰陆拾捌元肆角玖分");
	SAYS("account_report", 2, "account opening in out closing required gap",
	     "plan|0.00|271.51|271.51|0.00||; spare|0.00|0.00|0.00|0.00|20.00|20.00");
	demand_footing(&hand);
}
END_TEST

START_TEST(key_figures_by_period)
{
	hurt();
	SAYS("key_figures", 1, "opening_pool collected closing_pool default_rate senior_closing called events paid_in_full",
	     "1240.55|148.15|1104.47|0|863.86|0|no-event|1");
	/* 700.07 of 1,240.55; behind it 60.12 is left, less than 100 */
	SAYS("key_figures", 3, "opening_pool collected closing_pool senior_closing events", "820.30|63.44|60.12|521.98|Thin");
	ck_assert_double_eq_tol(weir_table_cell(weir_results_table(hand.results, "key_figures"), 2,
	                                        WEIR_COL_key_figures_default_rate)->number,
	                        700.07 / 1240.55, 1e-12);
	SAYS("report_dates", 2, "collection_from collection_to accrual_from accrual_to record actual",
	     "2024-03-09|2024-06-10|2024-03-15|2024-06-15|2024-06-14|0");
	SAYS("report_dates", 1, "collection_from", "2023-12-01");
	demand_footing(&hand);
}
END_TEST

/* 40 % of 60.11 is late: 36.066 = 36.07 come on their day, 24.04 in April, with 2.00 and 1.33 of interest. */
START_TEST(funds_line_by_line)
{
	hurt();
	SAYS("funds_in", 1, "line item amount", "1|principal-scheduled|136.08; 2|income-loan|12.07");
	SAYS("funds_in", 2, "line item amount",
	     "1|principal-scheduled|260.13; 2|principal-late|24.04; 3|income-loan|11.38; 4|income-late|1.33");
	SAYS("funds_in", 4, "item amount", "principal-scheduled|60.12; recovered-obligor|210.02; income-loan|3.33");
	SAYS("funds_out", 1, "line item amount note",
	     "1|registry|1.01|csdc; 2|A.interest|6.00|; 3|A.principal|136.14|; 4|B.interest|5.00|");
	demand_footing(&hand);
}
END_TEST

/* 17 days from 20 February to 8 March. */
START_TEST(overdue_by_days)
{
	hurt();
	SAYS("overdue", 1, "bucket contracts principal overdue",
	     "normal|1|900.09|0.00; overdue-30|1|204.38|24.04; overdue-60|0|0.00|0.00; overdue-90|0|0.00|0.00; "
	     "overdue-more|0|0.00|0.00; pool-balance|2|1104.47|24.04; defaulted|0|0.00|; redeemed|0|0.00|; settled|0||");
	SAYS("overdue", 3, "bucket contracts principal",
	     "normal|1|60.12; overdue-30|0|0.00; overdue-60|0|0.00; overdue-90|0|0.00; overdue-more|0|0.00; "
	     "pool-balance|1|60.12; defaulted|1|700.07; redeemed|0|0.00; settled|0|");
	SAYS("overdue", 4, "bucket contracts",
	     "normal|0; overdue-30|0; overdue-60|0; overdue-90|0; overdue-more|0; pool-balance|0; defaulted|1; redeemed|0; settled|1");
	const weir_table *table = weir_results_table(hand.results, "overdue");
	ck_assert_double_eq_tol(weir_table_cell(table, 1, WEIR_COL_overdue_share_closing)->number, 204.38 / 1104.47, 1e-12);
	ck_assert_double_eq_tol(weir_table_cell(table, 1, WEIR_COL_overdue_share_initial)->number, 204.38 / 1240.55, 1e-12);
}
END_TEST

/* 1,240.55 of principal and 38.48 of interest; 148.15 came. Half of 1,104.47 is 552.235. From 8 March to 20 November there are 8 months and 12 of 30 days. */
START_TEST(pool_and_obligors)
{
	hurt();
	SAYS("pool_report", 1, "item previous current initial",
	     "contracts|2|2|2; obligors|2|2|2; pool-balance|1240.55|1104.47|1240.55; "
	     "receivable-balance|1279.03|1130.88|1279.03; contract-average|620.28|552.24|620.28; "
	     "obligor-most|1000.10|900.09|1000.10; rate-average|||; remaining-term-average|11.63|8.40|11.63; age-average|||");
	SAYS("obligor_status", 1, "number obligor industry region due paid balance overdue_days grade change",
	     "1|O1|X|North|110.08|110.08|900.09|0|A|-100.01; 2|O2|Y||63.44|38.07|204.38|17||-36.07");
	SAYS("obligor_status", 3, "obligor due paid balance", "O1|305.06|0.00|0.00; O2|63.44|63.44|60.12");
	SAYS("concentration_now", 1, "measure name balance limit status",
	     "top1|O1|900.09|0.15|described; top-industry|X|900.09||none; top-region|North|900.09||none");
	SAYS("concentration_now", 3, "measure name balance", "top1|O2|60.12; top-industry|Y|60.12; top-region||0.00");
}
END_TEST

START_TEST(defaults_are_registered)
{
	hurt();
	SAYS("default_register", 2, "asset", "");
	SAYS("default_register", 3, "asset obligor default_date defaulted recovered recovered_total from_obligor status expected",
	     "K1|O1|2024-08-20|700.07|0.00|0.00|0.00|in-recovery|210.02");
	SAYS("default_register", 4, "recovered recovered_total from_obligor from_ip status expected",
	     "210.02|210.02|210.02|0.00|in-recovery|0.00");
}
END_TEST

/* In period 3 one pool of 820.30 loses 700.07, 85.34 %, and of 368.50 only 63.44 come, 82.78 % less. The trigger fires then. */
START_TEST(events_are_told)
{
	hurt();
	SAYS("events", 2, "kind", "");
	SAYS("events", 3, "date kind event rule effect",
	     "2024-09-09|alert|asset-loss|disclosure guidelines, ad-hoc reports|85.34%, above 10%; "
	     "2024-09-09|alert|cash-down|disclosure guidelines, ad-hoc reports|82.78%, above 20%; "
	     "2024-09-15|trigger|thin|7.1|changes 1 step");
	SAYS("test_report", 3, "test condition threshold value distance status effect",
	     "thin|the outstanding principal of the pool is less than CNY 100.00|100.00|60.12|-39.88|hit|changes 1 step");
}
END_TEST

START_TEST(parties_and_enhancement)
{
	run(&hand, NULL);
	SAYS("duties", 1, "role name duty change rating breach",
	     "Plan manager, Servicer|mgr|as-agreed||AA|; Registrar|csdc|as-agreed|||");
	/* 240.55 of 438.49 + 400.00 + 240.55; 1,080.43 of pool against 1,079.04 of classes; the reserve is empty */
	SAYS("enhancement_use", 1, "measure used used_total to_repay", "subordination|||; over-collateralisation|||; spare|0.00|0.00|");
	const weir_table *table = weir_results_table(hand.results, "enhancement_use");
	ck_assert_double_eq_tol(weir_table_cell(table, 0, WEIR_COL_enhancement_use_level)->number, 240.55 / 1079.04, 1e-12);
	ck_assert_double_eq_tol(weir_table_cell(table, 1, WEIR_COL_enhancement_use_level)->number, 1.39 / 1079.04, 1e-12);
}
END_TEST

/* Period 1: 148.15 come in, in two receipts; the registry gets 1.01 of it, nobody knows who is paid 6.00 and 5.00 but the holders.
 * Before the waterfall there are 148.15, behind the registry's 1.01 147.14; principal that is passed through is due as far as there
 * is cash, 136.14. */
START_TEST(receipts_stand_beside_payments)
{
	hurt();
	SAYS("trace_report", 1, "step item payee available received due paid unpaid left account",
	     "|pool-principal|plan|0.00|136.08||||136.08|plan; |pool-income|plan|136.08|12.07||||148.15|plan; "
	     "1|registry|csdc|148.15||1.01|1.01|0.00|147.14|plan; "
	     "2|A.interest|Holders of A|147.14||6.00|6.00|0.00|141.14|plan; "
	     "2|B.interest|Holders of B|141.14||5.00|5.00|0.00|136.14|plan; "
	     "3.1|release|plan|0.00||0.00|0.00|0.00|0.00|spare; "
	     "4|A.principal|Holders of A|136.14||136.14|136.14|0.00|0.00|plan; "
	     "4|B.principal|Holders of B|0.00||0.00|0.00|0.00|0.00|plan; "
	     "5|fill|spare|0.00||20.00|0.00|20.00|0.00|plan; "
	     "6|SUB.rest|Holders of SUB|0.00||0.00|0.00|0.00|0.00|plan");
	demand_footing(&hand);
}
END_TEST

/* P1 and P2, worth 400.00, P2 until 1 June 2024, secure K1 alone, P1 by a registered pledge: 1,000.10 at the cut-off, 900.09 behind the first period,
 * nothing once K1 has defaulted in the third. K2 has no rights. */
START_TEST(loan_to_value_by_period)
{
	char text[sizeof deal_text + 100];
	const char *at = strstr(deal_text, "repayment=\"explicit\""), *pledge = strstr(deal_text, "valuation=\"300.00\"");
	filled f = { 0 };
	snprintf(text, sizeof text, "%.*sip=\"P1 P2\" %.*spledge-number=\"Y1\" %s", (int)(at - deal_text), deal_text,
	         (int)(pledge - at), at, pledge);
	char *expiry = strstr(text, "2026-03-08");
	memcpy(expiry, "2024-06-01", 10);
	run(&hand, NULL);
	ck_assert_ptr_null(weir_results_table(hand.results, "ip_cover"));
	engine_open_text(&f.deal, text);
	run(&f, weir_scenarios_find(&f.deal.scenarios, "hurt"));
	ck_assert_str_eq(rows_text(&f, "ip_cover", 1, "contract obligor items valuation secured ltv_cutoff balance in_force ltv"),
	                 "K1|O1|2|400.00|1000.10|2.50025|900.09|400.00|2.250225");
	/* P2 has expired by 10 June */
	ck_assert_str_eq(rows_text(&f, "ip_cover", 2, "valuation ltv_cutoff balance in_force ltv"),
	                 "400.00|2.50025|700.07|300.00|2.333566666667");
	ck_assert_str_eq(rows_text(&f, "ip_cover", 3, "contract ltv_cutoff balance ltv"), "K1|2.50025|0.00|0");
	demand_footing(&f);
	weir_cell *ltv = (weir_cell *)weir_table_cell(weir_results_table(f.results, "ip_cover"), 0, WEIR_COL_ip_cover_ltv);
	ltv->number += 0.0001;
	ck_assert(complains(f.results, "the ratio times the value is the balance"));
	ltv->number -= 0.0001;
	ltv[WEIR_COL_ip_cover_ltv_cutoff - WEIR_COL_ip_cover_ltv].number += 0.0001;
	ck_assert(complains(f.results, "the ratio at the cut-off times the value is what was secured"));
	ltv[WEIR_COL_ip_cover_ltv_cutoff - WEIR_COL_ip_cover_ltv].number -= 0.0001;
	ltv[WEIR_COL_ip_cover_balance - WEIR_COL_ip_cover_ltv].number += 100000;
	ck_assert(complains(f.results, "what is secured is of the pool (table \"key_figures\")"));
	finish_run(&f);
	engine_close(&f.deal);
}
END_TEST

/* The comparisons of an event have rows of their own, in the words of the documents, those of a named formula by its name; the day
 * of the first hit is told from that period on. From 15 March 2024 to the legal final of 15 December 2026 there are 1,005 days; period
 * 1 is one short of the second. An income of 12.07 on a pool of 1,240.55 is 0.9730 %. */
START_TEST(tests_are_told_part_by_part)
{
	char text[sizeof deal_text + 600];
	const char *at = strstr(deal_text, "<triggers>"), *behind = strstr(at, "<trigger ");
	filled f = { 0 };
	snprintf(text, sizeof text,
	         "%.*s<values><value id=\"spread\" en=\"Spread\" zh=\"利差\" formula=\"pool.income / pool.balance_initial\"/></values>"
	         "<triggers><trigger id=\"late\" en=\"Late\" tested=\"before\" "
	         "test=\"date at least deal.legal_final or (spread &lt; 1%% and period &gt;= 2)\"/>%s",
	         (int)(at - deal_text), deal_text, behind);
	engine_open_text(&f.deal, text);
	run(&f, weir_scenarios_find(&f.deal.scenarios, "hurt"));
	ck_assert_str_eq(rows_text(&f, "test_report", 1, "test condition threshold value distance status first_hit"),
	                 "late.1|the payment date is not earlier than the legal final maturity date|2026-12-15|2024-03-15|1,005 days|"
	                 "holds-not|; "
	                 "late.2|\"Spread\" is less than 1%|0.01|0.00973|-0.00027|holds|; "
	                 "late.3|the number of the payment period is not less than 2|2|1|1 periods|holds-not|; "
	                 "late|the payment date is not earlier than the legal final maturity date, or (\"Spread\" is less than 1%, and the "
	                 "number of the payment period is not less than 2)||||clear|; "
	                 "thin|the outstanding principal of the pool is less than CNY 100.00|100.00|1104.47|1004.47|clear|");
	ck_assert_str_eq(rows_text(&f, "test_report", 2, "test status first_hit"),
	                 "late.1|holds-not|; late.2|holds-not|; late.3|holds|; late|clear|; thin|clear|");
	ck_assert_str_eq(rows_text(&f, "test_report", 3, "test status first_hit clause"),
	                 "late.1|holds-not||; late.2|holds||; late.3|holds||; late|hit|2024-09-15|; thin|hit|2024-09-15|7.1");
	demand_footing(&f);
	finish_run(&f);
	engine_close(&f.deal);
}
END_TEST

/* Once less than 500.00 is left, which 1,240.55 - 160.12 - 260.13 - 360.14 = 460.16 is in period 3, the pool is sold: both contracts go
 * with 400.04 and 60.12. Where the events file lets K2 go in period 2 and it is prepaid then, behind its instalment of May, it goes with
 * what that leaves, 240.45 - 2 x 60.11 = 120.23; K1 is paid as agreed. */
START_TEST(contracts_are_redeemed)
{
	char text[sizeof deal_text + 300];
	const char *at = strstr(deal_text, "<waterfalls>");
	weir_occurrence gone = { .period = 2, .kind = WEIR_OCCURRENCE_REDEMPTION, .subject_kind = WEIR_SUBJECT_CONTRACT,
		                 .subject_number = 1, .en = "gone" };
	weir_occurrences told = { .items = &gone, .count = 1, .source = "events.csv" };
	filled f = { 0 };
	snprintf(text, sizeof text, "%.*s<calls><clean-up id=\"call\" en=\"Call\" when=\"pool.balance &lt; 500.00\" "
	         "price=\"pool.balance\" to=\"plan\"/></calls>%s", (int)(at - deal_text), deal_text, at);
	engine_open_text(&f.deal, text);
	run(&f, NULL);
	ck_assert_str_eq(strstr(rows_text(&f, "overdue", 2, "bucket contracts principal"), "redeemed"), "redeemed|0|0.00; settled|0|");
	ck_assert_str_eq(strstr(rows_text(&f, "overdue", 3, "bucket contracts principal"), "redeemed"), "redeemed|2|460.16; settled|0|");
	demand_footing(&f);
	cell_at(f.results, "overdue", 9 * 2 + 7, "principal")->number -= 1;
	ck_assert(complains(f.results, "what was redeemed holds what was sold (table \"periods\")"));
	finish_run(&f);
	engine_close(&f.deal);

	run(&hand, weir_scenarios_find(&hand.deal.scenarios, "early"));
	ck_assert_str_eq(strstr(rows_text(&hand, "overdue", 2, "bucket contracts principal"), "redeemed"), "redeemed|0|0.00; settled|1|");
	weir_results_destroy(hand.results);
	hand.outcome.occurrences = &told;
	ck_assert_int_eq(fill_tables(&hand), WEIR_OK);
	ck_assert_str_eq(strstr(rows_text(&hand, "overdue", 1, "bucket contracts principal"), "redeemed"), "redeemed|0|0.00; settled|0|");
	ck_assert_str_eq(strstr(rows_text(&hand, "overdue", 2, "bucket contracts principal"), "redeemed"), "redeemed|1|120.23; settled|0|");
	ck_assert_str_eq(strstr(rows_text(&hand, "overdue", 4, "bucket contracts principal"), "redeemed"), "redeemed|1|120.23; settled|1|");
	demand_footing(&hand);
}
END_TEST

/* What REPORTING 4 wants of every report: interest is the coupon on the balance, a class is repaid what it is owed. A's 4 % of 600.00
 * for 90 of 360 days are 6.00; at 5 % they would be 7.50. */
START_TEST(interest_and_principal_tie)
{
	run(&hand, NULL);
	SAYS("note_dues", 1, "class kind accrued opening coupon fraction",
	     "A|interest|6.00|600.00|0.04|0.250000000000; A|principal|161.51|||; B|interest|5.00|400.00|0.05|0.250000000000; "
	     "B|principal|0.00|||; SUB|rest|0.00|||");
	demand_footing(&hand);
	cell_at(hand.results, "note_dues", 0, "coupon")->number += 0.01;
	ck_assert(complains(hand.results, "interest is coupon on the opening balance: expected 7.50, found 6.00"));
	cell_at(hand.results, "note_dues", 0, "coupon")->number -= 0.01;
	cell_at(hand.results, "classes", 0, "principal_paid")->number = 60001;
	ck_assert(complains(hand.results, "principal paid is at most the opening balance: expected 600.00, found 600.01"));
}
END_TEST

/* A part of K2 is given up at each instalment: it stays where it is, and is counted once more as one of those. */
START_TEST(part_of_a_contract_defaults)
{
	run(&hand, weir_scenarios_find(&hand.deal.scenarios, "drips"));
	SAYS("overdue", 2, "bucket contracts",
	     "normal|2; overdue-30|0; overdue-60|0; overdue-90|0; overdue-more|0; pool-balance|2; defaulted|0; "
	     "part-defaulted|1; redeemed|0; settled|0");
	demand_footing(&hand);
	finish_run(&hand);
	run(&hand, NULL);
	SAYS("overdue", 2, "bucket contracts",
	     "normal|2; overdue-30|0; overdue-60|0; overdue-90|0; overdue-more|0; pool-balance|2; defaulted|0; redeemed|0; settled|0");
}
END_TEST

/* The reserve's 20.00 are released for B in period 3, when the pool is thin, and stay used. Where it need only
 * hold 2 % of the pool, of 60.12 in period 3, 1.20 are a use of it; the rest it need not hold any more. */
START_TEST(a_reserve_is_used_by_draws)
{
	static const struct {
		const char *terms, *used[3];
	} reserves[] = { { "initial=\"20.00\" target=\"20.00\"/>", { "0.00|0.00", "20.00|20.00", "0.00|20.00" } },
		         { "initial=\"20.00\" target=\"2% * pool.balance\"/>", { "0.00|0.00", "1.20|1.20", "0.00|1.20" } } };
	run(&hand, NULL);
	for (size_t i = 0; i < sizeof reserves / sizeof *reserves; i++) {
		char text[sizeof deal_text + 100];
		const char *at = strstr(deal_text, "target=\"20.00\"/>");
		filled f = { 0 };
		snprintf(text, sizeof text, "%.*s%s%s", (int)(at - deal_text), deal_text, reserves[i].terms,
		         at + strlen("target=\"20.00\"/>"));
		engine_open_text(&f.deal, text);
		run(&f, weir_scenarios_find(&f.deal.scenarios, "hurt"));
		demand_footing(&f);
		for (int k = 2; k <= 4; k++) {
			const char *rows = rows_text(&f, "enhancement_use", k, "measure used used_total");
			ck_assert_str_eq(strstr(rows, "spare|") + strlen("spare|"), reserves[i].used[k - 2]);
		}
		finish_run(&f);
		engine_close(&f.deal);
	}
}
END_TEST

/* From 15 March to 15 June 2024, a Saturday; lead times are weekdays before it. */
START_TEST(next_dates)
{
	run(&hand, NULL);
	SAYS("key_dates", 1, "date what basis",
	     "2024-04-30|annual-report|by-assumption; 2024-05-31|risk-report|by-assumption; "
	     "2024-06-06|custodian-check|by-assumption; 2024-06-07|shortfall-notice|by-assumption; "
	     "2024-06-07|registrar-documents|by-assumption; 2024-06-10|next-calculation|by-deal; "
	     "2024-06-11|instruction|by-assumption; 2024-06-12|notice|by-assumption; 2024-06-12|record-repaid|by-assumption; "
	     "2024-06-13|registrar-transfer|by-assumption; 2024-06-14|record|by-assumption; 2024-06-15|next-payment|by-deal");
}
END_TEST

static weir_cell *cell_at(weir_results *results, const char *table, size_t row, const char *column)
{
	const weir_table *found = weir_results_table(results, table);
	ck_assert_msg(found && row < found->row_count, "%s has no row %zu", table, row);
	return (weir_cell *)weir_table_cell(found, row, weir_table_column(found, column));
}

static int complains(const weir_results *results, const char *wanted)
{
	weir_diags diags = { 0 };
	int found = 0;
	ck_assert_int_eq(weir_results_foot(results, &diags), WEIR_INTERNAL);
	for (size_t i = 0; i < diags.count; i++)
		found |= strstr(diags.items[i].text, wanted) != NULL;
	weir_diags_free(&diags);
	return found;
}

/* On 8 March 2024 P1 has 2,191 days left and P2 730: (300 x 2191 + 100 x 730) / 400 / 365 = 5.002. P1's annuity is due within
 * twelve months, P2's from the second period on. */
START_TEST(ip_at_the_calculation_date)
{
	run(&hand, NULL);
	SAYS("ip_period", 1, "kind items valuation share remaining_years expiring annuity_due", "invention|2|400.00|1|5.00|0|1");
	SAYS("ip_period", 2, "remaining_years annuity_due", "4.74|2");
}
END_TEST

/* The deal fund-leverage, K2 paying 80 %: its fund of 200.00 pays 129.03 and has 70.97 left; it answers for 16.129032258100 % of
 * the 8,400.00 that are left, 1,354.84, 19.09 times that. */
START_TEST(risks_are_shared)
{
	filled f = { 0 };
	engine_open(&f.deal, "tests/deals/fund-leverage/deal.xml");
	run(&f, weir_scenarios_find(&f.deal.scenarios, "C"));
	ck_assert_str_eq(rows_text(&f, "risk_sharing", 1, "cover party of paid paid_total remaining capacity leverage leverage_used"),
	                 "shared|fund|0.161290322581|129.03|129.03||70.97|20.00|19.0903");
	ck_assert_str_eq(rows_text(&f, "risk_sharing", 3, "paid paid_total capacity"), "0.00|200.00|0.00");
	ck_assert_str_eq(rows_text(&f, "default_register", 2, "asset recovered recovered_total from_fund status"),
	                 "K2|0.00|0.00||in-recovery; shared|70.97|200.00|200.00|all-contracts");
	demand_footing(&f);
	cell_at(f.results, "risk_sharing", 1, "paid")->number += 1;
	ck_assert(complains(f.results, "the share's row is the one of table \"cover_shares\""));
	cell_at(f.results, "risk_sharing", 1, "paid")->number -= 1;
	cell_at(f.results, "enhancement_use", 2, "used")->number += 1;
	ck_assert(complains(f.results, "period 1: what supports and covers gave is the support received (table \"periods\")"));
	finish_run(&f);
	engine_close(&f.deal);
}
END_TEST

/* --- days that reports go by ------------------------------------------------------------------------------------ */

static void expect_dates(const char *rows, const char *wanted)
{
	char text[1024], folder[256];
	weir_report_dates *dates = NULL;
	weir_arena *arena;
	weir_diags diags = { 0 };
	snprintf(text, sizeof text, "id,en,zh,kind,venue,days,day-of-year,source,label\n%s", rows);
	snprintf(folder, sizeof folder, "%s", io_write("report-dates.csv", text));
	*strrchr(folder, '/') = '\0';
	weir_sources sources = { .share = folder };
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	weir_status status = weir_report_dates_load(&dates, arena, &sources, &diags);
	if (wanted)
		ck_assert_msg(diags.count > 0 && strstr(diags.items[0].text, wanted), "%s", diags.count ? diags.items[0].text : "-");
	ck_assert_int_eq(status, wanted ? WEIR_INPUT : WEIR_OK);
	weir_diags_free(&diags);
	weir_sources_free(&sources);
	weir_arena_destroy(arena);
}

START_TEST(report_dates_say_what_is_wrong)
{
	expect_dates("record,,,,,-1 business days,,house,assumption\n", NULL);
	expect_dates("record,,,,,-1 business days,04-30,house,assumption\n", "has days and a day-of-year");
	expect_dates("record,,,,,,,house,assumption\n", "neither days nor a day-of-year");
	expect_dates("yearly,,,,,,02-29,house,assumption\n", "no day of every year");
	expect_dates("yearly,,,,,,4-30,house,assumption\n", "no day of every year");
	expect_dates("record,,,,,-1 business days,,house,assumption\nrecord,,,,,-2 business days,,house,assumption\n", "record");
	expect_dates("record,,,bond,,-1 business days,,house,assumption\n", "bond");
}
END_TEST

/* --- amounts in words ------------------------------------------------------------------------------------------- */

static const struct {
	double cents;
	const char *words;
} amounts[] = {
	{ 0, "零元整" },
	{ 5, "伍分" },
	{ 30, "叁角整" },
	{ 105, "壹元零伍分" },
	{ 1000000, "壹万元整" },
	{ 1050000, "壹万零伍佰元整" },
	{ 10005000, "壹拾万零伍拾元整" },
	{ 1509864664, "壹仟伍佰零玖万捌仟陆佰肆拾陆元陆角肆分" },
	{ 30000000001, "叁亿元零壹分" },
	{ 1000100000000, "壹佰亿零壹佰万元整" },
	{ 200000000000000, "贰万亿元整" },
	{ -12345, "负壹佰贰拾叁元肆角伍分" },
};

START_TEST(amount_in_chinese)
{
	weir_text words = { 0 };
	weir_amount_in_chinese(amounts[_i].cents, &words);
	ck_assert_str_eq(words.data, amounts[_i].words);
	weir_text_free(&words);
}
END_TEST

/* --- ties ------------------------------------------------------------------------------------------------------- */

/* One cell made one cent larger (a number by 0.01), and the complaint that must come of it. */
static const struct break_case {
	const char *table, *column;
	size_t row;
	const char *complaint;
} breaks[] = {
	{ "key_figures", "opening_pool", 1, "period 2: opening pool is the last closing pool (table \"periods\")" },
	{ "key_figures", "closing_pool", 2, "period 3: closing pool is that of the periods (table \"periods\")" },
	{ "key_figures", "collected", 0, "period 1: collections are those of the periods (table \"periods\")" },
	{ "key_figures", "senior_closing", 3, "period 4: senior balance is that of the forecast (table \"forecast\")" },
	{ "key_figures", "coverage", 0, "coverage is that of table \"periods\"" },
	{ "key_figures", "default_rate", 2, "the default rate is that of table \"series\"" },
	{ "confirmation", "amount", 4, "period 2: payments confirmed are those of the classes (table \"payment\")" },
	{ "confirmation", "amount", 4, "the amount is the class's total of table \"payment\"" },
	{ "confirmation", "registrar_fee", 0, "total is amount and registrar fee" },
	{ "confirmation", "over_transfer", 0, "what is transferred is the total and the over-transfer" },
	{ "confirmation", "per100_interest", 0, "per 100 times the face is the amount" },
	{ "funds_in", "amount", 0, "period 1: sources add up to the uses (table \"funds_out\")" },
	{ "funds_in", "amount", 0, "period 1: sources but for what reserves release are what was available (table \"periods\")" },
	{ "funds_in", "amount", 0, "period 1: principal received is that of the periods (table \"periods\")" },
	{ "funds_in", "amount", 1, "period 1: income received is that of the periods (table \"periods\")" },
	{ "funds_in", "amount", 9, "period 4: recoveries are those of the periods (table \"periods\")" },
	{ "funds_out", "amount", 0, "period 1: sources add up to the uses (table \"funds_out\")" },
	{ "trace_report", "received", 0, "left is available and received less paid" },
	{ "trace_report", "paid", 2, "unpaid is due less paid" },
	{ "trace_report", "available", 2, "the row is the one of table \"trace\"" },
	{ "trace_report", "left", 1, "the row is the one of table \"trace\"" },
	{ "account_report", "gap", 1, "the gap is what is missing of what is required" },
	{ "account_report", "closing", 0, "column \"closing\" is the one of table \"accounts\"" },
	{ "pool_report", "current", 2, "period 1: the pool's balance is that of the periods (table \"periods\")" },
	{ "pool_report", "current", 5, "period 1: the largest obligor is that of the pool's status (table \"pool_report\")" },
	{ "overdue", "principal", 1, "period 1: the buckets add up to the pool's closing balance (table \"periods\")" },
	{ "overdue", "principal", 5, "period 1: the buckets' sum is the pool's closing balance (table \"periods\")" },
	{ "overdue", "overdue", 1, "period 1: what is overdue is that of the periods (table \"periods\")" },
	{ "overdue", "principal", 24, "period 3: defaulted is what was given up to date (table \"periods\")" },
	{ "overdue", "contracts", 8, "every report counts all contracts" },
	{ "obligor_status", "balance", 3, "period 2: the obligors' balances add up to the pool's (table \"periods\")" },
	{ "obligor_status", "paid", 3, "period 2: what the obligors paid is what the pool brought (table \"periods\")" },
	{ "test_report", "value", 2, "the test's row is the one of table \"tests\"" },
	{ "default_register", "defaulted", 0, "period 3: defaulted principal is what was given up to date (table \"periods\")" },
	{ "default_register", "recovered", 1, "period 4: what defaults brought is what was recovered (table \"periods\")" },
	{ "default_register", "from_ip", 1, "what was recovered to date is the sum of where it came from" },
};

START_TEST(every_tie_is_checked)
{
	const struct break_case *b = &breaks[_i];
	hurt();
	demand_footing(&hand);
	weir_cell *cell = cell_at(hand.results, b->table, b->row, b->column);
	int is_number = strncmp(b->column, "per100", 6) == 0 || strcmp(b->column, "coverage") == 0 ||
	                strcmp(b->column, "default_rate") == 0;
	cell->number += is_number ? 0.01 : 1;
	cell->present = 1;
	ck_assert_msg(complains(hand.results, b->complaint), "%s.%s: not told: %s", b->table, b->column, b->complaint);
}
END_TEST

/* --- all deals -------------------------------------------------------------------------------------------------- */

static void demand_words(const weir_results *results)
{
	char wrong[300];
	ck_assert_msg(!report_raw_formula(results, wrong, sizeof wrong), "%s", wrong);
}

START_TEST(formulas_are_found)
{
	static const char *const raw[] = { "pool.balance < 10%", "若A.interest_unpaid高于零", "max(3% * size, 1)", "classes.all.balance",
		                           "not earlier than deal.legal_final" };
	static const char *const fine[] = { "deal.xml", "A.interest", "the pool. Balance", "at most (of the pool)", "3.5%", "优先级" };
	char wrong[300];
	run(&hand, NULL);
	demand_words(hand.results);
	weir_cell *cell = cell_at(hand.results, "trace_report", 1, "item");
	for (size_t i = 0; i < sizeof raw / sizeof *raw; i++) {
		cell->zh = raw[i];
		ck_assert_msg(report_raw_formula(hand.results, wrong, sizeof wrong), "%s", raw[i]);
	}
	ck_assert_ptr_nonnull(strstr(wrong, "table trace_report, row 2, column item: not earlier"));
	for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
		cell->zh = fine[i];
		ck_assert_msg(!report_raw_formula(hand.results, wrong, sizeof wrong), "%s", wrong);
	}
}
END_TEST

/* Every deal in each of its scenarios. No text that reports show is a formula: they are told in words. */
static void foot_all(engine_deal *d)
{
	for (int i = -1; i < d->scenarios.count; i++) {
		filled f = { .deal = *d };
		run(&f, i < 0 ? NULL : &d->scenarios.items[i]);
		demand_footing(&f);
		ck_assert_ptr_nonnull(weir_results_table(f.results, "key_figures"));
		if (i < 0)
			demand_words(f.results);
		finish_run(&f);
		*d = f.deal;
	}
}

START_TEST(every_deal_foots)
{
	engine_each_deal(foot_all);
}
END_TEST

START_TEST(memory_may_be_short)
{
	long n = 1;
	hurt();
	weir_results_destroy(hand.results);
	for (;; n++) {
		hand.results = NULL;
		ck_assert_int_eq(weir_results_create(&hand.results, "x", NULL, NULL, "CNY", 2), WEIR_OK);
		weir_alloc_fail_from(n);
		weir_status status = weir_fill_servicing(hand.results, &hand.outcome);
		weir_alloc_fail_from(0);
		if (status == WEIR_OK)
			break;
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
		weir_results_destroy(hand.results);
	}
	ck_assert_int_gt(n, 20);
}
END_TEST

Suite *weir_suite_report_servicing(void)
{
	Suite *suite = suite_create("report_servicing");
	TCase *test = tcase_create("hand"), *whole = tcase_create("all deals");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, payments_are_confirmed);
	tcase_add_test(test, key_figures_by_period);
	tcase_add_test(test, funds_line_by_line);
	tcase_add_test(test, overdue_by_days);
	tcase_add_test(test, pool_and_obligors);
	tcase_add_test(test, defaults_are_registered);
	tcase_add_test(test, events_are_told);
	tcase_add_test(test, parties_and_enhancement);
	tcase_add_test(test, part_of_a_contract_defaults);
	tcase_add_test(test, tests_are_told_part_by_part);
	tcase_add_test(test, contracts_are_redeemed);
	tcase_add_test(test, interest_and_principal_tie);
	tcase_add_test(test, formulas_are_found);
	tcase_add_test(test, loan_to_value_by_period);
	tcase_add_test(test, receipts_stand_beside_payments);
	tcase_add_test(test, a_reserve_is_used_by_draws);
	tcase_add_test(test, next_dates);
	tcase_add_test(test, ip_at_the_calculation_date);
	tcase_add_test(test, risks_are_shared);
	tcase_add_test(test, report_dates_say_what_is_wrong);
	tcase_add_test(test, memory_may_be_short);
	tcase_add_loop_test(test, amount_in_chinese, 0, sizeof amounts / sizeof *amounts);
	tcase_add_loop_test(test, every_tie_is_checked, 0, sizeof breaks / sizeof *breaks);
	suite_add_tcase(suite, test);
	tcase_set_timeout(whole, 300);
	tcase_add_test(whole, every_deal_foots);
	suite_add_tcase(suite, whole);
	return suite;
}
