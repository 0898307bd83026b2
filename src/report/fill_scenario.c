/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_scenario.c: the shocks of the scenario that was run, in words: what, to whom, how much, when. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/fill_deal.h"
#include "report/fill_places.h"

#define COL WEIR_FILL_COL

/* --- to whom ---------------------------------------------------------------------------------------------------- */

static weir_cell obligor_scope(weir_filler *f, const char *id)
{
	const weir_pool_terms *terms = &f->deal->pool;
	for (int i = 0; i < terms->obligor_count; i++)
		if (id && strcmp(terms->obligors[i].id, id) == 0)
			return weir_fill_name(f, id, terms->obligors[i].en, terms->obligors[i].zh);
	return weir_fill_name(f, id, NULL, NULL);
}

static weir_cell contract_scope(weir_filler *f, const char *id)
{
	const weir_pool_terms *terms = &f->deal->pool;
	for (int i = 0; i < terms->contract_count; i++)
		if (id && strcmp(terms->contracts[i].id, id) == 0)
			return weir_fill_name(f, id, terms->contracts[i].en, terms->contracts[i].zh);
	return weir_fill_name(f, id, NULL, NULL);
}

static weir_cell ip_scope(weir_filler *f, const char *id)
{
	const weir_pool_terms *terms = &f->deal->pool;
	for (int i = 0; i < terms->ip_count; i++)
		if (id && strcmp(terms->ip[i].id, id) == 0)
			return weir_fill_name(f, id, terms->ip[i].title_en, terms->ip[i].title_zh);
	return weir_fill_name(f, id, NULL, NULL);
}

/* "Largest obligor: NAME", "Largest 3 obligors". */
static weir_cell largest_scope(weir_filler *f, int count)
{
	weir_cell word = weir_fill_word("largest-obligor");
	weir_text en = { 0 }, zh = { 0 };
	if (count > 1) {
		weir_text_printf(&en, "Largest %d obligors", count);
		weir_text_printf(&zh, "前%d大债务人", count);
		return weir_fill_written(f, &en, &zh);
	}
	if (f->pool->largest_obligor < 0)
		return word;
	const weir_obligor *o = &f->deal->pool.obligors[f->pool->largest_obligor];
	weir_cell name = weir_fill_name(f, o->id, o->en, o->zh);
	weir_text_printf(&en, "%s: %s", word.en, name.en ? name.en : "");
	weir_text_printf(&zh, "%s：%s", word.zh, name.zh ? name.zh : "");
	weir_cell cell = weir_fill_written(f, &en, &zh);
	cell.key = word.key;
	return cell;
}

/* "Industry: software". */
static weir_cell attribute_scope(weir_filler *f, const char *en, const char *zh, weir_cell target)
{
	weir_text words = { 0 }, chinese = { 0 };
	weir_text_printf(&words, "%s: %s", en, target.en ? target.en : "");
	weir_text_printf(&chinese, "%s：%s", zh, target.zh ? target.zh : "");
	return weir_fill_written(f, &words, &chinese);
}

static weir_cell class_scope(weir_filler *f, const char *id)
{
	int class = weir_deal_find_class(f->deal, id);
	return class < 0 ? weir_fill_name(f, id, NULL, NULL) : weir_fill_node(f, &f->deal->classes[class].node);
}

static weir_cell party_scope(weir_filler *f, const char *id)
{
	int party = weir_deal_find_party(f->deal, id);
	return party < 0 ? weir_fill_name(f, id, NULL, NULL) : weir_fill_node(f, &f->deal->parties[party].node);
}

/* Shocks whose target is a thing of their own kind, whatever the scope. */
static int has_own_target(weir_shock_kind kind)
{
	return kind == WEIR_SHOCK_SET || kind == WEIR_SHOCK_SUPPORTER || kind == WEIR_SHOCK_SERVICER ||
	       kind == WEIR_SHOCK_IP_LOST || kind == WEIR_SHOCK_FX;
}

static weir_cell own_target(weir_filler *f, const weir_shock *shock)
{
	if (shock->kind == WEIR_SHOCK_SUPPORTER)
		return party_scope(f, shock->target);
	if (shock->kind == WEIR_SHOCK_IP_LOST)
		return ip_scope(f, shock->target);
	if (shock->kind != WEIR_SHOCK_SERVICER)
		return weir_fill_text(f, shock->target, NULL);
	if (f->deal->servicing.party >= 0)
		return weir_fill_node(f, &f->deal->parties[f->deal->servicing.party].node);
	return weir_fill_word("servicer");
}

weir_cell weir_fill_shock_scope(weir_filler *f, const weir_shock *shock)
{
	if (has_own_target(shock->kind))
		return own_target(f, shock);
	switch (shock->scope) {
	case WEIR_SCOPE_OBLIGOR:
		return obligor_scope(f, shock->target);
	case WEIR_SCOPE_LARGEST:
		return largest_scope(f, shock->largest);
	case WEIR_SCOPE_CONTRACT:
		return contract_scope(f, shock->target);
	case WEIR_SCOPE_KIND:
		return weir_fill_word(shock->target);
	case WEIR_SCOPE_INDUSTRY:
		return shock->target ? attribute_scope(f, "Industry", "行业", weir_fill_industry(f, shock->target)) :
		                       weir_fill_word("top-industry");
	case WEIR_SCOPE_REGION:
		return attribute_scope(f, "Region", "地区", weir_fill_region(f, shock->target));
	case WEIR_SCOPE_GRADE:
		return attribute_scope(f, "Grade", "内部评级", weir_fill_text(f, shock->target, NULL));
	case WEIR_SCOPE_IP:
		return ip_scope(f, shock->target);
	case WEIR_SCOPE_CLASS:
		return class_scope(f, shock->target);
	case WEIR_SCOPE_SENIOR:
		return weir_fill_word("senior-classes");
	case WEIR_SCOPE_ALL:
		break;
	}
	return weir_fill_word(shock->kind == WEIR_SHOCK_COUPON ? "all-classes" : "all-contracts");
}

/* --- what and how much ------------------------------------------------------------------------------------------ */

static const char *profile_key(const weir_shock *shock)
{
	int prepay = shock->kind == WEIR_SHOCK_PREPAY;
	switch (shock->profile) {
	case WEIR_PROFILE_ANNUAL:
		return prepay ? "cpr" : "cdr";
	case WEIR_PROFILE_MONTHLY:
		return prepay ? "smm" : "mdr";
	case WEIR_PROFILE_ABS:
		return "abs-speed";
	case WEIR_PROFILE_CURVE:
		return prepay ? "prepay-total" : "default-total";
	case WEIR_PROFILE_DATE:
		break;
	}
	return prepay ? "prepay-date" : "default-date";
}

static const char *shock_key(const weir_shock *shock)
{
	static const char *const parts[] = { [WEIR_PART_BOTH] = "receipts",
		                             [WEIR_PART_PRINCIPAL] = "receipts-principal",
		                             [WEIR_PART_INCOME] = "receipts-income" };
	switch (shock->kind) {
	case WEIR_SHOCK_RECEIPTS:
		return parts[shock->part];
	case WEIR_SHOCK_DECAY:
		return "decay";
	case WEIR_SHOCK_LATE:
		return "late";
	case WEIR_SHOCK_BALLOON_LATE:
		return "balloon-late";
	case WEIR_SHOCK_DEFAULT:
	case WEIR_SHOCK_PREPAY:
		return profile_key(shock);
	case WEIR_SHOCK_RECOVERY:
		return shock->channel == WEIR_CHANNEL_DISPOSAL ? "recovery-disposal" : "recovery-collection";
	case WEIR_SHOCK_VALUATION:
		return "valuation-cut";
	case WEIR_SHOCK_IP_LOST:
		return "ip-lost";
	case WEIR_SHOCK_RATE:
		return "rate-added";
	case WEIR_SHOCK_FX:
		return "fx";
	case WEIR_SHOCK_COUPON:
		return "coupon";
	case WEIR_SHOCK_SUPPORTER:
		return "supporter-fails";
	case WEIR_SHOCK_SERVICER:
		return "servicer-fails";
	case WEIR_SHOCK_SET:
		break;
	}
	return "set";
}

/* A parameter in its own unit. */
static weir_cell set_value(const weir_filler *f, const weir_shock *shock)
{
	const weir_parameter *parameter =
		shock->target ? weir_plan_find_parameter(f->outcome->plan, shock->target) : NULL;
	switch (parameter ? parameter->type : WEIR_TYPE_RATE) {
	case WEIR_TYPE_MONEY:
		return weir_cell_typed(WEIR_CELL_MONEY, 0, shock->value);
	case WEIR_TYPE_NUMBER:
		return weir_cell_typed(WEIR_CELL_NUMBER, 6, shock->value);
	case WEIR_TYPE_DATE:
		return weir_cell_typed(WEIR_CELL_DATE, 0, shock->value);
	case WEIR_TYPE_FLAG:
		return weir_cell_typed(WEIR_CELL_FLAG, 0, shock->value);
	default:
		return weir_cell_typed(WEIR_CELL_RATE, 12, shock->value);
	}
}

static weir_cell shock_value(const weir_filler *f, const weir_shock *shock)
{
	switch (shock->kind) {
	case WEIR_SHOCK_SET:
		return set_value(f, shock);
	case WEIR_SHOCK_BALLOON_LATE:
	case WEIR_SHOCK_IP_LOST:
	case WEIR_SHOCK_SUPPORTER:
	case WEIR_SHOCK_SERVICER:
		return (weir_cell){ 0 };
	case WEIR_SHOCK_DEFAULT:
	case WEIR_SHOCK_PREPAY:
		if (shock->profile == WEIR_PROFILE_DATE)
			return (weir_cell){ 0 };
		if (shock->profile != WEIR_PROFILE_CURVE && shock->values)
			return shock->value_count == 1 ? weir_cell_typed(WEIR_CELL_RATE, 12, shock->values[0]) :
			                                 (weir_cell){ 0 };
		break;
	default:
		break;
	}
	return weir_cell_typed(WEIR_CELL_RATE, 12, shock->value);
}

static weir_cell shock_months(const weir_shock *shock)
{
	int has = shock->kind == WEIR_SHOCK_LATE || shock->kind == WEIR_SHOCK_BALLOON_LATE ||
	          shock->kind == WEIR_SHOCK_RECOVERY || (shock->kind == WEIR_SHOCK_SERVICER && shock->months >= 0);
	return weir_cell_number(has ? shock->months : NAN);
}

/* --- when, and the rest ----------------------------------------------------------------------------------------- */

/* "from 2024-06-20", "from month 6", "2024-06-20 to 2024-12-20". */
static weir_cell when_cell(weir_filler *f, const weir_shock *shock)
{
	weir_text en = { 0 }, zh = { 0 };
	char day[11];
	if (shock->from_month > 0) {
		weir_text_printf(&en, "from month %d", shock->from_month);
		weir_text_printf(&zh, "自第%d个月起", shock->from_month);
	} else if (shock->from != WEIR_DATE_NONE) {
		weir_date_format(shock->from, day);
		weir_text_printf(&en, "from %s", day);
		weir_text_printf(&zh, "自%s起", day);
	}
	if (shock->to != WEIR_DATE_NONE) {
		weir_date_format(shock->to, day);
		weir_text_printf(&en, "%sto %s", en.length ? " " : "", day);
		weir_text_printf(&zh, "至%s", day);
	}
	return weir_fill_written(f, &en, &zh);
}

static void add_rate(weir_text *to, double rate)
{
	weir_text_printf(to, "%.10g%%", weir_rate_normal(rate) * 100);
}

/* "2%, 3%, 4%" by year, by month, or by equal part of the time. */
static void add_values(const weir_shock *shock, weir_text *en, weir_text *zh)
{
	int curve = shock->profile == WEIR_PROFILE_CURVE, annual = shock->profile == WEIR_PROFILE_ANNUAL;
	weir_text list = { 0 };
	for (int i = 0; i < shock->value_count; i++) {
		weir_text_add(&list, i ? ", " : "");
		add_rate(&list, shock->values[i]);
	}
	weir_text_printf(en, "%s: %s", curve ? "by equal part of the time" : annual ? "by year" : "by month",
	                 list.data ? list.data : "");
	weir_text_printf(zh, "%s：%s", curve ? "按等分时段" : annual ? "按年" : "按月", list.data ? list.data : "");
	en->failed |= list.failed;
	weir_text_free(&list);
}

static weir_cell detail_cell(weir_filler *f, const weir_shock *shock)
{
	weir_text en = { 0 }, zh = { 0 };
	int profiled = shock->kind == WEIR_SHOCK_DEFAULT || shock->kind == WEIR_SHOCK_PREPAY;
	if (profiled && shock->values && shock->profile != WEIR_PROFILE_DATE &&
	    (shock->value_count > 1 || shock->profile == WEIR_PROFILE_CURVE))
		add_values(shock, &en, &zh);
	if (shock->kind == WEIR_SHOCK_RECOVERY && shock->cost > 0) {
		weir_text_add(&en, "costs take ");
		weir_text_add(&zh, "处置费用占");
		add_rate(&en, shock->cost);
		add_rate(&zh, shock->cost);
	}
	if (shock->kind == WEIR_SHOCK_SERVICER && shock->stop_months > 0) {
		weir_text_printf(&en, "nothing comes in for %d months", shock->stop_months);
		weir_text_printf(&zh, "%d个月内无回款", shock->stop_months);
	}
	return weir_fill_written(f, &en, &zh);
}

/* "rating reports, undated (third party, not checked)". */
static weir_cell source_cell(weir_filler *f, const weir_scenario *scenario)
{
	static const char *const labels[][2] = { [WEIR_LABEL_NONE] = { "", "" },
		                                 [WEIR_LABEL_DOCUMENT] = { "document", "文件" },
		                                 [WEIR_LABEL_THIRD_PARTY] = { "third party, not checked",
		                                                              "第三方，未经核实" },
		                                 [WEIR_LABEL_ASSUMPTION] = { "assumption", "假设" } };
	weir_text en = { 0 }, zh = { 0 };
	if (scenario->label != WEIR_LABEL_NONE) {
		weir_text_add(&en, labels[scenario->label][0]);
		weir_text_add(&zh, labels[scenario->label][1]);
	}
	const char *source_zh = scenario->source_zh || weir_has_chinese(scenario->source) || zh.length == 0 ?
	                                scenario->source_zh ? scenario->source_zh : scenario->source :
	                                NULL;
	if (scenario->source)
		weir_text_printf(&en, "%s%s", en.length ? ": " : "", scenario->source);
	if (source_zh)
		weir_text_printf(&zh, "%s%s", zh.length ? "：" : "", source_zh);
	return weir_fill_written(f, &en, &zh);
}

void weir_fill_scenario(weir_filler *f)
{
	const weir_scenario *scenario = f->outcome->scenario;
	weir_table *table = NULL;
	for (int i = 0; scenario && i < scenario->shock_count; i++) {
		const weir_shock *shock = &scenario->shocks[i];
		weir_cell *row = weir_fill_row(f, &table, WEIR_TABLE_scenarios);
		if (!row)
			return;
		COL(scenarios, scenario) = weir_fill_node(f, &scenario->node);
		COL(scenarios, shock) = weir_fill_word(shock_key(shock));
		COL(scenarios, scope) = weir_fill_shock_scope(f, shock);
		COL(scenarios, value) = shock_value(f, shock);
		COL(scenarios, months) = shock_months(shock);
		COL(scenarios, from) = when_cell(f, shock);
		COL(scenarios, detail) = detail_cell(f, shock);
		if (i == 0)
			COL(scenarios, source) = source_cell(f, scenario);
	}
}
