/* SPDX-License-Identifier: GPL-3.0-or-later */
/* appendix.c: the stress-test appendix (tables D and T10 to T14): every study of it in one go. */
#include "api/appendix.h"

#include <math.h>
#include <string.h>

#include "study/attribution.h"
#include "study/scenario_number.h"

/* After how many months supporters fail. */
static const int months_of_failure[] = { 0, 6, 12, 24, 36 };

/* --- the runs --------------------------------------------------------------------------------------------------- */

static weir_status define_scenarios(weir_appendix *a)
{
	double expected = weir_scenario_default_total(a->expected);
	double *multiples = weir_arena_array(a->arena, (size_t)a->frame.count + 1, sizeof *multiples);
	if (!multiples)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < a->frame.count; i++)
		multiples[i] = expected > 0 ? weir_scenario_default_total(a->frame.scenarios[i]) / expected : NAN;
	return weir_fill_stress_scenarios(&a->frame, multiples);
}

static weir_status run_scenarios(weir_appendix *a)
{
	weir_status status;
	WEIR_TRY(define_scenarios(a));
	WEIR_TRY(weir_stress_course_create(&a->course, &a->frame, a->frame.count + 1));
	weir_stress_terms terms = { .scenarios = a->frame.scenarios,
		                    .scenario_count = a->frame.count + 1,
		                    .look = weir_stress_course_look,
		                    .look_context = &a->course };
	WEIR_TRY(weir_stress_run(&a->found, a->arena, a->s->plan, &terms, &a->s->call));
	status = weir_fill_stress_runs(&a->course, &a->found);
out:
	return status;
}

/* --- two numbers at a time -------------------------------------------------------------------------------------- */

static weir_cell number_cell(const char *name)
{
	static const char *const words[][3] = {
		{ "default_total", "Default total", "累计违约率" },
		{ "recovery", "Recovery", "回收率" },
		{ "haircut", "Haircut on receipts", "回款折减率" },
		{ "late_share", "Share six months late", "延迟6个月的比例" },
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], name) == 0)
			return weir_cell_key(words[i][0], words[i][1], words[i][2]);
	return (weir_cell){ 0 };
}

#define COL(table, column) row[WEIR_COL_##table##_##column]

static weir_status add_grid_cell(weir_appendix *a, weir_table *table, const weir_stress_axis *axes,
                                 const weir_stress_row *found)
{
	weir_cell *row = weir_table_add_row(a->frame.results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(stress_grid, down) = number_cell(axes[0].name);
	COL(stress_grid, down_value) = weir_cell_number(found->values[0]);
	if (strcmp(axes[0].name, "default_total") == 0)
		COL(stress_grid, multiple) = weir_cell_number(nearbyint(found->values[0] / axes[0].step));
	COL(stress_grid, across) = number_cell(axes[1].name);
	COL(stress_grid, across_value) = weir_cell_number(found->values[1]);
	COL(stress_grid, defaulted) = weir_cell_number(found->defaulted);
	COL(stress_grid, recovered) = weir_cell_number(found->recovered);
	COL(stress_grid, coverage_min) = weir_cell_number(found->coverage_min);
	COL(stress_grid, coverage_total) = weir_cell_number(found->coverage_total);
	COL(stress_grid, result) = weir_fill_word(found->survives ? "pass" : "fail");
	return WEIR_OK;
}

/* Defaults as multiples of what is expected against recovery; of a pool without principal, less against later. */
static weir_status fill_grid(weir_appendix *a)
{
	weir_status status;
	weir_table *table;
	weir_stress grid;
	/* so that the last multiple still is a share: 10 times what is expected, at most all */
	double step = a->base_default > 0 ? fmin(a->base_default, 1.0 / WEIR_GRID_MULTIPLES) : 0.01;
	step = nearbyint(step * 1e9) / 1e9;
	const weir_stress_axis of_defaults[] = {
		{ "default_total", 0, step * WEIR_GRID_MULTIPLES, step },
		{ "recovery", 0, WEIR_GRID_RECOVERY_MOST, WEIR_GRID_RECOVERY_STEP },
	};
	const weir_stress_axis of_receipts[] = {
		{ "haircut", 0, WEIR_GRID_HAIRCUT_STEP * WEIR_GRID_MULTIPLES, WEIR_GRID_HAIRCUT_STEP },
		{ "late_share", 0, 1, WEIR_GRID_LATE_STEP },
	};
	const weir_stress_axis *axes = strcmp(a->asset_class, WEIR_ASSETS_BY_RECEIPTS) == 0 ? of_receipts : of_defaults;
	weir_stress_terms terms = {
		.scenarios = a->frame.scenarios, .scenario_count = 1, .axes = axes, .axis_count = 2
	};
	WEIR_TRY(weir_stress_run(&grid, a->arena, a->s->plan, &terms, &a->s->call));
	WEIR_TRY(weir_results_add_standard(&table, a->frame.results, WEIR_TABLE_stress_grid));
	for (size_t i = 0; i < grid.count; i++)
		WEIR_TRY(add_grid_cell(a, table, axes, &grid.rows[i]));
out:
	return status;
}

/* --- where the stress comes from -------------------------------------------------------------------------------- */

/* How many kinds of shocks a scenario has: default, recovery, prepayment … */
static int kind_count(const weir_scenario *scenario)
{
	unsigned seen = 0;
	for (int i = 0; i < scenario->shock_count; i++)
		seen |= 1u << scenario->shocks[i].kind;
	return __builtin_popcount(seen);
}

/* Of the scenarios that stress most things at once, in few enough factors to be told apart, the one with the least
 * coverage; -1: no scenario differs from the first. */
static weir_status find_hardest(weir_appendix *a, int *hardest)
{
	weir_factors factors;
	int most = 0;
	*hardest = -1;
	for (int i = 1; i < a->frame.count; i++) {
		weir_status status =
			weir_factors_list(&factors, a->arena, a->frame.scenarios[0], a->frame.scenarios[i]);
		if (status != WEIR_OK)
			return status;
		if (factors.count == 0 || factors.count > (a->is_large ? WEIR_APPENDIX_FACTORS : WEIR_ATTRIBUTION_MOST))
			continue;
		int kinds = a->frame.scenarios[i] ? kind_count(a->frame.scenarios[i]) : 0;
		if (*hardest >= 0 && (kinds < most || (kinds == most && !(a->found.rows[i].coverage_total <
		                                                          a->found.rows[*hardest].coverage_total))))
			continue;
		*hardest = i;
		most = kinds;
	}
	return WEIR_OK;
}

/* "S0, S1": between which scenarios the attribution goes. */
static weir_status note_way(weir_appendix *a, int hardest)
{
	return weir_session_note_attribution(a->frame.results, &a->frame.names[0], &a->frame.names[hardest]);
}

static weir_status attribute(weir_appendix *a)
{
	static const char *const metrics[] = { "coverage_total", "coverage_min", "subordinated_paid" };
	int hardest;
	weir_status status = find_hardest(a, &hardest);
	if (status != WEIR_OK || hardest < 0)
		return status;
	status = weir_session_add_attribution(a->s, a->frame.results, a->arena, a->frame.scenarios[0],
	                                      a->frame.scenarios[hardest], metrics, sizeof metrics / sizeof *metrics);
	return status == WEIR_OK ? note_way(a, hardest) : status;
}

/* --- support ---------------------------------------------------------------------------------------------------- */

static weir_status fail_supporters(weir_appendix *a)
{
	weir_support_dependence found;
	weir_support_dependence_terms terms = { .scenario = a->frame.scenarios[0], .months = months_of_failure };
	weir_date last = a->s->periods.items[a->s->periods.count - 1].payment;
	weir_date cutoff = weir_deal_cutoff(a->s->deal);
	while (terms.month_count < (int)(sizeof months_of_failure / sizeof *months_of_failure) &&
	       weir_date_add_months(cutoff, months_of_failure[terms.month_count]) <= last)
		terms.month_count++;
	weir_status status = weir_support_dependence_find(&found, a->arena, a->s->plan, &terms, &a->s->call);
	if (status != WEIR_OK || found.count < 2)
		return status;
	return weir_fill_stress_dependence(&a->frame, &found);
}

/* --- the smallest sets of obligors ------------------------------------------------------------------------------ */

typedef struct reverse_budget {
	size_t blocks;
} reverse_budget;

static int go_on(void *context, double done)
{
	reverse_budget *budget = context;
	(void)done;
	return ++budget->blocks < WEIR_APPENDIX_SETS / WEIR_LANES;
}

static weir_status add_search(weir_appendix *a, const weir_reverse *found, const char *result, int size)
{
	static const char *const words[][3] = {
		{ "broken", "Broken", "击穿" },
		{ "unbroken", "No set breaks them", "任何组合均不击穿" },
		{ "searched", "Not broken by so many; larger sets not tried", "该户数以内未击穿；更大组合未试" },
		{ "too-many", "Too many obligors: the largest first", "债务人过多：按金额从大到小" },
	};
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, a->frame.results, WEIR_TABLE_stress_reverse);
	weir_cell *row = status == WEIR_OK ? weir_table_add_row(a->frame.results, table) : NULL;
	if (!row)
		return WEIR_NO_MEMORY;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], result) == 0)
			COL(stress_reverse, result) = weir_cell_key(words[i][0], words[i][1], words[i][2]);
	COL(stress_reverse, size) = weir_cell_number(size < 0 ? NAN : size);
	COL(stress_reverse, names) = weir_cell_number(found->names);
	COL(stress_reverse, breaking) = weir_cell_number(found->size >= 0 ? (double)found->breaking : NAN);
	COL(stress_reverse, tried) = weir_cell_number((double)found->tried);
	return WEIR_OK;
}

/* The largest size of which every set was tried before the search stopped. */
static int tried_size(const weir_reverse *found)
{
	double sets = 1, sum = 1;
	int size = 0;
	while (size < found->names) {
		sets = sets * (found->names - size) / (size + 1);
		if (sum + sets > (double)found->tried)
			break;
		sum += sets;
		size++;
	}
	return size;
}

/* With too many names for every set: how many of the largest break the senior classes together. */
static weir_status break_largest(weir_appendix *a)
{
	enum { MOST = WEIR_LANES };
	weir_scenario made[MOST];
	const weir_scenario *scenarios[MOST];
	weir_stress found;
	weir_reverse search = { .names = weir_appendix_obligors(a->s), .size = -1 };
	const weir_scenario *base = a->frame.scenarios[0];
	int own = base ? base->shock_count : 0, count = search.names < MOST ? search.names : MOST;
	for (int k = 0; k < count; k++) {
		weir_shock *shocks = weir_arena_array(a->arena, (size_t)own + 1, sizeof *shocks);
		if (!shocks)
			return WEIR_NO_MEMORY;
		if (own)
			memcpy(shocks, base->shocks, (size_t)own * sizeof *shocks);
		shocks[own] = (weir_shock){ .kind = WEIR_SHOCK_DEFAULT,
			                    .scope = WEIR_SCOPE_LARGEST,
			                    .largest = k + 1,
			                    .value = 1,
			                    .from = weir_deal_cutoff(a->s->deal),
			                    .to = WEIR_DATE_NONE,
			                    .profile = WEIR_PROFILE_DATE };
		made[k] = (weir_scenario){ .node = { .id = "largest" }, .shocks = shocks, .shock_count = own + 1 };
		scenarios[k] = &made[k];
	}
	weir_stress_terms terms = { .scenarios = scenarios, .scenario_count = count };
	weir_status status = weir_stress_run(&found, a->arena, a->s->plan, &terms, &a->s->call);
	if (status != WEIR_OK)
		return status;
	for (int k = 0; k < count && search.size < 0; k++)
		search.size = found.rows[k].survives ? -1 : k + 1;
	search.tried = (size_t)count;
	search.breaking = 1;
	return add_search(a, &search, "too-many", search.size);
}

static weir_status find_sets(weir_appendix *a)
{
	weir_status status;
	weir_table *table;
	weir_reverse found;
	reverse_budget budget = { 0 };
	weir_reverse_terms terms = {
		.class_number = -1, .scenario = a->frame.scenarios[0], .go_on = go_on, .context = &budget
	};
	if (weir_appendix_obligors(a->s) > WEIR_REVERSE_NAMES)
		return break_largest(a);
	status = weir_reverse_find(&found, a->arena, a->s->plan, &terms, &a->s->call);
	if (status == WEIR_INTERRUPTED) {
		/* some set of the size at hand breaks them: it is the smallest size, though not every set of it was
		 * tried */
		int size = tried_size(&found), broken = found.breaking > 0;
		return add_search(a, &found, broken ? "broken" : "searched", size + broken);
	}
	WEIR_TRY(status);
	WEIR_TRY(add_search(a, &found, found.size < 0 ? "unbroken" : "broken", found.size));
	if (found.size <= 0)
		goto out;
	WEIR_TRY(weir_results_add_standard(&table, a->frame.results, WEIR_TABLE_reverse));
	for (int i = 0; i < found.listed; i++)
		WEIR_TRY(weir_session_add_set(a->s, a->frame.results, table, NULL, NULL, &found, i));
out:
	return status;
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

weir_status weir_session_add_stress(weir_session *s, weir_case *one, weir_results *results)
{
	weir_status status;
	weir_appendix a = { .s = s, .one = one, .frame = { .results = results, .outcome = &one->outcome } };
	WEIR_TRY(weir_arena_create(&a.arena));
	a.frame.arena = a.arena;
	a.is_large = s->pool->receipt_count > WEIR_APPENDIX_LARGE;
	a.is_huge = s->pool->receipt_count > WEIR_APPENDIX_HUGE;
	WEIR_TRY(weir_appendix_list(&a));
	WEIR_TRY(run_scenarios(&a));
	WEIR_TRY(weir_appendix_grade(&a));
	WEIR_TRY(fill_grid(&a));
	WEIR_TRY(attribute(&a));
	WEIR_TRY(fail_supporters(&a));
	WEIR_TRY(find_sets(&a));
	WEIR_TRY(weir_appendix_note(&a));
	if (results->failed || a.families.failed || a.families_zh.failed || a.idle.failed || a.idle_zh.failed ||
	    a.unfit.failed || a.unfit_zh.failed)
		status = WEIR_NO_MEMORY;
out:
	weir_text_free(&a.families);
	weir_text_free(&a.idle);
	weir_text_free(&a.families_zh);
	weir_text_free(&a.idle_zh);
	weir_text_free(&a.unfit);
	weir_text_free(&a.unfit_zh);
	weir_arena_destroy(a.arena);
	return status;
}
