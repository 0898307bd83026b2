/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_report_fill_deal.c: the tables of what a deal says: EX1 cell by cell, sentences of waterfalls, IP, large pools. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "io/load.h"
#include "reference_deals.h"
#include "report/fill.h"

Suite *weir_suite_report_fill_deal(void);

static weir_arena *arena;
static weir_sources sources;
static weir_diags diags;
static weir_deal *deal;
static weir_scenarios scenarios;
static weir_pool *pool;
static weir_periods periods;
static weir_plan *plan;
static weir_results *results;
static weir_deal_figures figures;
static weir_outcome outcome;

static void setup(void)
{
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	sources = (weir_sources){ 0 };
	diags = (weir_diags){ 0 };
	figures = (weir_deal_figures){ .coverage_total = 1.0906 }; /* EX1, S0 (RESULTS.md) */
}

static void teardown(void)
{
	weir_results_destroy(results);
	weir_plan_destroy(plan);
	weir_deal_destroy(deal);
	weir_diags_free(&diags);
	weir_sources_free(&sources);
	weir_arena_destroy(arena);
	results = NULL;
	plan = NULL;
	deal = NULL;
}

static const char *const folders[9] = { NULL,
	                                "ex1-patent-licence",
	                                "ex2-secondary-licence",
	                                "ex3-sale-leaseback",
	                                "ex4-supply-chain",
	                                "ex5-micro-loans",
	                                "ex6-trademark-royalty",
	                                "ex7-copyright-abn",
	                                "ex8-trust-loans" };

static void load(int number)
{
	char path[200];
	snprintf(path, sizeof path, "deals/%s/deal.xml", folders[number]);
	weir_status status = weir_deal_load(&deal, &sources, path, &diags);
	ck_assert_msg(status == WEIR_OK, "%s: %s", path, diags.count ? diags.items[0].text : "");
	snprintf(path, sizeof path, "deals/%s/scenarios.xml", folders[number]);
	ck_assert_int_eq(weir_scenarios_load(&scenarios, deal, path, &diags), WEIR_OK);
}

static void compile(void)
{
	ck_assert_int_eq(weir_pool_create(&pool, arena, deal, &diags), WEIR_OK);
	ck_assert_int_eq(weir_deal_periods(&periods, arena, deal, &diags), WEIR_OK);
	ck_assert_int_eq(weir_plan_create(&plan, deal, pool, &periods, &diags), WEIR_OK);
	outcome = (weir_outcome){ .plan = plan, .figures = &figures };
	ck_assert_int_eq(weir_results_create(&results, deal->node.id, deal->node.en, deal->node.zh, deal->currency,
	                                     deal->currency_digits),
	                 WEIR_OK);
}

static void fill(void)
{
	ck_assert_int_eq(weir_fill_deal(results, &outcome), WEIR_OK);
}

static void open_deal(int number)
{
	load(number);
	compile();
	fill();
}

/* --- what a cell says ------------------------------------------------------------------------------------------- */

static const weir_table *table_of(const char *id)
{
	const weir_table *table = weir_results_table(results, id);
	ck_assert_msg(table != NULL, "no table %s", id);
	return table;
}

/* A row as one text: numbers plain, words as key=en/zh, empty cells as nothing, with | between. */
static const char *row_text(const char *id, size_t row)
{
	static char text[4096];
	const weir_table *table = table_of(id);
	size_t at = 0;
	ck_assert_msg(row < table->row_count, "table %s has only %zu rows", id, table->row_count);
	for (int c = 0; c < table->column_count; c++) {
		const weir_cell *cell = weir_table_cell(table, row, c);
		char plain[64];
		const char *bar = c ? "|" : "";
		size_t room = sizeof text - at;
		if (cell->present && weir_cell_type_of(&table->columns[c], cell) == WEIR_CELL_TEXT)
			at += (size_t)snprintf(text + at, room, "%s%s%s%s/%s", bar, cell->key ? cell->key : "",
			                       cell->key ? "=" : "", cell->en, cell->zh);
		else
			at += (size_t)snprintf(text + at, room, "%s%s", bar,
			                       weir_cell_plain(table, c, cell, 2, plain));
	}
	return text;
}

#define ROW(table, row, expected) ck_assert_str_eq(row_text(table, row), expected)
#define ROWS(table, count) ck_assert_uint_eq(table_of(table)->row_count, count)

/* The value of an item of the terms, as row_text writes it. */
static const char *term(const char *key)
{
	const weir_table *table = table_of("terms");
	for (size_t row = 0; row < table->row_count; row++)
		if (strcmp(weir_table_cell(table, row, 0)->key, key) == 0)
			return strchr(row_text("terms", row), '|') + 1;
	return "(none)";
}

static void foots(void)
{
	weir_status status = weir_results_foot(results, &diags);
	ck_assert_msg(status == WEIR_OK, "%s", diags.count ? diags.items[diags.count - 1].text : "");
}

/* --- EX1 -------------------------------------------------------------------------------------------------------- */

START_TEST(terms_of_deal_1)
{
	open_deal(1);
	/* sums of the reference's receipts (EX1_pool.csv): 41,142,041.11, of which L08 5,629,963.52 */
	ck_assert_str_eq(term("pool_principal"), "38000000.00");
	ck_assert_str_eq(term("pool_receivable"), "41142041.11");
	ck_assert_str_eq(term("obligors"), "9");
	ck_assert_str_eq(term("top1_share"), "0.136842105255");
	ck_assert_str_eq(term("ip_items"), "60");
	ck_assert_str_eq(term("contract_count"), "9");
	ck_assert_str_eq(term("kind"), "abs=Asset-backed special plan/资产支持专项计划");
	ck_assert_str_eq(term("short_name"), "Licence 2023-1/许可2023-1");
	ck_assert_str_eq(term("venue"), "Shanghai Stock Exchange/上海证券交易所");
	ck_assert_str_eq(term("currency"), "CNY/CNY");
	ck_assert_str_eq(term("issue_total"), "38000000.00");
	ck_assert_str_eq(term("purchase_price"), "38000000.00");
	ck_assert_str_eq(term("closing_costs"), "(none)");
	ck_assert_str_eq(term("cutoff"), "2023-03-01");
	ck_assert_str_eq(term("closing_date"), "2023-03-20");
	ck_assert_str_eq(term("start"), "2023-03-20");
	ck_assert_str_eq(term("first_payment"), "2023-06-20");
	ck_assert_str_eq(term("last_payment"), "2025-03-20");
	ck_assert_str_eq(term("legal_final"), "2027-03-20");
	ck_assert_str_eq(term("payment_count"), "8");
	ck_assert_str_eq(term("payment_frequency"), "quarterly/每季度");
	ck_assert_str_eq(term("payment_roll"), "paid on the next business day/顺延至下一工作日");
	ck_assert_str_eq(term("calculation_offset"), "10 business days before the payment date/兑付日前10个工作日");
	ck_assert_str_eq(term("transfer_offset"), "7 business days before the payment date/兑付日前7个工作日");
	ck_assert_str_eq(term("day_count"), "ACT/365F/ACT/365F");
	ck_assert_str_eq(term("accrual"), "between unmoved payment dates/按未调整兑付日计息");
	ck_assert_ptr_nonnull(strstr(term("calendar"), "中国法定工作日"));
	foots();
}
END_TEST

START_TEST(securities_of_deal_1)
{
	open_deal(1);
	/* 36 / 38, 2 / 38; the last receipts fall due on 2025-03-01, before calculation date 8 (2025-03-06) */
	ROWS("capital", 2);
	ROW("capital", 0,
	    "A=Senior A/优先级||senior=Senior/优先级|36000000.00|0.947368421053|0.0359|AAA/AAA|"
	    "target=Scheduled (target balance)/计划摊还|2025-03-20|2027-03-20|0.052631578947|");
	ROW("capital", 1,
	    "SUB=Subordinated/次级||subordinated=Subordinated/次级|2000000.00|0.052631578947|||"
	    "residual=Residual/剩余分配||2027-03-20|0|originator=Example IP Operations/示例知识产权运营有限公司");
	ROWS("enhancement", 4);
	ROW("enhancement", 0,
	    "subordination=Subordination/次级支持比例|originator=Example IP Operations/示例知识产权运营有限公司||"
	    "0.052631578947||");
	ROW("enhancement", 1, "over-collateralisation=Over-collateralisation/超额抵押|||0||");
	ROW("enhancement", 2, "cash-over-cover=Cash-flow over-cover/现金流超额覆盖|||1.090600||");
	ROW("enhancement", 3,
	    "shortfall-payment=Shortfall payment promise/差额支付承诺|group=Example Science Investment Group/"
	    "示例科创投资集团||||");
}
END_TEST

START_TEST(parties_of_deal_1)
{
	open_deal(1);
	ROWS("parties",
	     8); /* originator, servicer and licensor; manager; custodian and supervisor; registrar; payer */
	ROW("parties", 0,
	    "originator=Originator/原始权益人|originator=Example IP Operations/示例知识产权运营有限公司||"
	    "illustrative/示例");
	ROW("parties", 4,
	    "supervisor-bank=Supervisor bank/监管银行|bank=Example Bank/示例银行||illustrative/示例");
	ROW("parties", 5,
	    "registrar=Registrar/登记托管机构|csdc=China Securities Depository and Clearing/"
	    "中国证券登记结算有限责任公司||");
	ROW("parties", 7,
	    "licensor=Licensor/许可方|originator=Example IP Operations/示例知识产权运营有限公司||"
	    "illustrative/示例");
}
END_TEST

START_TEST(pool_of_deal_1)
{
	open_deal(1);
	/* amounts by obligor from EX1_pool.csv; 5,629,963.52 / 41,142,041.11 = 0.13684210525548… */
	ROWS("obligors", 9);
	ROW("obligors", 0,
	    "1|L08=Jingce Metrology/精测计量|仪器仪表制造业=Instruments and meters/仪器仪表制造业|"
	    "上海市浦东新区=Pudong New Area, Shanghai/上海市浦东新区||1|"
	    "5200000.00|5629963.52|0.136842105255|0.136842105255");
	/* 11,043,389.98 / 41,142,041.11 */
	ROW("obligors", 1,
	    "2|L09=Yunqi Software Robotics/云起软件机器人|"
	    "软件和信息技术服务业=Software and information technology services/软件和信息技术服务业|"
	    "上海市浦东新区=Pudong New Area, Shanghai/上海市浦东新区||1|5000000.00|5413426.46|0.131578947324|0.268421052579");
	ROW("obligors", 8,
	    "9|L01=Pujian Biochip/浦健生物芯片|医药制造业=Pharmaceuticals/医药制造业|"
	    "上海市浦东新区=Pudong New Area, Shanghai/上海市浦东新区||1|"
	    "3000000.00|3248055.88|0.078947368491|1");
	/* L02, L06 and L08: 3.5 + 4.5 + 5.2 million; 3,789,398.52 + 4,872,083.81 + 5,629,963.52 */
	ROWS("strat_industry", 7);
	ROW("strat_industry", 0, "仪器仪表制造业=Instruments and meters/仪器仪表制造业|3|3|13200000.00|14291445.85|0.347368420827");
	ROWS("strat_region", 1);
	ROW("strat_region", 0, "上海市浦东新区=Pudong New Area, Shanghai/上海市浦东新区|9|9|38000000.00|41142041.11|1");
	ROW("strat_kind", 0, "licence=Licence fee/许可使用费|9|9|38000000.00|41142041.11|1");
	/* L08 + L09 + L07 = 16,240,279.39; and L06, L05: 25,659,641.44; there are no ten */
	ROWS("concentration", 5);
	ROW("concentration", 0,
	    "top1=Largest obligor/第一大债务人|L08=Jingce Metrology/精测计量|5629963.52|0.136842105255||"
	    "none=No limit/无限额");
	ROW("concentration", 1,
	    "top3=Largest 3 obligors/前三大债务人||16240279.39|0.394736842214||none=No limit/无限额");
	ROW("concentration", 2,
	    "top5=Largest 5 obligors/前五大债务人||25659641.44|0.62368421079||none=No limit/无限额");
	ROW("concentration", 3,
	    "top-industry=Largest industry/第一大行业|仪器仪表制造业=Instruments and meters/仪器仪表制造业|14291445.85|0.347368420827||"
	    "none=No limit/无限额");
	ROW("concentration", 4,
	    "top-region=Largest region/第一大地区|上海市浦东新区=Pudong New Area, Shanghai/上海市浦东新区|41142041.11|1||none=No "
	    "limit/无限额");
}
END_TEST

START_TEST(ip_of_deal_1)
{
	open_deal(1);
	ROWS("ip", 60);
	ROW("ip", 0,
	    "P001/P001|invention=Invention patent/发明专利|ZL201611308506.1/ZL201611308506.1|"
	    "detection chip 1/检测芯片 1|L01=Pujian Biochip/浦健生物芯片|2016-06-12|2036-06-11|2024-06-12|"
	    "valid=Valid/有效|0||||||");
	/* 51 and 9 of 60; paid up to 2024-03-01 or earlier: P012 P017 P024 P041 P048 P053 P060, and P005 P029 P036 */
	double days = 0;
	for (int i = 0; i < deal->pool.ip_count; i++)
		if (deal->pool.ip[i].kind == WEIR_IP_UTILITY_MODEL) /* ten years from filing */
			days += weir_date_add_months(deal->pool.ip[i].filed, 120) - 1 - date_of(20230301);
	char expected[200];
	snprintf(expected, sizeof expected, "utility-model=Utility model/实用新型|9|0.15|||%.2f|0|3",
	         days / 9 / 365);
	ROWS("ip_stats", 2);
	ROW("ip_stats", 1, expected);
	ck_assert_ptr_nonnull(strstr(row_text("ip_stats", 0), "invention=Invention patent/发明专利|51|0.85|||"));
	ck_assert_ptr_nonnull(strstr(row_text("ip_stats", 0), "|0|7"));
}
END_TEST

START_TEST(waterfall_of_deal_1)
{
	static const char name[] = "normal=Order of payment/现金流分配顺序";
	static const char *const rows[] = {
		"|1/1|13.2(a)/13.2(a)|Out of the Plan account, pay the VAT with surcharges./从专项计划账户中支付增值税及附加税费。|",
		"|2/2|13.2(b)/13.2(b)|Out of the Plan account, pay the Custodian fee, the Manager fee, the Audit and tracking rating and "
		"the Registrar fee, in this order./从专项计划账户中依次支付托管费、管理费、审计费与跟踪评级费、兑付兑息手续费。|",
		"|3/3|13.2(c)/13.2(c)|Out of the Plan account, pay the interest due on Senior A./"
		"从专项计划账户中支付优先级资产支持证券当期应付利息。|",
		"|4/4|13.2(d)/13.2(d)|Out of the Plan account, pay the principal due on Senior A./"
		"从专项计划账户中支付优先级资产支持证券当期应付本金。|",
		"|5/5|13.2(e)/13.2(e)|Unless the outstanding principal balance of the senior classes is zero, keep all that is left in the "
		"Plan account for the next payment date and pay nothing under the items below./"
		"除非优先级证券未偿本金余额为零，剩余资金全部留存于专项计划账户，转入下期分配，不进行以下各项分配。"
		"|the outstanding principal balance of the senior classes is zero/优先级证券未偿本金余额为零",
		"|6/6|13.2(f)/13.2(f)|Out of the Plan account, pay all that is left to the holders of Subordinated./"
		"从专项计划账户中向次级资产支持证券持有人分配全部剩余资金。|",
	};
	open_deal(1);
	ROWS("waterfall_text", 6);
	for (size_t i = 0; i < 6; i++) {
		char expected[1000];
		snprintf(expected, sizeof expected, "%s%s", name, rows[i]);
		ROW("waterfall_text", i, expected);
	}
}
END_TEST

/* --- other deals ------------------------------------------------------------------------------------------------ */

START_TEST(enhancement_of_deals_3_and_6)
{
	/* 3: 733 million; deposits 5 % of them. A1 before A2 before A3: 483, 237 and 37 of 733 come behind */
	open_deal(3);
	ck_assert_ptr_nonnull(strstr(row_text("capital", 0), "|2023-03-28|2027-03-28|0.658935879945|"));
	ck_assert_ptr_nonnull(strstr(row_text("capital", 1), "|2024-03-28|2027-03-28|0.323328785812|"));
	ck_assert_ptr_nonnull(strstr(row_text("capital", 2), "过手摊还||2027-03-28|0.050477489768|"));
	ROW("enhancement", 3, "deposits=Security deposits/保证金|Obligors/债务人||36650000.00||");
	ck_assert_ptr_nonnull(strstr(row_text("enhancement", 4), "|lessor="));
	ck_assert_ptr_nonnull(strstr(row_text("enhancement", 5), "|culture_group="));
	ck_assert_ptr_nonnull(strstr(row_text("waterfall_text", 2),
	                             "pay the interest due on Senior A1, Senior A2 and Senior A3, pro rata to the amounts due./"
	                             "从专项计划账户中按应付金额的比例支付优先级01、优先级02、优先级03档资产支持证券当期应付利息。"));
	/* principal + income: C10 has 16.56 % of 826,470,339.28 (EX3_pool.csv, RESULTS.md) */
	ck_assert_str_eq(term("pool_receivable"), "826470339.28");
	ck_assert_ptr_nonnull(strstr(term("top1_share"), "0.1656"));
	weir_results_destroy(results);
	weir_plan_destroy(plan);
	weir_deal_destroy(deal);
	/* 6: 2 million of cash in the account at closing; half-yearly */
	open_deal(6);
	ck_assert_str_eq(term("payment_frequency"), "semi-annually/每半年");
	ROW("enhancement", 3,
	    "initial-cash=Cash in the account at closing/设立日账户资金|collection=Plan "
	    "account/专项计划账户||2000000.00||");
}
END_TEST

/* All eight, with what the run gave: everything foots, and every text stands in both languages. */
START_TEST(all_deals_foot)
{
	int number = _i;
	weir_run *run;
	weir_pool_rows *rows;
	weir_pool_shocks shocks;
	const weir_run_options options = { .trace_lane = 0, .record_all = 1 };
	load(number);
	compile();
	const weir_scenario *scenario = weir_scenarios_find(&scenarios, "S6");
	ck_assert_int_eq(weir_pool_shocks_create(&shocks, arena, pool, &scenario, 1, &diags), WEIR_OK);
	ck_assert_int_eq(weir_pool_rows_create(&rows, arena, pool, periods.count), WEIR_OK);
	weir_pool_project(rows, pool, &periods, &shocks, 1);
	ck_assert_int_eq(weir_run_create(&run, plan, &options), WEIR_OK);
	ck_assert_int_eq(weir_run_execute(run, rows, NULL, 0), WEIR_OK);
	ck_assert_int_eq(weir_measure(&figures, arena, plan, run, rows, 0), WEIR_OK);
	outcome = (weir_outcome){ .plan = plan, .run = run, .rows = rows, .shocks = &shocks, .scenario = scenario,
		                  .figures = &figures };
	fill();
	for (size_t t = 0; t < results->table_count; t++)
		for (size_t i = 0; i < results->tables[t]->row_count * (size_t)results->tables[t]->column_count;
		     i++) {
			const weir_cell *cell = &results->tables[t]->cells[i];
			if (!cell->present || (!cell->en && !cell->zh && !cell->key))
				continue;
			ck_assert_msg(cell->en && *cell->en && cell->zh && *cell->zh, "table %s, cell %zu",
			              results->tables[t]->id, i);
		}
	ck_assert_int_eq(weir_fill_run(results, &outcome, 0), WEIR_OK);
	foots();
	ROW("scenarios", 0,
	    "S6=30% of receipts 6 months late/30%的回收款延迟6个月|late=Receipts late, share/延迟回收比例|"
	    "all-contracts=All contracts/全部合同|0.3|6|||");
	weir_run_destroy(run);
}
END_TEST

#define NO_WINDOW .from = WEIR_DATE_NONE, .to = WEIR_DATE_NONE

START_TEST(scenarios_in_words)
{
	static weir_shock shocks[] = {
		{ NO_WINDOW, .kind = WEIR_SHOCK_RECEIPTS, .scope = WEIR_SCOPE_LARGEST, .value = 0.3 },
		{ NO_WINDOW, .kind = WEIR_SHOCK_RECEIPTS, .scope = WEIR_SCOPE_OBLIGOR, .target = "L02", .value = 0.45 },
		{ NO_WINDOW, .kind = WEIR_SHOCK_RECEIPTS, .scope = WEIR_SCOPE_CONTRACT, .target = "L03", .value = 0 },
		{ NO_WINDOW, .kind = WEIR_SHOCK_COUPON, .scope = WEIR_SCOPE_SENIOR, .value = 0.005 },
		{ NO_WINDOW, .kind = WEIR_SHOCK_COUPON, .scope = WEIR_SCOPE_CLASS, .target = "A", .value = -0.0025 },
		{ NO_WINDOW, .kind = WEIR_SHOCK_SET, .target = "manager.rate", .value = 0.0021 },
		{ NO_WINDOW, .kind = WEIR_SHOCK_SET, .target = "fixed.amount", .value = 4123456 },
		{ NO_WINDOW, .kind = WEIR_SHOCK_SET, .target = "haircut", .value = 0.0827 },
	};
	weir_scenario all = { .node = { .id = "X", .en = "All at once" }, .shocks = shocks, .shock_count = 8 };
	load(1);
	compile();
	outcome.scenario = &all;
	fill();
	ROWS("scenarios", 8);
	ROW("scenarios", 0,
	    "X=All at once/All at once|receipts=Receipts, factor/回收款系数|"
	    "largest-obligor=Largest obligor: Jingce Metrology/第一大债务人：精测计量|0.3||||");
	ck_assert_ptr_nonnull(strstr(row_text("scenarios", 1), "|L02=Lanwei Optics/岚微光学|0.45|"));
	ck_assert_ptr_nonnull(strstr(row_text("scenarios", 2), "|L03=L03/L03|0|"));
	ck_assert_ptr_nonnull(strstr(
		row_text("scenarios", 3),
		"|coupon=Added to coupons/票面利率加点|senior-classes=All senior classes/全部优先级|0.005|"));
	ck_assert_ptr_nonnull(strstr(row_text("scenarios", 4), "|A=Senior A/优先级|-0.0025|"));
	ck_assert_ptr_nonnull(strstr(row_text("scenarios", 5),
	                             "|set=Parameter set to/参数设定为|manager.rate/manager.rate|0.0021|"));
	ck_assert_ptr_nonnull(strstr(row_text("scenarios", 6), "|fixed.amount/fixed.amount|41234.56|"));
	ck_assert_ptr_nonnull(strstr(row_text("scenarios", 7), "|haircut/haircut|0.0827|"));
}
END_TEST

/* A shock of every kind, with what its row says behind the scenario's name. EX3's patent P101 stands in its ip.csv. */
START_TEST(every_shock_has_its_words)
{
	static double curve[] = { 0.2, 0.3, 0.5 }, cdr[] = { 0.02, 0.035 }, flat[] = { 0.06 };
	static const struct {
		weir_shock shock;
		const char *words;
	} cases[] = {
		{ { NO_WINDOW, .kind = WEIR_SHOCK_RECEIPTS, .part = WEIR_PART_INCOME, .scope = WEIR_SCOPE_KIND, .target = "leaseback",
		    .value = 0.8 },
		  "receipts-income=Income receipts, factor/收入回收系数|leaseback=Sale and leaseback/售后回租|0.8||||" },
		{ { NO_WINDOW, .kind = WEIR_SHOCK_DECAY, .scope = WEIR_SCOPE_INDUSTRY, .target = "software", .value = 0.1,
		    .from_month = 6 },
		  "decay=Receipts fall a year by/回收款年衰减率|Industry: software/行业：software|0.1||from month 6/自第6个月起||" },
		{ { NO_WINDOW, .kind = WEIR_SHOCK_BALLOON_LATE, .months = 9 },
		  "balloon-late=Last receipts late/末期款项延迟|all-contracts=All contracts/全部合同||9|||" },
		{ { NO_WINDOW, .kind = WEIR_SHOCK_DEFAULT, .profile = WEIR_PROFILE_ANNUAL, .values = cdr, .value_count = 2, .value = 1 },
		  "cdr=Default rate a year (CDR)/年化违约率|all-contracts=All contracts/全部合同||||by year: 2%, 3.5%/按年：2%, 3.5%|" },
		{ { NO_WINDOW, .kind = WEIR_SHOCK_DEFAULT, .profile = WEIR_PROFILE_CURVE, .values = curve, .value_count = 3,
		    .value = 0.045 },
		  "default-total=Cumulative default/累计违约率|all-contracts=All contracts/全部合同|0.045|||by equal part of the "
		  "time: 20%, 30%, 50%/按等分时段：20%, 30%, 50%|" },
		{ { .kind = WEIR_SHOCK_DEFAULT, .profile = WEIR_PROFILE_DATE, .scope = WEIR_SCOPE_LARGEST, .largest = 3,
		    .from = 19358, .to = WEIR_DATE_NONE, .value = 1 },
		  "default-date=Default/违约|Largest 3 obligors/前3大债务人|||from 2023-01-01/自2023-01-01起||" },
		{ { NO_WINDOW, .kind = WEIR_SHOCK_PREPAY, .profile = WEIR_PROFILE_ANNUAL, .values = flat, .value_count = 1, .value = 1 },
		  "cpr=Prepayment rate a year (CPR)/年化早偿率|all-contracts=All contracts/全部合同|0.06||||" },
		{ { NO_WINDOW, .kind = WEIR_SHOCK_PREPAY, .profile = WEIR_PROFILE_ABS, .value = 0.013 },
		  "abs-speed=Prepayment of the original pool a month (ABS)/月度早偿占初始资产比例|all-contracts=All contracts/"
		  "全部合同|0.013||||" },
		{ { NO_WINDOW, .kind = WEIR_SHOCK_RECOVERY, .channel = WEIR_CHANNEL_DISPOSAL, .value = 0.4, .months = 14,
		    .cost = 0.075 },
		  "recovery-disposal=Recovery by sale of pledged IP/质物处置回收率|all-contracts=All contracts/全部合同|0.4|14||costs "
		  "take 7.5%/处置费用占7.5%|" },
		{ { NO_WINDOW, .kind = WEIR_SHOCK_VALUATION, .scope = WEIR_SCOPE_GRADE, .target = "BB", .value = 0.3 },
		  "valuation-cut=Value of IP cut by/知识产权价值下降|Grade: BB/内部评级：BB|0.3||||" },
		{ { NO_WINDOW, .kind = WEIR_SHOCK_IP_LOST, .target = "none-such", .from_month = 2 },
		  "ip-lost=IP invalid or lapsed/知识产权失效|none-such=none-such/none-such|||from month 2/自第2个月起||" },
		{ { NO_WINDOW, .kind = WEIR_SHOCK_RATE, .scope = WEIR_SCOPE_REGION, .target = "西安", .value = -0.0025 },
		  "rate-added=Added to contract rates/合同利率加点|Region: 西安/地区：西安|-0.0025||||" },
		{ { NO_WINDOW, .kind = WEIR_SHOCK_FX, .target = "USD", .value = 0.93 },
		  "fx=Exchange rate, factor/汇率系数|USD/USD|0.93||||" },
		{ { .kind = WEIR_SHOCK_SUPPORTER, .target = "lessor", .from = WEIR_DATE_NONE, .to = WEIR_DATE_NONE, .from_month = 7 },
		  "supporter-fails=Supporter pays nothing/增信机构违约|lessor=Example Culture and Technology Leasing/" },
		{ { NO_WINDOW, .kind = WEIR_SHOCK_SERVICER, .months = 3, .stop_months = 2, .from_month = 5 },
		  "servicer-fails=Servicer fails/资产服务机构违约|servicer=Servicer/资产服务机构||3|from month "
		  "5/自第5个月起|nothing comes in for 2 months/2个月内无回款|" },
		{ { .kind = WEIR_SHOCK_LATE, .value = 0.25, .months = 4, .from = 19358, .to = 19448 },
		  "late=Receipts late, share/延迟回收比例|all-contracts=All contracts/全部合同|0.25|4|from 2023-01-01 to "
		  "2023-04-01/自2023-01-01起至2023-04-01||" },
	};
	enum { COUNT = sizeof cases / sizeof *cases };
	weir_shock shocks[COUNT];
	weir_scenario all = { .node = { .id = "X" }, .shocks = shocks, .shock_count = COUNT, .source = "tables of 2021", .source_zh = "2021年数据表",
		              .label = WEIR_LABEL_THIRD_PARTY };
	for (int i = 0; i < COUNT; i++)
		shocks[i] = cases[i].shock;
	load(3);
	compile();
	outcome.scenario = &all;
	fill();
	ROWS("scenarios", COUNT);
	for (int i = 0; i < COUNT; i++)
		ck_assert_msg(strstr(row_text("scenarios", (size_t)i), cases[i].words) != NULL, "%s\nlacks %s",
		              row_text("scenarios", (size_t)i), cases[i].words);
	ck_assert_ptr_nonnull(strstr(row_text("scenarios", 0), "|third party, not checked: tables of 2021/第三方，未经核实：2021年数据表"));
}
END_TEST

/* --- what stands behind a deal ---------------------------------------------------------------------------------- */

static void open_path(const char *path)
{
	weir_status status = weir_deal_load(&deal, &sources, path, &diags);
	ck_assert_msg(status == WEIR_OK, "%s: %s", path, diags.count ? diags.items[0].text : "");
	compile();
	fill();
}

static const char *sentence(size_t row);

START_TEST(support_as_the_documents_have_it)
{
	open_path("deals/ex3-sale-leaseback/supported.xml");
	ROW("support_terms", 0,
	    "lessor_pays=First shortfall promise/第一差额支付承诺|shortfall-payment=Shortfall payment promise/差额支付承诺|"
	    "lessor=Example Culture and Technology Leasing/示例文化科技融资租赁股份有限公司|AA/AA|1|"
	    "the interest due on Senior A1, Senior A2 and Senior A3, the principal due on Senior A1 and Senior A2 and the principal of "
	    "Senior A3, up to the outstanding balance/优先级01、优先级02、优先级03档资产支持证券当期应付利息、优先级01、优先级02档"
	    "资产支持证券当期应付本金和优先级03档资产支持证券本金（以未偿本金余额为限）|"
	    "Shortfall payment event or Acceleration event/差额支付启动事件或加速清偿事件|||||called on T-7, paid on "
	    "T-5/T-7日启动，T-5日付款||||12.2/12.2");
	ROW("cover_terms", 0,
	    "deposits=Lessees' deposits/承租人保证金|deposits=Security deposits/保证金||lessor=Example Culture and Technology "
	    "Leasing/示例文化科技融资租赁股份有限公司|1||principal-and-income=Principal and income/本金及收入|10|||||||||12.1/12.1");
	ck_assert_str_eq(term("servicing_party"), "lessor=Example Culture and Technology Leasing/示例文化科技融资租赁股份有限公司");
	ck_assert_ptr_nonnull(weir_results_table(results, "call_terms"));
	/* the order after an event of default: its fourth and fifth step, behind the row that says when it applies */
	ck_assert_str_eq(sentence(4), "Out of the Plan account, pay the principal of Senior A1, Senior A2 and Senior A3, up to the "
	                              "outstanding balance, pro rata to the outstanding balances./"
	                              "从专项计划账户中按未偿本金余额的比例支付优先级01、优先级02、优先级03档资产支持证券本金（以未偿本金余额为限）。");
	ck_assert_str_eq(sentence(5), "Out of the Plan account, pay what was drawn under the First shortfall promise and what was drawn "
	                              "under the Second shortfall promise, in this order./"
	                              "从专项计划账户中依次支付第一差额支付承诺垫付款、第二差额支付承诺垫付款。");
	ck_assert_ptr_null(weir_results_table(results, "warrants"));
}
END_TEST

START_TEST(financing_mode_costs_and_warrants)
{
	open_path("deals/xixian-risk-pool/operator-led.xml");
	ck_assert_str_eq(term("financing_mode"), "operator-led=Operator-led/运营机构主导型");
	ROWS("warrants", 3);
	ROWS("subsidy_terms", 5);
	ck_assert_ptr_nonnull(strstr(row_text("subsidy_terms", 4), "|0.03|amount-financed=Amount financed/融资金额|"));
	ck_assert_ptr_nonnull(strstr(row_text("cover_terms", 0), "shares-in-order=In order/依次分担"));
}
END_TEST

/* --- sentences -------------------------------------------------------------------------------------------------- */

static weir_words words_of(const char *const *items, int count)
{
	return (weir_words){ .count = count, .items = (const char **)items };
}

static const char *sentence(size_t row)
{
	static char text[1200];
	const weir_cell *cell = weir_table_cell(table_of("waterfall_text"), row, WEIR_COL_waterfall_text_text);
	snprintf(text, sizeof text, "%s/%s", cell->en, cell->zh);
	return text;
}

static const char *rank(size_t row)
{
	const weir_cell *cell = weir_table_cell(table_of("waterfall_text"), row, WEIR_COL_waterfall_text_rank);
	return cell->present ? cell->en : "";
}

/* Deal 3 with its classes named A1, A2, A3 and SUB, and a reserve. The fill reads the deal, so it may change after the
 * plan was made. */
static void open_deal_with_reserve(weir_account *accounts)
{
	load(3);
	compile();
	for (int i = 0; i < deal->class_count; i++)
		deal->classes[i].node.en = deal->classes[i].node.zh = NULL;
	accounts[0] = deal->accounts[0];
	accounts[1] = (weir_account){ .node = { .id = "reserve", .en = "Liquidity reserve", .zh = "流动性储备" },
		                      .is_reserve = 1,
		                      .initial_cents = 123456789,
		                      .target = { .text = "next_interest(A1)" } };
	deal->accounts = accounts;
	deal->account_count = 2;
}

START_TEST(every_step_has_its_sentence)
{
	static const char *const interest[] = { "classes.senior.interest" }, *const both[] = { "A1.principal",
		                                                                               "A2.principal" };
	static const char *const passes[] = { "A3.principal", "SUB.principal" }, *const surcharge[] = {
		"vat.surcharge"
	};
	static const char *const mixed[] = { "vat", "vat.surcharge", "custodian", "A1.interest", "A2.interest" };
	static const char *const account[] = { "collection" }, *const reserve[] = { "reserve" },
				 *const rest[] = { "SUB.rest" };
	weir_account accounts[2];
	weir_step inner[] = {
		{ .kind = WEIR_STEP_PAY, .what = words_of(both, 2), .share = WEIR_SHARE_PRO_RATA },
		{ .kind = WEIR_STEP_PAY, .what = words_of(passes, 2), .share = WEIR_SHARE_PRO_RATA },
		{ .kind = WEIR_STEP_PAY, .what = words_of(both, 2) },
	};
	weir_step steps[] = {
		{ .kind = WEIR_STEP_PAY,
		  .what = words_of(interest, 1),
		  .share = WEIR_SHARE_PRO_RATA,
		  .node.clause = "9.1" },
		{ .kind = WEIR_STEP_PAY,
		  .what = words_of(mixed, 5),
		  .from = words_of(account, 1),
		  .limit = { .text = "0.5% * pool.balance" },
		  .test = { .text = "period > 1" } },
		{ .kind = WEIR_STEP_FILL, .to = words_of(reserve, 1) },
		{ .kind = WEIR_STEP_TRANSFER, .to = words_of(reserve, 1), .amount = { .text = "pool.income" } },
		{ .kind = WEIR_STEP_TRANSFER, .to = words_of(reserve, 1) },
		{ .kind = WEIR_STEP_RELEASE, .from = words_of(reserve, 1) },
		{ .kind = WEIR_STEP_RELEASE,
		  .from = words_of(reserve, 1),
		  .to = words_of(account, 1),
		  .release_all = 1 },
		{ .kind = WEIR_STEP_WHEN, .test = { .text = "late" }, .children = inner, .child_count = 3 },
		{ .kind = WEIR_STEP_PAY, .what = words_of(surcharge, 1) },
		{ .kind = WEIR_STEP_PAY, .what = words_of(rest, 1) },
	};
	weir_waterfall two[] = { { .node = { .id = "fast", .en = "Accelerated", .zh = "加速清偿", .clause = "9.9" },
		                   .when = { .text = "breach" },
		                   .steps = &steps[9],
		                   .step_count = 1 },
		                 { .node = { .id = "normal", .clause = "9" }, .steps = steps, .step_count = 10 } };
	open_deal_with_reserve(accounts);
	deal->waterfalls = two;
	deal->waterfall_count = 2;
	fill();
	static const char *const expected[][2] = {
		{ "", "On a payment date on which breach, money is applied in this order:/于兑付日，若breach，则按以下顺序分配：" },
		{ "1", "Out of the Plan account, pay all that is left to the holders of SUB./"
		       "从专项计划账户中向SUB档资产支持证券持有人分配全部剩余资金。" },
		{ "", "On a payment date on which no other order applies, money is applied in this order:/"
		      "于兑付日，若不适用其他分配顺序，则按以下顺序分配：" },
		{ "1", "Out of the Plan account, pay the interest due on the senior classes A1, A2 and A3, pro rata to the amounts due./"
		       "从专项计划账户中按应付金额的比例支付A1、A2、A3档资产支持证券当期应付利息。" },
		{ "2", "If the number of the payment period is more than 1: out of the Plan account, pay the VAT with surcharges, the "
		       "Custodian fee and the interest due on A1 and A2, in this order, but under this item in all not more than 0.5% of the "
		       "outstanding principal of the pool./若兑付期次高于1，则从专项计划账户中依次支付增值税及附加税费、托管费和A1、A2档"
		       "资产支持证券当期应付利息，本项合计不超过资产池未偿本金余额的0.5%。" },
		{ "3", "Transfer from the Plan account to the Liquidity reserve what its balance lacks of its required amount, which is the "
		       "interest of the next period on A1./从专项计划账户向流动性储备划转资金，直至其余额达到应有金额，应有金额为：A1下一期应付利息。" },
		{ "4", "Transfer from the Plan account to the Liquidity reserve, so far as the money suffices, the pool income collected in "
		       "the period./以专项计划账户余额为限，向流动性储备划转当期资产池收入回收款。" },
		{ "5", "Transfer all money in the Plan account to the Liquidity reserve./将专项计划账户内的全部资金划转至流动性储备。" },
		{ "6", "Release to the Plan account what the Liquidity reserve holds above its required amount, which is the interest of the "
		       "next period on A1./将流动性储备余额超过应有金额的部分释放至专项计划账户，应有金额为：A1下一期应付利息。" },
		{ "7", "Release all money in the Liquidity reserve to the Plan account./将流动性储备内的全部资金释放至专项计划账户。" },
		{ "8", "If late, in this order:/若late，则按以下顺序分配：" },
		{ "8.1", "Out of the Plan account, pay the principal due on A1 and A2, pro rata to the amounts due./"
		         "从专项计划账户中按应付金额的比例支付A1、A2档资产支持证券当期应付本金。" },
		{ "8.2", "Out of the Plan account, pay the principal of A3 and SUB, up to the outstanding balance, pro rata to the outstanding "
		         "balances./从专项计划账户中按未偿本金余额的比例支付A3、SUB档资产支持证券本金（以未偿本金余额为限）。" },
		{ "8.3", "Out of the Plan account, pay the principal due on A1 and A2, in this order./"
		         "从专项计划账户中依次支付A1、A2档资产支持证券当期应付本金。" },
		{ "9", "Out of the Plan account, pay the surcharges on VAT./从专项计划账户中支付增值税附加税费。" },
		{ "10", "Out of the Plan account, pay all that is left to the holders of SUB./"
		        "从专项计划账户中向SUB档资产支持证券持有人分配全部剩余资金。" },
	};
	ROWS("waterfall_text", sizeof expected / sizeof *expected);
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
		ck_assert_str_eq(rank(i), expected[i][0]);
		ck_assert_str_eq(sentence(i), expected[i][1]);
	}
	/* a step without a clause has its waterfall's */
	ck_assert_ptr_nonnull(strstr(row_text("waterfall_text", 1), "fast=Accelerated/加速清偿|1/1|9.9/9.9|"));
	ck_assert_ptr_nonnull(strstr(row_text("waterfall_text", 3), "|1/1|9.1/9.1|"));
	ck_assert_ptr_nonnull(strstr(row_text("waterfall_text", 12), "|8.2/8.2|9/9|"));
	ck_assert_ptr_nonnull(strstr(row_text("waterfall_text", 10), "|late/late"));
	/* A1 and A2 share a place: 237 of 733 million behind both; A3 and SUB share one */
	ck_assert_ptr_nonnull(strstr(row_text("capital", 0), "|0.323328785812|"));
	ck_assert_ptr_nonnull(strstr(row_text("capital", 1), "|0.323328785812|"));
	ck_assert_ptr_nonnull(strstr(row_text("capital", 2), "|2027-03-28|0|"));
	ROW("enhancement", 3,
	    "reserve=Liquidity reserve/流动性储备||the interest of the next period on A1/A1下一期应付利息|1234567.89||");
}
END_TEST

START_TEST(frequencies_and_offsets)
{
	static const struct {
		int step;
		weir_step_unit unit;
		int end_of_month;
		const char *words;
	} cases[] = { { 1, WEIR_STEP_MONTHS, 1, "monthly, at the month's end/每月，月末" },
		      { 1, WEIR_STEP_YEARS, 0, "yearly/每年" },
		      { 12, WEIR_STEP_MONTHS, 0, "yearly/每年" },
		      { 5, WEIR_STEP_WEEKS, 0, "every 5 weeks/每5周" },
		      { 2, WEIR_STEP_MONTHS, 0, "every 2 months/每2个月" } };
	load(1);
	compile();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		weir_results_destroy(results);
		ck_assert_int_eq(weir_results_create(&results, "x", NULL, NULL, "CNY", 2), WEIR_OK);
		deal->payment.step = cases[i].step;
		deal->payment.unit = cases[i].unit;
		deal->payment.end_of_month = cases[i].end_of_month;
		deal->payment.roll = WEIR_ROLL_NONE;
		deal->calendar = NULL;
		deal->calculation_offset_days = -1;
		deal->transfer_offset_days = 0;
		deal->accrual_adjusted = 1;
		fill();
		ck_assert_str_eq(term("payment_frequency"), cases[i].words);
		ck_assert_str_eq(term("payment_roll"), "not moved/不调整");
		ck_assert_str_eq(term("calculation_offset"), "1 day before the payment date/兑付日前1天");
		ck_assert_str_eq(term("transfer_offset"), "on the payment date/兑付日当日");
		ck_assert_str_eq(term("accrual"), "between the dates paid on/按实际兑付日计息");
	}
}
END_TEST

/* --- IP --------------------------------------------------------------------------------------------------------- */

static weir_ip plain_ip(const char *id, weir_ip_kind kind, weir_ip_status status, double value_cents,
                        weir_date expires)
{
	return (weir_ip){ .id = id,
		          .kind = kind,
		          .status = status,
		          .valuation_cents = value_cents,
		          .expires = expires,
		          .filed = WEIR_DATE_NONE,
		          .granted = WEIR_DATE_NONE,
		          .annuity_paid_to = WEIR_DATE_NONE,
		          .valuation_date = WEIR_DATE_NONE,
		          .pledge_date = WEIR_DATE_NONE };
}

START_TEST(ip_by_value)
{
	weir_date cutoff = date_of(20230301);
	weir_ip items[] = {
		plain_ip("I1", WEIR_IP_INVENTION, WEIR_IP_VALID, 300000000, cutoff + 730),
		plain_ip("I2", WEIR_IP_INVENTION, WEIR_IP_VALID, 100000000, cutoff + 1460),
		plain_ip("I3", WEIR_IP_INVENTION, WEIR_IP_LAPSED, 50000000, cutoff + 9999),
		plain_ip("I4", WEIR_IP_TRADEMARK, WEIR_IP_PENDING, NAN, date_of(20250319)),
		plain_ip("I5", WEIR_IP_INVENTION, WEIR_IP_VALID, 25000000, WEIR_DATE_NONE),
		plain_ip("I6", WEIR_IP_TRADEMARK, WEIR_IP_VALID, NAN, date_of(20250320)),
	};
	int used[] = { 0, 1, 2, 2, 4, 3 };
	load(1);
	compile();
	items[0].annuity_paid_to = date_of(20240301); /* twelve months: due */
	items[1].annuity_paid_to = date_of(20240302);
	items[2].annuity_paid_to = date_of(20230501); /* lapsed: nothing is due */
	items[4].annuity_paid_to = date_of(20230228);
	items[0].pledge_number = items[1].pledge_number = items[2].pledge_number = items[3].pledge_number = "Y1";
	items[0].disputed = 1;
	items[0].holder = "originator";
	items[1].holder = "某公司";
	deal->pool.ip = items;
	deal->pool.ip_count = 6;
	deal->pool.contract_ip = used;
	for (int c = 0; c < deal->pool.contract_count; c++)
		deal->pool.contracts[c].ip_count = 0;
	/* L01 (3,000,000.00) on I1 and I2; L02 and L03 on I3; L04 on I5, which is not pledged, and I4 */
	const int firsts[] = { 0, 2, 3, 4 }, counts[] = { 2, 1, 1, 2 };
	for (int c = 0; c < 4; c++) {
		deal->pool.contracts[c].ip_first = firsts[c];
		deal->pool.contracts[c].ip_count = counts[c];
	}
	fill();
	/* 3 / (3 + 1) */
	ROW("ip", 0,
	    "I1/I1|invention=Invention patent/发明专利|||originator=Example IP "
	    "Operations/示例知识产权运营有限公司||"
	    "2025-02-28|2024-03-01|valid=Valid/有效|1||Y1/Y1|3000000.00||0.75|");
	ck_assert_ptr_nonnull(strstr(row_text("ip", 1), "某公司/某公司"));
	ck_assert_ptr_nonnull(strstr(row_text("ip", 1), "|1000000.00||0.75"));
	ck_assert_ptr_nonnull(strstr(row_text("ip", 2), "lapsed=Lapsed/终止|0||Y1/Y1|500000.00||"));
	ck_assert_ptr_nonnull(strstr(row_text("ip", 3), "pending=Pending/审查中|0||Y1/Y1|||"));
	ck_assert_ptr_nonnull(strstr(row_text("ip", 4), "|250000.00||"));
	/* (3 x 730 + 1 x 1460) / 4 = 912.5 days; I1 ends before 2025-03-20; annuities of I1 and I5 */
	ROWS("ip_stats", 2);
	ROW("ip_stats", 0, "invention=Invention patent/发明专利|4|0.666666666667|4750000.00|1|2.50|1|2");
	/* 749 and 750 days; only the first ends before the last payment */
	ROW("ip_stats", 1, "trademark=Trademark/商标|2|0.333333333333|||2.05|1|0");
	foots();
}
END_TEST

/* --- large pools ------------------------------------------------------------------------------------------------ */

#define MANY 2105

/* `count` loans of one instalment, of 1,000.00 + one cent each further; every third obligor in the industry named. */
static void replace_pool(int count)
{
	weir_pool_terms *terms = &deal->pool;
	terms->contracts = weir_arena_array(arena, (size_t)count, sizeof *terms->contracts);
	terms->obligors = weir_arena_array(arena, (size_t)count, sizeof *terms->obligors);
	terms->ip = weir_arena_array(arena, (size_t)count, sizeof *terms->ip);
	for (int i = 0; i < count; i++) {
		char id[24];
		int length = snprintf(id, sizeof id, "B%07d", i);
		const char *kept = weir_arena_text(arena, id, (size_t)length);
		weir_contract contract = plain_contract(kept);
		contract.kind = WEIR_CONTRACT_LOAN;
		contract.amortisation = WEIR_AMORTISE_BULLET;
		contract.obligor = i;
		contract.amount_cents = 100000 + i;
		contract.count = 1;
		contract.every_months = 3;
		contract.first_due = date_of(20230601);
		contract.grade = i % 2 ? "A" : "B";
		terms->contracts[i] = contract;
		terms->obligors[i] = (weir_obligor){ .id = kept, .party = -1, .industry = i % 3 ? NULL : "制造业" };
		terms->ip[i] = plain_ip(kept, WEIR_IP_INVENTION, WEIR_IP_VALID, 1000 + i, date_of(20300101));
	}
	terms->contract_count = terms->obligor_count = terms->ip_count = count;
}

START_TEST(small_rows_of_large_pools_become_one)
{
	load(1);
	replace_pool(MANY);
	compile();
	fill();
	foots();
	/* the 105 smallest: 105 x 1,000.00 and 0 + ... + 104 = 5,460 cents */
	ROWS("obligors", 2001);
	ck_assert_ptr_nonnull(strstr(row_text("obligors", 0), "1|B0002104=B0002104/B0002104||"));
	ck_assert_ptr_nonnull(strstr(row_text("obligors", 0), "||B/B|1|1021.04|1021.04|"));
	ck_assert_ptr_nonnull(
		strstr(row_text("obligors", 2000), "|others=Others/其他||||105|105054.60|105054.60|"));
	ck_assert_str_eq(strrchr(row_text("obligors", 2000), '|'), "|1");
	/* values 1,000 + i cents: the items from 105 on keep their rows, in their order */
	ROWS("ip", 2001);
	ck_assert_ptr_nonnull(strstr(row_text("ip", 0), "B0000105/"));
	ck_assert_ptr_nonnull(strstr(row_text("ip", 1999), "B0002104/"));
	ck_assert_ptr_nonnull(strstr(row_text("ip", 2000), "others=Others/其他|"));
	ck_assert_ptr_nonnull(strstr(row_text("ip", 2000), "|1104.60|"));
	ck_assert_str_eq(term("obligors"), "2105");
	/* i = 0, 3 ... 2103: 702 of them; the others, 1,403, come first */
	ROWS("strat_industry", 2);
	ck_assert_ptr_nonnull(strstr(row_text("strat_industry", 0), "not-given=Not given/未列明|1403|1403|"));
	ck_assert_ptr_nonnull(strstr(row_text("strat_industry", 1), "制造业=Manufacturing/制造业|702|702|"));
	ck_assert_ptr_null(weir_results_table(results, "strat_region"));
	/* 1,403 x 1,000.00 ... the largest named industry is the small one */
	ck_assert_ptr_nonnull(
		strstr(row_text("concentration", 4), "top-industry=Largest industry/第一大行业|制造业=Manufacturing/"));
	ROWS("concentration", 5);
}
END_TEST

/* --- words, memory ---------------------------------------------------------------------------------------------- */

START_TEST(words)
{
	weir_cell cell = weir_fill_word("paid-in-full");
	ck_assert_str_eq(cell.key, "paid-in-full");
	ck_assert_str_eq(cell.en, "Paid in full");
	ck_assert_str_eq(cell.zh, "足额支付");
	cell = weir_fill_word("no such word");
	ck_assert_str_eq(cell.key, "no such word");
	ck_assert(cell.present && !cell.en && !cell.zh);
	ck_assert_int_eq(weir_fill_word(NULL).present, 0);
	for (int k = 0; k < WEIR_IP_KIND_COUNT; k++)
		ck_assert_ptr_nonnull(weir_fill_word(weir_ip_kind_text((weir_ip_kind)k)).zh);
	for (int k = WEIR_CONTRACT_LICENCE; k <= WEIR_CONTRACT_LOAN; k++)
		ck_assert_ptr_nonnull(weir_fill_word(weir_contract_kind_text((weir_contract_kind)k)).zh);
}
END_TEST

START_TEST(memory_may_run_out)
{
	weir_status status = WEIR_NO_MEMORY;
	int failures = 0;
	load(1);
	compile();
	for (long nth = 1; status != WEIR_OK; nth += nth < 60 ? 1 : 17) {
		weir_results_destroy(results);
		results = NULL;
		ck_assert_int_eq(weir_results_create(&results, "x", NULL, NULL, "CNY", 2), WEIR_OK);
		weir_alloc_fail_from(nth);
		status = weir_fill_deal(results, &outcome);
		weir_alloc_fail_from(0);
		ck_assert(status == WEIR_OK || status == WEIR_NO_MEMORY);
		failures += status == WEIR_NO_MEMORY;
	}
	ck_assert_int_ge(failures, 10);
	ROWS("waterfall_text", 6);
}
END_TEST

Suite *weir_suite_report_fill_deal(void)
{
	Suite *suite = suite_create("report_fill_deal");
	TCase *tests = tcase_create("fill_deal");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, terms_of_deal_1);
	tcase_add_test(tests, securities_of_deal_1);
	tcase_add_test(tests, parties_of_deal_1);
	tcase_add_test(tests, pool_of_deal_1);
	tcase_add_test(tests, ip_of_deal_1);
	tcase_add_test(tests, waterfall_of_deal_1);
	tcase_add_test(tests, enhancement_of_deals_3_and_6);
	tcase_add_loop_test(tests, all_deals_foot, 1, 9);
	tcase_add_test(tests, scenarios_in_words);
	tcase_add_test(tests, every_shock_has_its_words);
	tcase_add_test(tests, support_as_the_documents_have_it);
	tcase_add_test(tests, financing_mode_costs_and_warrants);
	tcase_add_test(tests, every_step_has_its_sentence);
	tcase_add_test(tests, frequencies_and_offsets);
	tcase_add_test(tests, ip_by_value);
	tcase_add_test(tests, small_rows_of_large_pools_become_one);
	tcase_add_test(tests, words);
	tcase_add_test(tests, memory_may_run_out);
	suite_add_tcase(suite, tests);
	return suite;
}
