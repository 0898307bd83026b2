/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_measures.c: what classes are worth at issue, how much the deal leans on its supporters, what obligors pay in
 * all. */
#include <stdio.h>
#include <string.h>

#include "report/fill_run.h"

#define COL WEIR_RUN_COL

/* --- prices ----------------------------------------------------------------------------------------------------- */

/* Every class at its issue price. */
static weir_status fill_measures(weir_results *results, const weir_outcome *o)
{
	weir_table *table;
	weir_cell *row;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_measures);
	for (int i = 0; status == WEIR_OK && i < weir_fill_terms_of(o)->class_count; i++)
		status = weir_fill_measure_row(&row, results, table, o, i, &weir_pricing_at_issue);
	return status;
}

/* --- with and without support ----------------------------------------------------------------------------------- */

weir_cell weir_fill_variant(weir_results *results, const weir_deal *deal, weir_variant variant)
{
	char key[300], en[600], zh[600];
	if (deal->support_count + deal->cover_count == 0)
		return weir_cell_key("none", "No outside support", "无外部增信");
	if (variant.support == WEIR_WITH_SUPPORT)
		return weir_cell_key("on", "With support", "含外部增信");
	if (variant.support == WEIR_WITHOUT_SUPPORT)
		return weir_cell_key("off", "Without support", "不含外部增信");
	const weir_node *party = &deal->parties[variant.party].node;
	snprintf(key, sizeof key, "fail:%s@%d", party->id, variant.month);
	snprintf(en, sizeof en, "%s fails in month %d", weir_node_name(party, 0), variant.month);
	snprintf(zh, sizeof zh, "%s于第%d个月违约", weir_node_name(party, 1), variant.month);
	return weir_cell_key(weir_arena_text(results->arena, key, strlen(key)),
	                     weir_arena_text(results->arena, en, strlen(en)),
	                     weir_arena_text(results->arena, zh, strlen(zh)));
}

static weir_status fill_dependence(weir_results *results, const weir_outcome *o)
{
	weir_table *table;
	if (!o->dependence || o->dependence->count < 2)
		return WEIR_OK;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_dependence);
	for (int i = 0; status == WEIR_OK && i < o->dependence->count; i++) {
		const weir_stress_row *found = &o->dependence->rows[i].result;
		weir_cell *row = weir_table_add_row(results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(dependence, support) =
			weir_fill_variant(results, weir_fill_terms_of(o), o->dependence->rows[i].variant);
		COL(dependence, coverage_min) = weir_cell_number(found->coverage_min);
		COL(dependence, coverage_total) = weir_cell_number(found->coverage_total);
		COL(dependence, interest_short) = weir_cell_number(found->senior_interest_short);
		COL(dependence, principal_short) = weir_cell_number(found->senior_principal_short);
		COL(dependence, first_short) = weir_fill_day(found->first_short);
		COL(dependence, missed) = weir_cell_number(found->missed);
		COL(dependence, support_drawn) = weir_cell_number(found->support_drawn);
		COL(dependence, subordinated_paid) = weir_cell_number(found->subordinated_paid);
		COL(dependence, pass) = weir_fill_word(found->survives ? "pass" : "fail");
	}
	return status;
}

/* --- obligors --------------------------------------------------------------------------------------------------- */

static weir_cell obligor_cell(const weir_outcome *o, int number)
{
	if (number < 0)
		return weir_cell_key("all", "All obligors", "全部企业");
	const weir_obligor *obligor = &weir_fill_terms_of(o)->pool.obligors[number];
	return weir_cell_key(obligor->id, obligor->en ? obligor->en : obligor->zh,
	                     obligor->zh ? obligor->zh : obligor->en);
}

static weir_status fill_financing_cost(weir_results *results, const weir_outcome *o)
{
	weir_table *table;
	if (!o->costs || o->costs->count == 0)
		return WEIR_OK;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_financing_cost);
	for (int i = 0; status == WEIR_OK && i < o->costs->count; i++) {
		const weir_financing_cost *c = &o->costs->items[i];
		weir_cell *row = weir_table_add_row(results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(financing_cost, obligor) = obligor_cell(o, c->obligor);
		COL(financing_cost, financed) = weir_cell_number(c->financed);
		COL(financing_cost, years) = weir_cell_number(c->years);
		COL(financing_cost, average) = weir_cell_number(weir_round_half_away(c->average_financing));
		COL(financing_cost, interest) = weir_cell_number(c->interest);
		COL(financing_cost, appraisal) = weir_cell_number(c->costs[WEIR_COST_APPRAISAL]);
		COL(financing_cost, guarantee) = weir_cell_number(c->costs[WEIR_COST_GUARANTEE]);
		COL(financing_cost, insurance) = weir_cell_number(c->costs[WEIR_COST_INSURANCE]);
		COL(financing_cost, service) = weir_cell_number(c->costs[WEIR_COST_SERVICE]);
		COL(financing_cost, subsidy_interest) = weir_cell_number(c->subsidies[WEIR_SUBSIDY_INTEREST]);
		COL(financing_cost, subsidy_appraisal) = weir_cell_number(c->subsidies[WEIR_SUBSIDY_APPRAISAL]);
		COL(financing_cost, subsidy_guarantee) = weir_cell_number(c->subsidies[WEIR_SUBSIDY_GUARANTEE]);
		COL(financing_cost, subsidy_insurance) = weir_cell_number(c->subsidies[WEIR_SUBSIDY_INSURANCE]);
		COL(financing_cost, subsidy_issue) = weir_cell_number(c->subsidies[WEIR_SUBSIDY_ISSUE]);
		COL(financing_cost, subsidy_service) = weir_cell_number(c->subsidies[WEIR_SUBSIDY_SERVICE]);
		COL(financing_cost, rate_before) = weir_cell_number(c->rate_before);
		COL(financing_cost, rate_after) = weir_cell_number(c->rate_after);
		COL(financing_cost, irr_before) = weir_cell_number(c->irr_before);
		COL(financing_cost, irr_after) = weir_cell_number(c->irr_after);
	}
	return status;
}

weir_status weir_fill_measures(weir_results *results, const weir_outcome *o)
{
	weir_status status = fill_measures(results, o);
	if (status == WEIR_OK)
		status = fill_dependence(results, o);
	if (status == WEIR_OK)
		status = fill_financing_cost(results, o);
	return status;
}
