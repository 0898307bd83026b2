/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure_bound.c: what holds for every structure of a box: sizes that cash cannot repay, and the best objective. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study/structure_int.h"
#include "study/structure_order.h"

/* The value that a run has of a number of a class or an account, as it is without candidates; 0 when it has none. */
static double parameter_in(const weir_structure_study *st, const weir_structure_run *run, const char *id,
                           const char *part)
{
	int count;
	size_t length = strlen(id);
	const weir_parameter *parameters = weir_plan_parameters(st->plan, &count);
	for (int p = 0; p < count; p++)
		if (strncmp(parameters[p].name, id, length) == 0 && parameters[p].name[length] == '.' &&
		    strcmp(parameters[p].name + length + 1, part) == 0) {
			return weir_block_value(run->block, p)[0];
		}
	return 0;
}

/* --- cash ------------------------------------------------------------------------------------------------------- */

/* The most that supports and covers can ever pay; INFINITY where nothing limits them. What is repaid to a facility may
 * be drawn again, so that its limit says nothing. */
static double most_support(const weir_deal *deal)
{
	double most = 0;
	for (int i = 0; i < deal->support_count; i++) {
		const weir_support *s = &deal->supports[i];
		double capacity = s->party >= 0 ? deal->parties[s->party].capacity_cents : INFINITY;
		int restores = s->kind == WEIR_SUPPORT_LIQUIDITY || s->kind == WEIR_SUPPORT_LETTER_OF_CREDIT;
		most += restores ? INFINITY : s->cap_cents < capacity ? s->cap_cents : capacity;
	}
	for (int i = 0; i < deal->cover_count; i++)
		most += deal->covers[i].cap_cents;
	return most;
}

/* What was in the accounts at the closing, or may be put there by the run or by a choice. */
static double most_opening_cash(const weir_structure_study *st, const weir_structure_run *run)
{
	double cash = 0;
	for (int i = 0; i < st->deal->account_count; i++)
		cash += parameter_in(st, run, st->deal->accounts[i].node.id, "initial");
	for (int a = st->sized_count; a < st->axis_count; a++)
		if (st->axes[a].is_cash)
			cash += weir_structure_value(&st->axes[a], st->axes[a].points - 1);
	return cash;
}

/* Whether a choice or the run may change what supports and covers pay at most. */
static int moves_support(const weir_structure_study *st, const weir_structure_run *run)
{
	if (st->deal->support_count + st->deal->cover_count == 0)
		return 0;
	for (int a = st->sized_count; a < st->axis_count; a++)
		if (!st->axes[a].is_cash && st->axes[a].coupon_of < 0)
			return 1;
	for (int i = 0; run->scenario && i < run->scenario->shock_count; i++)
		if (run->scenario->shocks[i].kind == WEIR_SHOCK_SET)
			return 1;
	return 0;
}

/* A bound on all cash that can have come in up to each period; NULL in *out where there is none. */
static weir_status read_cash(double **out, weir_structure_study *st, const weir_structure_run *run)
{
	const weir_periods *periods = weir_plan_periods(st->plan);
	const weir_pool_rows *rows = weir_block_rows(run->block);
	double sum = most_opening_cash(st, run) + (moves_support(st, run) ? INFINITY : most_support(st->deal));
	int count = periods->count - periods->first;
	*out = NULL;
	if (!isfinite(sum) || st->deal->call_count > 0 || st->deal->revolving_count > 0)
		return WEIR_OK;
	*out = weir_arena_array(st->arena, (size_t)count, sizeof **out);
	if (!*out)
		return WEIR_NO_MEMORY;
	sum += 0.5 * count * st->deal->class_count + 1; /* interest is rounded to cents */
	for (int k = 0; k < count; k++) {
		int p = periods->first + k;
		sum += rows->column[WEIR_POOL_PRINCIPAL][p][0] + rows->column[WEIR_POOL_INCOME][p][0] +
		       rows->column[WEIR_POOL_RECOVERED][p][0];
		(*out)[k] = sum;
	}
	return WEIR_OK;
}

/* --- rates ------------------------------------------------------------------------------------------------------ */

static int sized_of(const weir_structure_study *st, int class_number)
{
	for (int i = 0; i < st->sized_count; i++)
		if (st->terms->classes[i].class_number == class_number)
			return i;
	return -1;
}

/* The least coupon that a class can have in a run in any period. */
static double least_coupon(const weir_structure_study *st, const weir_structure_run *run, int class_number)
{
	const weir_class *k = &st->deal->classes[class_number];
	int sized = sized_of(st, class_number);
	double raise = k->raise_when.text && k->raise_add < 0 ? k->raise_add : 0;
	double least = parameter_in(st, run, k->node.id, "coupon");
	for (int a = st->sized_count; a < st->axis_count; a++)
		if (strncmp(st->axes[a].name, k->node.id, strlen(k->node.id)) == 0 &&
		    strncmp(st->axes[a].name + strlen(k->node.id), ".coupon", sizeof ".coupon" - 1) == 0) {
			return 0;
		}
	if (sized >= 0 && st->problem->curve)
		return st->least_coupons[sized] + run->coupon_fall[sized] + raise;
	for (int i = 0; i < k->step_count; i++)
		least = k->steps[i].coupon_annual < least ? k->steps[i].coupon_annual : least;
	return least + parameter_in(st, run, k->node.id, "coupon_shift") + raise;
}

/* Rules whose fraction needs nothing but the two dates; of the others interest is left out. */
static int is_plain_rule(weir_day_count rule)
{
	return rule != WEIR_ACT_ACT_ICMA && rule != WEIR_D30E_360_ISDA && rule != WEIR_BUS_252;
}

/* The least interest of each period on 1 of a class's balance. */
static weir_status read_rates(const double **out, weir_structure_study *st, const weir_structure_run *run,
                              int class_number)
{
	const weir_class *k = &st->deal->classes[class_number];
	const weir_periods *periods = weir_plan_periods(st->plan);
	int count = periods->count - periods->first;
	double coupon = least_coupon(st, run, class_number);
	double *rates = weir_arena_array(st->arena, (size_t)count, sizeof *rates);
	*out = rates;
	if (!rates)
		return WEIR_NO_MEMORY;
	if (k->interest != WEIR_INTEREST_CURRENT || !is_plain_rule(k->day_count) || k->rounding == WEIR_ROUND_UNIT)
		return WEIR_OK;
	for (int i = 0; i < count; i++) {
		const weir_period *p = &periods->items[periods->first + i];
		weir_year_fraction f = weir_day_count_fraction(k->day_count, p->accrual_start, p->accrual_end, NULL);
		double rate = coupon * (double)f.numerator / (double)f.denominator;
		rates[i] = rate > 0 ? rate : 0;
	}
	return WEIR_OK;
}

/* --- conditions ------------------------------------------------------------------------------------------------- */

static int waits_for_all(const weir_deal *deal, int x, int y)
{
	return weir_order_waits(deal, x, WEIR_PAID_PRINCIPAL, y, WEIR_PAID_PRINCIPAL) &&
	       weir_order_waits(deal, x, WEIR_PAID_PRINCIPAL, y, WEIR_PAID_INTEREST);
}

static int must_be_repaid(const weir_structure_study *st, const weir_structure_run *run, int class_number)
{
	int sized = sized_of(st, class_number);
	return sized >= 0 && run->tested[sized] && st->terms->classes[sized].test != WEIR_STRUCTURE_FIRST_MISSED &&
	       st->deal->classes[class_number].style != WEIR_STYLE_RESIDUAL;
}

static int must_be_timely(const weir_structure_study *st, const weir_structure_run *run, int class_number)
{
	int sized = sized_of(st, class_number);
	return sized >= 0 && run->tested[sized] && st->terms->classes[sized].test != WEIR_STRUCTURE_FIRST_LOSS;
}

static int contains(const int *set, int count, int class_number)
{
	for (int i = 0; i < count; i++)
		if (set[i] == class_number)
			return 1;
	return 0;
}

/* Puts a set into the order of repayment where it is known. */
static void chain(weir_cash_condition *c, const weir_deal *deal)
{
	int ordered[WEIR_CASH_CLASSES], taken[WEIR_CASH_CLASSES] = { 0 };
	for (int i = 0; i < c->repaid_count; i++) {
		int before = 0;
		for (int j = 0; j < c->repaid_count; j++)
			before += i != j && weir_order_waits(deal, c->repaid[i], WEIR_PAID_PRINCIPAL, c->repaid[j],
			                                     WEIR_PAID_PRINCIPAL);
		if (taken[before]++)
			return;
		ordered[before] = c->repaid[i];
	}
	memcpy(c->repaid, ordered, (size_t)c->repaid_count * sizeof *ordered);
	c->chained = 1;
}

static int is_prompt(const weir_structure_study *st, const weir_structure_run *run, const weir_cash_condition *c)
{
	for (int i = 0; i < c->repaid_count; i++)
		for (int j = 0; j < c->repaid_count && !must_be_timely(st, run, c->repaid[i]); j++)
			if (!weir_order_waits(st->deal, c->repaid[j], WEIR_PAID_PRINCIPAL, c->repaid[i],
			                      WEIR_PAID_INTEREST))
				return 0;
	return 1;
}

static int is_ahead(const weir_deal *deal, const weir_cash_condition *c, int x)
{
	for (int i = 0; i < c->repaid_count; i++)
		if (!weir_order_waits(deal, c->repaid[i], WEIR_PAID_PRINCIPAL, x, WEIR_PAID_INTEREST) ||
		    !weir_order_waits(deal, x, WEIR_PAID_PRINCIPAL, c->repaid[i], WEIR_PAID_PRINCIPAL)) {
			return 0;
		}
	return 1;
}

static int is_known(const weir_structure_study *st, const weir_cash_condition *condition, int from)
{
	for (int i = from; i < st->condition_count; i++) {
		const weir_cash_condition *old = &st->conditions[i];
		int same = old->repaid_count == condition->repaid_count;
		for (int j = 0; j < condition->repaid_count && same; j++)
			same = contains(old->repaid, old->repaid_count, condition->repaid[j]);
		if (same)
			return 1;
	}
	return 0;
}

/* Completes the condition of a set of classes that a run repays, unless it is one of those from `from` on. */
static weir_status add_condition(weir_structure_study *st, const weir_structure_run *run, const double *cash,
                                 weir_cash_condition *condition, int from)
{
	const weir_periods *periods = weir_plan_periods(st->plan);
	weir_status status = WEIR_OK;
	if (condition->repaid_count == 0 || is_known(st, condition, from))
		return WEIR_OK;
	condition->periods = periods->count - periods->first;
	condition->cash = cash;
	chain(condition, st->deal);
	condition->prompt = is_prompt(st, run, condition);
	for (int x = 0; x < st->deal->class_count; x++)
		if (!contains(condition->repaid, condition->repaid_count, x) &&
		    condition->repaid_count + condition->ahead_count < WEIR_CASH_CLASSES &&
		    is_ahead(st->deal, condition, x)) {
			condition->ahead[condition->ahead_count++] = x;
		}
	for (int i = 0; i < condition->repaid_count + condition->ahead_count; i++) {
		int x = i < condition->repaid_count ? condition->repaid[i] :
		                                      condition->ahead[i - condition->repaid_count];
		WEIR_TRY(read_rates(&condition->rates[i], st, run, x));
	}
	st->conditions[st->condition_count++] = *condition;
out:
	return status;
}

/* The sets of one run: each class that must be repaid alone, with those before it, and all of them. */
static weir_status add_conditions(weir_structure_study *st, const weir_structure_run *run)
{
	weir_cash_condition all = { 0 };
	double *cash;
	int from = st->condition_count, classes = st->deal->class_count;
	weir_status status = read_cash(&cash, st, run);
	for (int x = 0; cash && status == WEIR_OK && x < classes; x++) {
		weir_cash_condition own = { .repaid = { x }, .repaid_count = 1 }, with = own;
		if (!must_be_repaid(st, run, x))
			continue;
		for (int y = 0; y < classes && with.repaid_count < WEIR_CASH_CLASSES; y++)
			if (y != x && waits_for_all(st->deal, x, y))
				with.repaid[with.repaid_count++] = y;
		for (int i = 0; i < with.repaid_count && all.repaid_count < WEIR_CASH_CLASSES; i++)
			if (!contains(all.repaid, all.repaid_count, with.repaid[i]))
				all.repaid[all.repaid_count++] = with.repaid[i];
		status = add_condition(st, run, cash, &own, from);
		if (status == WEIR_OK)
			status = add_condition(st, run, cash, &with, from);
	}
	return cash && status == WEIR_OK ? add_condition(st, run, cash, &all, from) : status;
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

/* The least coupon of each class: lives are rounded, so that there are finitely many. */
static void find_least_coupons(weir_structure_study *st)
{
	const weir_periods *periods = weir_plan_periods(st->plan);
	double longest = weir_years_from_start(st->plan, periods->items[periods->count - 1].adjusted);
	for (int i = 0; i < st->sized_count; i++) {
		st->least_coupons[i] = st->deal->classes[st->terms->classes[i].class_number].coupon_annual;
		for (int a = st->sized_count; a < st->axis_count; a++)
			if (st->axes[a].coupon_of == i)
				st->least_coupons[i] = st->axes[a].origin;
		for (int64_t life = 1; st->problem->curve && life <= (int64_t)ceil(longest * 1000); life++) {
			double coupon = weir_structure_coupon(st, i, (double)life / 1000);
			if (life == 1 || coupon < st->least_coupons[i])
				st->least_coupons[i] = coupon;
		}
	}
}

static void sort_by_price(weir_structure_study *st)
{
	for (int i = 0; i < st->sized_count; i++) {
		int at = i;
		double price = st->deal->classes[st->terms->classes[i].class_number].issue_price;
		for (; at > 0; at--) {
			int before = st->terms->classes[st->by_price[at - 1]].class_number;
			if (st->deal->classes[before].issue_price >= price)
				break;
			st->by_price[at] = st->by_price[at - 1];
		}
		st->by_price[at] = i;
	}
}

weir_status weir_structure_bounds_open(weir_structure_study *st)
{
	weir_status status = WEIR_OK;
	size_t sized = (size_t)st->sized_count, most = (size_t)st->run_count * (2 * sized + 1);
	st->conditions = weir_arena_array(st->arena, most + 1, sizeof *st->conditions);
	st->low_sizes = weir_arena_array(st->arena, (size_t)st->deal->class_count, sizeof *st->low_sizes);
	st->least_coupons = weir_arena_array(st->arena, sized, sizeof *st->least_coupons);
	st->by_price = weir_arena_array(st->arena, sized, sizeof *st->by_price);
	st->all_sized = weir_arena_array(st->arena, sized, sizeof *st->all_sized);
	if (!st->all_sized || !st->conditions || !st->low_sizes || !st->least_coupons || !st->by_price)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < st->sized_count; i++)
		st->all_sized[i] = st->terms->classes[i].class_number;
	find_least_coupons(st);
	sort_by_price(st);
	for (int r = 0; r < st->run_count; r++)
		WEIR_TRY(add_conditions(st, &st->runs[r]));
out:
	return status;
}

/* --- boxes ------------------------------------------------------------------------------------------------------ */

/* Sizes of all classes at a box's low corner; the rest class is at least what its high corner leaves. */
static void low_corner(weir_structure_study *st, const weir_search_box *box)
{
	double rest = st->rest_total - st->fixed_size;
	for (int i = 0; i < st->deal->class_count; i++)
		st->low_sizes[i] = st->deal->classes[i].size_cents;
	for (int i = 0; i < st->sized_count; i++) {
		st->low_sizes[st->terms->classes[i].class_number] = weir_structure_value(&st->axes[i], box->low[i]);
		rest -= weir_structure_value(&st->axes[i], box->high[i]);
	}
	if (st->terms->rest.class_number >= 0) {
		double unit = st->deal->classes[st->terms->rest.class_number].unit_cents;
		st->low_sizes[st->terms->rest.class_number] = rest > 0 ? floor(rest / unit) * unit : 0;
	}
}

/* The lot that all sized classes of a set have; 0 when they differ. */
static double common_lot(const weir_structure_study *st, const int *set, int count)
{
	double lot = 0;
	for (int i = 0; i < st->sized_count; i++) {
		if (!contains(set, count, st->terms->classes[i].class_number))
			continue;
		if (lot != 0 && lot != st->axes[i].step)
			return 0;
		lot = st->axes[i].step;
	}
	return lot;
}

/* The best proceeds of sized classes with sizes of the box: those of a set make at most `total`, what they have above
 * the low corner going to the highest prices. */
static double best_proceeds(const weir_structure_study *st, const weir_search_box *box, const int *set, int count,
                            double total)
{
	double proceeds = 0, left = total, rounding = 0, lot = common_lot(st, set, count);
	for (int i = 0; i < count; i++)
		left -= st->low_sizes[set[i]];
	left = lot > 0 ? floor(left / lot) * lot : left;
	for (int at = 0; at < st->sized_count; at++) {
		int i = st->by_price[at], number = st->terms->classes[i].class_number;
		double size = weir_structure_value(&st->axes[i], box->high[i]),
		       price = st->deal->classes[number].issue_price;
		if (contains(set, count, number)) {
			double room = size - st->low_sizes[number], more = room < left ? room : left > 0 ? left : 0;
			left -= more;
			size = st->low_sizes[number] + more;
		}
		proceeds += price == 100 ? size : weir_plan_class_proceeds(st->plan, number, size);
		rounding += price == 100 ? 0 : 1; /* cents, where parts of lots were shared out */
	}
	return proceeds + (lot > 0 && rounding == 0 ? 0 : rounding);
}

static int is_point(const weir_structure_study *st, const weir_search_box *box)
{
	for (int a = 0; a < st->axis_count; a++)
		if (box->low[a] != box->high[a])
			return 0;
	return 1;
}

/* The bound of one condition on the proceeds; -INFINITY when not even the low corner can be repaid. */
static double condition_bound(const weir_structure_study *st, const weir_search_box *box,
                              const weir_cash_condition *condition, double best)
{
	double high = 0;
	for (int i = 0; i < condition->repaid_count; i++) {
		int sized = sized_of(st, condition->repaid[i]);
		high += sized >= 0 ? weir_structure_value(&st->axes[sized], box->high[sized]) :
		                     st->low_sizes[condition->repaid[i]];
	}
	double most = weir_cash_most_total(condition, st->low_sizes, high);
	return most < high ? best_proceeds(st, box, condition->repaid, condition->repaid_count, most) : best;
}

/* No average of coupons is below the least of them: the best that the objective can be. */
static double least_cost(const weir_structure_study *st)
{
	double least = INFINITY;
	for (int i = 0; i < st->sized_count; i++)
		least = st->least_coupons[i] < least ? st->least_coupons[i] : least;
	return weir_structure_cost_of(least);
}

double weir_structure_bound(void *context, const weir_search_box *box)
{
	weir_structure_study *st = context;
	int point = is_point(st, box);
	double most = INFINITY, sum = 0;
	low_corner(st, box);
	for (int i = 0; i < st->sized_count; i++)
		sum += st->low_sizes[st->all_sized[i]];
	if (st->terms->rest.class_number >= 0)
		most = st->rest_total * (1 - st->terms->rest.least_share) - st->fixed_size;
	if (sum > most)
		return -INFINITY;
	for (int c = 0; c < st->condition_count; c++)
		if (!weir_cash_allows(&st->conditions[c], st->low_sizes))
			return -INFINITY;
	double best = best_proceeds(st, box, st->all_sized, st->sized_count, most);
	for (int c = 0; c < st->condition_count && !point; c++) {
		double bound = condition_bound(st, box, &st->conditions[c], best);
		best = bound < best ? bound : best;
	}
	if (best < st->terms->proceeds_least_cents)
		return -INFINITY;
	for (int a = st->sized_count; a < st->axis_count; a++)
		best -= st->axes[a].is_cash ? weir_structure_value(&st->axes[a], box->low[a]) : 0;
	return st->terms->objective == WEIR_STRUCTURE_PROCEEDS ? best : least_cost(st);
}
