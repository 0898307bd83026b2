/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_stress_words.c: what scenarios say, in words, subject by subject: one row a scenario. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/fill_deal.h"
#include "report/fill_run.h"
#include "report/fill_stress.h"

#define COL WEIR_RUN_COL

/* What a scenario says of one subject, shock behind shock. */
typedef struct phrase {
	weir_text en, zh;
} phrase;

static void begin(phrase *p)
{
	if (p->en.length == 0)
		return;
	weir_text_add(&p->en, "; ");
	weir_text_add(&p->zh, "；");
}

static void add_both(phrase *p, const char *en, const char *zh)
{
	weir_text_add(&p->en, en);
	weir_text_add(&p->zh, zh);
}

static void add_rate(phrase *p, double rate)
{
	weir_text_printf(&p->en, "%.6g%%", weir_rate_normal(rate) * 100);
	weir_text_printf(&p->zh, "%.6g%%", weir_rate_normal(rate) * 100);
}

/* "−10 %": what a factor takes off. */
static void add_less(phrase *p, double factor)
{
	double change = weir_rate_normal(factor - 1);
	add_both(p, change < 0 ? "−" : "+", change < 0 ? "−" : "+");
	add_rate(p, fabs(change));
}

static void add_points(phrase *p, double rate)
{
	double points = weir_rate_normal(rate) * 10000;
	weir_text_printf(&p->en, "%s%.6g bp", points < 0 ? "−" : "+", fabs(points));
	weir_text_printf(&p->zh, "%s%.6g个基点", points < 0 ? "−" : "+", fabs(points));
}

/* "Firm one: ": to whom, unless it is all. */
static void add_scope(phrase *p, weir_filler *f, const weir_shock *shock)
{
	if (shock->scope == WEIR_SCOPE_ALL)
		return;
	weir_cell scope = weir_fill_shock_scope(f, shock);
	weir_text_printf(&p->en, "%s: ", scope.en ? scope.en : "");
	weir_text_printf(&p->zh, "%s：", scope.zh ? scope.zh : "");
}

/* ", from month 6", ", to 2024-06-20". */
static void add_when(phrase *p, const weir_shock *shock)
{
	char day[11];
	if (shock->from_month > 0) {
		weir_text_printf(&p->en, ", month %d", shock->from_month);
		weir_text_printf(&p->zh, "，第%d个月", shock->from_month);
	} else if (shock->from != WEIR_DATE_NONE) {
		weir_date_format(shock->from, day);
		weir_text_printf(&p->en, ", from %s", day);
		weir_text_printf(&p->zh, "，自%s起", day);
	}
	if (shock->to != WEIR_DATE_NONE) {
		weir_date_format(shock->to, day);
		weir_text_printf(&p->en, ", to %s", day);
		weir_text_printf(&p->zh, "，至%s", day);
	}
}

/* The rates of a profile, or the whole at once. */
static void add_profile(phrase *p, const weir_shock *shock)
{
	static const char *const words[][2] = { [WEIR_PROFILE_ANNUAL] = { " a year", "（年化）" },
		                                [WEIR_PROFILE_MONTHLY] = { " a month", "（月）" },
		                                [WEIR_PROFILE_ABS] = { " ABS", "（ABS）" },
		                                [WEIR_PROFILE_CURVE] = { " in all", "（累计）" },
		                                [WEIR_PROFILE_DATE] = { "all", "全部" } };
	if (shock->profile == WEIR_PROFILE_DATE) {
		add_both(p, words[WEIR_PROFILE_DATE][0], words[WEIR_PROFILE_DATE][1]);
		return;
	}
	if (shock->profile == WEIR_PROFILE_CURVE || !shock->values) {
		add_rate(p, shock->value);
	} else {
		for (int i = 0; i < shock->value_count; i++) {
			add_both(p, i ? ", " : "", i ? "、" : "");
			add_rate(p, shock->values[i]);
		}
	}
	add_both(p, words[shock->profile][0], words[shock->profile][1]);
}

/* How a total spreads over equal parts of the time. */
static void add_timing(phrase *p, const weir_shock *shock)
{
	double front = 0;
	int even = 1, half = shock->value_count / 2;
	for (int i = 0; i < shock->value_count; i++) {
		even &= shock->values[i] == shock->values[0];
		front += i < half ? shock->values[i] : 0;
	}
	begin(p);
	if (shock->value_count == 0 || even) {
		add_both(p, "even", "均匀");
		return;
	}
	if (shock->value_count % 2 == 0 && weir_rate_normal(front) != 0.5) {
		add_rate(p, front);
		add_both(p, " in the first half", "在前半段");
		return;
	}
	for (int i = 0; i < shock->value_count; i++) {
		add_both(p, i ? ", " : "", i ? "、" : "");
		add_rate(p, shock->values[i]);
	}
}

static void tell_default(phrase *phrases, weir_filler *f, const weir_shock *shock)
{
	phrase *p = &phrases[WEIR_SUBJECT_DEFAULT];
	begin(p);
	add_scope(p, f, shock);
	add_profile(p, shock);
	add_when(p, shock);
	if (shock->profile == WEIR_PROFILE_CURVE)
		add_timing(&phrases[WEIR_SUBJECT_TIMING], shock);
}

static void tell_recovery(phrase *phrases, weir_filler *f, const weir_shock *shock)
{
	phrase *p = &phrases[WEIR_SUBJECT_RECOVERY], *lag = &phrases[WEIR_SUBJECT_LAG];
	begin(p);
	add_scope(p, f, shock);
	if (shock->channel == WEIR_CHANNEL_DISPOSAL)
		add_both(p, "sale of IP ", "质物处置");
	add_rate(p, shock->value);
	if (shock->cost > 0) {
		add_both(p, ", costs ", "，费用");
		add_rate(p, shock->cost);
	}
	begin(lag);
	weir_text_printf(&lag->en, "%d months", shock->months);
	weir_text_printf(&lag->zh, "%d个月", shock->months);
}

static void tell_receipts(phrase *p, weir_filler *f, const weir_shock *shock)
{
	begin(p);
	if (shock->kind == WEIR_SHOCK_FX)
		weir_text_printf(&p->en, "%s ", shock->target), weir_text_printf(&p->zh, "%s ", shock->target);
	else
		add_scope(p, f, shock);
	if (shock->kind == WEIR_SHOCK_RECEIPTS && shock->part != WEIR_PART_BOTH)
		add_both(p, shock->part == WEIR_PART_INCOME ? "income " : "principal ",
		         shock->part == WEIR_PART_INCOME ? "收入" : "本金");
	add_less(p, shock->kind == WEIR_SHOCK_DECAY ? 1 - shock->value : shock->value);
	if (shock->kind == WEIR_SHOCK_DECAY)
		add_both(p, " a year", "（每年）");
	add_when(p, shock);
}

static void tell_delay(phrase *p, weir_filler *f, const weir_shock *shock)
{
	begin(p);
	add_scope(p, f, shock);
	if (shock->kind == WEIR_SHOCK_BALLOON_LATE)
		add_both(p, "last instalment", "末期款项");
	else
		add_rate(p, shock->value);
	weir_text_printf(&p->en, ", %d months", shock->months);
	weir_text_printf(&p->zh, "，%d个月", shock->months);
	add_when(p, shock);
}

static void tell_ip(phrase *p, weir_filler *f, const weir_shock *shock)
{
	begin(p);
	if (shock->kind == WEIR_SHOCK_IP_LOST) {
		weir_cell item = weir_fill_shock_scope(f, shock);
		weir_text_printf(&p->en, "%s invalid", item.en ? item.en : "");
		weir_text_printf(&p->zh, "%s失效", item.zh ? item.zh : "");
	} else {
		add_scope(p, f, shock);
		add_both(p, "value ", "价值");
		add_less(p, 1 - shock->value);
	}
	add_when(p, shock);
}

static void tell_servicer(phrase *p, const weir_shock *shock)
{
	begin(p);
	add_both(p, "servicer fails", "资产服务机构违约");
	add_when(p, shock);
	if (shock->months >= 0) {
		weir_text_printf(&p->en, ", %d months' collections lost", shock->months);
		weir_text_printf(&p->zh, "，损失%d个月归集款", shock->months);
	}
	if (shock->stop_months > 0) {
		weir_text_printf(&p->en, ", nothing comes in for %d months", shock->stop_months);
		weir_text_printf(&p->zh, "，停付%d个月", shock->stop_months);
	}
}

/* "A.coupon = 4%", as the parameter's type writes it. */
static void tell_set(phrase *p, const weir_filler *f, const weir_shock *shock)
{
	const weir_parameter *parameter = weir_plan_find_parameter(f->outcome->plan, shock->target);
	char amount[WEIR_CENTS_TEXT], day[11];
	begin(p);
	weir_text_printf(&p->en, "%s = ", shock->target);
	weir_text_printf(&p->zh, "%s = ", shock->target);
	switch (parameter ? parameter->type : WEIR_TYPE_RATE) {
	case WEIR_TYPE_MONEY:
		weir_cents_format_grouped(shock->value, f->deal->currency_digits, amount);
		add_both(p, amount, amount);
		break;
	case WEIR_TYPE_DATE:
		weir_date_format((weir_date)shock->value, day);
		add_both(p, day, day);
		break;
	case WEIR_TYPE_FLAG:
		add_both(p, shock->value != 0 ? "yes" : "no", shock->value != 0 ? "是" : "否");
		break;
	case WEIR_TYPE_RATE:
		add_rate(p, shock->value);
		break;
	default:
		weir_text_printf(&p->en, "%.10g", shock->value);
		weir_text_printf(&p->zh, "%.10g", shock->value);
		break;
	}
}

static void tell_shock(phrase *phrases, weir_filler *f, const weir_shock *shock)
{
	phrase *p = phrases;
	switch (shock->kind) {
	case WEIR_SHOCK_DEFAULT:
		tell_default(phrases, f, shock);
		break;
	case WEIR_SHOCK_RECOVERY:
		tell_recovery(phrases, f, shock);
		break;
	case WEIR_SHOCK_PREPAY:
		p = &phrases[WEIR_SUBJECT_PREPAYMENT];
		begin(p);
		add_scope(p, f, shock);
		add_profile(p, shock);
		add_when(p, shock);
		break;
	case WEIR_SHOCK_RECEIPTS:
	case WEIR_SHOCK_DECAY:
	case WEIR_SHOCK_FX:
		tell_receipts(&phrases[WEIR_SUBJECT_INCOME], f, shock);
		break;
	case WEIR_SHOCK_LATE:
	case WEIR_SHOCK_BALLOON_LATE:
		tell_delay(&phrases[WEIR_SUBJECT_DELAY], f, shock);
		break;
	case WEIR_SHOCK_VALUATION:
	case WEIR_SHOCK_IP_LOST:
		tell_ip(&phrases[WEIR_SUBJECT_IP], f, shock);
		break;
	case WEIR_SHOCK_RATE:
	case WEIR_SHOCK_COUPON:
		p = &phrases[shock->kind == WEIR_SHOCK_RATE ? WEIR_SUBJECT_SPREAD : WEIR_SUBJECT_RATES];
		begin(p);
		add_scope(p, f, shock);
		add_points(p, shock->value);
		add_when(p, shock);
		break;
	case WEIR_SHOCK_SUPPORTER: {
		weir_cell party = weir_fill_shock_scope(f, shock);
		p = &phrases[WEIR_SUBJECT_SUPPORTER];
		begin(p);
		add_both(p, party.en ? party.en : "", party.zh ? party.zh : "");
		add_when(p, shock);
		break;
	}
	case WEIR_SHOCK_SERVICER:
		tell_servicer(&phrases[WEIR_SUBJECT_OTHER], shock);
		break;
	case WEIR_SHOCK_SET:
		tell_set(&phrases[WEIR_SUBJECT_OTHER], f, shock);
		break;
	}
}

static weir_filler filler_of(const weir_stress_frame *frame)
{
	return (weir_filler){ .results = frame->results,
		              .outcome = frame->outcome,
		              .deal = weir_fill_terms_of(frame->outcome),
		              .pool = weir_plan_pool(frame->outcome->plan),
		              .periods = weir_plan_periods(frame->outcome->plan),
		              .scratch = frame->arena };
}

weir_status weir_stress_words(weir_cell *out, const weir_stress_frame *frame, const weir_scenario *scenario)
{
	weir_filler f = filler_of(frame);
	phrase phrases[WEIR_SUBJECT_COUNT] = { 0 };
	for (int i = 0; scenario && i < scenario->shock_count; i++)
		tell_shock(phrases, &f, &scenario->shocks[i]);
	for (int i = 0; i < WEIR_SUBJECT_COUNT; i++)
		out[i] = weir_fill_written(&f, &phrases[i].en, &phrases[i].zh);
	return f.failed ? WEIR_NO_MEMORY : WEIR_OK;
}

/* How far a scenario's numbers can be trusted. */
static weir_cell trust_cell(const weir_scenario *scenario)
{
	switch (scenario ? scenario->label : WEIR_LABEL_NONE) {
	case WEIR_LABEL_DOCUMENT:
		return weir_cell_key("document", "Document", "文件");
	case WEIR_LABEL_THIRD_PARTY:
		return weir_cell_key("third-party", "Third party", "第三方");
	case WEIR_LABEL_ASSUMPTION:
		return weir_cell_key("assumption", "Assumption", "假设");
	default:
		return (weir_cell){ 0 };
	}
}

weir_status weir_fill_stress_scenarios(const weir_stress_frame *frame, const double *multiples)
{
	weir_table *table;
	weir_filler f = filler_of(frame);
	weir_status status = weir_results_add_standard(&table, frame->results, WEIR_TABLE_stress_scenarios);
	for (int i = 0; i < frame->count && status == WEIR_OK; i++) {
		weir_cell words[WEIR_SUBJECT_COUNT];
		weir_cell *row = weir_table_add_row(frame->results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		status = weir_stress_words(words, frame, frame->scenarios[i]);
		COL(stress_scenarios, number) = weir_cell_number(i);
		COL(stress_scenarios, scenario) = frame->names[i];
		COL(stress_scenarios, default) = words[WEIR_SUBJECT_DEFAULT];
		COL(stress_scenarios, default_multiple) = weir_cell_number(multiples[i]);
		COL(stress_scenarios, timing) = words[WEIR_SUBJECT_TIMING];
		COL(stress_scenarios, recovery) = words[WEIR_SUBJECT_RECOVERY];
		COL(stress_scenarios, recovery_lag) = words[WEIR_SUBJECT_LAG];
		COL(stress_scenarios, prepayment) = words[WEIR_SUBJECT_PREPAYMENT];
		COL(stress_scenarios, income) = words[WEIR_SUBJECT_INCOME];
		COL(stress_scenarios, spread) = words[WEIR_SUBJECT_SPREAD];
		COL(stress_scenarios, delay) = words[WEIR_SUBJECT_DELAY];
		COL(stress_scenarios, ip) = words[WEIR_SUBJECT_IP];
		COL(stress_scenarios, supporter) = words[WEIR_SUBJECT_SUPPORTER];
		COL(stress_scenarios, rates) = words[WEIR_SUBJECT_RATES];
		COL(stress_scenarios, other) = words[WEIR_SUBJECT_OTHER];
		COL(stress_scenarios, source) = trust_cell(frame->scenarios[i]);
	}
	return f.failed ? WEIR_NO_MEMORY : status;
}
