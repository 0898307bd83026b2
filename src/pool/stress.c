/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool/actuals.h"
#include "pool/stress.h"

#define MONTHS_A_YEAR 12

/* --- dates ------------------------------------------------------------------------------------------------------ */

int weir_stress_month(weir_date date)
{
	int year, month;
	weir_date_to_ymd(date, &year, &month, NULL);
	return year * MONTHS_A_YEAR + month;
}

weir_date weir_stress_from(const weir_deal *deal, const weir_shock *shock)
{
	if (shock->from != WEIR_DATE_NONE || shock->from_month <= 0)
		return shock->from;
	return weir_date_add_months(weir_deal_cutoff(deal), shock->from_month);
}

/* --- steps of a contract ---------------------------------------------------------------------------------------- */

weir_stress_contract weir_stress_contract_of(const weir_pool *pool, int number)
{
	weir_receipts receipts = weir_pool_receipts(pool);
	weir_stress_contract contract = { .pool = pool,
		                          .number = number,
		                          .terms = &pool->deal->pool.contracts[number],
		                          .receipts = receipts.items,
		                          .first = receipts.contract_first[number],
		                          .end = receipts.contract_first[number + 1],
		                          .last_due = WEIR_DATE_NONE };
	while (contract.first < contract.end && receipts.items[contract.first].due <= pool->past_to)
		contract.first++;
	for (size_t r = contract.first; r < contract.end; r++)
		contract.scheduled_cents += receipts.items[r].principal_cents;
	if (contract.end > contract.first)
		contract.last_due = receipts.items[contract.end - 1].contract_due;
	return contract;
}

static int months_from_cutoff(const weir_stress_contract *contract, weir_date date)
{
	int months = weir_stress_month(date) - weir_stress_month(weir_deal_cutoff(contract->pool->deal));
	return months > 0 ? months : 0;
}

/* Takes up the receipt at hand, whose interval and scheduled principal begin where the last ones ended. */
static void take_receipt(weir_stress_step *step)
{
	int month = months_from_cutoff(step->contract, step->receipt->contract_due);
	step->month = month > step->month_from ? month : step->month_from;
	step->after = step->before - step->receipt->principal_cents;
	step->last = step->receipt == &step->contract->receipts[step->contract->end - 1];
}

weir_stress_step weir_stress_first(const weir_stress_contract *contract)
{
	const weir_pool *pool = contract->pool;
	weir_date past_to = pool->actuals ? pool->actuals->last_date : pool->past_to;
	weir_date from = past_to != WEIR_DATE_NONE ? past_to : weir_deal_cutoff(pool->deal);
	weir_stress_step step = { .contract = contract,
		                  .receipt = &contract->receipts[contract->first],
		                  .from = from,
		                  .month_from = months_from_cutoff(contract, from),
		                  .before = contract->scheduled_cents };
	if (contract->first < contract->end)
		take_receipt(&step);
	return step;
}

void weir_stress_next(weir_stress_step *step)
{
	if (step->receipt->contract_due > step->from) /* else due before the start, paid after it */
		step->from = step->receipt->contract_due;
	step->month_from = step->month;
	step->before = step->after;
	step->receipt++;
	take_receipt(step);
}

/* --- a lane's items --------------------------------------------------------------------------------------------- */

/* The group of a shock; -1: it is not for the stress. */
static int group_of(const weir_shock *shock, int late)
{
	switch (shock->kind) {
	case WEIR_SHOCK_RECEIPTS:
		return weir_stress_is_plain_factor(shock) ? -1 : WEIR_STRESS_FACTOR;
	case WEIR_SHOCK_DECAY:
	case WEIR_SHOCK_FX:
		return WEIR_STRESS_FACTOR;
	case WEIR_SHOCK_LATE:
		return late ? WEIR_STRESS_LATE : -1;
	case WEIR_SHOCK_BALLOON_LATE:
		return WEIR_STRESS_LATE;
	case WEIR_SHOCK_DEFAULT:
		return WEIR_STRESS_DEFAULT;
	case WEIR_SHOCK_PREPAY:
		return WEIR_STRESS_PREPAY;
	case WEIR_SHOCK_RECOVERY:
		return WEIR_STRESS_RECOVERY;
	case WEIR_SHOCK_VALUATION:
		return WEIR_STRESS_VALUATION;
	case WEIR_SHOCK_IP_LOST:
		return WEIR_STRESS_IP_LOST;
	case WEIR_SHOCK_RATE:
		return WEIR_STRESS_RATE;
	default:
		return -1;
	}
}

int weir_stress_is_plain_factor(const weir_shock *shock)
{
	return shock->kind == WEIR_SHOCK_RECEIPTS && shock->part == WEIR_PART_BOTH && shock->from == WEIR_DATE_NONE &&
	       shock->to == WEIR_DATE_NONE && shock->from_month <= 0;
}

/* One stress on its way. */
typedef struct maker {
	weir_arena *arena;
	const weir_pool *pool;
	weir_diags *diags;
	weir_pool_stress *stress;
	int count;
} maker;

static int has_memo(int group, const weir_shock *shock)
{
	return group == WEIR_STRESS_DEFAULT || group == WEIR_STRESS_PREPAY || shock->kind == WEIR_SHOCK_DECAY;
}

/* Scope, dates and memory of an item. WEIR_NO: it meets nothing. */
static weir_status fill_item(maker *m, weir_stress_item *item, int group, const weir_shock *shock)
{
	const weir_pool_terms *terms = &m->pool->deal->pool;
	*item = (weir_stress_item){ .shock = *shock, .ip = -1 };
	item->shock.from = weir_stress_from(m->pool->deal, shock);
	item->shock.value = weir_rate_normal(shock->value);
	if (group == WEIR_STRESS_IP_LOST) { /* its target is the item, whatever the scope */
		item->ip = weir_scope_find_ip(terms, shock, m->diags);
		return item->ip < 0 ? WEIR_NO : WEIR_OK;
	}
	weir_shock scoped = *shock;
	if (shock->kind == WEIR_SHOCK_FX) /* its target is the currency */
		scoped.scope = WEIR_SCOPE_ALL;
	weir_status status = weir_scope_resolve(&item->scope, m->arena, m->pool, &scoped, m->diags);
	if (status != WEIR_OK)
		return status;
	if (group == WEIR_STRESS_VALUATION && shock->scope == WEIR_SCOPE_IP)
		item->ip = item->scope.number;
	if (!has_memo(group, shock))
		return WEIR_OK;
	item->memo = weir_arena_array(m->arena, WEIR_STRESS_MEMOS, sizeof *item->memo);
	return item->memo ? WEIR_OK : WEIR_NO_MEMORY;
}

static weir_status add_group(maker *m, int group, const weir_scenario *scenario, int late)
{
	m->stress->first[group] = m->count;
	for (int i = 0; i < scenario->shock_count; i++) {
		if (group_of(&scenario->shocks[i], late) != group)
			continue;
		weir_status status = fill_item(m, &m->stress->items[m->count], group, &scenario->shocks[i]);
		if (status == WEIR_NO_MEMORY)
			return status;
		m->count += status == WEIR_OK;
	}
	return WEIR_OK;
}

/* --- the servicer ----------------------------------------------------------------------------------------------- */

static const weir_shock *servicer_shock(const weir_scenario *scenario)
{
	const weir_shock *last = NULL;
	for (int i = 0; i < scenario->shock_count; i++)
		if (scenario->shocks[i].kind == WEIR_SHOCK_SERVICER)
			last = &scenario->shocks[i];
	return last;
}

static weir_stress_servicer servicer_of(const weir_deal *deal, const weir_shock *shock)
{
	if (!shock)
		return (weir_stress_servicer){ WEIR_DATE_NONE, WEIR_DATE_NONE, WEIR_DATE_NONE, WEIR_DATE_NONE };
	weir_date fails = weir_stress_from(deal, shock);
	int given = shock->months >= 0, normal = deal->servicing.given ? deal->servicing.transfer_months : 0;
	int fast = deal->servicing.given ? deal->servicing.fast_months : 0;
	return (weir_stress_servicer){
		.fails = fails,
		.stop_to = shock->stop_months > 0 ? weir_date_add_months(fails, shock->stop_months) : WEIR_DATE_NONE,
		.lost_after = weir_date_add_months(fails, -(given ? shock->months : normal)),
		.lost_after_fast = weir_date_add_months(fails, -(given ? shock->months : fast)),
	};
}

/* --- the stress ------------------------------------------------------------------------------------------------- */

static int is_stressed(const weir_scenario *scenario, int late)
{
	for (int i = 0; i < scenario->shock_count; i++)
		if (scenario->shocks[i].kind == WEIR_SHOCK_SERVICER || group_of(&scenario->shocks[i], late) >= 0)
			return 1;
	return 0;
}

static int sells_ip(const weir_pool_stress *stress)
{
	for (int i = stress->first[WEIR_STRESS_RECOVERY]; i < stress->first[WEIR_STRESS_RECOVERY + 1]; i++)
		if (stress->items[i].shock.channel == WEIR_CHANNEL_DISPOSAL)
			return 1;
	return 0;
}

weir_status weir_stress_create(const weir_pool_stress **out, weir_arena *arena, const weir_pool *pool,
                               const weir_scenario *scenario, int late, weir_diags *diags)
{
	size_t shocks = (size_t)scenario->shock_count;
	if (!is_stressed(scenario, late))
		return WEIR_OK;
	weir_pool_stress *stress = weir_arena_alloc(arena, sizeof *stress);
	if (!stress)
		return WEIR_NO_MEMORY;
	maker m = { .arena = arena, .pool = pool, .diags = diags, .stress = stress };
	stress->items = weir_arena_array(arena, shocks, sizeof *stress->items);
	stress->active = weir_arena_array(arena, shocks, sizeof *stress->active);
	if (!stress->items || !stress->active)
		return WEIR_NO_MEMORY;
	for (int g = 0; g < WEIR_STRESS_GROUPS; g++) {
		weir_status status = add_group(&m, g, scenario, late);
		if (status != WEIR_OK)
			return status;
	}
	stress->first[WEIR_STRESS_GROUPS] = m.count;
	stress->servicer = servicer_of(pool->deal, servicer_shock(scenario));
	if (sells_ip(stress) && pool->ip_shared_count > 0) {
		stress->ip_taken = weir_arena_array(arena, (size_t)pool->ip_shared_count, sizeof *stress->ip_taken);
		if (!stress->ip_taken)
			return WEIR_NO_MEMORY;
	}
	*out = stress;
	return WEIR_OK;
}
