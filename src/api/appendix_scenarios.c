/* SPDX-License-Identifier: GPL-3.0-or-later */
/* appendix_scenarios.c: which scenarios an appendix shows: those that were asked for, those beside the deal, or those
 * that come with weir and fit the pool. */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "api/appendix.h"
#include "base/alloc.h"
#include "base/path.h"

/* Stress scenarios that come with weir for pools of intellectual property. */
#define IP_FAMILY "ip"

/* --- which assets ----------------------------------------------------------------------------------------------- */

/* By what most of the pool promises: loans as those to small enterprises, all else that is repaid as leases; royalties,
 * and a pool without principal, by what they bring in. */
const char *weir_appendix_assets(const weir_pool *pool, const weir_deal *deal)
{
	double loans = 0, royalties = 0, all = 0;
	for (size_t i = 0; i < pool->receipt_count; i++) {
		const weir_receipt *r = &pool->receipts[i];
		double cents = r->principal_cents + r->income_cents;
		weir_contract_kind kind = deal->pool.contracts[r->contract].kind;
		all += cents;
		loans += kind == WEIR_CONTRACT_LOAN ? cents : 0;
		royalties += kind == WEIR_CONTRACT_ROYALTY ? cents : 0;
	}
	if (!(pool->opening_cents > 0) || royalties > all / 2)
		return WEIR_ASSETS_BY_RECEIPTS;
	return loans > all / 2 ? "small-business" : "lease";
}

int weir_appendix_obligors(const weir_session *s)
{
	int owing = 0;
	for (int i = 0; i < s->deal->pool.obligor_count; i++)
		owing += s->pool->obligor_cents[i] > 0;
	return owing;
}

/* --- where from ------------------------------------------------------------------------------------------------- */

/* stress.xml beside the deal, in the arena; NULL in *out when there is none. */
static weir_status find_own(const char **out, weir_appendix *a)
{
	const char *path = weir_path_beside(a->arena, a->s->path, "stress.xml");
	*out = NULL;
	if (!path)
		return WEIR_NO_MEMORY;
	if (access(path, F_OK) == 0)
		*out = path;
	return WEIR_OK;
}

static weir_status add_scenario(weir_scenario_list *list, const weir_scenario *scenario)
{
	if (!WEIR_GROW(list->items, list->count, list->capacity))
		return WEIR_NO_MEMORY;
	list->items[list->count++] = scenario;
	return WEIR_OK;
}

/* Loads the deal's own file with complaints of its own: it may be written for the deal with its supporters. *unfit: it
 * does not go with this one. */
static weir_status load_own(weir_appendix *a, const char *path, weir_scenario_list *list, int *unfit)
{
	weir_diags diags = { 0 };
	weir_scenarios file = { 0 };
	weir_stress tried;
	weir_status status = weir_scenarios_load_over(&file, a->s->deal, path, NULL, &diags);
	for (int i = 0; status == WEIR_OK && i < file.count; i++) {
		weir_block_settle_scenario(a->s->plan, &file.items[i], &diags);
		status = add_scenario(list, &file.items[i]);
	}
	weir_stress_terms terms = { .scenarios = list->items, .scenario_count = (int)list->count };
	if (status == WEIR_OK)
		status = weir_diags_status(&diags);
	if (status == WEIR_OK && list->count > 0)
		status = weir_stress_run(&tried, a->arena, a->s->plan, &terms, &diags);
	*unfit = status == WEIR_INPUT;
	if (*unfit && diags.count > 0) {
		const weir_diag *first = &diags.items[0];
		weir_text_add(&a->unfit, first->text);
		weir_text_add(&a->unfit_zh, first->zh ? first->zh : weir_code_meaning_zh(first->code));
	}
	weir_diags_free(&diags);
	if (*unfit)
		list->count = 0;
	return *unfit ? WEIR_OK : status;
}

/* The Chinese name of a family that comes with weir, or of the deal's own; else what it was asked for by. */
static void add_family_name(weir_appendix *a, const char *id)
{
	static const char *const shipped[][2] = { { "lease", "融资租赁类" },
		                                  { "small-business", "小微企业贷款类" },
		                                  { IP_FAMILY, "知识产权类" },
		                                  { "general", "通用压力情景" } };
	const weir_family *family = weir_scenarios_find_family(&a->s->scenarios, id);
	const char *name = family ? weir_node_name(&family->node, 1) : id;
	for (size_t i = 0; i < sizeof shipped / sizeof *shipped && !family; i++)
		if (strcmp(shipped[i][0], id) == 0)
			name = shipped[i][1];
	weir_text_printf(&a->families_zh, "%s%s", a->families_zh.length ? "、" : "", name);
}

static weir_status load_shipped(weir_appendix *a, weir_scenario_list *list)
{
	const char *families[] = { a->asset_class, IP_FAMILY };
	int by_receipts = strcmp(a->asset_class, WEIR_ASSETS_BY_RECEIPTS) == 0;
	weir_text_printf(&a->families, "%s%s%s", by_receipts ? "" : a->asset_class, by_receipts ? "" : ", ", IP_FAMILY);
	for (int i = by_receipts; i < 2; i++)
		add_family_name(a, families[i]);
	return weir_session_list_scenarios(a->s, list, families + by_receipts, by_receipts ? 1 : 2, NULL, 0);
}

static weir_status load_list(weir_appendix *a, weir_scenario_list *list)
{
	weir_status status;
	const char *own;
	if (a->one->family_count > 0) {
		a->source = WEIR_APPENDIX_ASKED;
		for (size_t i = 0; i < a->one->family_count; i++) {
			/* files by their names: nobody else has the folder */
			const char *name = weir_path_name(a->one->families[i]);
			weir_text_printf(&a->families, "%s%s", i ? ", " : "", name);
			add_family_name(a, name);
		}
		return weir_session_list_scenarios(a->s, list, a->one->families, a->one->family_count, NULL, 0);
	}
	WEIR_TRY(find_own(&own, a));
	if (own)
		WEIR_TRY(load_own(a, own, list, &a->own_unfit));
	if (list->count > 0) {
		a->source = WEIR_APPENDIX_OWN;
		weir_text_add(&a->families, "stress.xml");
		add_family_name(a, "stress.xml");
		return WEIR_OK;
	}
	a->source = WEIR_APPENDIX_SHIPPED;
	status = load_shipped(a, list);
out:
	return status;
}

/* --- what of it ------------------------------------------------------------------------------------------------- */

/* Whether a scenario gives exactly what the first one does. */
static int is_idle(const weir_stress_row *row, const weir_stress_row *first, int classes)
{
	if (row->inflow != first->inflow || row->defaulted != first->defaulted || row->recovered != first->recovered ||
	    row->support_drawn != first->support_drawn || row->subordinated_paid != first->subordinated_paid ||
	    (row->coverage_min != first->coverage_min && !(isnan(row->coverage_min) && isnan(first->coverage_min))))
		return 0;
	for (int i = 0; i < classes; i++) {
		const weir_stress_class *a = &row->classes[i], *b = &first->classes[i];
		if (a->interest != b->interest || a->principal != b->principal || a->rest != b->rest ||
		    a->last_principal != b->last_principal)
			return 0;
	}
	return 1;
}

/* Takes out shipped scenarios that mean nothing to this deal: royalties where there are none. */
static weir_status leave_idle_out(weir_appendix *a, const weir_scenario **scenarios, int *count)
{
	weir_stress tried;
	weir_stress_terms terms = { .scenarios = scenarios, .scenario_count = *count };
	weir_status status = weir_stress_run(&tried, a->arena, a->s->plan, &terms, &a->s->call);
	int kept = 1;
	for (int i = 1; status == WEIR_OK && i < *count; i++) {
		if (is_idle(&tried.rows[i], &tried.rows[0], a->s->deal->class_count)) {
			weir_text_printf(&a->idle, "%s%s", a->idle.length ? ", " : "", scenarios[i]->node.id);
			weir_text_printf(&a->idle_zh, "%s%s", a->idle_zh.length ? "、" : "",
			                 weir_node_name(&scenarios[i]->node, 1));
		} else {
			scenarios[kept++] = scenarios[i];
		}
	}
	*count = kept;
	return status;
}

/* The family's base: what is expected to default and to be recovered. The deal's own scenario "base" stands in for it.
 */
static weir_status find_expected(weir_appendix *a)
{
	weir_scenarios file;
	if (strcmp(a->asset_class, WEIR_ASSETS_BY_RECEIPTS) == 0)
		return WEIR_OK;
	weir_status status = weir_session_load_scenarios(a->s, a->asset_class, &file);
	if (status == WEIR_OK)
		a->expected = weir_scenarios_find(&file, "base");
	return status;
}

/* A base without shocks, beside a run without shocks. */
static int says_nothing(const weir_appendix *a, const weir_scenario *scenario)
{
	return (!scenario || scenario->shock_count == 0) && (!a->one->scenario || a->one->scenario->shock_count == 0);
}

weir_status weir_appendix_list(weir_appendix *a)
{
	weir_status status;
	weir_scenario_list list = { 0 };
	weir_session *s = a->s;
	a->asset_class = weir_appendix_assets(s->pool, s->deal);
	WEIR_TRY(load_list(a, &list));
	WEIR_TRY(find_expected(a));
	const weir_scenario **scenarios = weir_arena_array(a->arena, list.count + 2, sizeof *scenarios);
	int count = 1;
	if (!scenarios)
		WEIR_TRY(WEIR_NO_MEMORY);
	WEIR_TRY(weir_session_settle(s, a->arena, a->one->scenario, a->one->sets, a->one->set_count, &scenarios[0]));
	for (size_t i = 0; i < list.count; i++)
		if (list.items[i] != a->one->scenario && !says_nothing(a, list.items[i]))
			WEIR_TRY(weir_session_settle(s, a->arena, list.items[i], a->one->sets, a->one->set_count,
			                             &scenarios[count++]));
	if (a->source == WEIR_APPENDIX_SHIPPED)
		WEIR_TRY(leave_idle_out(a, scenarios, &count));
	WEIR_TRY(weir_session_settle(s, a->arena, a->expected, a->one->sets, a->one->set_count, &scenarios[count]));
	a->frame.scenarios = scenarios;
	a->frame.count = count;
	status = weir_stress_names(&a->frame.names, a->frame.results, scenarios, count);
out:
	weir_free(list.items);
	return status;
}
