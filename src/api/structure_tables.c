/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure_tables.c: the structure that was found, its certificate and its search, as tables and as text. */
#include <math.h>
#include <string.h>

#include "api/structure_work.h"
#include "report/fill.h"
#include "report/fill_deal.h"
#include "report/table_text.h"

/* --- tables ----------------------------------------------------------------------------------------------------- */

static weir_cell class_cell(const weir_structure_work *st, int class_number)
{
	const weir_node *node = &st->s->deal->classes[class_number].node;
	return weir_cell_key(node->id, weir_node_name(node, 0), weir_node_name(node, 1));
}

static weir_cell scenario_cell(const weir_scenario *scenario)
{
	return scenario ? weir_cell_key(scenario->node.id, weir_node_name(&scenario->node, 0),
	                                weir_node_name(&scenario->node, 1)) :
	                  weir_cell_key("base", "Base case", "基准情景");
}

/* The objective's value: an amount, or a rate. */
static weir_cell objective_cell(const weir_structure_work *st, double value)
{
	if (!isfinite(value))
		return weir_cell_number(NAN);
	return st->terms.objective == WEIR_STRUCTURE_PROCEEDS ? weir_cell_typed(WEIR_CELL_MONEY, 0, value) :
	                                                        weir_cell_typed(WEIR_CELL_RATE, 12, value);
}

/* The sizes of the classes whose principal comes after the class's, as in table capital. */
static double behind_cents(const weir_structure_work *st, const int *places, int number)
{
	double sum = 0;
	for (int i = 0; i < st->s->deal->class_count; i++)
		sum += places[i] > places[number] ? st->found.classes[i].size_cents : 0;
	return sum;
}

static weir_status fill_classes(weir_structure_work *st)
{
	weir_table *table;
	const weir_deal *deal = st->s->deal;
	double total = 0;
	weir_status status = weir_results_add_standard(&table, st->results, WEIR_TABLE_structure);
	int *places = weir_arena_array(st->arena, (size_t)deal->class_count + 1, sizeof *places);
	if (!places)
		return WEIR_NO_MEMORY;
	weir_fill_principal_places(deal, places);
	for (int i = 0; i < deal->class_count; i++)
		total += st->found.classes[i].size_cents;
	for (int i = 0; status == WEIR_OK && st->found.found && i < deal->class_count; i++) {
		const weir_structure_class *k = &st->found.classes[i];
		weir_cell *row = weir_table_add_row(st->results, table);
		const char *grade = k->sized >= 0 ? st->terms.classes[k->sized].grade : deal->classes[i].rating;
		if (!row)
			return WEIR_NO_MEMORY;
		row[WEIR_COL_structure_class] = class_cell(st, i);
		row[WEIR_COL_structure_part] = weir_fill_word(k->sized >= 0                    ? "chosen" :
		                                              st->terms.rest.class_number == i ? "rest-class" :
		                                                                                 "fixed");
		if (grade)
			row[WEIR_COL_structure_grade] = weir_cell_text(grade, grade);
		row[WEIR_COL_structure_size] = weir_cell_number(k->size_cents);
		row[WEIR_COL_structure_share] = weir_cell_number(weir_rate_normal(k->size_cents / total));
		row[WEIR_COL_structure_subordination] =
			weir_cell_number(weir_rate_normal(behind_cents(st, places, i) / total));
		if (deal->classes[i].interest != WEIR_INTEREST_NONE)
			row[WEIR_COL_structure_coupon] = weir_cell_number(k->coupon_annual);
		row[WEIR_COL_structure_wal] = weir_cell_number(k->wal_years);
		row[WEIR_COL_structure_price] = weir_cell_number(deal->classes[i].issue_price);
		row[WEIR_COL_structure_proceeds] = weir_cell_number(k->proceeds_cents);
		row[WEIR_COL_structure_expected_loss] = weir_cell_number(k->expected_loss);
		row[WEIR_COL_structure_loss_limit] = weir_cell_number(k->loss_limit);
	}
	return status;
}

static weir_status fill_choices(weir_structure_work *st)
{
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, st->results, WEIR_TABLE_structure_choices);
	for (int i = 0; status == WEIR_OK && st->found.found && i < st->terms.choice_count; i++) {
		weir_cell *row = weir_table_add_row(st->results, table);
		const char *name = st->terms.choices[i].name;
		if (!row)
			return WEIR_NO_MEMORY;
		row[WEIR_COL_structure_choices_name] = weir_cell_text(name, name);
		row[WEIR_COL_structure_choices_value] = weir_session_value_cell(st->s, name, st->found.chosen[i]);
		row[WEIR_COL_structure_choices_before] =
		        weir_session_value_cell(st->s, name, weir_plan_find_parameter(st->s->plan, name)->value);
	}
	return status;
}

static const char *const claim_results[] = { [WEIR_CLAIM_PASS] = "pass", [WEIR_CLAIM_FAIL] = "fail",
	                                     [WEIR_CLAIM_LIMIT] = "limit", [WEIR_CLAIM_WORSE] = "worse" };

/* What breaks a limit, in the limit's kind. */
static weir_cell limit_cell(const weir_structure_work *st, const weir_structure_claim *claim)
{
	if (claim->kind == WEIR_CLAIM_WORSE)
		return objective_cell(st, claim->value);
	if (!claim->limit || isnan(claim->value))
		return weir_cell_number(NAN);
	if (strncmp(claim->limit, "wal-", 4) == 0)
		return weir_cell_typed(WEIR_CELL_NUMBER, 6, claim->value);
	if (strcmp(claim->limit, "expected-loss") == 0)
		return weir_cell_typed(WEIR_CELL_RATE, 12, claim->value);
	if (strcmp(claim->limit, "most") == 0 || strcmp(claim->limit, "rest") == 0 ||
	    strcmp(claim->limit, "proceeds-least") == 0)
		return weir_cell_typed(WEIR_CELL_MONEY, 0, claim->value);
	return weir_session_metric_cell(claim->value_type, claim->value);
}

static weir_status fill_claims(weir_structure_work *st, weir_table *table, const char *word,
                               const weir_structure_claim *claims, int count)
{
	for (int i = 0; i < count; i++) {
		const weir_structure_claim *claim = &claims[i];
		weir_cell *row = weir_table_add_row(st->results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		row[WEIR_COL_certificate_claim] = weir_fill_word(claim->moved >= 0 ? "one-lot-more" : word);
		if (claim->moved >= 0)
			row[WEIR_COL_certificate_moved] = class_cell(st, claim->moved);
		row[WEIR_COL_certificate_result] = weir_fill_word(claim_results[claim->kind]);
		if (claim->class_number >= 0)
			row[WEIR_COL_certificate_class] = class_cell(st, claim->class_number);
		if (claim->kind == WEIR_CLAIM_PASS || claim->kind == WEIR_CLAIM_FAIL)
			row[WEIR_COL_certificate_scenario] = scenario_cell(claim->scenario);
		if (claim->kind == WEIR_CLAIM_WORSE) /* it passes them all */
			row[WEIR_COL_certificate_scenario] = weir_cell_key("none", "None fails", "均通过");
		row[WEIR_COL_certificate_date] =
		        weir_cell_number(claim->date == WEIR_DATE_NONE ? NAN : (double)claim->date);
		row[WEIR_COL_certificate_amount] = weir_cell_number(claim->amount_cents);
		if (claim->limit)
			row[WEIR_COL_certificate_limit] = weir_cell_text(claim->limit, claim->limit);
		row[WEIR_COL_certificate_value] = limit_cell(st, claim);
	}
	return WEIR_OK;
}

static weir_status fill_certificate(weir_structure_work *st)
{
	weir_table *table;
	weir_status status;
	WEIR_TRY(weir_results_add_standard(&table, st->results, WEIR_TABLE_certificate));
	WEIR_TRY(fill_claims(st, table, st->found.found ? "as-found" : "least", st->found.claims,
	                     st->found.claim_count));
	status = fill_claims(st, table, "top-down", st->found.greedy_claims, st->found.greedy_claim_count);
out:
	return status;
}

static double top_down_proceeds(const weir_structure_work *st)
{
	double sum = 0;
	for (int i = 0; st->found.greedy_sizes && i < st->terms.class_count; i++) {
		int number = st->terms.classes[i].class_number;
		sum += weir_plan_class_proceeds(st->s->plan, number, st->found.greedy_sizes[number]);
	}
	return st->found.greedy_sizes ? sum : NAN;
}

static double gap_of(const weir_structure *found)
{
	if (found->proven)
		return 0;
	return found->found && isfinite(found->bound) && found->value > 0 ?
	               weir_rate_normal(fabs(found->bound - found->value) / found->value) :
	               NAN;
}

static weir_status fill_search(weir_structure_work *st)
{
	weir_table *table;
	const weir_structure *found = &st->found;
	weir_status status = weir_results_add_standard(&table, st->results, WEIR_TABLE_structure_search);
	weir_cell *row = status == WEIR_OK ? weir_table_add_row(st->results, table) : NULL;
	if (!row)
		return WEIR_NO_MEMORY;
	int proceeds = st->terms.objective == WEIR_STRUCTURE_PROCEEDS;
	row[WEIR_COL_structure_search_objective] = weir_fill_word(proceeds ? "proceeds" : "cost-of-funds");
	row[WEIR_COL_structure_search_value] = objective_cell(st, found->found ? found->value : NAN);
	row[WEIR_COL_structure_search_bound] = objective_cell(st, found->bound);
	row[WEIR_COL_structure_search_gap] = weir_cell_number(gap_of(found));
	row[WEIR_COL_structure_search_proven] = weir_cell_number(found->proven);
	row[WEIR_COL_structure_search_top_down] = weir_cell_typed(WEIR_CELL_MONEY, 0, top_down_proceeds(st));
	if (!found->greedy_sizes)
		row[WEIR_COL_structure_search_top_down] = weir_cell_number(NAN);
	row[WEIR_COL_structure_search_top_down_passes] =
		weir_cell_number(found->greedy_sizes ? found->greedy_passes : NAN);
	row[WEIR_COL_structure_search_lattice] = weir_cell_number(found->axis_points);
	row[WEIR_COL_structure_search_starts] = weir_cell_number(found->search.starts);
	row[WEIR_COL_structure_search_tried] = weir_cell_number((double)found->search.points);
	row[WEIR_COL_structure_search_tried_in_proof] = weir_cell_number((double)found->search.proof_points);
	row[WEIR_COL_structure_search_boxes] = weir_cell_number((double)found->search.boxes);
	return WEIR_OK;
}

/* --- for people ------------------------------------------------------------------------------------------------- */

static void write_objective(const weir_structure_work *st, double value, weir_text *to)
{
	char buffer[WEIR_CENTS_TEXT];
	if (st->terms.objective == WEIR_STRUCTURE_PROCEEDS)
		weir_text_append(to, buffer,
		                 (size_t)weir_cents_format_grouped(value, st->s->deal->currency_digits, buffer));
	else
		weir_text_printf(to, "%.6f%%", value * 100);
}

static void write_verdict(const weir_structure_work *st, weir_text *to)
{
	const weir_structure *found = &st->found;
	int proceeds = st->terms.objective == WEIR_STRUCTURE_PROCEEDS;
	if (!found->found) {
		weir_text_printf(to, found->proven ? "no structure survives what is asked: proven for all %.0f\n" :
		                                     "no structure was found that survives what is asked, of %.0f\n",
		                 found->axis_points);
		return;
	}
	weir_text_add(to, proceeds ? "proceeds " : "cost of funds ");
	write_objective(st, found->value, to);
	if (found->proven) {
		weir_text_printf(to, "; none of the %.0f structures is better (proven)\n", found->axis_points);
	} else if (isfinite(found->bound)) {
		weir_text_add(to, "; none is better than ");
		write_objective(st, found->bound, to);
		weir_text_printf(to, " (gap %.4f%%; not proven)\n", gap_of(found) * 100);
	} else {
		weir_text_add(to, "; how much better another one may be is not known\n");
	}
	if (found->coupons_circle)
		weir_text_add(to, "the coupons go round in a circle; each class has its highest of it\n");
}

static void write_top_down(const weir_structure_work *st, weir_text *to)
{
	const weir_structure *found = &st->found;
	char buffer[WEIR_CENTS_TEXT];
	if (!found->greedy_sizes)
		return;
	weir_text_add(to, "sized from the top down:");
	for (int i = 0; i < st->terms.class_count; i++) {
		int number = st->terms.classes[i].class_number;
		weir_cents_format_grouped(found->greedy_sizes[number], st->s->deal->currency_digits, buffer);
		weir_text_printf(to, "%s %s %s", i ? "," : "", st->s->deal->classes[number].node.id, buffer);
	}
	weir_text_add(to, found->greedy_passes ? "; it passes\n" : "; it fails (certificate, top-down)\n");
}

static weir_status write_summary(weir_structure_work *st)
{
	static const char *const shown[] = { "structure", "structure_choices", "certificate" };
	weir_text *to = &st->s->summary;
	weir_text_free(to);
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		const weir_table *table = weir_results_table(st->results, shown[i]);
		if (table->row_count == 0)
			continue;
		weir_table_write_text(table, st->s->deal->currency_digits, 60, to);
		weir_text_add(to, "\n");
	}
	write_top_down(st, to);
	write_verdict(st, to);
	return weir_text_status(to);
}

weir_status weir_structure_work_tell(weir_structure_work *st)
{
	weir_status status;
	WEIR_TRY(fill_classes(st));
	WEIR_TRY(fill_choices(st));
	WEIR_TRY(fill_certificate(st));
	WEIR_TRY(fill_search(st));
	status = write_summary(st);
out:
	return status;
}
