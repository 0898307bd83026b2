/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report_fixture.h"

#include <check.h>
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"

/* One period as the two sample deals' reference calculation gives it; amounts in cents. */
typedef struct sample {
	const char *calculation, *payment, *adjusted;
	int days;
	double principal, income, taxes, fees;
	double interest_paid[3], principal_paid[3], balance[3]; /* of the senior classes in order */
	double interest_due, principal_due, subordinated, closing;
	double coverage, coverage_period;
} sample;

static const sample ex1_periods[] = {
	{ "2023-06-06",
	  "2023-06-20",
	  "2023-06-20",
	  92,
	  445875513,
	  68400000,
	  2231301,
	  1550141,
	  { 32575562 },
	  { 421200000 },
	  { 3178800000 },
	  32575562,
	  421200000,
	  0,
	  56718509,
	  1.124992,
	  1.124992 },
	{ "2023-09-06",
	  "2023-09-20",
	  "2023-09-20",
	  92,
	  453901274,
	  60374239,
	  1969490,
	  1380625,
	  { 28764221 },
	  { 432000000 },
	  { 2746800000 },
	  28764221,
	  432000000,
	  0,
	  106879686,
	  1.231962,
	  1.108865 },
	{ "2023-12-06",
	  "2023-12-20",
	  "2023-12-20",
	  91,
	  462071493,
	  52204020,
	  1702966,
	  1193513,
	  { 24584989 },
	  { 435600000 },
	  { 2311200000 },
	  24584989,
	  435600000,
	  0,
	  158073731,
	  1.343500,
	  1.111247 },
	{ "2024-03-06",
	  "2024-03-20",
	  "2024-03-20",
	  91,
	  470388781,
	  43886732,
	  1431644,
	  5020096,
	  { 20686190 },
	  { 446400000 },
	  { 1864800000 },
	  20686190,
	  446400000,
	  0,
	  198811314,
	  1.425642,
	  1.087216 },
	{ "2024-06-05",
	  "2024-06-20",
	  "2024-06-20",
	  92,
	  478855779,
	  35419734,
	  1155440,
	  851191,
	  { 16874141 },
	  { 453600000 },
	  { 1411200000 },
	  16874141,
	  453600000,
	  0,
	  240606055,
	  1.511412,
	  1.088835 },
	{ "2024-09-05",
	  "2024-09-20",
	  "2024-09-20",
	  92,
	  487475185,
	  26800328,
	  874263,
	  668414,
	  { 12769620 },
	  { 460800000 },
	  { 950400000 },
	  12769620,
	  460800000,
	  0,
	  279769271,
	  1.590767,
	  1.082698 },
	{ "2024-12-06",
	  "2024-12-20",
	  "2024-12-20",
	  91,
	  496249736,
	  18025777,
	  588026,
	  477918,
	  { 8506471 },
	  { 471600000 },
	  { 478800000 },
	  8506471,
	  471600000,
	  0,
	  312872369,
	  1.651673,
	  1.068949 },
	{ "2025-03-06",
	  "2025-03-20",
	  "2025-03-20",
	  90,
	  505182239,
	  9093281,
	  296635,
	  4287021,
	  { 4238364 },
	  { 478800000 },
	  { 0 },
	  4238364,
	  478800000,
	  339525869,
	  0,
	  1.702896,
	  1.055179 },
};

static const sample ex3_periods[] = {
	{ "2022-09-14",
	  "2022-09-28",
	  "2022-09-28",
	  184,
	  13128555247,
	  2858700000,
	  93254680,
	  41177436,
	  { 630136986, 657258082, 564602740 },
	  { 12500000000, 0, 1500825323 },
	  { 12500000000, 24600000000, 18499174677 },
	  1851997808,
	  12500000000,
	  0,
	  0,
	  1.104573,
	  1.104573 },
	{ "2023-03-14",
	  "2023-03-28",
	  "2023-03-28",
	  181,
	  13640568900,
	  2346686347,
	  76552099,
	  42861512,
	  { 309931507, 646541918, 513719547 },
	  { 12500000000, 0, 1897648664 },
	  { 0, 24600000000, 16601526013 },
	  1470192972,
	  12500000000,
	  0,
	  0,
	  1.135836,
	  1.135836 },
	{ "2023-09-14",
	  "2023-09-28",
	  "2023-09-28",
	  184,
	  14172551088,
	  1814704159,
	  59198116,
	  25383594,
	  { 0, 657258082, 468663354 },
	  { 0, 12300000000, 2476752101 },
	  { 0, 12300000000, 14124773912 },
	  1125921436,
	  12300000000,
	  0,
	  0,
	  1.184475,
	  1.184475 },
	{ "2024-03-14",
	  "2024-03-28",
	  "2024-03-28",
	  182,
	  13286621267,
	  1261974666,
	  41167329,
	  26989712,
	  { 0, 325056986, 394410125 },
	  { 0, 12300000000, 1460971781 },
	  { 0, 0, 12663802131 },
	  719467111,
	  12300000000,
	  0,
	  0,
	  1.112214,
	  1.112214 },
	{ "2024-09-13",
	  "2024-09-28",
	  "2024-09-29",
	  184,
	  10836515781,
	  743796436,
	  24263651,
	  8905419,
	  { 0, 0, 357500869 },
	  { 0, 0, 11189642278 },
	  { 0, 0, 1474159853 },
	  357500869,
	  0,
	  0,
	  0,
	  32.299623,
	  32.299623 },
	{ "2025-03-14",
	  "2025-03-28",
	  "2025-03-28",
	  181,
	  8235187717,
	  321172320,
	  10477078,
	  12640965,
	  { 0, 0, 40937217 },
	  { 0, 0, 1474159853 },
	  { 0, 0, 0 },
	  40937217,
	  0,
	  7018144924,
	  0,
	  208.447047,
	  208.447047 },
};

typedef struct sample_class {
	const char *id, *en, *zh, *style;
	double size, coupon;
	const char *maturity;
} sample_class;

typedef struct sample_deal {
	const char *id, *en, *zh, *closing, *legal;
	const sample *periods;
	int period_count;
	sample_class classes[4]; /* the last one is subordinated */
	int class_count;
	int obligors;
} sample_deal;

static const sample_deal deals[] = {
	{ "licence-2023-1",
	  "Patent exclusive licence plan 2023-1",
	  "专利独占许可2023-1资产支持专项计划",
	  "2023-03-20",
	  "2027-03-20",
	  ex1_periods,
	  8,
	  { { "A", "Class A", "优先A级", "target", 3600000000, 0.0359, "2025-03-20" },
	    { "SUB", "Subordinated class", "次级", "residual", 200000000, NAN, "2025-03-20" } },
	  2,
	  9 },
	{ "leaseback-2022-1",
	  "IP sale-and-leaseback plan 2022-1",
	  "知识产权售后回租2022-1资产支持专项计划",
	  "2022-03-28",
	  "2027-03-28",
	  ex3_periods,
	  6,
	  { { "A1", "Class A1", "优先A1级", "target", 25000000000, 0.05, "2023-03-28" },
	    { "A2", "Class A2", "优先A2级", "target", 24600000000, 0.053, "2024-03-28" },
	    { "A3", "Class A3", "优先A3级", "pass-through", 20000000000, 0.056, "2025-03-28" },
	    { "SUB", "Subordinated class", "次级", "residual", 3700000000, NAN, "2025-03-28" } },
	  4,
	  10 },
};

static double date(const char *text)
{
	return weir_date_parse(text, strlen(text));
}

/* What building carries around: rows go to NULL once memory is short. */
typedef struct build {
	weir_results *results;
	const sample_deal *deal;
	weir_status status;
} build;

static weir_table *add_table(build *b, weir_table_number number)
{
	weir_table *table = NULL;
	if (b->status == WEIR_OK)
		b->status = weir_results_add_standard(&table, b->results, number);
	return table;
}

/* A row to fill; a scratch one once memory was short. */
static weir_cell *add_row(build *b, weir_table *table)
{
	static weir_cell scratch[64];
	weir_cell *row = table ? weir_table_add_row(b->results, table) : NULL;
	if (!row && b->status == WEIR_OK)
		b->status = WEIR_NO_MEMORY;
	return row ? row : scratch;
}

static weir_cell money(double cents)
{
	return weir_cell_number(cents);
}

static weir_cell class_cell(const sample_class *class)
{
	return weir_cell_key(class->id, class->en, class->zh);
}

static double sum_of(const double *values)
{
	return values[0] + values[1] + values[2];
}

static double pool_size(const sample_deal *deal)
{
	double size = 0;
	for (int i = 0; i < deal->period_count; i++)
		size += deal->periods[i].principal;
	return size;
}

static double issue_size(const sample_deal *deal)
{
	double size = 0;
	for (int i = 0; i < deal->class_count; i++)
		size += deal->classes[i].size;
	return size;
}

static double senior_balance(const sample_deal *deal, int period)
{
	double sum = 0;
	for (int i = 0; i + 1 < deal->class_count; i++)
		sum += period == 0 ? deal->classes[i].size : deal->periods[period - 1].balance[i];
	return sum;
}

static void build_periods(build *b)
{
	const sample_deal *deal = b->deal;
	weir_table *table = add_table(b, WEIR_TABLE_periods);
	double pool = pool_size(deal), cash = 0;
	for (int k = 0; k <= deal->period_count; k++) {
		weir_cell *row = add_row(b, table);
		for (int c = 0; c < WEIR_COL_periods_COUNT; c++)
			row[c] = money(0);
		row[WEIR_COL_periods_period] = weir_cell_number(k);
		row[WEIR_COL_periods_coverage] = row[WEIR_COL_periods_coverage_period] = weir_cell_number(NAN);
		row[WEIR_COL_periods_cumulative_coverage] = weir_cell_number(NAN);
		row[WEIR_COL_periods_pool_balance] = money(pool);
		if (k == 0) {
			row[WEIR_COL_periods_calculation_date] = weir_cell_number(NAN);
			row[WEIR_COL_periods_payment_date] = weir_cell_number(date(deal->closing));
			row[WEIR_COL_periods_adjusted_date] = weir_cell_number(date(deal->closing));
			row[WEIR_COL_periods_days] = weir_cell_number(NAN);
			row[WEIR_COL_periods_other_in] = money(issue_size(deal));
			row[WEIR_COL_periods_available] = money(issue_size(deal));
			row[WEIR_COL_periods_other_out] = money(issue_size(deal));
			continue;
		}
		const sample *s = &deal->periods[k - 1];
		pool -= s->principal;
		row[WEIR_COL_periods_calculation_date] = weir_cell_number(date(s->calculation));
		row[WEIR_COL_periods_payment_date] = weir_cell_number(date(s->payment));
		row[WEIR_COL_periods_adjusted_date] = weir_cell_number(date(s->adjusted));
		row[WEIR_COL_periods_days] = weir_cell_number(s->days);
		row[WEIR_COL_periods_pool_principal] = money(s->principal);
		row[WEIR_COL_periods_pool_income] = money(s->income);
		row[WEIR_COL_periods_pool_balance] = money(pool);
		row[WEIR_COL_periods_opening_cash] = money(cash);
		row[WEIR_COL_periods_available] = money(cash + s->principal + s->income);
		row[WEIR_COL_periods_taxes] = row[WEIR_COL_periods_taxes_paid] = money(s->taxes);
		row[WEIR_COL_periods_fees] = row[WEIR_COL_periods_fees_paid] = money(s->fees);
		row[WEIR_COL_periods_senior_due] = money(s->interest_due + s->principal_due);
		row[WEIR_COL_periods_senior_interest_paid] = money(sum_of(s->interest_paid));
		row[WEIR_COL_periods_senior_principal_paid] = money(sum_of(s->principal_paid));
		row[WEIR_COL_periods_subordinated_paid] = money(s->subordinated);
		row[WEIR_COL_periods_closing_cash] = money(s->closing);
		row[WEIR_COL_periods_coverage] = weir_cell_number(s->coverage);
		row[WEIR_COL_periods_coverage_period] = weir_cell_number(s->coverage_period);
		row[WEIR_COL_periods_cumulative_coverage] = weir_cell_number(s->coverage);
		cash = s->closing;
	}
}

/* One class in one period, for classes and for payment. */
typedef struct class_period {
	double opening, interest, principal, residual, closing;
} class_period;

static class_period of_class(const sample_deal *deal, int class, int period)
{
	const sample *s = &deal->periods[period - 1];
	double size = deal->classes[class].size;
	if (class + 1 == deal->class_count)
		return (class_period){ size, 0, 0, s->subordinated, size };
	return (class_period){ period > 1 ? s[-1].balance[class] : size, s->interest_paid[class],
		               s->principal_paid[class], 0, s->balance[class] };
}

static void build_classes(build *b)
{
	const sample_deal *deal = b->deal;
	weir_table *table = add_table(b, WEIR_TABLE_classes);
	for (int k = 1; k <= deal->period_count; k++)
		for (int i = 0; i < deal->class_count; i++) {
			class_period p = of_class(deal, i, k);
			double size = deal->classes[i].size;
			weir_cell *row = add_row(b, table);
			row[WEIR_COL_classes_period] = weir_cell_number(k);
			row[WEIR_COL_classes_class] = class_cell(&deal->classes[i]);
			row[WEIR_COL_classes_opening] = money(p.opening);
			row[WEIR_COL_classes_coupon] = weir_cell_number(deal->classes[i].coupon);
			row[WEIR_COL_classes_days] = weir_cell_number(deal->periods[k - 1].days);
			row[WEIR_COL_classes_interest_due] = row[WEIR_COL_classes_interest_paid] =
				money(p.interest);
			row[WEIR_COL_classes_interest_unpaid] = row[WEIR_COL_classes_principal_unpaid] = money(0);
			row[WEIR_COL_classes_principal_due] = row[WEIR_COL_classes_principal_paid] =
				money(p.principal);
			row[WEIR_COL_classes_written_down] = money(0);
			row[WEIR_COL_classes_residual_paid] = money(p.residual);
			row[WEIR_COL_classes_closing] = money(p.closing);
			row[WEIR_COL_classes_per100_interest] = weir_cell_number(p.interest / size * 100);
			row[WEIR_COL_classes_per100_principal] = weir_cell_number(p.principal / size * 100);
			row[WEIR_COL_classes_factor] = weir_cell_number(p.closing / size);
		}
}

static void build_payment(build *b)
{
	const sample_deal *deal = b->deal;
	weir_table *table = add_table(b, WEIR_TABLE_payment);
	for (int k = 1; k <= deal->period_count; k++)
		for (int i = 0; i < deal->class_count; i++) {
			class_period p = of_class(deal, i, k);
			double size = deal->classes[i].size;
			weir_cell *row = add_row(b, table);
			row[WEIR_COL_payment_period] = weir_cell_number(k);
			row[WEIR_COL_payment_payment_date] = weir_cell_number(date(deal->periods[k - 1].payment));
			row[WEIR_COL_payment_class] = class_cell(&deal->classes[i]);
			row[WEIR_COL_payment_units] = weir_cell_number(size / 10000);
			row[WEIR_COL_payment_coupon] = weir_cell_number(deal->classes[i].coupon);
			row[WEIR_COL_payment_days] = weir_cell_number(deal->periods[k - 1].days);
			row[WEIR_COL_payment_opening] = money(p.opening);
			row[WEIR_COL_payment_interest_due] = row[WEIR_COL_payment_interest_paid] =
				money(p.interest);
			row[WEIR_COL_payment_principal_due] = row[WEIR_COL_payment_principal_paid] =
				money(p.principal);
			row[WEIR_COL_payment_residual_paid] = money(p.residual);
			row[WEIR_COL_payment_total] = money(p.interest + p.principal + p.residual);
			row[WEIR_COL_payment_closing] = money(p.closing);
			row[WEIR_COL_payment_per100_interest] = weir_cell_number(p.interest / size * 100);
			row[WEIR_COL_payment_per100_principal] = weir_cell_number(p.principal / size * 100);
			row[WEIR_COL_payment_factor_per100] = weir_cell_number(p.closing / size * 100);
			row[WEIR_COL_payment_repaid_share] = weir_cell_number((size - p.closing) / size);
			row[WEIR_COL_payment_unpaid] = money(0);
		}
}

static void add_step(build *b, weir_table *table, int period, const char *step, const char *clause, weir_cell payee,
                     weir_cell what, double paid, double *cash)
{
	weir_cell *row = add_row(b, table);
	row[WEIR_COL_trace_period] = weir_cell_number(period);
	row[WEIR_COL_trace_date] = weir_cell_number(date(b->deal->periods[period - 1].adjusted));
	row[WEIR_COL_trace_waterfall] = weir_cell_key("normal", "Normal", "正常分配");
	row[WEIR_COL_trace_step] = weir_cell_text(step, NULL);
	row[WEIR_COL_trace_clause] = weir_cell_text(clause, NULL);
	row[WEIR_COL_trace_payee] = payee;
	row[WEIR_COL_trace_what] = what;
	row[WEIR_COL_trace_source] = weir_cell_key("collection", "Collection account", "归集账户");
	row[WEIR_COL_trace_due] = row[WEIR_COL_trace_paid] = money(paid);
	row[WEIR_COL_trace_available] = money(*cash);
	row[WEIR_COL_trace_unpaid] = row[WEIR_COL_trace_carried] = money(0);
	*cash -= paid;
	row[WEIR_COL_trace_left] = money(*cash);
	row[WEIR_COL_trace_reason] = weir_cell_key("full", "Paid in full", "足额支付");
}

static void build_trace(build *b)
{
	static const char *const interest_steps[] = { "3.1", "3.2", "3.3" }, *const principal_steps[] = { "4.1",
		                                                                                          "4.2",
		                                                                                          "4.3" };
	const sample_deal *deal = b->deal;
	weir_table *table = add_table(b, WEIR_TABLE_trace);
	double cash = 0;
	for (int k = 1; k <= deal->period_count; k++) {
		const sample *s = &deal->periods[k - 1];
		weir_cell holders = weir_cell_text("Holders", "持有人");
		cash += s->principal + s->income;
		add_step(b, table, k, "1", "13.2(1)", weir_cell_text("Tax office", "税务机关"),
		         weir_cell_key("vat", "VAT and surcharge", "增值税及附加"), s->taxes, &cash);
		add_step(b, table, k, "2", "13.2(2)", weir_cell_text("Service providers", "各服务机构"),
		         weir_cell_key("fees", "Fees", "各项费用"), s->fees, &cash);
		for (int i = 0; i + 1 < deal->class_count; i++)
			add_step(b, table, k, interest_steps[i], "13.2(3)", holders,
			         weir_cell_text("Senior interest", "优先级利息"), s->interest_paid[i], &cash);
		for (int i = 0; i + 1 < deal->class_count; i++)
			add_step(b, table, k, principal_steps[i], "13.2(4)", holders,
			         weir_cell_text("Senior principal", "优先级本金"), s->principal_paid[i], &cash);
		add_step(b, table, k, "5", "13.2(5)", weir_cell_text("Originator", "原始权益人"),
		         weir_cell_key("SUB.rest", "Rest to subordinated", "次级剩余收益"), s->subordinated, &cash);
	}
}

static void build_accounts(build *b)
{
	weir_table *table = add_table(b, WEIR_TABLE_accounts);
	double cash = 0;
	for (int k = 1; k <= b->deal->period_count; k++) {
		const sample *s = &b->deal->periods[k - 1];
		double in = s->principal + s->income;
		weir_cell *row = add_row(b, table);
		row[WEIR_COL_accounts_period] = weir_cell_number(k);
		row[WEIR_COL_accounts_account] = weir_cell_key("collection", "Collection account", "归集账户");
		row[WEIR_COL_accounts_opening] = money(cash);
		row[WEIR_COL_accounts_in] = money(in);
		row[WEIR_COL_accounts_out] = money(cash + in - s->closing);
		row[WEIR_COL_accounts_closing] = money(s->closing);
		cash = s->closing;
	}
}

static void add_amount(build *b, weir_table *table, int period, weir_cell item, double amount, double total)
{
	weir_cell *row = add_row(b, table);
	row[WEIR_COL_sources_period] = weir_cell_number(period);
	row[WEIR_COL_sources_item] = item;
	row[WEIR_COL_sources_amount] = money(amount);
	row[WEIR_COL_sources_share] = weir_cell_number(amount / total);
}

static void build_sources(build *b)
{
	weir_table *sources = add_table(b, WEIR_TABLE_sources), *uses = add_table(b, WEIR_TABLE_uses);
	double cash = 0;
	for (int k = 1; k <= b->deal->period_count; k++) {
		const sample *s = &b->deal->periods[k - 1];
		double total = cash + s->principal + s->income;
		add_amount(b, sources, k, weir_cell_key("opening", "Opening cash", "期初余额"), cash, total);
		add_amount(b, sources, k, weir_cell_key("principal", "Scheduled principal", "正常回收本金"),
		           s->principal, total);
		add_amount(b, sources, k, weir_cell_key("income", "Licence fees", "许可费收入"), s->income, total);
		add_amount(b, uses, k, weir_cell_key("taxes", "VAT and surcharges", "增值税及附加"), s->taxes,
		           total);
		add_amount(b, uses, k, weir_cell_key("fees", "Fees", "各项费用"), s->fees, total);
		add_amount(b, uses, k, weir_cell_key("interest", "Senior interest", "优先级利息"),
		           sum_of(s->interest_paid), total);
		add_amount(b, uses, k, weir_cell_key("principal", "Senior principal", "优先级本金"),
		           sum_of(s->principal_paid), total);
		add_amount(b, uses, k, weir_cell_key("subordinated", "To subordinated", "次级分配"),
		           s->subordinated, total);
		add_amount(b, uses, k, weir_cell_key("kept", "Retained", "留存"), s->closing, total);
		cash = s->closing;
	}
}

static void build_capital(build *b)
{
	const sample_deal *deal = b->deal;
	weir_table *table = add_table(b, WEIR_TABLE_capital);
	double behind = issue_size(deal);
	for (int i = 0; i < deal->class_count; i++) {
		const sample_class *class = &deal->classes[i];
		weir_cell *row = add_row(b, table);
		behind -= class->size;
		row[WEIR_COL_capital_class] = class_cell(class);
		row[WEIR_COL_capital_rank] =
			weir_cell_key(i + 1 == deal->class_count ? "subordinated" : "senior", NULL, NULL);
		row[WEIR_COL_capital_size] = money(class->size);
		row[WEIR_COL_capital_share] = weir_cell_number(class->size / issue_size(deal));
		row[WEIR_COL_capital_coupon] = weir_cell_number(class->coupon);
		row[WEIR_COL_capital_rating] = weir_cell_text(i + 1 == deal->class_count ? NULL : "AAAsf", NULL);
		row[WEIR_COL_capital_style] = weir_cell_key(class->style, NULL, NULL);
		row[WEIR_COL_capital_expected_maturity] = weir_cell_number(date(class->maturity));
		row[WEIR_COL_capital_legal_maturity] = weir_cell_number(date(deal->legal));
		row[WEIR_COL_capital_subordination] = weir_cell_number(behind / issue_size(deal));
	}
}

static void add_metric(build *b, weir_table *table, const char *metric, const sample_class *class, weir_cell value,
                       const char *unit)
{
	weir_cell *row = add_row(b, table);
	row[WEIR_COL_summary_metric] = weir_cell_key(metric, NULL, NULL);
	if (class)
		row[WEIR_COL_summary_class] = class_cell(class);
	row[WEIR_COL_summary_value] = value;
	row[WEIR_COL_summary_unit] = weir_cell_text(unit, NULL);
}

static void build_summary(build *b)
{
	const sample_deal *deal = b->deal;
	weir_table *table = add_table(b, WEIR_TABLE_summary);
	double subordinated = 0;
	for (int k = 0; k < deal->period_count; k++)
		subordinated += deal->periods[k].subordinated;
	add_metric(b, table, "coverage_min", NULL, weir_cell_typed(WEIR_CELL_NUMBER, 6, deal->periods[0].coverage),
	           "ratio");
	add_metric(b, table, "coverage_total", NULL, weir_cell_typed(WEIR_CELL_NUMBER, 6, 1.090612), "ratio");
	add_metric(b, table, "missed", NULL, weir_cell_typed(WEIR_CELL_FLAG, 0, 0), "flag");
	add_metric(b, table, "unpaid_at_end", NULL, weir_cell_typed(WEIR_CELL_MONEY, 0, 0), "CNY");
	add_metric(b, table, "subordinated_total", NULL, weir_cell_typed(WEIR_CELL_MONEY, 0, subordinated), "CNY");
	for (int i = 0; i + 1 < deal->class_count; i++) {
		const sample_class *class = &deal->classes[i];
		double interest = 0;
		for (int k = 0; k < deal->period_count; k++)
			interest += deal->periods[k].interest_paid[i];
		add_metric(b, table, "wal", class, weir_cell_typed(WEIR_CELL_NUMBER, 6, 1.172603 + 0.3 * i),
		           "years");
		add_metric(b, table, "last_principal", class,
		           weir_cell_typed(WEIR_CELL_DATE, 0, date(class->maturity)), "date");
		add_metric(b, table, "interest_total", class, weir_cell_typed(WEIR_CELL_MONEY, 0, interest), "CNY");
		add_metric(b, table, "principal_total", class, weir_cell_typed(WEIR_CELL_MONEY, 0, class->size),
		           "CNY");
		add_metric(b, table, "yield_at_par", class,
		           weir_cell_typed(WEIR_CELL_RATE, 12, class->coupon * 1.0134), "rate");
	}
}

static void add_term(build *b, weir_table *table, weir_cell item, weir_cell value)
{
	weir_cell *row = add_row(b, table);
	row[WEIR_COL_terms_item] = item;
	row[WEIR_COL_terms_value] = value;
}

static void build_terms(build *b)
{
	const sample_deal *deal = b->deal;
	weir_table *table = add_table(b, WEIR_TABLE_terms);
	double income = 0;
	for (int k = 0; k < deal->period_count; k++)
		income += deal->periods[k].income;
	add_term(b, table, weir_cell_key("pool_principal", NULL, NULL),
	         weir_cell_typed(WEIR_CELL_MONEY, 0, pool_size(deal)));
	add_term(b, table, weir_cell_key("pool_receivable", NULL, NULL),
	         weir_cell_typed(WEIR_CELL_MONEY, 0, pool_size(deal) + income));
	add_term(b, table, weir_cell_key("obligors", NULL, NULL),
	         weir_cell_typed(WEIR_CELL_INTEGER, 0, deal->obligors));
	add_term(b, table, weir_cell_key("top1_share", NULL, NULL), weir_cell_typed(WEIR_CELL_RATE, 12, 0.136842));
	add_term(b, table, weir_cell_key("ip_items", NULL, NULL), weir_cell_typed(WEIR_CELL_INTEGER, 0, 60));
	add_term(b, table, weir_cell_key("cutoff", "Cut-off date", "基准日"),
	         weir_cell_typed(WEIR_CELL_DATE, 0, date(deal->closing) - 19));
	add_term(b, table, weir_cell_key("frequency", "Payment frequency", "兑付频率"),
	         weir_cell_text("every 3 months", "每3个月"));
	add_term(b, table, weir_cell_key("day_count", "Day count", "计息基准"), weir_cell_text("ACT/365F", NULL));
	add_term(b, table, weir_cell_key("surplus", "Opening surplus of the pool", "初始超额"),
	         weir_cell_typed(WEIR_CELL_MONEY, 0, -123456789));
}

static const char *const obligor_names[10][3] = {
	{ "L08", "Lattice Optics", "格物光学" },      { "L09", "Ninefold Materials", "九章新材料" },
	{ "L07", "Seawind Robotics", "海风机器人" },  { "L06", "Harbour Biotech", "港湾生物" },
	{ "L05", "Cloudstep Software", "云步软件" },  { "L04", "Redwood Sensors", "红杉传感" },
	{ "L03", "Stillwater Pumps", "静水泵业" },    { "L02", "Amber Circuits", "琥珀电路" },
	{ "L01", "Quarry <Tools> & Co", "采石工具" }, { "L10", "=Plain Energy", "平原能源" },
};

static void build_obligors(build *b)
{
	const sample_deal *deal = b->deal;
	weir_table *table = add_table(b, WEIR_TABLE_obligors);
	double left = pool_size(deal), total = left, shown = 0;
	for (int i = 0; i < deal->obligors; i++) {
		double part = i + 1 == deal->obligors
		                      ? left
		                      : weir_round_half_away(total / deal->obligors * (1.31 - 0.07 * i));
		weir_cell *row = add_row(b, table);
		left -= part;
		shown += part;
		row[WEIR_COL_obligors_number] = weir_cell_number(i + 1);
		row[WEIR_COL_obligors_obligor] =
			weir_cell_key(obligor_names[i][0], obligor_names[i][1], obligor_names[i][2]);
		row[WEIR_COL_obligors_industry] = i % 3 ? weir_cell_text("Electronics", "电子信息")
		                                        : weir_cell_text("Pharmaceuticals", "生物医药");
		row[WEIR_COL_obligors_region] = weir_cell_text("Shanghai", "上海");
		row[WEIR_COL_obligors_contracts] = weir_cell_number(1);
		row[WEIR_COL_obligors_principal] = money(part);
		row[WEIR_COL_obligors_receivable] = money(weir_round_half_away(part * 1.08));
		row[WEIR_COL_obligors_share] = weir_cell_number(part / total);
		row[WEIR_COL_obligors_cumulative_share] = weir_cell_number(shown / total);
	}
}

/* Tables that need not tie to anything. */
static void build_pool(build *b)
{
	const sample_deal *deal = b->deal;
	weir_cell *row;
	weir_table *table = add_table(b, WEIR_TABLE_pool_status);
	row = add_row(b, table);
	row[WEIR_COL_pool_status_item] = weir_cell_text("Contracts", "笔数");
	row[WEIR_COL_pool_status_initial] = weir_cell_typed(WEIR_CELL_INTEGER, 0, deal->obligors);
	row = add_row(b, table);
	row[WEIR_COL_pool_status_item] = weir_cell_text("Outstanding principal", "未偿本金余额");
	row[WEIR_COL_pool_status_initial] = weir_cell_typed(WEIR_CELL_MONEY, 0, pool_size(deal));
	row = add_row(b, table);
	row[WEIR_COL_pool_status_item] = weir_cell_text("Weighted average rate", "加权平均利率");
	row[WEIR_COL_pool_status_initial] = weir_cell_typed(WEIR_CELL_RATE, 12, 0.072);
	row = add_row(b, table);
	row[WEIR_COL_pool_status_item] =
		weir_cell_text("Weighted average remaining term (months)", "加权平均剩余期限(月)");
	row[WEIR_COL_pool_status_initial] = weir_cell_typed(WEIR_CELL_NUMBER, 2, 13.872);

	table = add_table(b, WEIR_TABLE_concentration);
	row = add_row(b, table);
	row[WEIR_COL_concentration_measure] = weir_cell_text("Largest obligor", "第一大债务人");
	row[WEIR_COL_concentration_name] = weir_cell_key("L08", obligor_names[0][1], obligor_names[0][2]);
	row[WEIR_COL_concentration_share] = weir_cell_number(0.136842);
	row[WEIR_COL_concentration_limit] = weir_cell_number(0.15);
	row[WEIR_COL_concentration_status] = weir_cell_key("within", NULL, NULL);
	row = add_row(b, table);
	row[WEIR_COL_concentration_measure] = weir_cell_text("Largest industry", "第一大行业");
	row[WEIR_COL_concentration_name] = weir_cell_text("Electronics", "电子信息");
	row[WEIR_COL_concentration_share] = weir_cell_number(0.66);
	row[WEIR_COL_concentration_limit] = weir_cell_number(0.6);
	row[WEIR_COL_concentration_status] = weir_cell_key("over", NULL, NULL);
}

static void build_ip(build *b)
{
	weir_cell *row;
	weir_table *table = add_table(b, WEIR_TABLE_ip_stats);
	row = add_row(b, table);
	row[WEIR_COL_ip_stats_kind] = weir_cell_text("Invention patent", "发明专利");
	row[WEIR_COL_ip_stats_items] = weir_cell_number(43);
	row[WEIR_COL_ip_stats_valuation] = money(6120000000);
	row[WEIR_COL_ip_stats_remaining_years] = weir_cell_number(12.37);
	row = add_row(b, table);
	row[WEIR_COL_ip_stats_kind] = weir_cell_text("Utility model", "实用新型");
	row[WEIR_COL_ip_stats_items] = weir_cell_number(17);
	row[WEIR_COL_ip_stats_valuation] = money(913000000);
	row[WEIR_COL_ip_stats_remaining_years] = weir_cell_number(5.02);
	row[WEIR_COL_ip_stats_expiring] = weir_cell_number(2);

	table = add_table(b, WEIR_TABLE_ip);
	for (int i = 0; i < 12; i++) {
		row = add_row(b, table);
		row[WEIR_COL_ip_id] = weir_cell_text(i % 2 ? "P002" : "P001", NULL);
		row[WEIR_COL_ip_kind] = weir_cell_text("Invention patent", "发明专利");
		row[WEIR_COL_ip_number] = weir_cell_text("ZL201810123456.7", NULL);
		row[WEIR_COL_ip_title] =
			weir_cell_text("Low-noise optical front end for lidar", "一种用于激光雷达的低噪声光学前端");
		row[WEIR_COL_ip_holder] = weir_cell_text(obligor_names[i % 9][1], obligor_names[i % 9][2]);
		row[WEIR_COL_ip_expires] = weir_cell_number(date("2038-02-11"));
		row[WEIR_COL_ip_annuity_paid_to] = weir_cell_number(date("2024-02-11"));
		row[WEIR_COL_ip_status] = weir_cell_key(i == 5 ? "lapsed" : "valid", NULL, NULL);
		row[WEIR_COL_ip_disputed] = weir_cell_number(i == 3);
		row[WEIR_COL_ip_valuation] = money(123000000 + i * 7700000);
		row[WEIR_COL_ip_valuation_date] = weir_cell_number(date("2022-12-31"));
	}
}

static void build_texts(build *b)
{
	weir_cell *row;
	weir_table *table = add_table(b, WEIR_TABLE_triggers);
	row = add_row(b, table);
	row[WEIR_COL_triggers_trigger] = weir_cell_key("accelerate", "Acceleration event", "加速清偿事件");
	row[WEIR_COL_triggers_condition] =
		weir_cell_text("pool.cumulative_default_rate above 10%", "累计违约率超过10%");
	row[WEIR_COL_triggers_clause] = weir_cell_text("14.1", NULL);
	row[WEIR_COL_triggers_effect] = weir_cell_text("waterfall \"accelerated\"", "改按加速清偿顺序分配");
	row[WEIR_COL_triggers_status] = weir_cell_key("clear", NULL, NULL);

	table = add_table(b, WEIR_TABLE_tests);
	row = add_row(b, table);
	row[WEIR_COL_tests_period] = weir_cell_number(1);
	row[WEIR_COL_tests_test] = weir_cell_key("accelerate", "Acceleration event", "加速清偿事件");
	row[WEIR_COL_tests_value] = weir_cell_typed(WEIR_CELL_RATE, 12, 0);
	row[WEIR_COL_tests_threshold] = weir_cell_typed(WEIR_CELL_RATE, 12, 0.1);
	row[WEIR_COL_tests_status] = weir_cell_key("clear", NULL, NULL);

	table = add_table(b, WEIR_TABLE_parties);
	row = add_row(b, table);
	row[WEIR_COL_parties_role] = weir_cell_text("Originator, servicer", "原始权益人、资产服务机构");
	row[WEIR_COL_parties_name] = weir_cell_text("Example IP Leasing", "示例知识产权租赁");
	row = add_row(b, table);
	row[WEIR_COL_parties_role] = weir_cell_text("Shortfall payer", "差额支付承诺人");
	row[WEIR_COL_parties_name] = weir_cell_text("Example Holding", "示例控股集团");
	row[WEIR_COL_parties_rating] = weir_cell_text("AAA", NULL);

	table = add_table(b, WEIR_TABLE_waterfall_text);
	row = add_row(b, table);
	row[WEIR_COL_waterfall_text_waterfall] = weir_cell_text("Normal", "正常分配");
	row[WEIR_COL_waterfall_text_rank] = weir_cell_text("1", NULL);
	row[WEIR_COL_waterfall_text_text] = weir_cell_text("Pay VAT and surcharge", "支付增值税及附加");
	row[WEIR_COL_waterfall_text_clause] = weir_cell_text("13.2(1)", NULL);
}

static void build_forecast(build *b)
{
	const sample_deal *deal = b->deal;
	weir_table *table = add_table(b, WEIR_TABLE_forecast);
	for (int k = 1; k <= deal->period_count; k++) {
		const sample *s = &deal->periods[k - 1];
		weir_cell *row = add_row(b, table);
		row[WEIR_COL_forecast_period] = weir_cell_number(k);
		row[WEIR_COL_forecast_payment_date] = weir_cell_number(date(s->payment));
		row[WEIR_COL_forecast_pool_principal] = money(s->principal);
		row[WEIR_COL_forecast_pool_income] = money(s->income);
		row[WEIR_COL_forecast_taxes_and_fees] = money(s->taxes + s->fees);
		row[WEIR_COL_forecast_senior_interest_paid] = money(sum_of(s->interest_paid));
		row[WEIR_COL_forecast_senior_principal_paid] = money(sum_of(s->principal_paid));
		row[WEIR_COL_forecast_coverage] = weir_cell_number(s->coverage);
		row[WEIR_COL_forecast_senior_balance] = money(senior_balance(deal, k));
		row[WEIR_COL_forecast_subordinated_paid] = money(s->subordinated);
	}
}

static void build_facts(build *b)
{
	weir_diags diags = { 0 };
	static const char *const facts[][2] = {
		{ "engine_version", "0.1.0" },
		{ "rounding", "half away from zero, to the cent" },
		{ "calendar", "CN-work" },
		{ "sha256:deal.xml", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" },
		{ "sha256:<tape>.csv", "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752" },
	};
	for (size_t i = 0; i < sizeof facts / sizeof *facts && b->status == WEIR_OK; i++)
		b->status = weir_results_add_fact(b->results, facts[i][0], facts[i][1]);
	if (b->status == WEIR_OK)
		b->status = weir_results_set_scenario(b->results, "S0", "Base case", "基准情景");
	weir_diag_disclosure(&diags, ASSUMPTION, (weir_place){ 0 },
	                     "industry and region of \"L01\" are illustrative", "L01的行业及地区均为示例");
	weir_diag_disclosure(&diags, CONCENTRATION, (weir_place){ 0 }, "\"L08\" owes 13.68%% of the pool",
	                     "L08占资产池的13.68%%");
	if (b->status == WEIR_OK)
		b->status = diags.lost ? WEIR_NO_MEMORY : weir_results_add_disclosures(b->results, &diags);
	weir_diags_free(&diags);
}

weir_status report_fixture_create(weir_results **out, int number)
{
	build b = { .deal = &deals[number] };
	b.status = weir_results_create(&b.results, b.deal->id, b.deal->en, b.deal->zh, "CNY", 2);
	if (b.status != WEIR_OK)
		return b.status;
	build_facts(&b);
	build_terms(&b);
	build_capital(&b);
	build_periods(&b);
	build_classes(&b);
	build_payment(&b);
	build_sources(&b);
	build_trace(&b);
	build_accounts(&b);
	build_summary(&b);
	build_obligors(&b);
	build_pool(&b);
	build_ip(&b);
	build_texts(&b);
	build_forecast(&b);
	if (b.status != WEIR_OK) {
		weir_results_destroy(b.results);
		return b.status;
	}
	*out = b.results;
	return WEIR_OK;
}

/* --- words ------------------------------------------------------------------------------------------------------ */

/* Names of formulas (docs/formulas.md), and what only formulas have. */
static const char formula_pattern[] =
	"(^|[^A-Za-z0-9_.])(pool|servicing)\\.(balance|principal|income|collected|defaulted|cumulative|overdue|recovered|prepaid|"
	"scheduled|lost)"
	"|(^|[^A-Za-z0-9_.])classes\\.[a-z]"
	"|(^|[^A-Za-z0-9_.])deal\\.(legal_final|cutoff|closing|start|first_payment|last_payment|missed)"
	"|[A-Za-z0-9_]\\.(balance|due|paid|unpaid|interest_|principal_|yield_|rest_|fee_|size|target|coupon|drawn|outstanding|available|"
	"failed|is_paid|capacity|shortfall)"
	"|(^|[^A-Za-z])(min|max|if|share|top|previous|trailing|cumulative|next_interest)\\(";

/* Columns that hold formulas for whoever wants them; no template of a report prints them. */
static int is_for_formulas(const weir_table *table, const weir_column *column)
{
	return strcmp(column->id, "formula") == 0 && strcmp(table->id, "trigger_terms") == 0;
}

int report_raw_formula(const weir_results *results, char *wrong, size_t size)
{
	regex_t pattern;
	int found = 0;
	ck_assert_int_eq(regcomp(&pattern, formula_pattern, REG_EXTENDED | REG_NOSUB), 0);
	for (size_t t = 0; t < results->table_count; t++) {
		const weir_table *table = results->tables[t];
		for (size_t i = 0; !found && i < table->row_count * (size_t)table->column_count; i++) {
			const weir_cell *cell = &table->cells[i];
			const weir_column *column = &table->columns[i % (size_t)table->column_count];
			const char *texts[] = { cell->en, cell->zh };
			for (int n = 0; cell->present && n < 2 && !found && !is_for_formulas(table, column); n++)
				if (texts[n] && regexec(&pattern, texts[n], 0, NULL, 0) == 0) {
					found = 1;
					snprintf(wrong, size, "table %s, row %zu, column %s: %.200s", table->id,
					         i / (size_t)table->column_count + 1, column->id, texts[n]);
				}
		}
	}
	regfree(&pattern);
	return found;
}
