/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that a study lays over scenarios, and the shocks that they stand for: on all contracts, behind the
 * scenario's own (docs/scenarios.md, "Names that a study may vary"). */
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "ref/dice.h"
#include "ref/random_deal.h"

/* Rates run from 0 to `most` thousandths; months and dates in whole numbers. */
static const struct {
	const char *name;
	int64_t least, most;
	int places;
	weir_shock_kind kind;
} names[] = {
	{ "haircut", 0, 400, 3, WEIR_SHOCK_RECEIPTS },
	{ "cdr", 0, 300, 3, WEIR_SHOCK_DEFAULT },
	{ "default_total", 0, 800, 3, WEIR_SHOCK_DEFAULT },
	{ "cpr", 0, 400, 3, WEIR_SHOCK_PREPAY },
	{ "recovery", 0, 1000, 3, WEIR_SHOCK_RECOVERY },
	{ "recovery_lag", 0, 24, 0, WEIR_SHOCK_RECOVERY },
	{ "income_cut", 0, 900, 3, WEIR_SHOCK_RECEIPTS },
	{ "rate_shift", -30, 20, 3, WEIR_SHOCK_RATE },
	{ "late_share", 0, 1000, 3, WEIR_SHOCK_LATE },
	{ "late_months", 1, 18, 0, WEIR_SHOCK_LATE },
	{ "valuation_cut", 0, 1000, 3, WEIR_SHOCK_VALUATION },
	{ "royalty_factor", 0, 1100, 3, WEIR_SHOCK_RECEIPTS },
};

#define NAMES ((int)(sizeof names / sizeof *names))

/* The last shock of a kind that the scenario has: of recoveries the last from obligors. */
static const weir_shock *last_of(const weir_scenario *scenario, weir_shock_kind kind)
{
	const weir_shock *last = NULL;
	for (int i = 0; scenario && i < scenario->shock_count; i++)
		if (scenario->shocks[i].kind == kind &&
		    (kind != WEIR_SHOCK_RECOVERY || scenario->shocks[i].channel == WEIR_CHANNEL_COLLECTION))
			last = &scenario->shocks[i];
	return last;
}

/* What one number stands for, over what is there already. */
static weir_shock shock_for(int n, double value, const weir_scenario *under)
{
	weir_shock shock = { .kind = names[n].kind,
		             .target = names[n].name,
		             .value = value,
		             .from = WEIR_DATE_NONE,
		             .to = WEIR_DATE_NONE };
	const weir_shock *last = last_of(under, shock.kind);
	if (strcmp(names[n].name, "default_total") == 0)
		shock.profile = WEIR_PROFILE_CURVE;
	if (strcmp(names[n].name, "income_cut") == 0)
		shock.part = WEIR_PART_INCOME;
	if (strcmp(names[n].name, "income_cut") == 0 || strcmp(names[n].name, "haircut") == 0)
		shock.value = weir_rate_normal(1 - value);
	if (strcmp(names[n].name, "royalty_factor") == 0) {
		shock.scope = WEIR_SCOPE_KIND;
		shock.target = weir_contract_kind_text(WEIR_CONTRACT_ROYALTY);
	}
	if (shock.kind == WEIR_SHOCK_RECOVERY) {
		shock.months = last ? last->months : 12;
		shock.cost = last ? last->cost : 0;
	}
	if (shock.kind == WEIR_SHOCK_LATE)
		shock.months = last ? last->months : 6;
	if (strcmp(names[n].name, "recovery_lag") == 0 || strcmp(names[n].name, "late_months") == 0) {
		shock.value = last ? last->value : shock.kind == WEIR_SHOCK_LATE;
		shock.months = (int)value;
	}
	return shock;
}

int random_overlay(weir_overlay *overlay, double *values, const weir_deal *deal, uint64_t seed,
                   const weir_scenario **laid, int count)
{
	dice d = { seed };
	int n = (int)dice_between(&d, 0, NAMES - 1);
	*overlay = (weir_overlay){ .name = names[n].name, .values = values };
	for (int l = 0; l < count; l++) {
		weir_scenario *more = weir_arena_alloc(deal->arena, sizeof *more);
		weir_shock *shocks =
			weir_arena_array(deal->arena, (size_t)laid[l]->shock_count + 1, sizeof *shocks);
		if (!more || !shocks)
			return 0;
		values[l] = weir_decimal_double(
			(weir_decimal){ dice_between(&d, names[n].least, names[n].most), names[n].places });
		memcpy(shocks, laid[l]->shocks, (size_t)laid[l]->shock_count * sizeof *shocks);
		shocks[laid[l]->shock_count] = shock_for(n, values[l], laid[l]);
		*more = *laid[l];
		more->shocks = shocks;
		more->shock_count++;
		laid[l] = more;
	}
	return 1;
}
