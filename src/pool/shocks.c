/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/alloc.h"
#include "pool/factor.h"
#include "pool/pool.h"

/* One scenario on its way to a lane. */
typedef struct maker {
	weir_arena *arena;
	const weir_pool *pool;
	const weir_scenario *scenario;
	weir_diags *diags;
	double *contract_factor; /* NULL until a shock needs it */
	double all_factor;       /* on every receipt */
	double haircut;          /* the parameter of that name */
	double late_share;
	int late_months;
} maker;

static const char *contract_id(const weir_pool_terms *terms, int i)
{
	return terms->contracts[i].id;
}

static const char *obligor_id(const weir_pool_terms *terms, int i)
{
	return terms->obligors[i].id;
}

/* The number of the obligor or contract that a shock names; -1, having complained with the nearest id,
 * when there is none. */
static int find_target(const maker *m, const weir_shock *shock)
{
	const weir_pool_terms *terms = &m->pool->deal->pool;
	int by_contract = shock->scope == WEIR_SCOPE_CONTRACT;
	int count = by_contract ? terms->contract_count : terms->obligor_count;
	const char *(*id_of)(const weir_pool_terms *, int) = by_contract ? contract_id : obligor_id;
	const char *wanted = shock->target ? shock->target : "", *nearest = NULL;
	for (int i = 0; i < count; i++)
		if (id_of(terms, i) && strcmp(id_of(terms, i), wanted) == 0)
			return i;
	const char **ids = weir_alloc_zero((size_t)count, sizeof *ids);
	if (!ids)
		m->diags->lost = 1;
	for (int i = 0; ids && i < count; i++)
		ids[i] = id_of(terms, i) ? id_of(terms, i) : "";
	if (ids)
		nearest = weir_nearest_name(wanted, strlen(wanted), ids, (size_t)count);
	weir_diag_error(m->diags, UNKNOWN_ID, shock->place,
	                "the pool has no %s \"%s\"; %s%s%s", by_contract ? "contract" : "obligor", wanted,
	                nearest ? "did you mean \"" : "use an id of the pool", nearest ? nearest : "",
	                nearest ? "\"?" : "");
	weir_free(ids);
	return -1;
}

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

static weir_status shock_some_receipts(maker *m, const weir_shock *shock)
{
	const weir_pool_terms *terms = &m->pool->deal->pool;
	int largest = shock->scope == WEIR_SCOPE_LARGEST;
	int target = largest ? m->pool->largest_obligor : find_target(m, shock);
	if (target < 0)
		return WEIR_OK; /* an empty pool, or complained */
	weir_status status = need_contract_factors(m);
	if (status != WEIR_OK)
		return status;
	if (shock->scope == WEIR_SCOPE_CONTRACT) {
		multiply(&m->contract_factor[target], shock->value);
		return WEIR_OK;
	}
	for (int c = 0; c < terms->contract_count; c++)
		if (terms->contracts[c].obligor == target)
			multiply(&m->contract_factor[c], shock->value);
	return WEIR_OK;
}

static weir_status shock_receipts(maker *m, const weir_shock *shock)
{
	if (!(shock->value >= 0)) {
		weir_diag_error(m->diags, OUT_OF_RANGE, shock->place,
		                "receipts cannot be multiplied by \"%.10g\"; give 0 or more", shock->value);
		return WEIR_OK;
	}
	switch (shock->scope) {
	case WEIR_SCOPE_ALL:
		multiply(&m->all_factor, shock->value);
		return WEIR_OK;
	case WEIR_SCOPE_OBLIGOR:
	case WEIR_SCOPE_LARGEST:
	case WEIR_SCOPE_CONTRACT:
		return shock_some_receipts(m, shock);
	default:
		weir_diag_error(m->diags, UNSUPPORTED, shock->place,
		                "a class has no receipts to shock; name an obligor, a contract, or all");
		return WEIR_OK;
	}
}

static void shock_late(maker *m, const weir_shock *shock)
{
	if (m->late_months)
		weir_diag_error(m->diags, UNSUPPORTED, shock->place,
		                "scenario \"%s\" makes receipts late twice; keep one of the shocks",
		                m->scenario->node.id);
	else if (shock->scope != WEIR_SCOPE_ALL)
		weir_diag_error(m->diags, UNSUPPORTED, shock->place,
		                "receipts can be late for the whole pool only; leave the obligor or contract "
		                "away");
	else if (!(shock->value >= 0 && shock->value <= 1))
		weir_diag_error(m->diags, OUT_OF_RANGE, shock->place,
		                "a late share of \"%.10g\" is not between 0%% and 100%%", shock->value);
	else if (shock->months < 1)
		weir_diag_error(m->diags, OUT_OF_RANGE, shock->place,
		                "receipts are late by \"%d\" months; give at least 1", shock->months);
	else {
		m->late_share = shock->value;
		m->late_months = shock->months;
	}
}

static void set_parameter(maker *m, const weir_shock *shock)
{
	if (!shock->target || strcmp(shock->target, "haircut") != 0)
		return;
	if (!(shock->value <= 1))
		weir_diag_error(m->diags, OUT_OF_RANGE, shock->place,
		                "a haircut of \"%.10g\" takes more than everything; give at most 100%%",
		                shock->value);
	else
		m->haircut = shock->value;
}

static weir_status apply(maker *m, const weir_shock *shock)
{
	switch (shock->kind) {
	case WEIR_SHOCK_RECEIPTS:
		return shock_receipts(m, shock);
	case WEIR_SHOCK_LATE:
		shock_late(m, shock);
		return WEIR_OK;
	case WEIR_SHOCK_SET:
		set_parameter(m, shock);
		return WEIR_OK;
	case WEIR_SHOCK_COUPON:
		break;
	}
	return WEIR_OK;
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
		for (int j = 0; m.scenario && j < m.scenario->shock_count; j++) {
			weir_status status = apply(&m, &m.scenario->shocks[j]);
			if (status != WEIR_OK)
				return status;
		}
		multiply(&m.all_factor, weir_factor_rest(m.haircut));
		shocks[i] = (weir_pool_shocks){ .contract_factor = m.contract_factor,
			                        .haircut = weir_factor_rest(m.all_factor),
			                        .late_share = m.late_share,
			                        .late_months = m.late_months };
	}
	if (diags->lost)
		return WEIR_NO_MEMORY;
	return diags->errors > errors ? WEIR_INPUT : WEIR_OK;
}
