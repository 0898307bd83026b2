/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random scenarios of any deal. */
#include "base/money.h"
#include "ref/dice.h"
#include "ref/random_deal.h"

#define SHOCKS 6

/* units x 10^-places, as the loader would give it. */
static double decimal(int64_t units, int places)
{
	return weir_decimal_double((weir_decimal){ units, places });
}

static weir_shock receipts(dice *d, const weir_deal *deal)
{
	weir_shock shock = { .kind = WEIR_SHOCK_RECEIPTS, .scope = WEIR_SCOPE_ALL };
	int64_t choice = dice_between(d, 0, 9);
	shock.value = dice_percent(d, 20) ? 0 : decimal(dice_between(d, 0, 1050000), 6);
	if (choice < 3 && deal->pool.obligor_count > 0) {
		shock.scope = WEIR_SCOPE_OBLIGOR;
		shock.target = deal->pool.obligors[dice_between(d, 0, deal->pool.obligor_count - 1)].id;
	} else if (choice < 5) {
		shock.scope = WEIR_SCOPE_LARGEST;
	} else if (choice < 7 && deal->pool.contract_count > 0) {
		shock.scope = WEIR_SCOPE_CONTRACT;
		shock.target = deal->pool.contracts[dice_between(d, 0, deal->pool.contract_count - 1)].id;
	} else {
		shock.value = decimal(dice_between(d, 500000, 1050000), 6);
	}
	return shock;
}

static weir_shock coupon(dice *d, const weir_deal *deal)
{
	weir_shock shock = { .kind = WEIR_SHOCK_COUPON, .scope = WEIR_SCOPE_SENIOR };
	shock.value = decimal(dice_between(d, -10000, 300000), 7);
	if (dice_percent(d, 50)) {
		const weir_class *class = &deal->classes[dice_between(d, 0, deal->class_count - 1)];
		shock.scope = class->interest == WEIR_INTEREST_NONE ? WEIR_SCOPE_ALL : WEIR_SCOPE_CLASS;
		shock.target = class->node.id;
	}
	return shock;
}

static weir_shock haircut(dice *d)
{
	return (weir_shock){ .kind = WEIR_SHOCK_SET,
		             .target = "haircut",
		             .value = decimal(dice_between(d, 0, 300000), 6) };
}

static weir_shock late(dice *d)
{
	return (weir_shock){ .kind = WEIR_SHOCK_LATE,
		             .scope = WEIR_SCOPE_ALL,
		             .value = decimal(dice_between(d, 1, 1000000), 6),
		             .months = (int)dice_between(d, 1, 13) };
}

const weir_scenario *random_scenario(const weir_deal *deal, uint64_t seed, int number)
{
	dice d = { seed * 1000003 + (uint64_t)number };
	weir_scenario *scenario = weir_arena_alloc(deal->arena, sizeof *scenario);
	weir_shock *shocks = weir_arena_array(deal->arena, SHOCKS, sizeof *shocks);
	char *id = weir_arena_text(deal->arena, "random", 6);
	int count = 0;
	if (!scenario || !shocks || !id)
		return NULL;
	for (int64_t n = dice_between(&d, 0, 3); n > 0; n--)
		shocks[count++] = receipts(&d, deal);
	if (dice_percent(&d, 30))
		shocks[count++] = coupon(&d, deal);
	else if (dice_percent(&d, 30))
		shocks[count++] = haircut(&d);
	if (dice_percent(&d, 40))
		shocks[count++] = late(&d);
	*scenario = (weir_scenario){ .node = { .id = id }, .shocks = shocks, .shock_count = count };
	return scenario;
}
