/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "study/structure_int.h"

/* What a search may cost: instructions of the plan x periods x scenarios x structures. */
#define PROOF_WORK 1e10
#define PROOF_LEAST 4000
#define PROOF_MOST 4000000
#define CLIMB_PART 20 /* parts of the proof's structures */
#define SAMPLE_PART 100

/* --- from the top down ------------------------------------------------------------------------------------------ */

/* Which of `count` sizes of one class, the classes behind it without size, pass its own scenarios. */
static weir_status try_sizes(weir_structure_study *st, const int64_t *base, int sized, const int64_t *sizes, int count,
                             char *alive)
{
	int64_t points[WEIR_LANES][WEIR_SEARCH_AXES];
	weir_status status;
	for (int l = 0; l < count; l++) {
		memcpy(points[l], base, sizeof points[l]);
		points[l][sized] = sizes[l];
	}
	weir_structure_lay(st, (const int64_t(*)[WEIR_SEARCH_AXES])points, count, alive);
	for (int l = 0; l < count; l++)
		alive[l] = (char)weir_structure_rest_fits(st, l);
	WEIR_TRY(weir_structure_price(st, count, alive));
	for (int r = 0; r < st->run_count; r++)
		if (st->runs[r].tested[sized])
			WEIR_TRY(weir_structure_survive(st, &st->runs[r], count, alive, sized));
out:
	return status;
}

/* The largest size that passes on a scan, narrowed down to one lot; -1: none. */
static weir_status largest_alone(weir_structure_study *st, const int64_t *base, int sized, int64_t *out)
{
	int64_t low = 0, high = st->axes[sized].points - 1, sizes[WEIR_LANES];
	weir_status status = WEIR_OK;
	char alive[WEIR_LANES];
	*out = -1;
	while (low <= high) {
		int count = high - low + 1 < WEIR_LANES ? (int)(high - low + 1) : WEIR_LANES, best = -1;
		for (int l = 0; l < count; l++)
			sizes[l] = count == 1 ? low : low + (int64_t)((__int128)(high - low) * l / (count - 1));
		WEIR_TRY(try_sizes(st, base, sized, sizes, count, alive));
		for (int l = 0; l < count; l++)
			best = alive[l] ? l : best;
		if (best < 0)
			break;
		*out = sizes[best];
		if (best == count - 1 || sizes[best + 1] == sizes[best] + 1)
			break;
		low = sizes[best] + 1;
		high = sizes[best + 1] - 1;
	}
out:
	return status;
}

/* Each class in turn as large as it can be before the next one: a start, and what it fails. */
static weir_status size_from_the_top(weir_structure *out, weir_structure_study *st, int64_t *point)
{
	weir_status status = WEIR_OK;
	for (int i = 0; i < st->sized_count; i++)
		point[i] = -1;
	for (int i = 0; i < st->sized_count; i++) {
		int64_t size;
		WEIR_TRY(largest_alone(st, point, i, &size));
		if (size < 0)
			goto out; /* the deal has this class, but it fits at no size */
		point[i] = size;
	}
	out->greedy_sizes = weir_arena_array(st->arena, (size_t)st->deal->class_count, sizeof *out->greedy_sizes);
	if (!out->greedy_sizes)
		return WEIR_NO_MEMORY;
	WEIR_TRY(weir_structure_faults(&out->greedy_claims, &out->greedy_claim_count, st, point, -1,
	                               &out->greedy_passes));
	for (int i = 0; i < st->deal->class_count; i++)
		out->greedy_sizes[i] =
			st->terms->rest.class_number == i ? st->rest[0] : st->deal->classes[i].size_cents;
	for (int i = 0; i < st->sized_count; i++)
		out->greedy_sizes[st->terms->classes[i].class_number] = st->values[i][0];
out:
	return status;
}

/* --- the search ------------------------------------------------------------------------------------------------- */

static int64_t between(double value, int64_t least, int64_t most)
{
	return value < (double)least ? least : value > (double)most ? most : (int64_t)value;
}

/* How many structures the proof may run unless told: fewer of large deals with many scenarios. */
static int64_t most_structures(const weir_structure_study *st)
{
	double work = weir_plan_instruction_count(st->plan) * (double)weir_plan_periods(st->plan)->count *
	              (st->run_count + (st->pricing ? 2 : 0) + (st->losses ? 16 : 0) + 1);
	return between(PROOF_WORK / work, PROOF_LEAST, PROOF_MOST);
}

static weir_search_terms search_terms(weir_structure_study *st)
{
	const weir_structure_problem *p = st->problem;
	int64_t most = most_structures(st);
	weir_search_terms terms = { .axes = st->axis_count,
		                    .context = st,
		                    .evaluate = weir_structure_evaluate,
		                    .bound = weir_structure_bound,
		                    .go_on = p->go_on,
		                    .go_on_context = p->context,
		                    .samples = (int)between((double)most / SAMPLE_PART, 512, 8192),
		                    .starts = p->starts,
		                    .climb_points = most / CLIMB_PART,
		                    .proof_points = p->proof_points > 0 ? p->proof_points : most,
		                    .proof_boxes = p->proof_boxes };
	for (int a = 0; a < st->axis_count; a++) {
		terms.all.high[a] = st->axes[a].points - 1;
		if (st->axes[a].is_cash) /* the same net proceeds with less debt */
			terms.rank[terms.ranked++] = ~a;
	}
	for (int a = 0; a < st->sized_count; a++)
		terms.rank[terms.ranked++] = a;
	return terms;
}

static weir_status search(weir_structure *out, weir_structure_study *st)
{
	weir_status status;
	int64_t start[WEIR_SEARCH_AXES] = { 0 };
	weir_search_terms terms = search_terms(st);
	weir_search_begin(&out->search);
	WEIR_TRY(size_from_the_top(out, st, start));
	for (int a = 0; a < st->axis_count; a++)
		start[a] = start[a] < 0 ? 0 : start[a];
	WEIR_TRY(weir_search_climb(&out->search, &terms, start));
	WEIR_TRY(weir_search_spread(&out->search, &terms));
	status = weir_search_prove(&out->search, &terms);
out:
	return status;
}

/* --- what was found --------------------------------------------------------------------------------------------- */

/* Runs the structure alone and reads its classes. */
static weir_status read_structure(weir_structure *out, weir_structure_study *st, const int64_t *point)
{
	int64_t points[1][WEIR_SEARCH_AXES];
	double losses[WEIR_SEARCH_AXES];
	char alive = 1;
	weir_status status = WEIR_OK;
	memcpy(points[0], point, sizeof points[0]);
	weir_structure_lay(st, (const int64_t(*)[WEIR_SEARCH_AXES])points, 1, &alive);
	alive = 1;
	WEIR_TRY(weir_structure_price(st, 1, &alive));
	out->coupons_circle = st->circles[0];
	WEIR_TRY(weir_structure_run_lanes(st, st->figures, 1));
	if (st->losses)
		WEIR_TRY(weir_structure_losses(st, 0, losses));
	weir_lane_reader reader = { st->plan, weir_block_result(st->figures), weir_block_rows(st->figures) };
	for (int i = 0; i < st->deal->class_count; i++) {
		weir_structure_class *k = &out->classes[i];
		weir_class_lanes figures;
		weir_class_lanes_read(&figures, &reader, i);
		*k = (weir_structure_class){ .size_cents = st->deal->classes[i].size_cents,
			                     .coupon_annual = st->deal->classes[i].coupon_annual,
			                     .wal_years = figures.wal_years[0],
			                     .expected_loss = NAN,
			                     .loss_limit = NAN,
			                     .sized = -1 };
		if (st->terms->rest.class_number == i)
			k->size_cents = st->rest[0];
	}
	for (int i = 0; i < st->sized_count; i++) {
		weir_structure_class *k = &out->classes[st->terms->classes[i].class_number];
		k->sized = i;
		k->size_cents = st->values[i][0];
		k->coupon_annual = st->coupons[i][0];
		k->expected_loss = st->losses ? losses[i] : NAN;
		k->loss_limit = st->losses && !isnan(losses[i]) ? weir_structure_loss_limit(st, i, 0) : NAN;
	}
	for (int a = st->sized_count; a < st->axis_count; a++)
		if (st->axes[a].coupon_class >= 0)
			out->classes[st->axes[a].coupon_class].coupon_annual = st->values[a][0];
	for (int i = 0; i < st->deal->class_count; i++)
		out->classes[i].proceeds_cents = weir_plan_class_proceeds(st->plan, i, out->classes[i].size_cents);
	for (int i = 0; i < st->terms->choice_count; i++)
		out->chosen[i] = st->values[st->sized_count + i][0];
out:
	return status;
}

/* The objective as people read it: amounts and costs, both above 0. */
static double told(const weir_structure_study *st, double value)
{
	return st->terms->objective == WEIR_STRUCTURE_COST && isfinite(value) ? -value : value;
}

static weir_status conclude(weir_structure *out, weir_structure_study *st)
{
	int64_t least[WEIR_SEARCH_AXES] = { 0 };
	weir_status status;
	int passes;
	out->found = out->search.found;
	out->proven = out->search.proven;
	out->bound = told(st, out->search.bound);
	out->axis_points = 1;
	for (int a = 0; a < st->axis_count; a++)
		out->axis_points *= (double)st->axes[a].points;
	out->value = told(st, out->search.value);
	if (!out->found)
		return weir_structure_faults(&out->claims, &out->claim_count, st, least, -1, &passes);
	for (int moved = 1; moved;)
		WEIR_TRY(weir_structure_certify(out, st, &moved));
	out->value = told(st, out->search.value);
	status = read_structure(out, st, out->search.best);
out:
	return status;
}

weir_status weir_structure_find(weir_structure *out, weir_arena *arena, const weir_plan *plan,
                                const weir_structure_problem *problem, weir_diags *diags)
{
	weir_status status;
	weir_structure_study st = { .problem = problem, .terms = problem->terms, .plan = plan, .arena = arena,
		                    .deal = weir_plan_deal(plan), .diags = diags };
	*out = (weir_structure){ .greedy_passes = 0 };
	out->classes = weir_arena_array(arena, (size_t)st.deal->class_count, sizeof *out->classes);
	out->chosen = weir_arena_array(arena, (size_t)problem->terms->choice_count + 1, sizeof *out->chosen);
	if (!out->classes || !out->chosen)
		return WEIR_NO_MEMORY;
	WEIR_TRY(weir_structure_open(&st));
	WEIR_TRY(search(out, &st));
	status = conclude(out, &st);
out:
	weir_structure_close(&st);
	return status;
}
