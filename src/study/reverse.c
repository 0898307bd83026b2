/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/reverse.h"

#include <stdint.h>
#include <string.h>

#include "study/pool_sums.h"

_Static_assert(WEIR_REVERSE_NAMES <= WEIR_POOL_SUMS_MOST, "sums hold every set");
_Static_assert(WEIR_REVERSE_NAMES < WEIR_LANES, "one block holds a set and all its neighbours");

typedef struct search {
	const weir_plan *plan;
	const weir_reverse_terms *terms;
	weir_arena *arena;
	weir_diags *diags;
	weir_block *block;
	weir_overlay variant;
	int variant_count;
	weir_date date;                    /* of the defaults */
	int names[WEIR_REVERSE_NAMES];     /* obligor numbers */
	int count;
	weir_pool_sums *sums;              /* NULL: every set is projected */
	weir_shock *shocks;                /* [WEIR_LANES] x most: of the lanes' scenarios */
	int most;                          /* shocks of one lane */
	uint32_t listed[WEIR_REVERSE_LISTED];
	weir_reverse *out;
} search;

/* --- runs ------------------------------------------------------------------------------------------------------- */

/* The study's scenario with the set's obligors in default. */
static weir_scenario set_scenario(search *s, uint32_t set, weir_shock *shocks)
{
	const weir_scenario *base = s->terms->scenario;
	const weir_pool_terms *pool = &weir_plan_deal(s->plan)->pool;
	int count = base ? base->shock_count : 0;
	if (count > 0)
		memcpy(shocks, base->shocks, (size_t)count * sizeof *shocks);
	for (int i = 0; i < s->count; i++)
		if (set >> i & 1)
			shocks[count++] = (weir_shock){ .kind = WEIR_SHOCK_DEFAULT,
				                        .scope = WEIR_SCOPE_OBLIGOR,
				                        .target = pool->obligors[s->names[i]].id,
				                        .value = 1,
				                        .from = s->date,
				                        .to = WEIR_DATE_NONE,
				                        .profile = WEIR_PROFILE_DATE };
	return (weir_scenario){ .node = { .id = "reverse" }, .shocks = shocks, .shock_count = count };
}

/* Projects and runs one set a lane. */
static weir_status run_projected(search *s, const uint32_t *sets, int count)
{
	weir_scenario made[WEIR_LANES];
	const weir_scenario *scenarios[WEIR_LANES];
	for (int l = 0; l < count; l++) {
		made[l] = set_scenario(s, sets[l], s->shocks + (size_t)l * (size_t)s->most);
		scenarios[l] = &made[l];
	}
	return weir_block_run(s->block, scenarios, count, &s->variant, s->variant_count, s->diags);
}

static weir_status run_sets(search *s, const uint32_t *sets, int count)
{
	if (!s->sums)
		return run_projected(s, sets, count);
	uint32_t padded[WEIR_LANES];
	for (int l = 0; l < WEIR_LANES; l++)
		padded[l] = sets[l < count ? l : count - 1];
	weir_pool_sums_apply(s->sums, padded);
	return weir_block_rerun(s->block, s->diags);
}

static void read_survival(const search *s, char *survives)
{
	weir_survival_read(survives, s->plan, weir_block_result(s->block), s->terms->class_number, s->terms->survival);
}

/* --- the search ------------------------------------------------------------------------------------------------- */

/* The next set of the same size in the order of its first, second … member; 0 behind the last. `at` holds the
 * members. */
static int next_set(int *at, int size, int count)
{
	int i = size - 1;
	while (i >= 0 && at[i] == count - size + i)
		i--;
	if (i < 0)
		return 0;
	at[i]++;
	for (int k = i + 1; k < size; k++)
		at[k] = at[k - 1] + 1;
	return 1;
}

static uint32_t bits_of(const int *at, int size)
{
	uint32_t set = 0;
	for (int i = 0; i < size; i++)
		set |= (uint32_t)1 << at[i];
	return set;
}

static weir_status try_block(search *s, const uint32_t *sets, int count)
{
	char survives[WEIR_LANES];
	weir_status status = run_sets(s, sets, count);
	if (status != WEIR_OK)
		return status;
	read_survival(s, survives);
	for (int l = 0; l < count; l++) {
		if (survives[l])
			continue;
		if (s->out->breaking < WEIR_REVERSE_LISTED)
			s->listed[s->out->breaking] = sets[l];
		s->out->breaking++;
	}
	s->out->tried += (size_t)count;
	double all = (double)((uint32_t)1 << s->count);
	if (s->terms->go_on && !s->terms->go_on(s->terms->context, (double)s->out->tried / all))
		return WEIR_INTERRUPTED;
	return WEIR_OK;
}

static weir_status try_size(search *s, int size)
{
	weir_status status = WEIR_OK;
	int at[WEIR_REVERSE_NAMES + 1], lanes = 0, more = 1;
	uint32_t sets[WEIR_LANES];
	for (int i = 0; i < size; i++)
		at[i] = i;
	while (more) {
		sets[lanes++] = bits_of(at, size);
		more = next_set(at, size, s->count);
		if (lanes < WEIR_LANES && more)
			continue;
		WEIR_TRY(try_block(s, sets, lanes));
		lanes = 0;
	}
out:
	return status;
}

static weir_status search_sizes(search *s)
{
	weir_status status = WEIR_OK;
	s->out->size = -1;
	for (int size = 0; size <= s->count; size++) {
		WEIR_TRY(try_size(s, size));
		if (s->out->breaking > 0) {
			s->out->size = size;
			break;
		}
	}
out:
	return status;
}

/* --- what is listed --------------------------------------------------------------------------------------------- */

/* Runs a listed set by itself, projected, and each set with one fewer: it must break, they must not. Sets with one more
 * are counted where they do not break. */
static weir_status prove(search *s, weir_reverse_set *out, uint32_t set)
{
	uint32_t sets[WEIR_LANES];
	char survives[WEIR_LANES];
	int minimal;
	sets[0] = set;
	for (int i = 0; i < s->count; i++)
		sets[1 + i] = set ^ (uint32_t)1 << i;
	weir_status status = run_projected(s, sets, 1 + s->count);
	if (status != WEIR_OK)
		return status;
	read_survival(s, survives);
	minimal = !survives[0];
	for (int i = 0; i < s->count; i++) {
		int in_set = (int)(set >> i & 1);
		minimal &= !in_set || survives[1 + i];
		out->saviours += !in_set && survives[1 + i];
	}
	if (minimal)
		return WEIR_OK;
	weir_diag_error(
		s->diags, FOOTING, (weir_place){ 0 },
		"a set of defaults gives another outcome when it is run by itself; report this as a fault of the "
		"program");
	return WEIR_INTERNAL;
}

static double total_cents(const weir_pool *pool)
{
	return pool->principal_cents + pool->income_cents;
}

static weir_status list_set(search *s, weir_reverse_set *out, uint32_t set)
{
	const weir_pool *pool = weir_plan_pool(s->plan);
	double owed = 0;
	int count = 0;
	out->obligors = weir_arena_array(s->arena, (size_t)s->out->size + 1, sizeof *out->obligors);
	if (!out->obligors)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < s->count; i++)
		if (set >> i & 1) {
			out->obligors[count++] = s->names[i];
			owed += pool->obligor_cents[s->names[i]];
		}
	out->share = owed / total_cents(pool);
	return prove(s, out, set);
}

static weir_status list_sets(search *s)
{
	weir_status status = WEIR_OK;
	weir_reverse *out = s->out;
	out->listed = out->breaking < WEIR_REVERSE_LISTED ? (int)out->breaking : WEIR_REVERSE_LISTED;
	out->sets = weir_arena_array(s->arena, (size_t)out->listed + 1, sizeof *out->sets);
	if (!out->sets)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < out->listed; i++)
		WEIR_TRY(list_set(s, &out->sets[i], s->listed[i]));
out:
	return status;
}

/* --- the study -------------------------------------------------------------------------------------------------- */

/* Names are obligors that owe something. */
static weir_status find_names(search *s)
{
	const weir_deal *deal = weir_plan_deal(s->plan);
	const weir_pool *pool = weir_plan_pool(s->plan);
	int owing = 0;
	for (int i = 0; i < deal->pool.obligor_count; i++) {
		if (!(pool->obligor_cents[i] > 0))
			continue;
		if (owing < WEIR_REVERSE_NAMES)
			s->names[owing] = i;
		owing++;
	}
	s->count = s->out->names = owing;
	if (owing > WEIR_REVERSE_NAMES) {
		weir_diag_error(
			s->diags, UNSUPPORTED, deal->pool.place,
			"the pool has %d obligors, and every set is tried of at most %d; stress them by share or "
			"industry instead",
			owing, WEIR_REVERSE_NAMES);
		return WEIR_INPUT;
	}
	s->date = weir_date_add_months(weir_deal_cutoff(deal), s->terms->month);
	if (s->terms->month >= 0 && s->date != WEIR_DATE_NONE)
		return WEIR_OK;
	weir_diag_error(s->diags, OUT_OF_RANGE, (weir_place){ 0 },
	                "nobody can default in month \"%d\"; count months from the cut-off date, from 0",
	                s->terms->month);
	return WEIR_INPUT;
}

static weir_status prepare(search *s)
{
	weir_status status;
	size_t classes = (size_t)weir_plan_deal(s->plan)->class_count;
	uint32_t singles[WEIR_REVERSE_NAMES + 1] = { 0 };
	int *records = weir_arena_array(s->arena, classes * 2 + 1, sizeof *records);
	WEIR_TRY(find_names(s));
	s->most = s->count + (s->terms->scenario ? s->terms->scenario->shock_count : 0) + 1;
	s->shocks = weir_arena_array(s->arena, (size_t)s->most * WEIR_LANES, sizeof *s->shocks);
	if (!s->shocks || !records)
		return WEIR_NO_MEMORY;
	weir_run_options options = { .trace_lane = -1, .records = records,
		                     .record_count = weir_survival_records(records, s->plan) };
	WEIR_TRY(weir_variant_overlay(&s->variant, &s->variant_count, s->arena, s->plan, s->terms->variant, s->diags));
	WEIR_TRY(weir_block_create(&s->block, s->plan, &options));
	if (!weir_pool_sums_fit(weir_plan_pool(s->plan), s->terms->scenario))
		return WEIR_OK;
	for (int i = 0; i < s->count; i++)
		singles[i + 1] = (uint32_t)1 << i;
	WEIR_TRY(run_projected(s, singles, s->count + 1));
	WEIR_TRY(weir_pool_sums_create(&s->sums, s->arena, weir_block_own_rows(s->block), s->count));
	s->out->by_rows = 1;
out:
	return status;
}

weir_status weir_reverse_find(weir_reverse *out, weir_arena *arena, const weir_plan *plan,
                              const weir_reverse_terms *terms, weir_diags *diags)
{
	weir_status status;
	search s = { .plan = plan, .terms = terms, .arena = arena, .diags = diags, .out = out };
	*out = (weir_reverse){ .size = -1 };
	WEIR_TRY(prepare(&s));
	WEIR_TRY(search_sizes(&s));
	status = list_sets(&s);
out:
	weir_block_destroy(s.block);
	return status;
}
