/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/fill_places.h"
#include "report/fill_selection.h"

#include <math.h>
#include <string.h>

#include "report/tables.h"

weir_cell weir_fill_select_value(weir_select_unit unit, double value)
{
	switch (unit) {
	case WEIR_UNIT_CENTS: /* of an average: parts of a cent are rounded */
		return weir_cell_typed(WEIR_CELL_MONEY, 0, isnan(value) ? NAN : weir_round_half_away(value));
	case WEIR_UNIT_SHARE:
		return weir_cell_typed(WEIR_CELL_RATE, 12, value);
	case WEIR_UNIT_COUNT:
		return weir_cell_typed(WEIR_CELL_INTEGER, 0, value);
	case WEIR_UNIT_DATE:
		return weir_cell_typed(WEIR_CELL_DATE, 0, isnan(value) ? NAN : floor(value + 0.5));
	default:
		return weir_cell_typed(WEIR_CELL_NUMBER, 6, value);
	}
}

/* A difference: of dates, days. */
static weir_cell difference(weir_select_unit unit, double value)
{
	return weir_fill_select_value(unit == WEIR_UNIT_DATE ? WEIR_UNIT_NUMBER : unit, value);
}

static weir_cell text_cell(const char *text)
{
	return text ? weir_cell_text(text, text) : (weir_cell){ 0 };
}

static weir_cell node_cell(const weir_node *node)
{
	return weir_cell_key(node->id, weir_node_name(node, 0), weir_node_name(node, 1));
}

/* --- candidates ------------------------------------------------------------------------------------------------- */

/* "fails: term grade", with the tests' names for people. */
static weir_status failed_cell(weir_cell *cell, weir_results *results, const weir_candidate_found *one)
{
	weir_text key = { 0 }, en = { 0 }, zh = { 0 };
	weir_text_add(&key, "fails:");
	weir_text_add(&en, "fails: ");
	weir_text_add(&zh, "不满足：");
	for (int i = 0; i < one->failed_count; i++) {
		const weir_node *node = &one->failed[i]->node;
		weir_text_printf(&key, " %s", node->id);
		weir_text_printf(&en, "%s%s", i ? "; " : "", weir_node_name(node, 0));
		weir_text_printf(&zh, "%s%s", i ? "；" : "", weir_node_name(node, 1));
	}
	int failed = key.failed || en.failed || zh.failed;
	if (!failed)
		*cell = weir_cell_key(weir_arena_text(results->arena, key.data, key.length),
		                      weir_arena_text(results->arena, en.data, en.length),
		                      weir_arena_text(results->arena, zh.data, zh.length));
	weir_text_free(&key);
	weir_text_free(&en);
	weir_text_free(&zh);
	return failed || !cell->key || !cell->en || !cell->zh ? WEIR_NO_MEMORY : WEIR_OK;
}

static weir_status lacks_cell(weir_cell *cell, weir_results *results, const char *name)
{
	weir_text key = { 0 }, zh = { 0 };
	weir_text_printf(&key, "lacks: %s", name);
	weir_text_printf(&zh, "缺少：%s", name);
	int failed = key.failed || zh.failed;
	if (!failed) {
		const char *text = weir_arena_text(results->arena, key.data, key.length);
		*cell = weir_cell_key(text, text, weir_arena_text(results->arena, zh.data, zh.length));
	}
	weir_text_free(&key);
	weir_text_free(&zh);
	return failed || !cell->key || !cell->zh ? WEIR_NO_MEMORY : WEIR_OK;
}

static weir_status reason_cell(weir_cell *cell, weir_results *results, const weir_candidate_found *one)
{
	switch (one->state) {
	case WEIR_CANDIDATE_CHOSEN:
		*cell = one->forced ? weir_cell_key("included", "chosen: a rule includes it", "入池：规则指定") :
		                      weir_cell_key("chosen", "chosen", "入池");
		break;
	case WEIR_CANDIDATE_LEFT:
		*cell = weir_cell_key("left", "eligible, not chosen", "合格，未入池");
		break;
	case WEIR_CANDIDATE_EXCLUDED:
		*cell = weir_cell_key("excluded", "a rule excludes it", "规则排除");
		break;
	case WEIR_CANDIDATE_PAID:
		*cell = weir_cell_key("paid", "no principal is due after the cut-off date", "封包日后无应收本金");
		break;
	case WEIR_CANDIDATE_INELIGIBLE:
		return failed_cell(cell, results, one);
	case WEIR_CANDIDATE_LACKS:
		return lacks_cell(cell, results, one->lacks);
	}
	return WEIR_OK;
}

static weir_status fill_candidate(weir_results *results, weir_table *table, const weir_candidates *c,
                                  const weir_select_found *found, int number)
{
	const weir_contract *contract = &c->deal->pool.contracts[number];
	const weir_obligor *obligor = &c->deal->pool.obligors[contract->obligor];
	const weir_candidate *item = &c->items[number];
	const weir_candidate_found *one = &found->candidates[number];
	int chosen = one->state == WEIR_CANDIDATE_CHOSEN;
	int receivable = contract->kind == WEIR_CONTRACT_RECEIVABLE, royalty = contract->kind == WEIR_CONTRACT_ROYALTY;
	const char *kind = weir_contract_kind_text(contract->kind);
	weir_cell *row = weir_table_add_row(results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	row[WEIR_COL_selection_contract] = text_cell(contract->id);
	row[WEIR_COL_selection_obligor] = weir_cell_key(obligor->id, obligor->en ? obligor->en : obligor->zh,
	                                                obligor->zh ? obligor->zh : obligor->en);
	row[WEIR_COL_selection_kind] = text_cell(kind);
	if (weir_name_industry(&row[WEIR_COL_selection_industry], results, c->deal, obligor->industry) != WEIR_OK ||
	    weir_name_region(&row[WEIR_COL_selection_region], results, c->deal, obligor->region) != WEIR_OK)
		return WEIR_NO_MEMORY;
	row[WEIR_COL_selection_grade] = text_cell(contract->grade);
	row[WEIR_COL_selection_principal] = weir_cell_number(item->principal_cents);
	row[WEIR_COL_selection_receivable] = weir_cell_number(item->principal_cents + item->income_cents);
	row[WEIR_COL_selection_rate] =
		weir_cell_number(royalty ? NAN : receivable ? contract->discount_rate : contract->rate_annual);
	row[WEIR_COL_selection_remaining_months] = weir_cell_number(item->remaining_months);
	row[WEIR_COL_selection_last_due] =
		weir_cell_number(item->last_due == WEIR_DATE_NONE ? NAN : item->last_due);
	row[WEIR_COL_selection_eligible] =
		weir_cell_number(one->failed_count == 0 && (chosen || one->state == WEIR_CANDIDATE_LEFT));
	row[WEIR_COL_selection_chosen] = weir_cell_number(chosen);
	row[WEIR_COL_selection_share] = weir_cell_number(
		chosen ? (double)((weir_quad)item->principal_cents / (weir_quad)found->principal_cents) : NAN);
	return reason_cell(&row[WEIR_COL_selection_reason], results, one);
}

/* --- limits ----------------------------------------------------------------------------------------------------- */

static weir_cell rule_cell(weir_rule_kind kind)
{
	static const char *const words[][3] = { [WEIR_RULE_ELIGIBLE] = { "eligible", "eligibility test", "合格标准" },
		                                [WEIR_RULE_INCLUDE] = { "include", "included", "指定入池" },
		                                [WEIR_RULE_EXCLUDE] = { "exclude", "excluded", "指定排除" },
		                                [WEIR_RULE_TOGETHER] = { "together", "together", "同进同出" },
		                                [WEIR_RULE_AMOUNT] = { "amount", "amount", "金额" },
		                                [WEIR_RULE_SHARE] = { "share", "share", "占比" },
		                                [WEIR_RULE_NUMBER] = { "number", "number", "个数" },
		                                [WEIR_RULE_AVERAGE] = { "average", "weighted average", "加权平均" } };
	return weir_cell_key(words[kind][0], words[kind][1], words[kind][2]);
}

static weir_cell side_cell(weir_limit_side side)
{
	static const char *const words[][3] = { [WEIR_SIDE_WHOLE] = { "rule", "rule", "规则" },
		                                [WEIR_SIDE_LEAST] = { "least", "at least", "不低于" },
		                                [WEIR_SIDE_MOST] = { "most", "at most", "不高于" } };
	return weir_cell_key(words[side][0], words[side][1], words[side][2]);
}

static weir_status at_cell(weir_cell *cell, weir_results *results, const weir_limit_found *limit)
{
	weir_text text = { 0 };
	if (limit->at_count == 0)
		return WEIR_OK;
	for (int i = 0; i < limit->at_count; i++)
		weir_text_printf(&text, "%s%s", i ? " | " : "", *limit->at[i] ? limit->at[i] : "-");
	const char *copy = weir_text_keep(&text, results->arena);
	*cell = weir_cell_text(copy, copy);
	return copy ? WEIR_OK : WEIR_NO_MEMORY;
}

static weir_status fill_limit(weir_results *results, weir_table *table, const weir_select_found *found,
                              const weir_limit_found *limit)
{
	weir_cell *row = weir_table_add_row(results, table);
	int none = found->outcome != WEIR_SELECT_FOUND;
	if (!row)
		return WEIR_NO_MEMORY;
	row[WEIR_COL_selection_limits_limit] = node_cell(&limit->rule->node);
	row[WEIR_COL_selection_limits_rule] = rule_cell(limit->rule->kind);
	row[WEIR_COL_selection_limits_side] = side_cell(limit->side);
	row[WEIR_COL_selection_limits_bound] = weir_fill_select_value(limit->unit, limit->bound);
	row[WEIR_COL_selection_limits_value] = weir_fill_select_value(limit->unit, limit->value);
	row[WEIR_COL_selection_limits_slack] = difference(limit->unit, limit->slack);
	row[WEIR_COL_selection_limits_binds] = weir_cell_number(limit->searched ? limit->gain > 0 : NAN);
	row[WEIR_COL_selection_limits_without] = weir_fill_select_value(found->unit, limit->without);
	row[WEIR_COL_selection_limits_gain] = difference(found->unit, limit->gain);
	row[WEIR_COL_selection_limits_proven] = weir_cell_number(limit->searched ? limit->without_proven : NAN);
	row[WEIR_COL_selection_limits_conflict] = weir_cell_number(none ? limit->in_conflict : NAN);
	return at_cell(&row[WEIR_COL_selection_limits_at], results, limit);
}

/* --- summary ---------------------------------------------------------------------------------------------------- */

static weir_status add_metric(weir_results *results, weir_table *table, const char *key, const char *en, const char *zh,
                              weir_cell value)
{
	weir_cell *row = weir_table_add_row(results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	row[WEIR_COL_selection_summary_metric] = weir_cell_key(key, en, zh);
	row[WEIR_COL_selection_summary_value] = value;
	return WEIR_OK;
}

static weir_cell outcome_cell(weir_select_outcome outcome)
{
	weir_cell cell = outcome == WEIR_SELECT_FOUND      ? weir_cell_key("found", "found", "已找到") :
	                 outcome == WEIR_SELECT_IMPOSSIBLE ? weir_cell_key("impossible", "no selection meets the rules",
	                                                                   "无满足规则的组合") :
	                                                     weir_cell_key("unknown", "none was found in the time",
	                                                                   "限时内未找到");
	cell.type = WEIR_CELL_TEXT;
	return cell;
}

static int count_eligible(const weir_candidates *c, const weir_select_found *found)
{
	int count = 0;
	for (int i = 0; i < c->count; i++) {
		const weir_candidate_found *one = &found->candidates[i];
		count += one->failed_count == 0 &&
		         (one->state == WEIR_CANDIDATE_CHOSEN || one->state == WEIR_CANDIDATE_LEFT);
	}
	return count;
}

static weir_status fill_summary(weir_results *results, weir_table *table, const weir_candidates *c,
                                const weir_select_found *f)
{
	int none = f->outcome != WEIR_SELECT_FOUND;
	const struct {
		const char *key, *en, *zh;
		weir_cell value;
	} metrics[] = {
		{ "outcome", "Outcome", "结果", outcome_cell(f->outcome) },
		{ "objective", "Objective", "目标值", weir_fill_select_value(f->unit, f->value) },
		{ "best_possible", "No selection is better than", "目标值上限",
		  weir_fill_select_value(f->unit, f->bound) },
		{ "proven", "Proven", "已证实最优", weir_cell_typed(WEIR_CELL_FLAG, 0, f->proven) },
		{ "settled", "The one that the rule for equal selections picks", "同值方案已按规则确定",
		  weir_cell_typed(WEIR_CELL_FLAG, 0, none ? NAN : f->settled) },
		{ "equal_seen", "Others seen that are as good", "已见同值方案数",
		  weir_cell_typed(WEIR_CELL_INTEGER, 0, none ? NAN : f->ties) },
		{ "contracts", "Contracts", "合同笔数", weir_cell_typed(WEIR_CELL_INTEGER, 0, f->contracts) },
		{ "obligors", "Obligors", "债务人户数", weir_cell_typed(WEIR_CELL_INTEGER, 0, f->obligors) },
		{ "principal", "Principal", "本金", weir_cell_typed(WEIR_CELL_MONEY, 0, f->principal_cents) },
		{ "income", "Income", "收入", weir_cell_typed(WEIR_CELL_MONEY, 0, f->income_cents) },
		{ "coverage", "Receipts over principal", "应收款与本金之比",
		  weir_cell_typed(WEIR_CELL_NUMBER, 6,
		                  none ? NAN : (f->principal_cents + f->income_cents) / f->principal_cents) },
		{ "candidates", "Candidates", "备选合同笔数", weir_cell_typed(WEIR_CELL_INTEGER, 0, c->count) },
		{ "eligible", "Eligible", "合格合同笔数", weir_cell_typed(WEIR_CELL_INTEGER, 0, count_eligible(c, f)) },
	};
	weir_status status = WEIR_OK;
	for (size_t i = 0; i < sizeof metrics / sizeof *metrics && status == WEIR_OK; i++)
		status = add_metric(results, table, metrics[i].key, metrics[i].en, metrics[i].zh, metrics[i].value);
	return status;
}

weir_status weir_fill_selection(weir_results *results, const weir_candidates *c, const weir_select_found *found)
{
	weir_table *table;
	weir_status status;
	WEIR_TRY(weir_results_add_standard(&table, results, WEIR_TABLE_selection));
	for (int i = 0; i < c->count; i++)
		WEIR_TRY(fill_candidate(results, table, c, found, i));
	WEIR_TRY(weir_results_add_standard(&table, results, WEIR_TABLE_selection_limits));
	for (int i = 0; i < found->limit_count; i++)
		WEIR_TRY(fill_limit(results, table, found, &found->limits[i]));
	WEIR_TRY(weir_results_add_standard(&table, results, WEIR_TABLE_selection_summary));
	status = fill_summary(results, table, c, found);
out:
	return status;
}
