/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure_open.c: what the search for a structure works with: axes, scenarios with their receipts, limits. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study/structure_int.h"
#include "study/vary.h"

#define MOST_STEPS 1000000000 /* of one axis */

/* --- axes ------------------------------------------------------------------------------------------------------- */

static const char *part_of(weir_structure_study *st, const char *id, const char *part)
{
	char name[512];
	int length = snprintf(name, sizeof name, "%s.%s", id, part);
	return length < (int)sizeof name ? weir_arena_text(st->arena, name, (size_t)length) : NULL;
}

/* The largest size that makes sense: what is asked for, what the rest leaves, or all cash that the pool promises. */
static double largest_size(const weir_structure_study *st, const weir_sized_class *k)
{
	double most = k->most_cents;
	if (st->terms->rest.class_number >= 0 && most > st->rest_total)
		most = st->rest_total;
	return most;
}

/* Lots from the least size, rounded up, to the largest, rounded down. */
static weir_status open_class_axis(weir_structure_study *st, int sized, double promised)
{
	const weir_sized_class *k = &st->terms->classes[sized];
	const char *id = st->deal->classes[k->class_number].node.id;
	double lot = isnan(k->lot_cents) ? st->terms->lot_cents : k->lot_cents;
	double most = largest_size(st, k), least = ceil(k->least_cents / lot);
	if (!isfinite(most))
		most = promised;
	least = least > 1 ? least : 1;
	double points = floor(most / lot) - least + 1;
	const char *name = part_of(st, id, "size");
	if (!name)
		return WEIR_NO_MEMORY;
	if (!(points >= 1)) {
		weir_diag_error(
			st->diags, OUT_OF_RANGE, k->place,
			"no whole number of lots lies between the least and the largest size of class \"%s\"; give it a "
			"smaller lot or a wider range",
			id);
		return WEIR_INPUT;
	}
	if (!weir_plan_find_parameter(st->plan, name)) {
		weir_diag_error(
			st->diags, UNSUPPORTED, k->place,
			"the deal starts in mid-life, so that the size of class \"%s\" is given; size it at its closing",
			id);
		return WEIR_INPUT;
	}
	st->axes[sized] = (weir_structure_axis){ .name = name,
		                                 .sized = sized,
		                                 .coupon_class = -1,
		                                 .coupon_of = -1,
		                                 .origin = least * lot,
		                                 .step = lot,
		                                 .scale = 1,
		                                 .points = points < MOST_STEPS ? (int64_t)points : MOST_STEPS };
	return WEIR_OK;
}

static weir_status complain_choice(weir_structure_study *st, const weir_choice_terms *choice, const char *text)
{
	weir_diag_error(st->diags, BAD_VALUE, choice->place, "\"%s\" is no value for \"%s\"; %s", text, choice->name,
	                weir_vary_advice(weir_vary_unit_of(st->plan, choice->name)));
	return WEIR_INPUT;
}

/* Whether the name is one that this search moves already. */
static int is_taken(const weir_structure_study *st, int axis, const char *name)
{
	for (int a = 0; a < axis; a++)
		if (strcmp(st->axes[a].name, name) == 0)
			return 1;
	for (int i = 0; i < st->deal->class_count; i++) {
		size_t length = strlen(st->deal->classes[i].node.id);
		if (strncmp(name, st->deal->classes[i].node.id, length) != 0)
			continue;
		if (strcmp(name + length, ".size") == 0 ||
		    (st->problem->curve && strncmp(name + length, ".coupon", sizeof ".coupon" - 1) == 0)) {
			return 1;
		}
	}
	return 0;
}

static weir_status open_choice_axis(weir_structure_study *st, int number)
{
	const weir_choice_terms *choice = &st->terms->choices[number];
	weir_structure_axis *axis = &st->axes[st->sized_count + number];
	const weir_parameter *parameter = weir_plan_find_parameter(st->plan, choice->name);
	static const char cash[] = ".initial";
	double from, to, by;
	if (!parameter && weir_block_knows(st->plan, choice->name)) {
		weir_diag_error(
			st->diags, UNSUPPORTED, choice->place,
			"\"%s\" says what happens to the deal, not how it is made; choose a number that \"weir plan\" "
			"lists",
			choice->name);
		return WEIR_INPUT;
	}
	if (!parameter) {
		weir_block_complain_unknown(st->plan, choice->name, choice->place, st->diags);
		return WEIR_INPUT;
	}
	if (is_taken(st, st->sized_count + number, choice->name)) {
		weir_diag_error(st->diags, DUPLICATE_ID, choice->place,
		                "\"%s\" is chosen already; sizes are chosen by <class>, coupons by <coupons>",
		                choice->name);
		return WEIR_INPUT;
	}
	if (!weir_vary_parse(&from, st->plan, choice->name, choice->from))
		return complain_choice(st, choice, choice->from);
	if (!weir_vary_parse(&to, st->plan, choice->name, choice->to))
		return complain_choice(st, choice, choice->to);
	if (!weir_vary_parse(&by, st->plan, choice->name, choice->step))
		return complain_choice(st, choice, choice->step);
	double scale = weir_vary_steps(weir_vary_unit_of(st->plan, choice->name));
	double points = floor(weir_round_half_away((to - from) * scale) / weir_round_half_away(by * scale)) + 1;
	if (!(by > 0) || !(points >= 1 && points <= MOST_STEPS)) {
		weir_diag_error(
			st->diags, OUT_OF_RANGE, choice->place,
			"\"%s\" takes no value between %s and %s by steps of %s; give a range that rises, and a step",
			choice->name, choice->from, choice->to, choice->step);
		return WEIR_INPUT;
	}
	size_t length = strlen(choice->name), tail = sizeof cash - 1;
	*axis = (weir_structure_axis){ .name = choice->name, .sized = -1, .origin = from, .step = by, .scale = scale,
		                       .points = (int64_t)points };
	axis->is_cash = length > tail && strcmp(choice->name + length - tail, cash) == 0;
	axis->coupon_class = axis->coupon_of = -1;
	for (int i = 0; i < st->deal->class_count; i++) {
		const char *id = st->deal->classes[i].node.id;
		length = strlen(id);
		if (strncmp(choice->name, id, length) == 0 && strcmp(choice->name + length, ".coupon") == 0)
			axis->coupon_class = i;
	}
	for (int i = 0; i < st->sized_count; i++)
		if (st->terms->classes[i].class_number == axis->coupon_class)
			axis->coupon_of = i;
	return WEIR_OK;
}

/* --- runs ------------------------------------------------------------------------------------------------------- */

/* A block with one scenario in every lane, run once as the deal is. */
static weir_status open_block(weir_structure_study *st, weir_block **block, const weir_scenario *scenario,
                              const weir_run_options *options, const weir_overlay *overlay)
{
	const weir_scenario *scenarios[WEIR_LANES];
	weir_status status = weir_block_create(block, st->plan, options);
	if (status != WEIR_OK)
		return status;
	for (int l = 0; l < WEIR_LANES; l++)
		scenarios[l] = scenario;
	return weir_block_run(*block, scenarios, WEIR_LANES, overlay, overlay != NULL, st->diags);
}

/* What a scenario may take off the coupons of sized classes, as its block has run: what it sets instead counts too. */
static weir_status read_falls(weir_structure_study *st, weir_structure_run *run)
{
	int count;
	const weir_parameter *parameters = weir_plan_parameters(st->plan, &count);
	run->coupon_fall = weir_arena_array(st->arena, (size_t)st->sized_count + 1, sizeof *run->coupon_fall);
	if (!run->coupon_fall)
		return WEIR_NO_MEMORY;
	for (int i = 0; st->problem->curve && i < st->sized_count; i++)
		for (int p = 0; p < count; p++)
			if (strcmp(parameters[p].name, st->overlays[st->overlay_count + i].name) == 0 &&
			    weir_block_value(run->block, p)[0] < parameters[p].value) {
				run->coupon_fall[i] = weir_block_value(run->block, p)[0] - parameters[p].value;
			}
	return WEIR_OK;
}

/* The runs of all scenarios that some class must survive, each once. */
static weir_status open_runs(weir_structure_study *st)
{
	const weir_structure_tests *tests = st->problem->tests;
	weir_run_options options = { .trace_lane = -1, .records = st->records, .record_count = st->record_count };
	weir_status status = WEIR_OK;
	size_t most = 0;
	for (int i = 0; i < st->sized_count; i++)
		most += (size_t)tests[i].count;
	st->runs = weir_arena_array(st->arena, most + 1, sizeof *st->runs);
	st->order = weir_arena_array(st->arena, most + 1, sizeof *st->order);
	if (!st->runs || !st->order)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < st->sized_count; i++)
		for (int t = 0; t < tests[i].count; t++) {
			int r = 0;
			while (r < st->run_count && st->runs[r].scenario != tests[i].items[t])
				r++;
			weir_structure_run *run = &st->runs[r];
			if (r == st->run_count) {
				run->scenario = tests[i].items[t];
				run->tested = weir_arena_array(st->arena, (size_t)st->sized_count, 1);
				if (!run->tested)
					return WEIR_NO_MEMORY;
				st->order[r] = r;
				st->run_count++;
				WEIR_TRY(open_block(st, &run->block, run->scenario, &options, NULL));
				WEIR_TRY(read_falls(st, run));
			}
			run->tested[i] = 1;
		}
out:
	return status;
}

static int needs_lives(const weir_structure_study *st)
{
	if (st->problem->curve || st->terms->objective == WEIR_STRUCTURE_COST)
		return 1;
	for (int i = 0; i < st->sized_count; i++) {
		const weir_sized_class *k = &st->terms->classes[i];
		if (!isnan(k->wal_least_years) || !isnan(k->wal_most_years) || k->loss_by_table)
			return 1;
	}
	return 0;
}

/* The least default total of each equal part is not what it stands for: its middle is. */
static weir_status open_losses(weir_structure_study *st)
{
	const weir_loss_terms *losses = &st->terms->losses;
	weir_run_options options = { .trace_lane = -1, .records = st->records, .record_count = st->record_count };
	weir_log_normal law;
	weir_lane totals;
	int wanted = 0;
	for (int i = 0; i < st->sized_count; i++)
		wanted |= st->terms->classes[i].loss_by_table || !isnan(st->terms->classes[i].loss_most);
	if (!wanted)
		return WEIR_OK;
	if (!weir_log_normal_of_moments(&law, losses->mean, losses->deviation)) {
		weir_diag_error(st->diags, OUT_OF_RANGE, losses->place,
		                "no log-normal distribution has this mean and deviation; give a mean above 0%%");
		return WEIR_INPUT;
	}
	for (int l = 0; l < WEIR_LANES; l++) {
		double part = l < losses->points ? l : losses->points - 1;
		double total = weir_log_normal_exceeded(&law, 1 - (part + 0.5) / losses->points);
		totals[l] = weir_rate_normal(total < 1 ? total : 1);
	}
	weir_overlay overlay = { .name = "default_total", .values = totals, .place = losses->place };
	return open_block(st, &st->losses, st->problem->loss_scenario, &options, &overlay);
}

/* --- the deal as a whole ---------------------------------------------------------------------------------------- */

/* What holds of the deal whatever is chosen: from its run in the pricing scenario. `*of`: the amount that the rest
 * class completes; NULL without one. */
static weir_status read_deal(weir_structure_study *st, double *promised, const weir_metric **of)
{
	const weir_periods *periods = weir_plan_periods(st->plan);
	const weir_pool_rows *rows = weir_block_rows(st->figures);
	weir_lane_reader reader = { st->plan, weir_block_result(st->figures), rows };
	const weir_rest_terms *rest = &st->terms->rest;
	double total[WEIR_LANES];
	weir_status status = WEIR_OK;
	*promised = 0;
	*of = NULL;
	for (int k = periods->first; k < periods->count; k++)
		*promised += rows->column[WEIR_POOL_PRINCIPAL][k][0] + rows->column[WEIR_POOL_INCOME][k][0] +
		             rows->column[WEIR_POOL_RECOVERED][k][0];
	for (int i = 0; i < st->terms->limit_count; i++)
		WEIR_TRY(weir_metric_parse(&st->limits[i], st->arena, st->plan, st->problem->sources,
		                           st->terms->limits[i].text, st->terms->limits[i].place, WEIR_TYPE_FLAG,
		                           st->diags));
	if (rest->class_number < 0)
		goto out;
	WEIR_TRY(weir_metric_parse(of, st->arena, st->plan, st->problem->sources, rest->of.text, rest->of.place,
	                           WEIR_TYPE_MONEY, st->diags));
	WEIR_TRY(weir_metric_read(total, *of, &reader, 1));
	st->rest_total = floor(total[0]);
	if (!(st->rest_total > 0)) {
		weir_diag_error(st->diags, OUT_OF_RANGE, rest->of.place,
		                "all classes together make nothing; name an amount");
		status = WEIR_INPUT;
	}
out:
	return status;
}

/* The amount must stay where it is, whatever is chosen: tried with all numbers low, each high alone, and all high. */
static weir_status check_rest(weir_structure_study *st, const weir_metric *of)
{
	int64_t points[WEIR_SEARCH_AXES + 2][WEIR_SEARCH_AXES] = { { 0 } };
	int count = st->axis_count + 2;
	double total[WEIR_LANES];
	char alive[WEIR_LANES];
	weir_status status;
	for (int a = 0; a < st->axis_count; a++)
		points[a][a] = points[count - 1][a] = st->axes[a].points - 1;
	weir_structure_lay(st, (const int64_t(*)[WEIR_SEARCH_AXES])points, count, alive);
	WEIR_TRY(weir_structure_run_lanes(st, st->figures, count));
	weir_lane_reader reader = { st->plan, weir_block_result(st->figures), weir_block_rows(st->figures) };
	WEIR_TRY(weir_metric_read(total, of, &reader, count));
	for (int l = 0; l < count; l++)
		if (floor(total[l]) != st->rest_total) {
			weir_diag_error(
				st->diags, UNSUPPORTED, st->terms->rest.of.place,
				"\"%s\" moves with what is chosen, so that it says nothing of what is left; name an "
				"amount that stays, such as pool.balance_initial",
				st->terms->rest.of.text);
			return WEIR_INPUT;
		}
out:
	return status;
}

static void read_fixed(weir_structure_study *st)
{
	for (int i = 0; i < st->deal->class_count; i++) {
		int moved = st->terms->rest.class_number == i;
		for (int s = 0; s < st->sized_count; s++)
			moved |= st->terms->classes[s].class_number == i;
		if (moved)
			continue;
		st->fixed_size += st->deal->classes[i].size_cents;
		st->fixed_proceeds += weir_plan_class_proceeds(st->plan, i, st->deal->classes[i].size_cents);
	}
	for (int i = 0; i < st->deal->account_count; i++) {
		const char *id = st->deal->accounts[i].node.id;
		size_t length = strlen(id);
		int moved = 0;
		for (int a = st->sized_count; a < st->axis_count; a++)
			moved |= st->axes[a].is_cash && strncmp(st->axes[a].name, id, length) == 0 &&
			         strcmp(st->axes[a].name + length, ".initial") == 0;
		st->fixed_cash += moved ? 0 : st->deal->accounts[i].initial_cents;
	}
}

/* What is laid over lanes: axes, the rest, coupons. */
static weir_status open_overlays(weir_structure_study *st)
{
	const weir_rest_terms *rest = &st->terms->rest;
	size_t axes = (size_t)st->axis_count, sized = (size_t)st->sized_count;
	st->values = weir_arena_array(st->arena, axes, sizeof *st->values);
	st->coupons = weir_arena_array(st->arena, sized, sizeof *st->coupons);
	st->lives = weir_arena_array(st->arena, sized, sizeof *st->lives);
	st->history = weir_arena_array(st->arena, sized * WEIR_STRUCTURE_ROUNDS, sizeof *st->history);
	st->overlays = weir_arena_array(st->arena, axes + sized + 1, sizeof *st->overlays);
	if (!st->values || !st->coupons || !st->lives || !st->history || !st->overlays)
		return WEIR_NO_MEMORY;
	int at = st->axis_count;
	if (rest->class_number >= 0) {
		st->overlays[at] = (weir_overlay){ .values = st->rest, .place = rest->place };
		st->overlays[at].name = part_of(st, st->deal->classes[rest->class_number].node.id, "size");
		if (!st->overlays[at++].name)
			return WEIR_NO_MEMORY;
	}
	st->overlay_count = at;
	for (int i = 0; st->problem->curve && i < st->sized_count; i++) {
		const weir_class *k = &st->deal->classes[st->terms->classes[i].class_number];
		st->overlays[at] = (weir_overlay){ .values = st->coupons[i], .place = st->terms->classes[i].place };
		st->overlays[at].name = part_of(st, k->node.id, "coupon");
		if (!st->overlays[at++].name)
			return WEIR_NO_MEMORY;
	}
	return WEIR_OK;
}

/* Deals whose numbers do not allow what is asked. */
static weir_status check_deal(weir_structure_study *st)
{
	size_t errors = st->diags->errors;
	if (weir_plan_periods(st->plan)->first > 1)
		weir_diag_error(st->diags, UNSUPPORTED, st->terms->place,
		                "the deal starts in mid-life, where sizes are given; structure it at its closing");
	if (st->deal->closed_price_given)
		weir_diag_error(
			st->diags, UNSUPPORTED, st->terms->place,
			"the deal says what is paid for the pool, so that no size can move; leave out purchase-price");
	if (st->sized_count + st->terms->choice_count > WEIR_SEARCH_AXES)
		weir_diag_error(st->diags, OUT_OF_RANGE, st->terms->place,
		                "more than %d numbers are to be chosen; fix some", WEIR_SEARCH_AXES);
	for (int i = 0; st->problem->curve && i < st->sized_count; i++) {
		const weir_class *k = &st->deal->classes[st->terms->classes[i].class_number];
		if (k->step_count > 0 || k->interest == WEIR_INTEREST_NONE)
			weir_diag_error(
				st->diags, UNSUPPORTED, st->terms->classes[i].place,
				"class \"%s\" has %s, so that no curve can give it a coupon; leave out <coupons>",
				k->node.id, k->step_count > 0 ? "coupon steps" : "no coupon");
	}
	return st->diags->errors > errors ? WEIR_INPUT : WEIR_OK;
}

static weir_status open_axes(weir_structure_study *st, double promised)
{
	weir_status status = WEIR_OK;
	for (int i = 0; i < st->sized_count; i++)
		WEIR_TRY(open_class_axis(st, i, promised));
	for (int i = 0; i < st->terms->choice_count; i++)
		WEIR_TRY(open_choice_axis(st, i));
	for (int a = 0; a < st->axis_count; a++) {
		weir_place place = a < st->sized_count ? st->terms->classes[a].place :
		                                         st->terms->choices[a - st->sized_count].place;
		st->overlays[a] = (weir_overlay){ .name = st->axes[a].name, .values = st->values[a], .place = place };
	}
	read_fixed(st);
out:
	return status;
}

weir_status weir_structure_open(weir_structure_study *st)
{
	weir_status status;
	weir_run_options all = { .trace_lane = -1, .record_all = 1 };
	const weir_metric *rest_of;
	double promised;
	st->sized_count = st->terms->class_count;
	st->axis_count = st->sized_count + st->terms->choice_count;
	WEIR_TRY(check_deal(st));
	size_t classes = (size_t)st->deal->class_count;
	st->axes = weir_arena_array(st->arena, (size_t)st->axis_count, sizeof *st->axes);
	st->records = weir_arena_array(st->arena, classes * 5 + 2, sizeof *st->records);
	st->limits = weir_arena_array(st->arena, (size_t)st->terms->limit_count + 1, sizeof *st->limits);
	if (!st->axes || !st->records || !st->limits)
		return WEIR_NO_MEMORY;
	st->record_count = weir_survival_records(st->records, st->plan);
	for (int i = 0; i < st->deal->class_count; i++) {
		const weir_class_registers *c = &weir_plan_registers(st->plan)->classes[i];
		const int more[] = { c->interest_paid, c->principal_paid };
		for (int r = 0; r < 2; r++)
			if (more[r] >= 0)
				st->records[st->record_count++] = more[r];
	}
	weir_run_options some = { .trace_lane = -1, .records = st->records, .record_count = st->record_count };
	WEIR_TRY(open_overlays(st));
	WEIR_TRY(open_block(st, &st->figures, st->problem->pricing, &all, NULL));
	WEIR_TRY(read_deal(st, &promised, &rest_of));
	WEIR_TRY(open_axes(st, promised));
	if (rest_of)
		WEIR_TRY(check_rest(st, rest_of));
	WEIR_TRY(open_runs(st));
	if (needs_lives(st))
		WEIR_TRY(open_block(st, &st->pricing, st->problem->pricing, &some, NULL));
	WEIR_TRY(open_losses(st));
	status = weir_structure_bounds_open(st);
out:
	return status;
}

void weir_structure_close(weir_structure_study *st)
{
	for (int r = 0; r < st->run_count; r++)
		weir_block_destroy(st->runs[r].block);
	weir_block_destroy(st->pricing);
	weir_block_destroy(st->figures);
	weir_block_destroy(st->losses);
}
