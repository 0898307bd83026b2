/* SPDX-License-Identifier: GPL-3.0-or-later */
/* describe_scenarios.c: what may happen to a deal, as its scenario file says. */
#include <string.h>

#include "deal/describe_int.h"

static const char *const labels[] = { "none", "document", "third-party", "assumption", NULL };

static const weir_told scenario_terms[] = {
	WEIR_TELLS_NODE(weir_scenario),
	WEIR_TELLS(weir_scenario, family, TEXT, "family", "Family", "情景组", "none"),
	WEIR_TELLS(weir_scenario, source, TEXT, "source", "Source", "来源", "none"),
	WEIR_TELLS(weir_scenario, source_zh, TEXT, "source-zh", "Source in Chinese", "中文来源", "none"),
	WEIR_TELLS_WORD(weir_scenario, label, WORD, "label", "Trust label", "可信度", labels, "none"),
	WEIR_TELLS_END
};

static const char *const shock_kinds[] = { "receipts",  "decay",  "late",   "balloon-late", "default",
	                                   "prepay",    "recovery", "valuation", "ip-lost", "rate",
	                                   "fx",        "coupon", "supporter", "servicer", "set",
	                                   NULL };
static const char *const scopes[] = { "all",  "obligor", "largest", "contract", "kind",  "industry",
	                              "region", "grade", "ip",      "class",    "senior", NULL };
static const char *const parts[] = { "both", "principal", "income", NULL };
static const char *const profiles[] = { "annual", "monthly", "abs", "curve", "date", NULL };
static const char *const channels[] = { "collection", "disposal", NULL };

/* Every member of a shock, each shown only where it is not the plain one. */
static const weir_told shock_terms[] = {
	WEIR_TELLS_WORD(weir_shock, kind, WORD, "kind", "Shock", "冲击", shock_kinds, "none"),
	WEIR_TELLS_WORD(weir_shock, scope, WORD, "scope", "Scope", "范围", scopes, "all"),
	WEIR_TELLS(weir_shock, value, NUMBER, "value", "Value", "数值", "none"),
	WEIR_TELLS(weir_shock, text, TEXT, "set-to", "Value as written", "设定值", "none"),
	WEIR_TELLS(weir_shock, largest, COUNT, "largest", "How many", "户数", "0"),
	WEIR_TELLS(weir_shock, months, MONTHS, "months", "Months", "月数", "0 months"),
	WEIR_TELLS(weir_shock, stop_months, MONTHS, "stop", "Months without receipts", "停付月数", "0 months"),
	WEIR_TELLS_WORD(weir_shock, part, WORD, "part", "Part", "部分", parts, "both"),
	WEIR_TELLS(weir_shock, from, DATE, "from", "From", "起始日", "none"),
	WEIR_TELLS(weir_shock, to, DATE, "to", "To", "截止日", "none"),
	WEIR_TELLS(weir_shock, from_month, COUNT, "month", "Month", "月份", "0"),
	WEIR_TELLS_WORD(weir_shock, profile, WORD, "profile", "Profile", "路径", profiles, "annual"),
	WEIR_TELLS_WORD(weir_shock, channel, WORD, "channel", "Channel", "渠道", channels, "collection"),
	WEIR_TELLS(weir_shock, cost, RATE, "cost", "Cost", "费用", "0%"),
	WEIR_TELLS_END
};

/* What the shock is on, where it is named: a contract, a class, a parameter … */
static void describe_target(weir_describer *d, const weir_shock *shock)
{
	static const weir_term target = { "target", "Target", "对象", "none", 0 };
	int of_pool = shock->scope == WEIR_SCOPE_OBLIGOR || shock->scope == WEIR_SCOPE_CONTRACT ||
	              shock->scope == WEIR_SCOPE_IP || shock->kind == WEIR_SHOCK_IP_LOST;
	int of_deal = shock->scope == WEIR_SCOPE_CLASS || shock->kind == WEIR_SHOCK_SUPPORTER;
	weir_text name = { 0 };
	if (!shock->target)
		return;
	if (shock->kind == WEIR_SHOCK_SET)
		weir_describe_name(d->deal, d->options, shock->target, strlen(shock->target), &name);
	else if (of_pool || of_deal)
		weir_text_add(&name, weir_describe_reference(d, shock->target, of_pool));
	else
		weir_text_add(&name, shock->target);
	weir_describe_term(d, &target, NULL, name.data);
	d->status = name.failed ? WEIR_NO_MEMORY : d->status;
	weir_text_free(&name);
}

/* One shock in one text: "kind receipts, scope largest, value 0.3, largest 1". */
static void describe_shock(weir_describer *d, const weir_shock *shock, int number)
{
	static const weir_term whole = { "shock", "Shock", "冲击", "none", 1 };
	weir_text text = { 0 };
	d->joined = &text;
	weir_describe_members(d, shock_terms, shock, NULL);
	describe_target(d, shock);
	d->joined = NULL;
	for (int i = 0; i < shock->value_count; i++)
		weir_text_printf(&text, "%s%.12g%%", i ? " " : ", values ", shock->values[i] * 100);
	weir_describe_term(d, &whole, weir_describe_detail(d, WEIR_DATE_NONE, number), text.data);
	d->status = text.failed ? WEIR_NO_MEMORY : d->status;
	weir_text_free(&text);
}

static void describe_scenario(weir_describer *d, const weir_scenario *scenario)
{
	weir_describe_element(d, WEIR_ELEMENT_SCENARIO, scenario->node.id, scenario->node.place, -1);
	weir_describe_members(d, scenario_terms, scenario, NULL);
	for (int i = 0; i < scenario->shock_count && d->status == WEIR_OK; i++)
		describe_shock(d, &scenario->shocks[i], i + 1);
}

static void describe_family(weir_describer *d, const weir_scenarios *scenarios, const weir_family *family)
{
	static const weir_told terms[] = { WEIR_TELLS_NODE(weir_family), WEIR_TELLS_END };
	static const weir_term of = { "scenarios", "Scenarios", "情景", "none", 0 };
	weir_text ids = { 0 };
	weir_describe_element(d, WEIR_ELEMENT_FAMILY, family->node.id, family->node.place, -1);
	weir_describe_members(d, terms, family, NULL);
	for (int i = 0; i < family->count; i++)
		weir_text_printf(&ids, "%s%s", i ? " " : "", scenarios->items[family->scenarios[i]].node.id);
	weir_describe_term(d, &of, NULL, ids.data);
	d->status = ids.failed ? WEIR_NO_MEMORY : d->status;
	weir_text_free(&ids);
}

void weir_describe_scenarios(weir_describer *d, const weir_scenarios *scenarios)
{
	for (int i = 0; i < scenarios->count; i++)
		describe_scenario(d, &scenarios->items[i]);
	for (int i = 0; i < scenarios->family_count; i++)
		describe_family(d, scenarios, &scenarios->families[i]);
}
