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

#define MOST ((int)(sizeof((random_overlays *)0)->items / sizeof(weir_overlay)))

/* A size: the deal's, none, or another one; in whole units where payments are rounded for each. */
static double size_for(dice *d, const weir_class *class)
{
	double size = class->size_cents, step = dice_percent(d, 30) ? 500 : 1;
	if (class->rounding == WEIR_ROUND_UNIT)
		step = class->unit_cents;
	if (dice_percent(d, 10))
		return size;
	if (dice_percent(d, 4))
		return 0;
	return (double)(int64_t)(size * (double)dice_between(d, 100, 2200) / 1000 / step) * step;
}

/* A number of a type around the one that the deal says. */
static double number_for(dice *d, const weir_deal *deal, weir_type type, double value)
{
	switch (type) {
	case WEIR_TYPE_MONEY:
		return (double)dice_between(d, 0, 2 * (int64_t)value + 5000000);
	case WEIR_TYPE_RATE:
		return weir_decimal_double((weir_decimal){ dice_between(d, 0, 400), 3 });
	case WEIR_TYPE_DATE:
		return deal->start + (double)dice_between(d, 0, 1000);
	case WEIR_TYPE_NUMBER:
		return weir_decimal_double((weir_decimal){ dice_between(d, 0, 80), 1 });
	default: /* a flag */
		return dice_percent(d, 60);
	}
}

static double value_for(dice *d, const weir_deal *deal, const twin_setting *setting)
{
	if (setting->kind == TWIN_SET_SIZE)
		return size_for(d, &deal->classes[setting->index]);
	if (setting->kind == TWIN_SET_COUPON) /* no scenario here takes more than 10bp off */
		return weir_decimal_double((weir_decimal){ dice_between(d, 20, 900), 4 });
	return number_for(d, deal, setting->type, setting->value);
}

double random_setting(const weir_deal *deal, const twin_setting *setting, uint64_t seed)
{
	dice d = { seed };
	return value_for(&d, deal, setting);
}

/* The scenario of a lane with one more shock. */
static int lay(const weir_deal *deal, const weir_scenario **laid, weir_shock shock)
{
	weir_scenario *more = weir_arena_alloc(deal->arena, sizeof *more);
	weir_shock *shocks = weir_arena_array(deal->arena, (size_t)(*laid)->shock_count + 1, sizeof *shocks);
	if (!more || !shocks)
		return 0;
	if ((*laid)->shock_count)
		memcpy(shocks, (*laid)->shocks, (size_t)(*laid)->shock_count * sizeof *shocks);
	shocks[(*laid)->shock_count] = shock;
	*more = **laid;
	more->shocks = shocks;
	more->shock_count++;
	*laid = more;
	return 1;
}

static int lay_pool(random_overlays *out, dice *d, const weir_deal *deal, const weir_scenario **laid,
                    int count)
{
	int n = (int)dice_between(d, 0, NAMES - 1), done = 1;
	double *values = out->values[out->count];
	out->items[out->count++] = (weir_overlay){ .name = names[n].name, .values = values };
	for (int l = 0; l < count && done; l++) {
		values[l] = weir_decimal_double(
			(weir_decimal){ dice_between(d, names[n].least, names[n].most), names[n].places });
		done = lay(deal, &laid[l], shock_for(n, values[l], laid[l]));
	}
	return done;
}

static int lay_setting(random_overlays *out, dice *d, const weir_deal *deal, const twin_setting *setting,
                       const weir_scenario **laid, int count)
{
	double *values = out->values[out->count];
	int done = 1;
	out->items[out->count++] = (weir_overlay){ .name = setting->name, .values = values };
	for (int l = 0; l < count && done; l++) {
		values[l] = value_for(d, deal, setting);
		done = lay(deal, &laid[l],
		           (weir_shock){ .kind = WEIR_SHOCK_SET,
		                         .target = setting->name,
		                         .value = values[l],
		                         .from = WEIR_DATE_NONE,
		                         .to = WEIR_DATE_NONE });
	}
	return done;
}

int random_overlays_lay(random_overlays *out, const weir_deal *deal, const twin_setting *settings,
                        int setting_count, uint64_t seed, const weir_scenario **laid, int count)
{
	dice d = { seed };
	int all_sizes = dice_percent(&d, 50);
	out->count = 0;
	if (!lay_pool(out, &d, deal, laid, count))
		return 0;
	for (int i = 0; i < setting_count && out->count < MOST; i++)
		if ((all_sizes && settings[i].kind == TWIN_SET_SIZE) || dice_percent(&d, 35))
			if (!lay_setting(out, &d, deal, &settings[i], laid, count))
				return 0;
	return out->count;
}
