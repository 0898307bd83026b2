/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_tests.c: the tests of triggers, period by period, and what each trigger says and did. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "report/fill_run.h"
#include "report/formula_words.h"

#define COL WEIR_RUN_COL

/* What both sides of a comparison are told in: a ratio beside a rate is a rate, and periods are counted. */
static weir_cell_type comparison_type(const weir_outcome *o, const weir_trigger_registers *r, int n)
{
	weir_type value = weir_plan_register_type(o->plan, r->value[n]);
	weir_type threshold = weir_plan_register_type(o->plan, r->threshold[n]);
	if (value == WEIR_TYPE_MONEY || threshold == WEIR_TYPE_MONEY)
		return WEIR_CELL_MONEY;
	if (value == WEIR_TYPE_RATE || threshold == WEIR_TYPE_RATE)
		return WEIR_CELL_RATE;
	if (value == WEIR_TYPE_DATE)
		return WEIR_CELL_DATE;
	if (value == WEIR_TYPE_FLAG)
		return WEIR_CELL_FLAG;
	return weir_formula_names(r->texts[n], "period") ? WEIR_CELL_INTEGER : WEIR_CELL_NUMBER;
}

static weir_cell typed_cell(weir_cell_type type, double value)
{
	if (type == WEIR_CELL_MONEY)
		return weir_cell_typed(type, 0, weir_round_half_away(value));
	return weir_cell_typed(type, type == WEIR_CELL_RATE ? 12 : type == WEIR_CELL_NUMBER ? 6 : 0, value);
}

/* What a trigger does, in both languages, one effect behind the other. */
typedef struct effects {
	const char *id;
	weir_text en, zh;
} effects;

static void add_effect(effects *to, const weir_formula *when, const char *en, const char *zh, const weir_node *node)
{
	const char *first = to->en.length ? "; " : "", *first_zh = to->zh.length ? "；" : "";
	if (!when->text || !weir_formula_names(when->text, to->id))
		return;
	weir_text_add(&to->en, first);
	weir_text_add(&to->zh, first_zh);
	weir_text_printf(&to->en, "%s \"%s\"", en, weir_node_name(node, 0));
	weir_text_printf(&to->zh, "%s“%s”", zh, weir_node_name(node, 1));
}

/* Steps that wait for it, those inside others too. */
static int count_steps(const weir_step *steps, int count, const char *id)
{
	int found = 0;
	for (int i = 0; i < count; i++) {
		const weir_formula *const formulas[] = { &steps[i].test, &steps[i].limit, &steps[i].amount };
		for (size_t f = 0; f < sizeof formulas / sizeof *formulas; f++)
			if (formulas[f]->text && weir_formula_names(formulas[f]->text, id)) {
				found++;
				break;
			}
		found += count_steps(steps[i].children, steps[i].child_count, id);
	}
	return found;
}

static void add_step_effect(effects *to, const weir_deal *deal)
{
	int count = 0;
	for (int w = 0; w < deal->waterfall_count; w++)
		count += count_steps(deal->waterfalls[w].steps, deal->waterfalls[w].step_count, to->id);
	if (count == 0)
		return;
	weir_text_printf(&to->en, "%schanges %d step%s", to->en.length ? "; " : "", count, count == 1 ? "" : "s");
	weir_text_printf(&to->zh, "%s调整分配顺序（%d项）", to->zh.length ? "；" : "", count);
}

static void list_effects(effects *to, const weir_deal *deal)
{
	for (int i = 0; i < deal->waterfall_count; i++)
		add_effect(to, &deal->waterfalls[i].when, "chooses the waterfall", "启用分配方案",
		           &deal->waterfalls[i].node);
	add_step_effect(to, deal);
	for (int i = 0; i < deal->support_count; i++)
		add_effect(to, &deal->supports[i].when, "calls", "启动", &deal->supports[i].node);
	for (int i = 0; i < deal->cover_count; i++)
		add_effect(to, &deal->covers[i].when, "decides on", "决定是否适用", &deal->covers[i].node);
	for (int i = 0; i < deal->call_count; i++)
		add_effect(to, &deal->calls[i].when, "sells the pool by", "出售资产池：", &deal->calls[i].node);
	for (int i = 0; i < deal->class_count; i++)
		add_effect(to, &deal->classes[i].raise_when, "raises the coupon of", "提高票面利率：",
		           &deal->classes[i].node);
	for (int i = 0; i < deal->fee_count; i++)
		add_effect(to, &deal->fees[i].raised_when, "raises", "提高费用：", &deal->fees[i].node);
	if (deal->servicing.fast_when.text && weir_formula_names(deal->servicing.fast_when.text, to->id)) {
		weir_text_printf(&to->en, "%sspeeds up the transfer of collections", to->en.length ? "; " : "");
		weir_text_printf(&to->zh, "%s加快归集频率", to->zh.length ? "；" : "");
	}
}

static weir_cell trigger_effect(weir_results *results, const weir_outcome *o, int trigger)
{
	const weir_deal *deal = weir_fill_terms_of(o);
	effects found = { .id = deal->triggers[trigger].node.id };
	weir_cell cell = weir_cell_text("used in formulas", "作为其他条款的适用条件");
	list_effects(&found, deal);
	if (found.en.length && found.zh.length)
		cell = weir_cell_text(weir_arena_text(results->arena, found.en.data, found.en.length),
		                      weir_arena_text(results->arena, found.zh.data, found.zh.length));
	weir_text_free(&found.en);
	weir_text_free(&found.zh);
	return cell;
}

/* Whether a comparison inside a test holds; the event is its own row. */
static weir_cell part_cell(int holds)
{
	return holds ? weir_cell_key("hit", "holds", "成立") : weir_cell_key("clear", "does not hold", "不成立");
}

static weir_cell status_cell(int hit)
{
	return hit ? weir_cell_key("hit", "hit", "已触发") : weir_cell_key("clear", "clear", "未触发");
}

/* One comparison inside a test that has several: "thin.2", in the words of the documents. */
static weir_cell comparison_cell(weir_results *results, const weir_outcome *o, int trigger, int n)
{
	const weir_node *node = &weir_fill_terms_of(o)->triggers[trigger].node;
	const weir_trigger_registers *r = &weir_fill_map(o)->triggers[trigger];
	weir_text key = { 0 }, en = { 0 }, zh = { 0 };
	weir_cell cell = { 0 };
	weir_text_printf(&key, "%s.%d", node->id, n + 1);
	weir_text_printf(&en, "%s: ", weir_node_name(node, 0));
	weir_text_printf(&zh, "%s：", weir_node_name(node, 1));
	if (weir_formula_part_words(&en, &zh, o->plan, &weir_fill_terms_of(o)->triggers[trigger].test, n, r->test_count,
	                            r->texts[n]) == WEIR_OK &&
	    !key.failed)
		cell = weir_cell_key(weir_arena_text(results->arena, key.data, key.length),
		                     weir_arena_text(results->arena, en.data, en.length),
		                     weir_arena_text(results->arena, zh.data, zh.length));
	results->failed |= !cell.key || !cell.en || !cell.zh;
	weir_text_free(&key);
	weir_text_free(&en);
	weir_text_free(&zh);
	return cell;
}

/* How far a comparison is from where it holds, of dates in days; 0 or less once it does. */
static weir_cell distance_cell(const weir_outcome *o, const weir_trigger_registers *r, int n, int period, int negated)
{
	weir_cell_type type = comparison_type(o, r, n);
	double value = weir_fill_recorded(o, r->value[n], period);
	double threshold = weir_fill_recorded(o, r->threshold[n], period);
	int holds = (weir_fill_recorded(o, r->holds[n], period) != 0) != negated;
	double distance = fabs(threshold - value) * (holds ? -1 : 1);
	if (type == WEIR_CELL_FLAG)
		return (weir_cell){ 0 };
	return typed_cell(type == WEIR_CELL_DATE ? WEIR_CELL_INTEGER : type, distance);
}

static void fill_counts(weir_cell *row, const weir_outcome *o, const weir_trigger *trigger, int period)
{
	char name[300];
	if (trigger->consecutive <= 1 && (trigger->sticky || trigger->cure <= 1))
		return;
	snprintf(name, sizeof name, "%s.held", trigger->node.id);
	COL(tests, held) = weir_cell_number(weir_fill_recorded(o, weir_plan_find_register(o->plan, name), period));
	COL(tests, needed) = weir_cell_number(trigger->consecutive);
	if (trigger->sticky)
		return;
	snprintf(name, sizeof name, "%s.failed", trigger->node.id);
	COL(tests, clean) = weir_cell_number(weir_fill_recorded(o, weir_plan_find_register(o->plan, name), period));
	COL(tests, cure) = weir_cell_number(trigger->cure);
}

/* The words of each comparison of every trigger, which are the same in all periods; NULL when memory is short. */
static weir_cell **comparison_cells(weir_results *results, const weir_outcome *o)
{
	int count = weir_fill_terms_of(o)->trigger_count;
	weir_cell **said = weir_arena_array(results->arena, (size_t)count + 1, sizeof *said);
	for (int t = 0; said && t < count; t++) {
		int parts = weir_fill_map(o)->triggers[t].test_count;
		said[t] = weir_arena_array(results->arena, (size_t)parts + 1, sizeof **said);
		if (!said[t])
			return NULL;
		for (int n = 0; parts > 1 && n < parts; n++)
			said[t][n] = comparison_cell(results, o, t, n);
	}
	return said;
}

/* A row for the trigger with the figures of its comparison; a test of several has a row for each of them first, which
 * `said` gives the words of. */
static weir_status add_tests(weir_results *results, weir_table *table, const weir_outcome *o, const weir_cell *said,
                             int trigger, int period)
{
	const weir_trigger *terms = &weir_fill_terms_of(o)->triggers[trigger];
	const weir_node *node = &terms->node;
	const weir_trigger_registers *r = &weir_fill_map(o)->triggers[trigger];
	int parts = r->test_count > 1 ? r->test_count : 0;
	for (int n = 0; n <= parts; n++) {
		weir_cell *row = weir_table_add_row(results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(tests, period) = weir_cell_number(period);
		COL(tests, test) = n < parts ? said[n] : weir_fill_id(node);
		if (n < parts || r->test_count == 1) {
			weir_cell_type type = comparison_type(o, r, n);
			COL(tests, value) = typed_cell(type, weir_fill_recorded(o, r->value[n], period));
			COL(tests, threshold) = typed_cell(type, weir_fill_recorded(o, r->threshold[n], period));
			COL(tests, distance) = distance_cell(o, r, n, period, n == parts && r->negated);
		}
		if (n < parts) {
			COL(tests, status) = part_cell(weir_fill_recorded(o, r->holds[n], period) != 0);
			continue;
		}
		COL(tests, status) = status_cell(weir_fill_recorded(o, r->flag, period) != 0);
		COL(tests, effect) = trigger_effect(results, o, trigger);
		fill_counts(row, o, terms, period);
	}
	return WEIR_OK;
}

weir_status weir_fill_tests(weir_results *results, const weir_outcome *o)
{
	weir_table *table;
	weir_cell **said = comparison_cells(results, o);
	weir_status status = said ? weir_results_add_standard(&table, results, WEIR_TABLE_tests) : WEIR_NO_MEMORY;
	for (int k = weir_fill_first(o); status == WEIR_OK && k < weir_fill_period_count(o); k++)
		for (int t = 0; status == WEIR_OK && t < weir_fill_terms_of(o)->trigger_count; t++)
			status = add_tests(results, table, o, said[t], t, k);
	return status;
}

/* What the documents say of an event. */
static weir_cell condition_cell(weir_results *results, const weir_outcome *o, const weir_formula *test)
{
	weir_text en = { 0 }, zh = { 0 };
	weir_cell cell = { 0 };
	if (weir_formula_words(&en, &zh, o->plan, test, WEIR_TYPE_FLAG) == WEIR_OK)
		cell = weir_cell_text(weir_arena_text(results->arena, en.data, en.length),
		                      weir_arena_text(results->arena, zh.data, zh.length));
	results->failed |= !cell.en || !cell.zh;
	weir_text_free(&en);
	weir_text_free(&zh);
	return cell;
}

weir_status weir_fill_triggers(weir_results *results, const weir_outcome *o)
{
	const weir_deal *deal = weir_fill_terms_of(o);
	weir_table *table;
	if (deal->trigger_count == 0)
		return WEIR_OK;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_triggers);
	for (int t = 0; status == WEIR_OK && t < deal->trigger_count; t++) {
		const weir_trigger *trigger = &deal->triggers[t];
		weir_cell *row = weir_table_add_row(results, table);
		int first = 0;
		if (!row)
			return WEIR_NO_MEMORY;
		for (int k = weir_fill_period_count(o) - 1; k >= weir_fill_first(o); k--)
			if (weir_fill_recorded(o, weir_fill_map(o)->triggers[t].flag, k) != 0)
				first = k;
		COL(triggers, trigger) = weir_fill_id(&trigger->node);
		COL(triggers, condition) = condition_cell(results, o, &trigger->test);
		if (trigger->node.clause)
			COL(triggers, clause) = weir_cell_text(trigger->node.clause, trigger->node.clause);
		COL(triggers, effect) = trigger_effect(results, o, t);
		COL(triggers, status) = status_cell(first > 0);
		if (first)
			COL(triggers, first_hit) = weir_fill_day(weir_fill_period(o, first)->adjusted);
	}
	return status;
}

