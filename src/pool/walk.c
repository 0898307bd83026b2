/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/lanes.h"
#include "pool/actuals.h"
#include "pool/factor.h"
#include "pool/stress.h"

#define MONTHS_A_YEAR 12
#define PRODUCTS_ERROR 1e-15 /* of five roundings of 2^-53, generously */

static const weir_pool_stress no_stress = {
	.servicer = { WEIR_DATE_NONE, WEIR_DATE_NONE, WEIR_DATE_NONE, WEIR_DATE_NONE },
};

/* --- entering a contract ---------------------------------------------------------------------------------------- */

static int item_meets(const weir_stress_item *item, int group, const weir_stress_contract *contract)
{
	const weir_pool_terms *terms = &contract->pool->deal->pool;
	const weir_contract *c = contract->terms;
	if (group == WEIR_STRESS_IP_LOST)
		return weir_contract_has_ip(terms, c, item->ip);
	if (group == WEIR_STRESS_RATE && (c->kind == WEIR_CONTRACT_ROYALTY || c->kind == WEIR_CONTRACT_RECEIVABLE))
		return 0; /* what they bring follows no yearly rate */
	if (item->shock.kind == WEIR_SHOCK_FX && (!c->currency || !item->shock.target ||
	                                          strcmp(c->currency, item->shock.target) != 0))
		return 0;
	return weir_scope_meets(&item->scope, terms, contract->number);
}

void weir_walk_enter(weir_walk *walk, const weir_stress_contract *contract, const weir_pool_shocks *shocks)
{
	const weir_pool *pool = contract->pool;
	const weir_pool_stress *stress = shocks->stress ? shocks->stress : &no_stress;
	const weir_stress_item **next = stress->active;
	walk->shocks = shocks;
	walk->stress = stress;
	walk->contract = contract;
	walk->factor = shocks->contract_factor ? shocks->contract_factor[contract->number] : 1;
	walk->rest = weir_factor_rest(shocks->haircut);
	walk->share = pool->actuals ? 1 : pool->opening_share; /* what is still to come has been scaled */
	walk->balance_cents = weir_factor_scale(contract->scheduled_cents, walk->share, 1);
	walk->sold_cents = pool->actuals ? pool->actuals->sold_cents[contract->number] : 0;
	for (int g = 0; g < WEIR_STRESS_GROUPS; g++) {
		walk->active[g] = next;
		for (int i = stress->first[g]; i < stress->first[g + 1]; i++)
			if (item_meets(&stress->items[i], g, contract))
				*next++ = &stress->items[i];
		walk->active_count[g] = (int)(next - walk->active[g]);
	}
}

static int is_in_window(const weir_shock *shock, weir_date due)
{
	return due >= shock->from && (shock->to == WEIR_DATE_NONE || due <= shock->to);
}

/* --- what performs ---------------------------------------------------------------------------------------------- */

/* The product of two decimals of 12 places, rounded to as many. */
static double product(double a, double b)
{
	if (a == 1 || b == 1)
		return a == 1 ? b : a;
	return weir_factor_places(a, b);
}

static double survival(const weir_walk *walk, int group, const weir_stress_step *step)
{
	double left = 1;
	for (int i = 0; i < walk->active_count[group]; i++) {
		const weir_stress_item *item = walk->active[group][i];
		if (is_in_window(&item->shock, step->receipt->contract_due))
			left = product(left, weir_hazard_survival(item, step));
	}
	return left;
}

/* Part of what performs, at the interval's end, stops for good. */
static void default_some(weir_walk *walk, const weir_stress_step *step, weir_stressed *out)
{
	double income = step->receipt->income_cents, share = walk->share;
	walk->share = product(share, survival(walk, WEIR_STRESS_DEFAULT, step));
	if (walk->share == share)
		return;
	double left = weir_factor_scale(step->before, walk->share, 1);
	out->defaulted = walk->balance_cents - left;
	out->claim_income = weir_factor_scale(income, share, 1) - weir_factor_scale(income, walk->share, 1);
	walk->balance_cents = left;
}

/* balance x rate x months / 12, rounded */
static double rate_income(double balance_cents, double rate, int months)
{
	double distance, product = balance_cents * rate * months / MONTHS_A_YEAR;
	double whole = weir_round_or_flag(product, __builtin_fabs(product) * PRODUCTS_ERROR, &distance);
	if (distance > 0)
		return whole;
	return weir_round_quad(balance_cents * weir_quad_from_decimal(rate) * months / MONTHS_A_YEAR);
}

static void shift_rate(const weir_walk *walk, const weir_stress_step *step, weir_stressed *out)
{
	double rate = 0;
	for (int i = 0; i < walk->active_count[WEIR_STRESS_RATE]; i++) {
		const weir_shock *shock = &walk->active[WEIR_STRESS_RATE][i]->shock;
		if (is_in_window(shock, step->receipt->contract_due))
			rate = weir_rate_normal(rate + shock->value);
	}
	if (rate == 0)
		return;
	double income = out->income + rate_income(walk->balance_cents, rate, step->month - step->month_from);
	out->income = income > 0 ? income : 0;
}

/* What is due of it, and behind the payment what is prepaid. */
static void pay_some(weir_walk *walk, const weir_stress_step *step, weir_stressed *out)
{
	double left = weir_factor_scale(step->after, walk->share, 1);
	out->principal = walk->balance_cents - left;
	out->income = weir_factor_scale(step->receipt->income_cents, walk->share, 1);
	if (walk->active_count[WEIR_STRESS_RATE] > 0)
		shift_rate(walk, step, out);
	walk->balance_cents = left;
	if (walk->active_count[WEIR_STRESS_PREPAY] == 0)
		return;
	walk->share = product(walk->share, survival(walk, WEIR_STRESS_PREPAY, step));
	walk->balance_cents = weir_factor_scale(step->after, walk->share, 1);
	out->prepaid = left - walk->balance_cents;
}

/* --- factors ---------------------------------------------------------------------------------------------------- */

static double factor_of(const weir_stress_item *item, const weir_stress_step *step)
{
	return item->shock.kind == WEIR_SHOCK_DECAY ? weir_hazard_decay(item, step) : item->shock.value;
}

static void multiply_factors(const weir_walk *walk, const weir_stress_step *step, double *principal, double *income)
{
	for (int i = 0; i < walk->active_count[WEIR_STRESS_FACTOR]; i++) {
		const weir_stress_item *item = walk->active[WEIR_STRESS_FACTOR][i];
		if (!is_in_window(&item->shock, step->receipt->contract_due))
			continue;
		double factor = factor_of(item, step);
		if (item->shock.part != WEIR_PART_INCOME)
			*principal = weir_factor_places(*principal, factor);
		if (item->shock.part != WEIR_PART_PRINCIPAL)
			*income = weir_factor_places(*income, factor);
	}
}

/* Licences and royalties end with the right behind them. */
static int right_is_lost(const weir_walk *walk, const weir_stress_step *step)
{
	weir_contract_kind kind = walk->contract->terms->kind;
	if (kind != WEIR_CONTRACT_LICENCE && kind != WEIR_CONTRACT_SECONDARY_LICENCE && kind != WEIR_CONTRACT_ROYALTY)
		return 0;
	for (int i = 0; i < walk->active_count[WEIR_STRESS_IP_LOST]; i++)
		if (step->receipt->contract_due >= walk->active[WEIR_STRESS_IP_LOST][i]->shock.from)
			return 1;
	return 0;
}

/* Multiplies what came in; what falls short is given up, and claimed. */
static void apply_factors(const weir_walk *walk, const weir_stress_step *step, weir_stressed *out)
{
	double principal = walk->factor, income = walk->factor;
	multiply_factors(walk, step, &principal, &income);
	int lost = walk->active_count[WEIR_STRESS_IP_LOST] > 0 && right_is_lost(walk, step);
	if (lost)
		principal = income = 0;
	out->claim_principal = out->defaulted;
	if (principal == 1 && income == 1 && walk->rest == 1)
		return;
	double due = out->principal + out->prepaid, income_due = out->income;
	out->principal = weir_factor_scale(out->principal, principal, walk->rest);
	out->prepaid = weir_factor_scale(out->prepaid, principal, walk->rest);
	out->income = weir_factor_scale(out->income, income, walk->rest);
	double shortfall = due - out->principal - out->prepaid;
	out->claim_principal += shortfall;
	out->claim_income += income_due - out->income;
	out->defaulted += shortfall;
	if (lost)
		out->claim_principal = out->claim_income = 0;
}

/* --- late ------------------------------------------------------------------------------------------------------- */

/* How much of a receipt comes late, and how late: the last shock that meets it, or a missed balloon. */
static double late_share(const weir_walk *walk, const weir_stress_step *step, int *months)
{
	double share = walk->shocks->late_share;
	int balloon = 0;
	*months = walk->shocks->late_months;
	for (int i = 0; i < walk->active_count[WEIR_STRESS_LATE]; i++) {
		const weir_shock *shock = &walk->active[WEIR_STRESS_LATE][i]->shock;
		int is_balloon = shock->kind == WEIR_SHOCK_BALLOON_LATE;
		if ((is_balloon ? !step->last : balloon) || !is_in_window(shock, step->receipt->contract_due))
			continue;
		balloon |= is_balloon;
		share = is_balloon ? 1 : shock->value;
		*months = shock->months;
	}
	return share;
}

/* The day on which something arrives, when the servicer stops. */
static weir_date arrival(const weir_walk *walk, weir_date date)
{
	const weir_stress_servicer *servicer = &walk->stress->servicer;
	return date > servicer->fails && date <= servicer->stop_to ? servicer->stop_to : date;
}

static void split_late(const weir_walk *walk, const weir_stress_step *step, weir_stressed *out)
{
	int months;
	double share = late_share(walk, step, &months);
	out->date = arrival(walk, step->receipt->due);
	out->late_date = WEIR_DATE_NONE;
	if (share == 0)
		return;
	double in_time = weir_factor_rest(share), principal = out->principal, income = out->income;
	weir_date date = weir_date_add_months(step->receipt->due, months);
	out->principal = weir_factor_scale(principal, in_time, 1);
	out->income = weir_factor_scale(income, in_time, 1);
	out->late_principal = principal - out->principal;
	out->late_income = income - out->income;
	out->late_date = date == WEIR_DATE_NONE ? date : arrival(walk, date);
}

/* --- recoveries ------------------------------------------------------------------------------------------------- */

/* The last recovery shock of a channel that meets the receipt, or NULL. */
static const weir_shock *recovery_by(const weir_walk *walk, weir_channel channel, weir_date due)
{
	const weir_shock *last = NULL;
	for (int i = 0; i < walk->active_count[WEIR_STRESS_RECOVERY]; i++) {
		const weir_shock *shock = &walk->active[WEIR_STRESS_RECOVERY][i]->shock;
		if (shock->channel == channel && is_in_window(shock, due))
			last = shock;
	}
	return last;
}

static double disposal(weir_walk *walk, const weir_shock *shock, weir_date date, double loss)
{
	double recovered = weir_factor_scale(weir_walk_ip_value(walk, date), shock->value, 1);
	recovered = recovered < loss ? recovered : loss;
	walk->sold_cents += recovered;
	return recovered;
}

/* What comes back of `loss`, first from the obligor, then from its IP; and the claim's rest. */
static void recover(weir_walk *walk, const weir_stress_step *step, double loss, weir_stressed *out)
{
	weir_date due = step->receipt->contract_due;
	for (int channel = 0; channel < WEIR_CHANNEL_COUNT; channel++) {
		const weir_shock *shock = recovery_by(walk, (weir_channel)channel, due);
		if (!shock)
			continue;
		double recovered = channel == WEIR_CHANNEL_DISPOSAL ? disposal(walk, shock, due, loss) :
		                                                      weir_factor_scale(loss, shock->value, 1);
		loss -= recovered;
		recovered -= weir_factor_scale(recovered, shock->cost, 1);
		out->recovered[channel] = recovered;
		out->recovered_date[channel] = weir_date_add_months(step->receipt->due, shock->months);
		out->claim_principal -= recovered;
	}
}

/* --- the step --------------------------------------------------------------------------------------------------- */

void weir_walk_step(weir_walk *walk, const weir_stress_step *step, weir_stressed *out)
{
	*out = (weir_stressed){ 0 };
	if (walk->active_count[WEIR_STRESS_DEFAULT] > 0)
		default_some(walk, step, out);
	double loss = out->defaulted;
	pay_some(walk, step, out);
	apply_factors(walk, step, out);
	if (loss > 0 && walk->active_count[WEIR_STRESS_RECOVERY] > 0)
		recover(walk, step, loss, out);
	split_late(walk, step, out);
	out->claim_principal = out->claim_principal > 0 ? out->claim_principal : 0;
	out->claim_income = out->claim_income > 0 ? out->claim_income : 0;
}
