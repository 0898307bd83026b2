/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure_certificate.c: what a structure passes, what one lot more of a class fails, when and by how much. */
#include <math.h>
#include <string.h>

#include "study/structure_int.h"

/* Claims while they are listed. */
typedef struct claim_list {
	weir_structure_study *st;
	weir_structure_claim *items;
	int count, capacity;
	int moved;
} claim_list;

static weir_status add_claim(claim_list *list, weir_structure_claim claim)
{
	if (list->count == list->capacity) {
		int capacity = list->capacity ? 2 * list->capacity : 16;
		weir_structure_claim *items = weir_arena_array(list->st->arena, (size_t)capacity, sizeof *items);
		if (!items)
			return WEIR_NO_MEMORY;
		if (list->count)
			memcpy(items, list->items, (size_t)list->count * sizeof *items);
		list->items = items;
		list->capacity = capacity;
	}
	list->items[list->count++] = claim;
	return WEIR_OK;
}

/* A limit that is broken. */
static weir_status add_limit(claim_list *list, int class_number, const char *limit, double value)
{
	weir_structure_claim claim = { .kind = WEIR_CLAIM_LIMIT, .moved = list->moved, .class_number = class_number,
		                       .date = WEIR_DATE_NONE, .amount_cents = NAN, .limit = limit, .value = value };
	return add_claim(list, claim);
}

/* --- shortfalls ------------------------------------------------------------------------------------------------- */

static double recorded(const weir_run *run, int register_number, int period)
{
	const double *lanes = weir_run_record(run, register_number, period);
	return lanes ? lanes[0] : 0;
}

/* What a class lacks by its test, in the first lane, and when. */
static void find_shortfall(weir_structure_study *st, const weir_run *run, int sized, weir_structure_claim *claim)
{
	const weir_sized_class *k = &st->terms->classes[sized];
	const weir_periods *periods = weir_plan_periods(st->plan);
	const weir_class_registers *c = &weir_plan_registers(st->plan)->classes[k->class_number];
	int last = periods->count - 1;
	for (int p = periods->first; k->test != WEIR_STRUCTURE_FIRST_LOSS && p <= last; p++) {
		double missed = recorded(run, c->interest_unpaid, p) + recorded(run, c->principal_unpaid, p);
		if (missed > 0) {
			claim->date = periods->items[p].adjusted;
			claim->amount_cents = missed;
			return;
		}
	}
	claim->date = periods->items[last].adjusted;
	claim->amount_cents = recorded(run, c->interest_unpaid, last);
	if (st->deal->classes[k->class_number].style != WEIR_STYLE_RESIDUAL && c->balance >= 0)
		claim->amount_cents += weir_run_final(run, c->balance)[0];
}

static weir_status list_shortfalls(claim_list *list)
{
	weir_structure_study *st = list->st;
	weir_status status = WEIR_OK;
	for (int r = 0; r < st->run_count; r++) {
		weir_structure_run *run = &st->runs[r];
		for (int i = 0, ran = 0; i < st->sized_count; i++) {
			char alive = 1;
			if (!run->tested[i] || st->values[i][0] == 0)
				continue;
			if (!ran++)
				WEIR_TRY(weir_structure_run_lanes(st, run->block, 1));
			weir_structure_judge(st, run, i, 1, &alive);
			if (alive)
				continue;
			weir_structure_claim claim = { .kind = WEIR_CLAIM_FAIL,
				                       .moved = list->moved,
				                       .class_number = st->terms->classes[i].class_number,
				                       .scenario = run->scenario,
				                       .value = NAN };
			find_shortfall(st, weir_block_result(run->block), i, &claim);
			WEIR_TRY(add_claim(list, claim));
		}
	}
out:
	return status;
}

/* --- limits ----------------------------------------------------------------------------------------------------- */

static weir_status list_own_limits(claim_list *list, const int64_t *point)
{
	weir_structure_study *st = list->st;
	weir_status status = WEIR_OK;
	for (int i = 0; i < st->sized_count; i++)
		if (point[i] >= st->axes[i].points)
			WEIR_TRY(add_limit(list, st->terms->classes[i].class_number, "most", st->values[i][0]));
	if (!weir_structure_rest_fits(st, 0))
		WEIR_TRY(add_limit(list, st->terms->rest.class_number, "rest", st->rest[0]));
	if (!weir_structure_closes(st, 0))
		WEIR_TRY(add_limit(list, -1, "closing", NAN));
	if (weir_structure_proceeds(st, 0) < st->terms->proceeds_least_cents)
		WEIR_TRY(add_limit(list, -1, "proceeds-least", weir_structure_proceeds(st, 0)));
out:
	return status;
}

static weir_status list_lives(claim_list *list)
{
	weir_structure_study *st = list->st;
	weir_status status = WEIR_OK;
	for (int i = 0; st->pricing && i < st->sized_count; i++) {
		const weir_sized_class *k = &st->terms->classes[i];
		double life = st->lives[i][0];
		if (weir_structure_life_fits(st, i, 0))
			continue;
		WEIR_TRY(add_limit(list, k->class_number, life < k->wal_least_years ? "wal-least" : "wal-most", life));
	}
out:
	return status;
}

static weir_status list_losses(claim_list *list)
{
	weir_structure_study *st = list->st;
	double losses[WEIR_SEARCH_AXES];
	weir_status status = WEIR_OK;
	if (!st->losses)
		return WEIR_OK;
	WEIR_TRY(weir_structure_losses(st, 0, losses));
	for (int i = 0; i < st->sized_count; i++)
		if (!isnan(losses[i]) && !(losses[i] <= weir_structure_loss_limit(st, i, 0)))
			WEIR_TRY(add_limit(list, st->terms->classes[i].class_number, "expected-loss", losses[i]));
out:
	return status;
}

static weir_status list_formulas(claim_list *list)
{
	weir_structure_study *st = list->st;
	weir_status status = WEIR_OK;
	if (st->terms->limit_count == 0)
		return WEIR_OK;
	WEIR_TRY(weir_structure_run_lanes(st, st->figures, 1));
	weir_lane_reader reader = { st->plan, weir_block_result(st->figures), weir_block_rows(st->figures) };
	for (int i = 0; i < st->terms->limit_count; i++) {
		double holds[WEIR_LANES];
		weir_metric_sides sides;
		WEIR_TRY(weir_metric_read(holds, st->limits[i], &reader, 1));
		if (holds[0] == 1)
			continue;
		if (weir_metric_comparison(st->limits[i]) != WEIR_OP_CONSTANT)
			WEIR_TRY(weir_metric_read_sides(&sides, st->limits[i], &reader, 1));
		else
			sides.left[0] = NAN;
		WEIR_TRY(add_limit(list, -1, st->terms->limits[i].text, sides.left[0]));
		list->items[list->count - 1].value_type = weir_metric_side_type(st->limits[i]);
	}
out:
	return status;
}

weir_status weir_structure_faults(weir_structure_claim **claims, int *claim_count, weir_structure_study *st,
                                  const int64_t *point, int moved, int *passes)
{
	claim_list list = {
		.st = st, .items = *claims, .count = *claim_count, .capacity = *claim_count, .moved = moved
	};
	int64_t points[1][WEIR_SEARCH_AXES];
	weir_status status;
	char alive = 1;
	memcpy(points[0], point, sizeof points[0]);
	weir_structure_lay(st, (const int64_t(*)[WEIR_SEARCH_AXES])points, 1, &alive);
	alive = 1;
	WEIR_TRY(weir_structure_price(st, 1, &alive));
	WEIR_TRY(list_shortfalls(&list));
	WEIR_TRY(list_own_limits(&list, point));
	WEIR_TRY(list_lives(&list));
	WEIR_TRY(list_formulas(&list));
	WEIR_TRY(list_losses(&list));
	*passes = list.count == *claim_count;
	*claims = list.items;
	*claim_count = list.count;
out:
	return status;
}

/* --- the certificate -------------------------------------------------------------------------------------------- */

/* Each class with each of its scenarios: the search has tried them, this runs them once more. */
static weir_status list_passes(weir_structure *out, weir_structure_study *st)
{
	claim_list list = { .st = st, .moved = -1 };
	weir_status status = WEIR_OK;
	int passes;
	WEIR_TRY(weir_structure_faults(&out->claims, &out->claim_count, st, out->search.best, -1, &passes));
	if (!passes) {
		weir_diag_error(
			st->diags, FOOTING, st->terms->place,
			"the structure that was found does not pass when it is run alone; report this as a fault of the "
			"program");
		return WEIR_INTERNAL;
	}
	for (int i = 0; i < st->sized_count; i++)
		for (int r = 0; r < st->run_count; r++)
			if (st->runs[r].tested[i])
				WEIR_TRY(add_claim(&list, (weir_structure_claim){
								  .kind = WEIR_CLAIM_PASS,
								  .moved = -1,
								  .class_number = st->terms->classes[i].class_number,
								  .scenario = st->runs[r].scenario,
								  .date = WEIR_DATE_NONE,
								  .amount_cents = NAN,
								  .value = NAN }));
	out->claims = list.items;
	out->claim_count = list.count;
out:
	return status;
}

/* One lot more that passes is better when the objective is no worse: of equals the larger class goes first. */
static weir_status take_better(weir_structure *out, weir_structure_study *st, const int64_t *point, double value)
{
	if (out->search.proven || value > out->search.bound) {
		weir_diag_error(
			st->diags, FOOTING, st->terms->place,
			"one lot more passes and is better than what was proven to be the best; report this as a fault of "
			"the program");
		return WEIR_INTERNAL;
	}
	memcpy(out->search.best, point, sizeof out->search.best);
	out->search.value = value;
	return WEIR_OK;
}

weir_status weir_structure_certify(weir_structure *out, weir_structure_study *st, int *moved_on)
{
	weir_status status;
	*moved_on = 0;
	out->claims = NULL;
	out->claim_count = 0;
	WEIR_TRY(list_passes(out, st));
	for (int i = 0; i < st->sized_count; i++) {
		int64_t point[WEIR_SEARCH_AXES];
		int passes, moved = st->terms->classes[i].class_number;
		memcpy(point, out->search.best, sizeof point);
		point[i]++;
		WEIR_TRY(weir_structure_faults(&out->claims, &out->claim_count, st, point, moved, &passes));
		if (!passes)
			continue;
		claim_list list = {
			.st = st, .items = out->claims, .count = out->claim_count, .capacity = out->claim_count
		};
		double value = weir_structure_objective_at(st, 0);
		if (value >= out->search.value) {
			*moved_on = 1;
			return take_better(out, st, point, value);
		}
		WEIR_TRY(add_claim(&list, (weir_structure_claim){ .kind = WEIR_CLAIM_WORSE,
			                                          .moved = moved,
			                                          .class_number = -1,
			                                          .date = WEIR_DATE_NONE,
			                                          .amount_cents = NAN,
			                                          .value = value < 0 ? -value : value }));
		out->claims = list.items;
		out->claim_count = list.count;
	}
out:
	return status;
}
