/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/attribution.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/metric_runs.h"

/* Units in 1 of a metric: as its values are printed, so that printed parts add up too. */
static double units_of(weir_type type)
{
	return type == WEIR_TYPE_MONEY ? 1 : type == WEIR_TYPE_RATE ? 1e12 : 1e9;
}

/* --- factors ---------------------------------------------------------------------------------------------------- */

static int same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static int same_thing(const weir_shock *a, const weir_shock *b)
{
	return a->kind == b->kind && a->scope == b->scope && a->largest == b->largest && a->part == b->part &&
	       a->channel == b->channel && same_text(a->target, b->target);
}

static int same_shock(const weir_shock *a, const weir_shock *b)
{
	if (!same_thing(a, b) || a->value != b->value || a->months != b->months || a->stop_months != b->stop_months ||
	    a->from != b->from || a->to != b->to || a->from_month != b->from_month || a->profile != b->profile ||
	    a->cost != b->cost || a->value_count != b->value_count)
		return 0;
	for (int i = 0; i < a->value_count; i++)
		if (a->values[i] != b->values[i])
			return 0;
	return 1;
}

/* Gives each shock of `to` that has no partner yet the first free one of `from` that is the same. */
static void pair(weir_change *changes, int to_count, const weir_scenario *from, char *taken,
                 int (*same)(const weir_shock *a, const weir_shock *b))
{
	for (int t = 0; t < to_count; t++)
		for (int f = 0; from && f < from->shock_count && !changes[t].from; f++)
			if (!taken[f] && same(&from->shocks[f], changes[t].to)) {
				changes[t].from = &from->shocks[f];
				taken[f] = 1;
			}
}

/* The word that scenario files have for a shock. */
static const char *word_of(const weir_shock *shock)
{
	static const char *const words[] = {
		[WEIR_SHOCK_RECEIPTS] = "receipts",   [WEIR_SHOCK_DECAY] = "decay",
		[WEIR_SHOCK_LATE] = "late",           [WEIR_SHOCK_BALLOON_LATE] = "refinancing-missed",
		[WEIR_SHOCK_DEFAULT] = "default",     [WEIR_SHOCK_PREPAY] = "prepay",
		[WEIR_SHOCK_RECOVERY] = "recovery",   [WEIR_SHOCK_VALUATION] = "valuation",
		[WEIR_SHOCK_IP_LOST] = "ip-lost",     [WEIR_SHOCK_RATE] = "rate",
		[WEIR_SHOCK_FX] = "fx",               [WEIR_SHOCK_COUPON] = "coupon",
		[WEIR_SHOCK_SUPPORTER] = "supporter-default", [WEIR_SHOCK_SERVICER] = "servicer-default",
		[WEIR_SHOCK_SET] = "set",
	};
	return words[shock->kind];
}

static const char *scope_of(const weir_shock *shock)
{
	static const char *const words[] = {
		[WEIR_SCOPE_ALL] = "",          [WEIR_SCOPE_OBLIGOR] = " obligor", [WEIR_SCOPE_LARGEST] = " largest",
		[WEIR_SCOPE_CONTRACT] = " contract", [WEIR_SCOPE_KIND] = " kind",  [WEIR_SCOPE_INDUSTRY] = " industry",
		[WEIR_SCOPE_REGION] = " region", [WEIR_SCOPE_GRADE] = " grade",    [WEIR_SCOPE_IP] = " ip",
		[WEIR_SCOPE_CLASS] = " class",  [WEIR_SCOPE_SENIOR] = " senior",
	};
	return words[shock->scope];
}

/* "late contract L1", "receipts largest-3", "recovery disposal". */
static void write_name(weir_text *to, const weir_shock *shock)
{
	weir_text_add(to, word_of(shock));
	if (shock->part != WEIR_PART_BOTH)
		weir_text_add(to, shock->part == WEIR_PART_INCOME ? " income" : " principal");
	if (shock->channel == WEIR_CHANNEL_DISPOSAL)
		weir_text_add(to, " disposal");
	weir_text_add(to, scope_of(shock));
	if (shock->scope == WEIR_SCOPE_LARGEST)
		weir_text_printf(to, "-%d", shock->largest);
	else if (shock->target)
		weir_text_printf(to, " %s", shock->target);
}

static int is_taken(const weir_factors *factors, const char *name)
{
	for (int i = 0; i < factors->count; i++)
		if (strcmp(factors->names[i], name) == 0)
			return 1;
	return 0;
}

/* Names a factor by its shock; a name that is taken gets a number. */
static weir_status add_factor(weir_factors *factors, weir_arena *arena, weir_change *change)
{
	weir_text name = { 0 };
	const weir_shock *shock = change->to ? change->to : change->from;
	write_name(&name, shock);
	for (int n = 2; !name.failed && is_taken(factors, name.data); n++) {
		name.length = 0;
		write_name(&name, shock);
		weir_text_printf(&name, " (%d)", n);
	}
	const char *kept = weir_text_keep(&name, arena);
	if (!kept)
		return WEIR_NO_MEMORY;
	change->factor = factors->count;
	factors->names[factors->count++] = kept;
	return WEIR_OK;
}

weir_status weir_factors_list(weir_factors *out, weir_arena *arena, const weir_scenario *from, const weir_scenario *to)
{
	int from_count = from ? from->shock_count : 0, to_count = to ? to->shock_count : 0;
	size_t most = (size_t)from_count + (size_t)to_count + 1;
	char *taken = weir_arena_array(arena, most, 1);
	weir_status status = WEIR_OK;
	*out = (weir_factors){ .changes = weir_arena_array(arena, most, sizeof *out->changes),
		               .names = weir_arena_array(arena, most, sizeof *out->names) };
	if (!taken || !out->changes || !out->names)
		return WEIR_NO_MEMORY;
	/* what only the first scenario has goes before what the second one says */
	weir_change *shared = out->changes + from_count;
	for (int t = 0; t < to_count; t++)
		shared[t] = (weir_change){ .to = &to->shocks[t], .factor = -1 };
	pair(shared, to_count, from, taken, same_shock);
	pair(shared, to_count, from, taken, same_thing);
	int lone = 0;
	for (int f = 0; f < from_count; f++)
		if (!taken[f])
			out->changes[lone++] = (weir_change){ .from = &from->shocks[f], .factor = -1 };
	memmove(out->changes + lone, shared, (size_t)to_count * sizeof *shared);
	out->change_count = lone + to_count;
	for (int i = 0; i < out->change_count && status == WEIR_OK; i++) {
		weir_change *c = &out->changes[i];
		if (!c->from || !c->to || !same_shock(c->from, c->to))
			status = add_factor(out, arena, c);
	}
	return status;
}

/* --- groups ----------------------------------------------------------------------------------------------------- */

/* Whether a part of a group names a factor: all of its name, or its first word. */
static int names_factor(const char *part, size_t length, const char *name)
{
	return strncmp(part, name, length) == 0 && (name[length] == '\0' || name[length] == ' ');
}

/* Makes the marked factors one, in the place of the first. */
static void merge(weir_factors *factors, const char *marked, const char *name)
{
	int kept = 0, group = -1;
	for (int i = 0; i < factors->count; i++) {
		int at = marked[i] && group >= 0 ? group : kept++;
		for (int c = 0; c < factors->change_count; c++)
			if (factors->changes[c].factor == i)
				factors->changes[c].factor = at;
		if (marked[i] && group < 0)
			group = at;
		factors->names[at] = marked[i] ? name : factors->names[i];
	}
	factors->count = kept;
}

weir_status weir_factors_group(weir_factors *factors, weir_arena *arena, const char *group, const char **unknown,
                               size_t *length)
{
	char *marked = weir_arena_array(arena, (size_t)factors->count + 1, 1);
	const char *name = weir_arena_text(arena, group, strlen(group));
	if (!marked || !name)
		return WEIR_NO_MEMORY;
	for (const char *part = group, *next; part; part = next) {
		int found = 0;
		*unknown = part;
		*length = strcspn(part, "+");
		next = part[*length] ? part + *length + 1 : NULL;
		for (int i = 0; i < factors->count; i++)
			if (!marked[i] && *length > 0 && names_factor(part, *length, factors->names[i]))
				marked[i] = found = 1;
		if (!found)
			return WEIR_NO;
	}
	merge(factors, marked, name);
	return WEIR_OK;
}

/* --- the runs --------------------------------------------------------------------------------------------------- */

typedef struct study {
	const weir_attribution_terms *terms;
	int sets;       /* 2^factors */
	double *values; /* [metrics][sets] */
} study;

/* The scenario in which the factors of a set have happened, bit i for factor i. */
static weir_status make_run(void *context, weir_scenario *out, weir_arena *arena, int set, weir_diags *diags)
{
	const study *s = context;
	const weir_factors *f = s->terms->factors;
	const weir_scenario *whole = set == 0 ? s->terms->from : s->terms->to;
	(void)diags;
	*out = whole ? *whole : (weir_scenario){ 0 };
	if (set == 0 || set == s->sets - 1)
		return WEIR_OK;
	out->shocks = weir_arena_array(arena, (size_t)f->change_count + 1, sizeof *out->shocks);
	out->shock_count = 0;
	if (!out->shocks)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < f->change_count; i++) {
		const weir_change *c = &f->changes[i];
		const weir_shock *shock = c->factor < 0 || (set >> c->factor & 1) ? c->to : c->from;
		if (shock)
			out->shocks[out->shock_count++] = *shock;
	}
	return WEIR_OK;
}

/* --- shares ----------------------------------------------------------------------------------------------------- */

typedef __int128 wide;

/* A metric of all sets in whole units. */
typedef struct figures {
	const double *values;
	double per_unit; /* units in 1 of the metric */
	int factors, sets;
} figures;

static wide units_at(const figures *f, int set)
{
	return (wide)weir_round_half_away(f->values[set] * f->per_unit);
}

static double from_units(const figures *f, wide units)
{
	return (double)units / f->per_unit;
}

/* The difference of two sets; NAN where one has no value. */
static double difference(const figures *f, int with, int without)
{
	if (isnan(f->values[with]) || isnan(f->values[without]))
		return NAN;
	return from_units(f, units_at(f, with) - units_at(f, without));
}

static wide factorial(int n)
{
	wide product = 1;
	for (int i = 2; i <= n; i++)
		product *= i;
	return product;
}

/* n! times a factor's Shapley value, in units. */
static wide shapley_sum(const figures *f, int factor)
{
	wide sum = 0, weights[WEIR_ATTRIBUTION_MOST];
	for (int size = 0; size < f->factors; size++)
		weights[size] = factorial(size) * factorial(f->factors - 1 - size);
	for (int set = 0; set < f->sets; set++)
		if (!(set >> factor & 1))
			sum += weights[__builtin_popcount((unsigned)set)] *
			       (units_at(f, set | 1 << factor) - units_at(f, set));
	return sum;
}

/* Divides by n!; the units that the divisions leave over go to the largest remainders, of equals to the first. */
static void share_out(weir_part *parts, const figures *f)
{
	wide all = factorial(f->factors), left = 0, whole[WEIR_ATTRIBUTION_MOST], rest[WEIR_ATTRIBUTION_MOST];
	for (int i = 0; i < f->factors; i++) {
		wide sum = shapley_sum(f, i);
		rest[i] = (sum % all + all) % all;
		whole[i] = (sum - rest[i]) / all;
		left += rest[i];
	}
	for (left /= all; left > 0; left--) {
		int most = 0;
		for (int i = 1; i < f->factors; i++)
			most = rest[i] > rest[most] ? i : most;
		whole[most]++;
		rest[most] = -1;
	}
	for (int i = 0; i < f->factors; i++)
		parts[i].shapley = from_units(f, whole[i]);
}

static void attribute(weir_attribution *out, int metric, const figures *f)
{
	weir_part *parts = &out->parts[metric * f->factors];
	int all = f->sets - 1, complete = 1;
	wide alone = 0;
	for (int set = 0; set < f->sets; set++)
		complete &= !isnan(f->values[set]);
	out->from[metric] = f->values[0];
	out->to[metric] = f->values[all];
	out->total[metric] = difference(f, all, 0);
	for (int i = 0; i < f->factors; i++) {
		parts[i] = (weir_part){ difference(f, 1 << i, 0), difference(f, all, all & ~(1 << i)), NAN };
		alone += complete ? units_at(f, 1 << i) - units_at(f, 0) : 0;
	}
	out->interaction[metric] = complete ? from_units(f, units_at(f, all) - units_at(f, 0) - alone) : NAN;
	if (complete)
		share_out(parts, f);
}

static weir_status take_memory(weir_attribution *out, weir_arena *arena, study *s)
{
	size_t metrics = (size_t)s->terms->metric_count + 1, factors = (size_t)s->terms->factors->count;
	double **const arrays[] = { &out->from, &out->to, &out->total, &out->interaction };
	for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
		*arrays[i] = weir_arena_array(arena, metrics, sizeof **arrays[i]);
		if (!*arrays[i])
			return WEIR_NO_MEMORY;
	}
	out->parts = weir_arena_array(arena, metrics * factors, sizeof *out->parts);
	s->values = weir_arena_array(arena, metrics * (size_t)s->sets, sizeof *s->values);
	return out->parts && s->values ? WEIR_OK : WEIR_NO_MEMORY;
}

weir_status weir_attribution_measure(weir_attribution *out, weir_arena *arena, const weir_plan *plan,
                                     const weir_attribution_terms *terms, weir_diags *diags)
{
	study s = { .terms = terms, .sets = 1 << terms->factors->count };
	weir_metric_runs runs = { .make = make_run,
		                  .context = &s,
		                  .run_count = s.sets,
		                  .variant = terms->variant,
		                  .metrics = terms->metrics,
		                  .metric_count = terms->metric_count,
		                  .go_on = terms->go_on,
		                  .go_on_context = terms->context };
	weir_status status = take_memory(out, arena, &s);
	if (status == WEIR_OK)
		status = weir_metric_runs_measure(s.values, plan, &runs, diags);
	for (int m = 0; m < terms->metric_count && status == WEIR_OK; m++) {
		double units = units_of(weir_metric_type(terms->metrics[m]));
		figures f = { &s.values[(size_t)m * (size_t)s.sets], units, terms->factors->count, s.sets };
		attribute(out, m, &f);
	}
	return status;
}
