/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure_lanes.c: candidates for a structure as lanes: sizes, coupons, scenarios, limits, objective. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "study/structure_int.h"

/* --- laying candidates ------------------------------------------------------------------------------------------ */

double weir_structure_value(const weir_structure_axis *axis, int64_t point)
{
	if (point < 0)
		return 0;
	double steps = weir_round_half_away(axis->origin * axis->scale) +
	               (double)point * weir_round_half_away(axis->step * axis->scale);
	return steps / axis->scale;
}

/* What a class of a size brings; most are sold at par. */
static double class_proceeds(const weir_structure_study *st, int class_number, double size)
{
	return st->deal->classes[class_number].issue_price == 100 ?
	               size :
	               weir_plan_class_proceeds(st->plan, class_number, size);
}

double weir_structure_proceeds(const weir_structure_study *st, int lane)
{
	double proceeds = 0;
	for (int i = 0; i < st->sized_count; i++)
		proceeds += class_proceeds(st, st->terms->classes[i].class_number, st->values[i][lane]);
	return proceeds;
}

int weir_structure_rest_fits(weir_structure_study *st, int lane)
{
	const weir_rest_terms *rest = &st->terms->rest;
	if (rest->class_number < 0)
		return 1;
	double unit = st->deal->classes[rest->class_number].unit_cents, left = st->rest_total - st->fixed_size;
	for (int i = 0; i < st->sized_count; i++)
		left -= st->values[i][lane];
	st->rest[lane] = left > 0 ? floor(left / unit) * unit : 0;
	return st->rest[lane] > 0 && left >= rest->least_share * st->rest_total;
}

int weir_structure_closes(const weir_structure_study *st, int lane)
{
	double proceeds = weir_structure_proceeds(st, lane) + st->fixed_proceeds, cash = st->fixed_cash;
	if (st->terms->rest.class_number >= 0)
		proceeds += class_proceeds(st, st->terms->rest.class_number, st->rest[lane]);
	for (int a = st->sized_count; a < st->axis_count; a++)
		cash += st->axes[a].is_cash ? st->values[a][lane] : 0;
	return weir_plan_purchase_at(st->plan, proceeds, cash) >= 0;
}

void weir_structure_lay(weir_structure_study *st, const int64_t (*points)[WEIR_SEARCH_AXES], int count, char *alive)
{
	for (int l = 0; l < WEIR_LANES; l++) {
		const int64_t *point = points[l < count ? l : count - 1];
		for (int a = 0; a < st->axis_count; a++)
			st->values[a][l] = weir_structure_value(&st->axes[a], point[a]);
		for (int i = 0; i < st->sized_count; i++)
			st->coupons[i][l] = st->deal->classes[st->terms->classes[i].class_number].coupon_annual;
		for (int a = st->sized_count; a < st->axis_count; a++)
			if (st->axes[a].coupon_of >= 0)
				st->coupons[st->axes[a].coupon_of][l] = st->values[a][l];
		int fits = weir_structure_rest_fits(st, l) && weir_structure_closes(st, l) &&
		           weir_structure_proceeds(st, l) >= st->terms->proceeds_least_cents;
		if (l < count)
			alive[l] = (char)fits;
	}
	memset(st->circles, 0, sizeof st->circles);
}

/* --- runs ------------------------------------------------------------------------------------------------------- */

weir_status weir_structure_run_lanes(weir_structure_study *st, weir_block *block, int count)
{
	int coupons = st->problem->curve ? st->sized_count : 0;
	return weir_block_overlay(block, st->overlays, st->overlay_count + coupons, count, st->diags);
}

static int any_alive(const char *alive, int count)
{
	for (int l = 0; l < count; l++)
		if (alive[l])
			return 1;
	return 0;
}

static weir_survival survival_of(weir_structure_test test)
{
	static const weir_survival tests[] = { [WEIR_STRUCTURE_BOTH] = WEIR_SURVIVE_BOTH,
		                               [WEIR_STRUCTURE_FIRST_MISSED] = WEIR_SURVIVE_FIRST_MISSED,
		                               [WEIR_STRUCTURE_FIRST_LOSS] = WEIR_SURVIVE_FIRST_LOSS };
	return tests[test];
}

void weir_structure_judge(const weir_structure_study *st, weir_structure_run *run, int sized, int count, char *alive)
{
	char survives[WEIR_LANES];
	const weir_sized_class *k = &st->terms->classes[sized];
	weir_survival_read(survives, st->plan, weir_block_result(run->block), k->class_number, survival_of(k->test));
	for (int l = 0; l < count; l++) {
		run->killed += alive[l] && !survives[l];
		alive[l] &= survives[l];
	}
}

weir_status weir_structure_survive(weir_structure_study *st, weir_structure_run *run, int count, char *alive, int only)
{
	weir_status status = weir_structure_run_lanes(st, run->block, count);
	for (int i = 0; status == WEIR_OK && i < st->sized_count; i++)
		if (run->tested[i] && (only < 0 || only == i))
			weir_structure_judge(st, run, i, count, alive);
	return status;
}

/* --- lives and coupons ------------------------------------------------------------------------------------------ */

static void read_lives(weir_structure_study *st)
{
	weir_lane_reader reader = { st->plan, weir_block_result(st->pricing), weir_block_rows(st->pricing) };
	for (int i = 0; i < st->sized_count; i++) {
		weir_class_lanes figures;
		weir_class_lanes_read(&figures, &reader, st->terms->classes[i].class_number);
		memcpy(st->lives[i], figures.wal_years, sizeof figures.wal_years);
	}
}

double weir_structure_coupon(const weir_structure_study *st, int sized, double life_years)
{
	const weir_structure_problem *p = st->problem;
	double life = weir_round_half_away(life_years * 1000) / 1000, step = st->terms->coupons.step;
	if (!(life > 0))
		life = 0.001;
	double rate =
		weir_rate_curve_par(p->curve, p->coupon_date, life) + weir_grade_spread_at(p->spreads[sized], life);
	double steps = weir_round_half_away(rate / step);
	return weir_rate_normal(steps > 0 ? steps * step : 0);
}

static int same_coupons(const weir_structure_study *st, int round, int lane)
{
	for (int i = 0; i < st->sized_count; i++)
		if (st->history[round * st->sized_count + i][lane] != st->coupons[i][lane])
			return 0;
	return 1;
}

/* The coupons of a lane come round to those of an earlier round: each class takes its highest since. */
static void break_circle(weir_structure_study *st, int from, int round, int lane)
{
	st->circles[lane] = 1;
	for (int r = from; r < round; r++)
		for (int i = 0; i < st->sized_count; i++)
			if (st->history[r * st->sized_count + i][lane] > st->coupons[i][lane])
				st->coupons[i][lane] = st->history[r * st->sized_count + i][lane];
}

/* New coupons of a lane from its lives; 1 while they move. A class of no size keeps its coupon. */
static int move_coupons(weir_structure_study *st, int round, int lane)
{
	for (int i = 0; i < st->sized_count; i++) {
		st->history[round * st->sized_count + i][lane] = st->coupons[i][lane];
		if (!isnan(st->lives[i][lane]))
			st->coupons[i][lane] = weir_structure_coupon(st, i, st->lives[i][lane]);
	}
	if (same_coupons(st, round, lane))
		return 0;
	for (int r = 0; r < round; r++)
		if (same_coupons(st, r, lane)) {
			break_circle(st, r, round + 1, lane);
			return 0;
		}
	if (round + 1 == WEIR_STRUCTURE_ROUNDS) { /* neither still nor round: as cautious as a circle */
		break_circle(st, 0, round + 1, lane);
		return 0;
	}
	return 1;
}

static weir_status find_coupons(weir_structure_study *st, int count, const char *alive)
{
	weir_status status = WEIR_OK;
	char moving[WEIR_LANES];
	memcpy(moving, alive, (size_t)count);
	for (int round = 0; round < WEIR_STRUCTURE_ROUNDS && any_alive(moving, count); round++) {
		WEIR_TRY(weir_structure_run_lanes(st, st->pricing, count));
		read_lives(st);
		for (int l = 0; l < count; l++)
			moving[l] = moving[l] && (char)move_coupons(st, round, l);
	}
	WEIR_TRY(weir_structure_run_lanes(st, st->pricing, count)); /* lives with the coupons of circles */
	read_lives(st);
out:
	return status;
}

int weir_structure_life_fits(const weir_structure_study *st, int sized, int lane)
{
	const weir_sized_class *k = &st->terms->classes[sized];
	double life = st->lives[sized][lane];
	int limited = !isnan(k->wal_least_years) || !isnan(k->wal_most_years) || k->loss_by_table ||
	              st->terms->objective == WEIR_STRUCTURE_COST;
	if (st->values[sized][lane] == 0)
		return 1;
	return !(isnan(life) && limited) && !(life < k->wal_least_years) && !(life > k->wal_most_years);
}

weir_status weir_structure_price(weir_structure_study *st, int count, char *alive)
{
	weir_status status = WEIR_OK;
	if (!st->pricing || !any_alive(alive, count))
		return WEIR_OK;
	if (st->problem->curve) {
		WEIR_TRY(find_coupons(st, count, alive));
	} else {
		WEIR_TRY(weir_structure_run_lanes(st, st->pricing, count));
		read_lives(st);
	}
	for (int l = 0; l < count; l++)
		for (int i = 0; i < st->sized_count; i++)
			alive[l] &= (char)weir_structure_life_fits(st, i, l);
out:
	return status;
}

/* --- expected losses -------------------------------------------------------------------------------------------- */

/* What the payments of a class lack of its size, discounted with its coupon, as a share of it: the sum over the points.
 */
static double sum_losses(const weir_structure_study *st, int sized, double size, double coupon)
{
	const weir_class *k = &st->deal->classes[st->terms->classes[sized].class_number];
	const weir_periods *periods = weir_plan_periods(st->plan);
	const weir_run *run = weir_block_result(st->losses);
	const weir_class_registers *c = &weir_plan_registers(st->plan)->classes[st->terms->classes[sized].class_number];
	double value[WEIR_LANES] = { 0 }, factor = 1, sum = 0;
	for (int p = periods->first; p < periods->count; p++) {
		const double *interest = weir_run_record(run, c->interest_paid, p);
		const double *principal = weir_run_record(run, c->principal_paid, p);
		weir_year_fraction f = weir_day_count_fraction(k->day_count, periods->items[p].accrual_start,
		                                               periods->items[p].accrual_end, NULL);
		factor /= 1 + coupon * (double)f.numerator / (double)f.denominator;
		for (int l = 0; l < st->terms->losses.points; l++)
			value[l] += factor * ((interest ? interest[l] : 0) + (principal ? principal[l] : 0));
	}
	for (int l = 0; l < st->terms->losses.points; l++)
		sum += value[l] < size ? 1 - value[l] / size : 0;
	return sum;
}

static int has_loss_limit(const weir_sized_class *k)
{
	return k->loss_by_table || !isnan(k->loss_most);
}

weir_status weir_structure_losses(weir_structure_study *st, int lane, double *losses)
{
	weir_lane kept[WEIR_SEARCH_AXES + 1], coupons[WEIR_SEARCH_AXES];
	weir_status status;
	for (int a = 0; a <= st->axis_count; a++) { /* the candidate in every lane */
		double *lanes = a < st->axis_count ? st->values[a] : st->rest;
		memcpy(kept[a], lanes, sizeof kept[a]);
		for (int l = 0; l < WEIR_LANES; l++)
			lanes[l] = kept[a][lane];
	}
	for (int i = 0; i < st->sized_count; i++) {
		memcpy(coupons[i], st->coupons[i], sizeof coupons[i]);
		for (int l = 0; l < WEIR_LANES; l++)
			st->coupons[i][l] = coupons[i][lane];
	}
	status = weir_structure_run_lanes(st, st->losses, st->terms->losses.points);
	for (int i = 0; i < st->sized_count; i++)
		losses[i] = status == WEIR_OK && has_loss_limit(&st->terms->classes[i]) ?
		                    weir_rate_normal(sum_losses(st, i, kept[i][lane], coupons[i][lane]) /
		                                     st->terms->losses.points) :
		                    NAN;
	for (int a = 0; a <= st->axis_count; a++)
		memcpy(a < st->axis_count ? st->values[a] : st->rest, kept[a], sizeof kept[a]);
	for (int i = 0; i < st->sized_count; i++)
		memcpy(st->coupons[i], coupons[i], sizeof coupons[i]);
	return status;
}

double weir_structure_loss_limit(const weir_structure_study *st, int sized, int lane)
{
	const weir_sized_class *k = &st->terms->classes[sized];
	return k->loss_by_table ? weir_loss_at(st->problem->loss_grades[sized], st->lives[sized][lane]) : k->loss_most;
}

/* The lane that is alive, not looked at and serves the objective best; -1: none. */
static int best_left(const weir_structure_study *st, int count, const char *alive, const char *seen)
{
	int best = -1;
	for (int l = 0; l < count; l++)
		if (alive[l] && !seen[l] &&
		    (best < 0 || weir_structure_objective_at(st, l) > weir_structure_objective_at(st, best)))
			best = l;
	return best;
}

/* A run for each candidate: the best first, and those that serve the objective less than one that passes not at all. */
static weir_status check_losses(weir_structure_study *st, int count, char *alive)
{
	weir_status status = WEIR_OK;
	double losses[WEIR_SEARCH_AXES], passed = -INFINITY;
	char seen[WEIR_LANES] = { 0 };
	for (int l; st->losses && (l = best_left(st, count, alive, seen)) >= 0;) {
		seen[l] = 1;
		alive[l] = weir_structure_objective_at(st, l) >= passed;
		if (!alive[l])
			continue;
		WEIR_TRY(weir_structure_losses(st, l, losses));
		for (int i = 0; i < st->sized_count; i++)
			if (has_loss_limit(&st->terms->classes[i]) &&
			    !(losses[i] <= weir_structure_loss_limit(st, i, l)))
				alive[l] = 0;
		if (alive[l])
			passed = weir_structure_objective_at(st, l);
	}
out:
	return status;
}

/* --- limits and objective --------------------------------------------------------------------------------------- */

static weir_status check_limits(weir_structure_study *st, int count, char *alive)
{
	weir_status status = WEIR_OK;
	if (st->terms->limit_count == 0 || !any_alive(alive, count))
		return WEIR_OK;
	WEIR_TRY(weir_structure_run_lanes(st, st->figures, count));
	weir_lane_reader reader = { st->plan, weir_block_result(st->figures), weir_block_rows(st->figures) };
	for (int i = 0; i < st->terms->limit_count; i++) {
		double holds[WEIR_LANES];
		WEIR_TRY(weir_metric_read(holds, st->limits[i], &reader, count));
		for (int l = 0; l < count; l++)
			alive[l] &= holds[l] == 1;
	}
out:
	return status;
}

/* Coupons in whole units of their last place, as the sums below count them. */
#define COUPON_UNITS 1e12

/* -cost / weight, the cost in units. */
static double average_of(weir_quad cost, weir_quad weight)
{
	return weight > 0 ? -(double)(cost / weight / (weir_quad)COUPON_UNITS) : NAN;
}

double weir_structure_cost_of(double coupon_annual)
{
	return average_of(weir_round_half_away(coupon_annual * COUPON_UNITS), 1);
}

/* Size x average life of a class in a lane that was priced last: cents x days. */
static weir_quad cent_days(const weir_structure_study *st, int sized, int lane)
{
	const weir_periods *periods = weir_plan_periods(st->plan);
	const weir_run *run = weir_block_result(st->pricing);
	const weir_class_registers *c = &weir_plan_registers(st->plan)->classes[st->terms->classes[sized].class_number];
	weir_quad sum = 0;
	double paid = 0, size = st->values[sized][lane];
	for (int p = periods->first; p < periods->count; p++) {
		const double *principal = weir_run_record(run, c->principal_paid, p);
		if (!principal || principal[lane] == 0)
			continue;
		sum += (weir_quad)principal[lane] * (periods->items[p].adjusted - st->deal->start);
		paid += principal[lane];
	}
	return paid == size || paid == 0 ? sum : sum * size / paid;
}

double weir_structure_objective_at(const weir_structure_study *st, int lane)
{
	weir_quad cost = 0, weight = 0;
	double cash = 0;
	for (int a = st->sized_count; a < st->axis_count; a++)
		cash += st->axes[a].is_cash ? st->values[a][lane] : 0;
	if (st->terms->objective == WEIR_STRUCTURE_PROCEEDS)
		return weir_structure_proceeds(st, lane) - cash;
	for (int i = 0; i < st->sized_count; i++) {
		weir_quad w = cent_days(st, i, lane);
		cost += w * (weir_quad)weir_round_half_away(st->coupons[i][lane] * COUPON_UNITS);
		weight += w;
	}
	return average_of(cost, weight);
}

/* The scenario that has killed most goes first; of equals the one listed first. */
static void sort_runs(weir_structure_study *st)
{
	for (int i = 1; i < st->run_count; i++) {
		int run = st->order[i], at = i;
		for (; at > 0 && st->runs[st->order[at - 1]].killed < st->runs[run].killed; at--)
			st->order[at] = st->order[at - 1];
		st->order[at] = run;
	}
}

weir_status weir_structure_evaluate(void *context, const int64_t (*points)[WEIR_SEARCH_AXES], int count, double *values)
{
	weir_structure_study *st = context;
	weir_status status;
	char alive[WEIR_LANES];
	weir_structure_lay(st, points, count, alive);
	WEIR_TRY(weir_structure_price(st, count, alive));
	for (int r = 0; r < st->run_count && any_alive(alive, count); r++)
		WEIR_TRY(weir_structure_survive(st, &st->runs[st->order[r]], count, alive, -1));
	sort_runs(st);
	WEIR_TRY(check_limits(st, count, alive));
	WEIR_TRY(check_losses(st, count, alive));
	for (int l = 0; l < count; l++)
		values[l] = alive[l] ? weir_structure_objective_at(st, l) : NAN;
out:
	return status;
}
