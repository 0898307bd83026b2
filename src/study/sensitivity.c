/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "study/block.h"
#include "study/metric_runs.h"
#include "study/scenario_number.h"

#define RUNS_EACH 2 /* low and high */
#define LAG_MONTHS 6
#define WITHOUT_LIMIT (WEIR_CENTS_MAX / 2)

/* --- which numbers, how far ------------------------------------------------------------------------------------- */

typedef struct lister {
	weir_swing_number *items;
	int count;
	const weir_plan *plan;
	const weir_scenario *scenario;
	double share;
} lister;

static void put(lister *l, const char *name, double base, double low, double high)
{
	l->items[l->count++] = (weir_swing_number){ name, base, low, high };
}

/* A whole number of the unit's steps. */
static double to_step(double value, weir_vary_unit unit)
{
	double steps = weir_vary_steps(unit);
	return weir_round_half_away(value * steps) / steps;
}

static void put_by_share(lister *l, const char *name, double base, weir_vary_unit unit)
{
	double by = to_step(fabs(base) * l->share, unit), low;
	if ((unit == WEIR_VARY_MONTHS || unit == WEIR_VARY_DATE) && by < 1)
		by = 1;
	low = unit == WEIR_VARY_RATE ? weir_rate_normal(base - by) : base - by;
	put(l, name, base, low < 0 && base > 0 ? 0 : low,
	    unit == WEIR_VARY_RATE ? weir_rate_normal(base + by) : base + by);
}

static void put_alone(lister *l, const char *name, double base)
{
	put(l, name, base, NAN, NAN);
}

static void put_parameter(lister *l, const weir_parameter *p, double base)
{
	weir_vary_unit unit = weir_vary_unit_of(l->plan, p->name);
	int is_date = p->type == WEIR_TYPE_DATE;
	if (unit == WEIR_VARY_FLAG)
		put(l, p->name, base, base, base == 0);
	else if (is_date && weir_ends_with(p->name, strlen(p->name), ".fails_on") && base > WEIR_DATE_LAST)
		put(l, p->name, base, base, weir_deal_cutoff(weir_plan_deal(l->plan)));
	else if (!is_date && base != 0 && fabs(base) < WITHOUT_LIMIT)
		put_by_share(l, p->name, base, unit);
	else
		put_alone(l, p->name, base);
}

static int has_royalties(const weir_plan *plan)
{
	const weir_pool_terms *pool = &weir_plan_deal(plan)->pool;
	for (int i = 0; i < pool->contract_count; i++)
		if (pool->contracts[i].kind == WEIR_CONTRACT_ROYALTY)
			return 1;
	return 0;
}

/* The last shock of a kind that a number of the pool of that kind replaces; NULL: there is none. */
static const weir_shock *last_of(const weir_scenario *scenario, weir_shock_kind kind)
{
	const weir_shock *last = NULL;
	for (int i = 0; scenario && i < scenario->shock_count; i++)
		if (scenario->shocks[i].kind == kind && scenario->shocks[i].channel == WEIR_CHANNEL_COLLECTION)
			last = &scenario->shocks[i];
	return last;
}

/* A stress that is laid over the scenario: with its range where the scenario says nothing of the kind. */
static void put_stress(lister *l, const char *name, weir_shock_kind kind, double low, double high)
{
	if (weir_scenario_has_kind(l->scenario, kind))
		put_alone(l, name, 0);
	else
		put(l, name, 0, low, high);
}

static void put_recoveries(lister *l)
{
	const weir_shock *recovery = last_of(l->scenario, WEIR_SHOCK_RECOVERY);
	put_alone(l, "recovery", recovery ? recovery->value : 0);
	if (recovery)
		put(l, "recovery_lag", recovery->months,
		    recovery->months > LAG_MONTHS ? recovery->months - LAG_MONTHS : 0, recovery->months + LAG_MONTHS);
	else
		put_alone(l, "recovery_lag", NAN);
}

static void put_pool(lister *l)
{
	const weir_shock *late = last_of(l->scenario, WEIR_SHOCK_LATE);
	for (int i = 0; i < WEIR_SCALED_KINDS; i++)
		if (weir_scenario_is_scaled(l->scenario, weir_scaled_kind_name(i)))
			put_by_share(l, weir_scaled_kind_name(i), 1, WEIR_VARY_RATE);
	put(l, "haircut", 0, 0, 0.05);
	put(l, "income_cut", 0, 0, 0.05);
	put_stress(l, "cdr", WEIR_SHOCK_DEFAULT, 0, 0.02);
	put_alone(l, "default_total", 0);
	put_stress(l, "cpr", WEIR_SHOCK_PREPAY, 0, 0.1);
	put_stress(l, "late_share", WEIR_SHOCK_LATE, 0, 0.2);
	put_alone(l, "late_months", late ? late->months : NAN);
	put_stress(l, "rate_shift", WEIR_SHOCK_RATE, -0.005, 0.005);
	put_alone(l, "valuation_cut", 0);
	if (has_royalties(l->plan))
		put_by_share(l, "royalty_factor", 1, WEIR_VARY_RATE);
	else
		put_alone(l, "royalty_factor", 1);
	put_recoveries(l);
}

/* The parameters as the scenario leaves them: a run of one lane tells. */
static weir_status list_parameters(lister *l, weir_diags *diags)
{
	weir_status status;
	weir_block *block = NULL;
	int count, before = weir_plan_periods(l->plan)->first - 1;
	const weir_parameter *p = weir_plan_parameters(l->plan, &count);
	weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	WEIR_TRY(weir_block_create(&block, l->plan, &options));
	WEIR_TRY(weir_block_run(block, &l->scenario, 1, NULL, 0, diags));
	for (int i = 0; i < count; i++) {
		const double *lanes = weir_run_record(weir_block_result(block), p[i].register_number, before);
		put_parameter(l, &p[i], lanes ? lanes[0] : p[i].value);
	}
out:
	weir_block_destroy(block);
	return status;
}

weir_status weir_swing_numbers_list(weir_swing_number **out, int *count, weir_arena *arena, const weir_plan *plan,
                                    const weir_scenario *scenario, double share, weir_diags *diags)
{
	enum { OF_THE_POOL = 12 };
	int parameters;
	lister l = { .plan = plan, .scenario = scenario, .share = share };
	weir_plan_parameters(plan, &parameters);
	l.items = weir_arena_array(arena, (size_t)parameters + OF_THE_POOL + WEIR_SCALED_KINDS, sizeof *l.items);
	if (!l.items)
		return WEIR_NO_MEMORY;
	weir_status status = list_parameters(&l, diags);
	if (status != WEIR_OK)
		return status;
	put_pool(&l);
	*out = l.items;
	*count = l.count;
	return WEIR_OK;
}

/* --- the runs --------------------------------------------------------------------------------------------------- */

typedef struct study {
	const weir_plan *plan;
	const weir_sensitivity_terms *terms;
	double *values; /* [metrics][runs]; run 0 is the base */
	int runs;
} study;

/* The scenario of a run: 1 and 2 are the first number's low and high, and so on. */
static weir_status make_run(void *context, weir_scenario *out, weir_arena *arena, int run, weir_diags *diags)
{
	const study *s = context;
	if (run == 0) {
		*out = s->terms->scenario ? *s->terms->scenario : (weir_scenario){ 0 };
		return WEIR_OK;
	}
	const weir_swing_number *n = &s->terms->numbers[(run - 1) / RUNS_EACH];
	double value = (run - 1) % RUNS_EACH ? n->high : n->low;
	weir_status status = weir_scenario_set_number(out, arena, s->plan, s->terms->scenario, n->name, value);
	if (status == WEIR_INPUT)
		weir_diag_error(diags, OUT_OF_RANGE, (weir_place){ 0 },
		                "\"%s\" cannot be %.10g; give whole months from 0 to 1200", n->name, value);
	return status;
}

/* --- swings ----------------------------------------------------------------------------------------------------- */

static double swing_of(double base, double low, double high)
{
	if (isnan(base) && isnan(low) && isnan(high))
		return 0;
	if (isnan(base) || isnan(low) || isnan(high))
		return NAN;
	double least = base < low ? base : low, most = base > low ? base : low;
	least = least < high ? least : high;
	most = most > high ? most : high;
	return most - least;
}

static int compare_swings(const void *left, const void *right)
{
	const weir_swing *a = left, *b = right;
	if (isnan(a->swing) != isnan(b->swing))
		return isnan(a->swing) ? -1 : 1;
	if (!isnan(a->swing) && a->swing != b->swing)
		return a->swing > b->swing ? -1 : 1;
	return a->number - b->number;
}

static void conclude(weir_sensitivity *out, const study *s)
{
	int numbers = s->terms->number_count;
	for (int m = 0; m < s->terms->metric_count; m++) {
		const double *values = &s->values[m * s->runs];
		weir_swing *swings = &out->swings[m * numbers];
		out->base[m] = values[0];
		for (int n = 0; n < numbers; n++) {
			double low = values[1 + n * RUNS_EACH], high = values[2 + n * RUNS_EACH];
			swings[n] = (weir_swing){ n, low, high, swing_of(values[0], low, high) };
		}
		qsort(swings, (size_t)numbers, sizeof *swings, compare_swings);
	}
}

weir_status weir_sensitivity_measure(weir_sensitivity *out, weir_arena *arena, const weir_plan *plan,
                                     const weir_sensitivity_terms *terms, weir_diags *diags)
{
	study s = { .plan = plan, .terms = terms, .runs = 1 + RUNS_EACH * terms->number_count };
	weir_metric_runs runs = { .make = make_run,
		                  .context = &s,
		                  .run_count = s.runs,
		                  .variant = terms->variant,
		                  .metrics = terms->metrics,
		                  .metric_count = terms->metric_count,
		                  .go_on = terms->go_on,
		                  .go_on_context = terms->context };
	size_t metrics = (size_t)terms->metric_count + 1;
	for (int n = 0; n < terms->number_count; n++)
		if (!weir_scenario_is_scaled(terms->scenario, terms->numbers[n].name) &&
		    !weir_block_knows(plan, terms->numbers[n].name)) {
			weir_block_complain_unknown(plan, terms->numbers[n].name, (weir_place){ 0 }, diags);
			return WEIR_INPUT;
		}
	out->base = weir_arena_array(arena, metrics, sizeof *out->base);
	out->swings = weir_arena_array(arena, metrics * ((size_t)terms->number_count + 1), sizeof *out->swings);
	s.values = weir_arena_array(arena, metrics * (size_t)s.runs, sizeof *s.values);
	if (!out->base || !out->swings || !s.values)
		return WEIR_NO_MEMORY;
	weir_status status = weir_metric_runs_measure(s.values, plan, &runs, diags);
	if (status == WEIR_OK)
		conclude(out, &s);
	return status;
}
