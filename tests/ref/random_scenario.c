/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random scenarios of any deal: a few shocks of every kind there is. Factors have three decimals, so that the
 * product of a few is exact in twelve. */
#include <math.h>
#include <stdio.h>

#include "base/lanes.h"
#include "base/money.h"
#include "ref/dice.h"
#include "ref/random_deal.h"

#define SHOCKS 14
#define VALUES 5

/* units x 10^-places, as the loader would give it. */
static double decimal(int64_t units, int places)
{
	return weir_decimal_double((weir_decimal){ units, places });
}

static weir_shock shock_of(weir_shock_kind kind)
{
	return (weir_shock){ .kind = kind, .from = WEIR_DATE_NONE, .to = WEIR_DATE_NONE };
}

/* An event's date: given, or so many months after the cut-off. */
static void happens(dice *d, const weir_deal *deal, weir_shock *shock)
{
	if (dice_percent(d, 50))
		shock->from_month = (int)dice_between(d, 1, 40);
	else
		shock->from = deal->start + (weir_date)dice_between(d, 0, 900);
}

static void windowed(dice *d, const weir_deal *deal, weir_shock *shock)
{
	if (dice_percent(d, 40))
		happens(d, deal, shock);
	if (dice_percent(d, 20))
		shock->to = deal->start + (weir_date)dice_between(d, 300, 1500);
}

/* A part of the pool, or all of it. */
static void scoped(dice *d, const weir_deal *deal, weir_shock *shock)
{
	const weir_pool_terms *pool = &deal->pool;
	const weir_contract *c = &pool->contracts[dice_between(d, 0, pool->contract_count - 1)];
	const weir_obligor *o = &pool->obligors[c->obligor];
	const struct {
		weir_shock_scope scope;
		const char *target;
	} scopes[] = {
		{ WEIR_SCOPE_OBLIGOR, o->id },
		{ WEIR_SCOPE_CONTRACT, c->id },
		{ WEIR_SCOPE_KIND, weir_contract_kind_text(c->kind) },
		{ WEIR_SCOPE_INDUSTRY, o->industry },
		{ WEIR_SCOPE_REGION, o->region },
		{ WEIR_SCOPE_GRADE, c->grade },
		{ WEIR_SCOPE_IP, c->ip_count ? pool->ip[pool->contract_ip[c->ip_first]].id : NULL },
	};
	int64_t n = dice_between(d, 0, 17);
	if (n == 7) {
		shock->scope = WEIR_SCOPE_LARGEST;
		shock->largest = (int)dice_between(d, 1, 3);
	} else if (n < 7 && scopes[n].target) {
		shock->scope = scopes[n].scope;
		shock->target = scopes[n].target;
	}
}

static weir_shock receipts(dice *d, const weir_deal *deal)
{
	weir_shock shock = shock_of(WEIR_SHOCK_RECEIPTS);
	scoped(d, deal, &shock);
	shock.value = dice_percent(d, 20) ? 0 : decimal(dice_between(d, 0, 1050), 3);
	if (shock.scope == WEIR_SCOPE_ALL)
		shock.value = decimal(dice_between(d, 500, 1050), 3);
	if (dice_percent(d, 30))
		shock.part = DICE_PICK(d, "p", "i")[0] == 'p' ? WEIR_PART_PRINCIPAL : WEIR_PART_INCOME;
	windowed(d, deal, &shock);
	return shock;
}

static weir_shock decay(dice *d, const weir_deal *deal)
{
	weir_shock shock = shock_of(WEIR_SHOCK_DECAY);
	scoped(d, deal, &shock);
	shock.value = decimal(dice_between(d, 0, 400), 3);
	if (dice_percent(d, 60))
		happens(d, deal, &shock);
	return shock;
}

static weir_shock late(dice *d, const weir_deal *deal)
{
	weir_shock shock = shock_of(dice_percent(d, 20) ? WEIR_SHOCK_BALLOON_LATE : WEIR_SHOCK_LATE);
	scoped(d, deal, &shock);
	shock.value = decimal(dice_between(d, 1, 1000000), 6);
	shock.months = (int)dice_between(d, 1, 13);
	if (dice_percent(d, 30))
		windowed(d, deal, &shock);
	return shock;
}

/* Rates of years or months, or a curve whose parts add up to 1. */
static weir_status profile(dice *d, const weir_deal *deal, weir_shock *shock, int64_t most)
{
	int left = 1000;
	shock->value = 1;
	shock->value_count = (int)dice_between(d, 1, VALUES);
	shock->values = weir_arena_array(deal->arena, VALUES, sizeof *shock->values);
	if (!shock->values)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < shock->value_count; i++) {
		int part = i + 1 == shock->value_count ? left : (int)dice_between(d, 0, left);
		left -= part;
		shock->values[i] = shock->profile == WEIR_PROFILE_CURVE
		                           ? decimal(part, 3)
		                           : decimal(dice_between(d, 0, most), 4);
	}
	if (shock->profile == WEIR_PROFILE_CURVE)
		shock->value = decimal(dice_between(d, 1, 600), 3);
	return WEIR_OK;
}

static weir_shock defaults(dice *d, const weir_deal *deal)
{
	weir_shock shock = shock_of(WEIR_SHOCK_DEFAULT);
	int64_t n = dice_between(d, 0, 3);
	scoped(d, deal, &shock);
	shock.profile = (weir_profile_kind[]){ WEIR_PROFILE_ANNUAL, WEIR_PROFILE_MONTHLY, WEIR_PROFILE_CURVE,
		                               WEIR_PROFILE_DATE }[n];
	if (n == 3) {
		shock.value = 1;
		happens(d, deal, &shock);
	} else if (profile(d, deal, &shock, n == 0 ? 3000 : 300) != WEIR_OK) {
		shock = shock_of(WEIR_SHOCK_LATE);
	}
	return shock;
}

static weir_shock prepayments(dice *d, const weir_deal *deal)
{
	weir_shock shock = shock_of(WEIR_SHOCK_PREPAY);
	int64_t n = dice_between(d, 0, 3);
	scoped(d, deal, &shock);
	shock.profile = (weir_profile_kind[]){ WEIR_PROFILE_ANNUAL, WEIR_PROFILE_MONTHLY, WEIR_PROFILE_ABS,
		                               WEIR_PROFILE_DATE }[n];
	if (n == 3) {
		shock.value = 1;
		happens(d, deal, &shock);
	} else if (profile(d, deal, &shock, n == 0 ? 4000 : 200) != WEIR_OK)
		shock = shock_of(WEIR_SHOCK_LATE);
	return shock;
}

static weir_shock recovery(dice *d, const weir_deal *deal)
{
	weir_shock shock = shock_of(WEIR_SHOCK_RECOVERY);
	scoped(d, deal, &shock);
	shock.channel = dice_percent(d, 50) ? WEIR_CHANNEL_COLLECTION : WEIR_CHANNEL_DISPOSAL;
	shock.value = decimal(dice_between(d, 0, 1000), 3);
	shock.months = (int)dice_between(d, 0, 20);
	shock.cost = dice_percent(d, 50) ? decimal(dice_between(d, 0, 300), 3) : 0;
	return shock;
}

static weir_shock valuation(dice *d, const weir_deal *deal)
{
	weir_shock shock = shock_of(WEIR_SHOCK_VALUATION);
	scoped(d, deal, &shock);
	shock.value = decimal(dice_between(d, 0, 1000), 3);
	return shock;
}

static weir_shock ip_lost(dice *d, const weir_deal *deal)
{
	weir_shock shock = shock_of(WEIR_SHOCK_IP_LOST);
	if (deal->pool.ip_count == 0)
		return receipts(d, deal);
	shock.scope = WEIR_SCOPE_IP;
	shock.target = deal->pool.ip[dice_between(d, 0, deal->pool.ip_count - 1)].id;
	happens(d, deal, &shock);
	return shock;
}

static weir_shock rates(dice *d, const weir_deal *deal)
{
	weir_shock shock = shock_of(WEIR_SHOCK_RATE);
	scoped(d, deal, &shock);
	shock.value = decimal(dice_between(d, -300, 200), 4);
	return shock;
}

static weir_shock exchange(dice *d, const weir_deal *deal)
{
	weir_shock shock = shock_of(WEIR_SHOCK_FX);
	(void)deal;
	shock.target = "USD";
	shock.value = decimal(dice_between(d, 700, 1100), 3);
	return shock;
}

static weir_shock coupon(dice *d, const weir_deal *deal)
{
	weir_shock shock = shock_of(WEIR_SHOCK_COUPON);
	shock.scope = WEIR_SCOPE_SENIOR;
	shock.value = decimal(dice_between(d, -10000, 300000), 7);
	if (dice_percent(d, 50)) {
		const weir_class *class = &deal->classes[dice_between(d, 0, deal->class_count - 1)];
		shock.scope = class->interest == WEIR_INTEREST_NONE ? WEIR_SCOPE_ALL : WEIR_SCOPE_CLASS;
		shock.target = class->node.id;
	}
	return shock;
}

/* One of the parties that support the deal. */
static weir_shock supporter(dice *d, const weir_deal *deal)
{
	weir_shock shock = shock_of(WEIR_SHOCK_SUPPORTER);
	int n = deal->support_count + deal->cover_count, party;
	if (n == 0)
		return coupon(d, deal);
	n = (int)dice_between(d, 0, n - 1);
	party = n < deal->support_count ? deal->supports[n].party
	                                : deal->covers[n - deal->support_count].shares[0].party;
	shock.target = deal->parties[party].node.id;
	happens(d, deal, &shock);
	return shock;
}

static weir_shock servicer(dice *d, const weir_deal *deal)
{
	weir_shock shock = shock_of(WEIR_SHOCK_SERVICER);
	if (!deal->servicing.given) /* refused: it does not say how collections travel */
		return late(d, deal);
	shock.months = dice_percent(d, 50) ? -1 : (int)dice_between(d, 0, 7);
	shock.stop_months = dice_percent(d, 50) ? (int)dice_between(d, 1, 6) : 0;
	happens(d, deal, &shock);
	return shock;
}

static weir_shock haircut(dice *d, const weir_deal *deal)
{
	weir_shock shock = shock_of(WEIR_SHOCK_SET);
	(void)deal;
	shock.target = "haircut";
	shock.value = decimal(dice_between(d, 0, 300), 3);
	return shock;
}

/* A parameter of the plan: a rate, an amount or a date. */
static weir_shock parameter(dice *d, const weir_deal *deal)
{
	weir_shock shock = shock_of(WEIR_SHOCK_SET);
	if (deal->fee_count == 0)
		return haircut(d, deal);
	const weir_fee *fee = &deal->fees[dice_between(d, 0, deal->fee_count - 1)];
	const weir_support *support =
		deal->support_count ? &deal->supports[dice_between(d, 0, deal->support_count - 1)] : NULL;
	const char *id = fee->node.id, *what = isnan(fee->amount_cents) ? "rate" : "amount";
	shock.value =
		what[0] == 'r' ? decimal(dice_between(d, 1, 9999), 6) : (double)dice_between(d, 1, 9000000);
	if (fee->amount.text || fee->solve_paid)
		return haircut(d, deal);
	if (support && dice_percent(d, 70)) {
		id = support->node.id;
		shock.value = decimal(dice_between(d, 1, 90000), 6);
		what = support->draw_rate_annual > 0 ? "draw_rate" : "commitment_rate";
		if (!isinf(support->cap_cents)) {
			what = "cap";
			shock.value = (double)dice_between(d, 1, 90000000);
		} else if (support->draw_rate_annual == 0 && support->commitment_rate_annual == 0) {
			id = deal->parties[support->party].node.id;
			what = "fails_on";
			shock.value = deal->start + (double)dice_between(d, 0, 900);
		}
	}
	if (dice_percent(d, 10) && deal->support_count + deal->cover_count > 0) {
		id = "support";
		what = "off";
		shock.value = 1;
	}
	char *name = weir_arena_alloc(deal->arena, 80);
	if (!name)
		return haircut(d, deal);
	snprintf(name, 80, "%s.%s", id, what);
	shock.target = name;
	return shock;
}

/* Each kind with its chances in a hundred, and how often at most. */
static const struct {
	weir_shock (*make)(dice *d, const weir_deal *deal);
	int chances, most;
} kinds[] = {
	{ receipts, 50, 2 },  { coupon, 25, 1 },      { haircut, 20, 1 },   { late, 30, 2 },
	{ defaults, 50, 2 },  { prepayments, 30, 1 }, { recovery, 40, 2 },  { valuation, 15, 1 },
	{ ip_lost, 15, 1 },   { rates, 20, 1 },       { exchange, 15, 1 },  { decay, 15, 1 },
	{ supporter, 25, 1 }, { servicer, 20, 1 },    { parameter, 15, 1 },
};

/* A shock without time or parts: whole blocks of such lanes take a shorter way through the pool. */
static weir_shock plain(dice *d, const weir_deal *deal)
{
	weir_shock shock = receipts(d, deal);
	if (dice_percent(d, 30))
		shock = haircut(d, deal);
	if (dice_percent(d, 30)) {
		shock = late(d, deal);
		shock.kind = WEIR_SHOCK_LATE;
		shock.scope = WEIR_SCOPE_ALL;
	}
	shock.part = WEIR_PART_BOTH;
	shock.from = shock.to = WEIR_DATE_NONE;
	shock.from_month = 0;
	return shock;
}

const weir_scenario *random_scenario(const weir_deal *deal, uint64_t seed, int number)
{
	dice d = { seed * 1000003 + (uint64_t)number };
	weir_scenario *scenario = weir_arena_alloc(deal->arena, sizeof *scenario);
	weir_shock *shocks = weir_arena_array(deal->arena, SHOCKS, sizeof *shocks);
	char *id = weir_arena_text(deal->arena, "random", 6);
	int count = 0, is_plain = (seed + (uint64_t)(number / WEIR_LANES)) % 5 == 0;
	if (!scenario || !shocks || !id)
		return NULL;
	for (int64_t n = is_plain ? dice_between(&d, 0, 3) : 0; n > 0; n--)
		shocks[count++] = plain(&d, deal);
	for (size_t k = 0; !is_plain && k < sizeof kinds / sizeof *kinds; k++)
		for (int n = 0; n < kinds[k].most; n++)
			if (dice_percent(&d, kinds[k].chances) && count < SHOCKS)
				shocks[count++] = kinds[k].make(&d, deal);
	*scenario = (weir_scenario){ .node = { .id = id }, .shocks = shocks, .shock_count = count };
	return scenario;
}

/* Between the value and where it does no harm. */
static double nearer(dice *d, double value, double harmless)
{
	double way = (double)dice_between(d, 0, 1000) / 1000;
	return weir_rate_normal(value + (harmless - value) * way);
}

const weir_scenario *random_better(const weir_deal *deal, const weir_scenario *worse, uint64_t seed)
{
	dice d = { seed };
	weir_scenario *scenario = weir_arena_alloc(deal->arena, sizeof *scenario);
	weir_shock *shocks = weir_arena_array(deal->arena, SHOCKS, sizeof *shocks);
	if (!scenario || !shocks)
		return NULL;
	*scenario = *worse;
	scenario->shocks = shocks;
	for (int i = 0; i < worse->shock_count; i++) {
		weir_shock *s = &shocks[i];
		*s = worse->shocks[i];
		if (s->kind == WEIR_SHOCK_RECEIPTS && s->value < 1)
			s->value = nearer(&d, s->value, 1);
		else if (s->kind == WEIR_SHOCK_LATE || s->kind == WEIR_SHOCK_DECAY ||
		         s->kind == WEIR_SHOCK_VALUATION)
			s->value = nearer(&d, s->value, 0);
		else if (s->kind == WEIR_SHOCK_RECOVERY)
			s->value = nearer(&d, s->value, 1);
		else if (s->kind == WEIR_SHOCK_SET)
			s->value = nearer(&d, s->value, 0);
	}
	return scenario;
}
