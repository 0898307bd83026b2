/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pool/factor.h"
#include "pool/stress.h"

/* One scenario on its way to a lane. */
typedef struct maker {
	weir_arena *arena;
	const weir_pool *pool;
	const weir_scenario *scenario;
	weir_diags *diags;
	double *contract_factor;     /* NULL until a shock needs it */
	double all_factor;           /* on every receipt */
	double haircut;              /* the parameter of that name */
	const weir_shock *last_late;
} maker;

static weir_status need_contract_factors(maker *m)
{
	size_t count = (size_t)m->pool->deal->pool.contract_count;
	if (m->contract_factor)
		return WEIR_OK;
	m->contract_factor = weir_arena_array(m->arena, count, sizeof *m->contract_factor);
	if (!m->contract_factor)
		return WEIR_NO_MEMORY;
	for (size_t c = 0; c < count; c++)
		m->contract_factor[c] = 1;
	return WEIR_OK;
}

static void multiply(double *factor, double by)
{
	*factor = weir_factor_product(*factor, by);
}

/* A factor on whole receipts at any time. */
static weir_status shock_receipts(maker *m, const weir_shock *shock)
{
	const weir_pool_terms *terms = &m->pool->deal->pool;
	weir_scope scope;
	if (shock->scope == WEIR_SCOPE_ALL) {
		multiply(&m->all_factor, shock->value);
		return WEIR_OK;
	}
	weir_status status = weir_scope_resolve(&scope, m->arena, m->pool, shock, m->diags);
	if (status != WEIR_OK)
		return status == WEIR_NO ? WEIR_OK : status; /* an empty pool, or complained */
	WEIR_TRY(need_contract_factors(m));
	for (int c = 0; c < terms->contract_count; c++)
		if (weir_scope_meets(&scope, terms, c))
			multiply(&m->contract_factor[c], shock->value);
out:
	return status;
}

static void set_parameter(maker *m, const weir_shock *shock)
{
	if (!shock->target || strcmp(shock->target, "haircut") != 0)
		return;
	if (!(shock->value >= 0 && shock->value <= 1))
		weir_diag_error(m->diags, OUT_OF_RANGE, shock->place,
		                "a haircut of %.10g%% is no part of the receipts; give 0%% to 100%%",
		                shock->value * 100);
	else
		m->haircut = shock->value;
}

static weir_status apply(maker *m, const weir_shock *shock)
{
	if (!weir_stress_check(m->pool->deal, shock, m->diags))
		return WEIR_OK;
	if (weir_stress_is_plain_factor(shock))
		return shock_receipts(m, shock);
	if (shock->kind == WEIR_SHOCK_SET)
		set_parameter(m, shock);
	if (shock->kind == WEIR_SHOCK_LATE)
		m->last_late = shock;
	return WEIR_OK;
}

/* Whether the last late shock, which wins, is for all receipts: then it is the lane's own. */
static int is_late_as_a_whole(const maker *m)
{
	const weir_shock *late = m->last_late;
	return late && late->scope == WEIR_SCOPE_ALL && late->from == WEIR_DATE_NONE && late->to == WEIR_DATE_NONE &&
	       late->from_month <= 0;
}

static weir_status make_shocks(weir_pool_shocks *out, maker *m)
{
	weir_status status = WEIR_OK;
	size_t errors = m->diags->errors;
	for (int j = 0; m->scenario && j < m->scenario->shock_count; j++)
		WEIR_TRY(apply(m, &m->scenario->shocks[j]));
	multiply(&m->all_factor, weir_factor_rest(m->haircut));
	int whole = is_late_as_a_whole(m);
	*out = (weir_pool_shocks){ .contract_factor = m->contract_factor,
		                   .haircut = weir_factor_rest(m->all_factor),
		                   .late_share = whole ? m->last_late->value : 0,
		                   .late_months = whole ? m->last_late->months : 0 };
	if (m->scenario && m->diags->errors == errors)
		status = weir_stress_create(&out->stress, m->arena, m->pool, m->scenario, !whole, m->diags);
out:
	return status;
}

weir_status weir_pool_shocks_create(weir_pool_shocks *shocks, weir_arena *arena, const weir_pool *pool,
                                    const weir_scenario *const *scenarios, int count, weir_diags *diags)
{
	size_t errors = diags->errors;
	for (int i = 0; i < count; i++) {
		maker m = { .arena = arena,
			    .pool = pool,
			    .scenario = scenarios[i],
			    .diags = diags,
			    .all_factor = 1 };
		weir_status status = make_shocks(&shocks[i], &m);
		if (status != WEIR_OK)
			return status;
	}
	if (diags->lost)
		return WEIR_NO_MEMORY;
	return diags->errors > errors ? WEIR_INPUT : WEIR_OK;
}

/* --- names of studies ------------------------------------------------------------------------------------------- */

#define RECOVERY_LAG_MONTHS 12
#define LATE_MONTHS 6
#define MOST_MONTHS 1200

static const struct named {
	const char *name;
	weir_shock_kind kind;
	weir_profile_kind profile;
	weir_shock_part part;
	enum { AS_IT_IS, REST, MONTHS } use; /* value; 1 - value; months */
} named_shocks[] = {
	{ "haircut", WEIR_SHOCK_RECEIPTS, 0, WEIR_PART_BOTH, REST },
	{ "cdr", WEIR_SHOCK_DEFAULT, WEIR_PROFILE_ANNUAL, 0, AS_IT_IS },
	{ "default_total", WEIR_SHOCK_DEFAULT, WEIR_PROFILE_CURVE, 0, AS_IT_IS },
	{ "cpr", WEIR_SHOCK_PREPAY, WEIR_PROFILE_ANNUAL, 0, AS_IT_IS },
	{ "recovery", WEIR_SHOCK_RECOVERY, 0, 0, AS_IT_IS },
	{ "recovery_lag", WEIR_SHOCK_RECOVERY, 0, 0, MONTHS },
	{ "income_cut", WEIR_SHOCK_RECEIPTS, 0, WEIR_PART_INCOME, REST },
	{ "rate_shift", WEIR_SHOCK_RATE, 0, 0, AS_IT_IS },
	{ "late_share", WEIR_SHOCK_LATE, 0, 0, AS_IT_IS },
	{ "late_months", WEIR_SHOCK_LATE, 0, 0, MONTHS },
	{ "valuation_cut", WEIR_SHOCK_VALUATION, 0, 0, AS_IT_IS },
	{ "royalty_factor", WEIR_SHOCK_RECEIPTS, 0, WEIR_PART_BOTH, AS_IT_IS },
};

static const struct named *find_named(const char *name)
{
	for (size_t i = 0; i < sizeof named_shocks / sizeof *named_shocks; i++)
		if (strcmp(named_shocks[i].name, name) == 0)
			return &named_shocks[i];
	return NULL;
}

int weir_pool_knows(const char *name)
{
	return find_named(name) != NULL;
}

/* What a late or recovery shock keeps of the base's last one of its kind. */
static void keep_from_base(weir_shock *shock, const weir_scenario *base)
{
	if (shock->kind == WEIR_SHOCK_RECOVERY)
		shock->months = RECOVERY_LAG_MONTHS;
	if (shock->kind == WEIR_SHOCK_LATE) {
		shock->value = 1;
		shock->months = LATE_MONTHS;
	}
	if (shock->kind != WEIR_SHOCK_RECOVERY && shock->kind != WEIR_SHOCK_LATE)
		return;
	for (int i = 0; base && i < base->shock_count; i++) {
		const weir_shock *other = &base->shocks[i];
		if (other->kind != shock->kind || other->channel != WEIR_CHANNEL_COLLECTION)
			continue;
		shock->value = other->value;
		shock->months = other->months;
		shock->cost = other->cost;
	}
}

weir_status weir_pool_shock_named(weir_shock *out, const char *name, double value, const weir_scenario *base)
{
	const struct named *named = find_named(name);
	int is_months = value >= 0 && value <= MOST_MONTHS && value == (double)(int)value;
	if (!named)
		return WEIR_NO;
	if (named->use == MONTHS && !is_months)
		return WEIR_INPUT;
	*out = (weir_shock){ .kind = named->kind,
		             .profile = named->profile,
		             .part = named->part,
		             .from = WEIR_DATE_NONE,
		             .to = WEIR_DATE_NONE };
	if (strcmp(name, "royalty_factor") == 0) {
		out->scope = WEIR_SCOPE_KIND;
		out->target = weir_contract_kind_text(WEIR_CONTRACT_ROYALTY);
	}
	keep_from_base(out, base);
	if (named->use == MONTHS)
		out->months = (int)value;
	else
		out->value = named->use == REST ? weir_factor_rest(value) : value;
	return WEIR_OK;
}
