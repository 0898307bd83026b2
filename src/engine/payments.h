/* SPDX-License-Identifier: GPL-3.0-or-later */
/* payments.h: the runner's instructions that move cash: payments, transfers, purses, what is under way, purchases. */
#ifndef WEIR_ENGINE_PAYMENTS_H
#define WEIR_ENGINE_PAYMENTS_H

#include <string.h>

#include "engine/kernels.h"
#include "engine/pro_rata.h"
#include "engine/run_int.h"
#include "pool/actuals.h"

/* At the waterfall's start nothing of what is due is paid. */
KERNEL void do_prepare(const weir_plan *plan, const weir_instruction *i, weir_lane *R)
{
	for (int k = 0; k < i->list_count; k++) {
		const weir_list_item *item = &plan->items[i->list + k];
		double *unpaid = R[item->unpaid], *paid = R[item->paid];
		const double *due = R[item->due];
		EACH_LANE
		{
			unpaid[l] = due[l];
			paid[l] = 0;
		}
	}
}

/* Brings payments down to whole steps for each unit; what that leaves stays within the step's limit. */
static void pay_whole_steps(const weir_instruction *i, weir_lane *R, double *p, const double *owed)
{
	for (int l = 0; l < WEIR_LANES; l++) {
		units_here units = units_in_lane(&i->unit, (const weir_lane *)R, l);
		double whole = whole_steps(p[l], owed[l], &units);
		if (i->r[4] >= 0)
			R[i->r[4]][l] += p[l] - whole;
		p[l] = whole;
	}
}

KERNEL void do_pay(const weir_instruction *i, weir_lane *R)
{
	double *cash = R[i->r[0]], *owed = R[i->r[1]], *paid = R[i->r[2]];
	double *balance = i->r[3] >= 0 ? R[i->r[3]] : NULL;
	if (i->once) {
		pay_once(cash, owed, paid, balance, R[i->r[5]], i->mask >= 0 ? R[i->mask] : NULL);
		return;
	}
	if (i->r[4] < 0 && i->mask < 0 && i->unit.unit_cents == 0) {
		if (balance)
			pay_principal(cash, owed, paid, balance);
		else
			pay_plain(cash, owed, paid);
		return;
	}
	weir_lane p;
	payment(p, cash, owed, i->r[4] >= 0 ? R[i->r[4]] : NULL, i->mask >= 0 ? R[i->mask] : NULL);
	if (i->unit.unit_cents > 0)
		pay_whole_steps(i, R, p, owed);
	EACH_LANE
	{
		cash[l] -= p[l];
		owed[l] -= p[l];
		paid[l] += p[l];
	}
	if (balance)
		EACH_LANE balance[l] -= p[l];
}

/* Pass-through: what is owed is the balance; due is as paid. */
KERNEL void do_pay_balance(const weir_instruction *i, weir_lane *R)
{
	double *cash = R[i->r[0]], *balance = R[i->r[1]], *paid = R[i->r[2]], *due = R[i->r[3]];
	weir_lane p;
	payment(p, cash, balance, i->r[4] >= 0 ? R[i->r[4]] : NULL, i->mask >= 0 ? R[i->mask] : NULL);
	if (i->unit.unit_cents > 0)
		pay_whole_steps(i, R, p, balance);
	EACH_LANE
	{
		cash[l] -= p[l];
		balance[l] -= p[l];
		paid[l] += p[l];
		due[l] += p[l];
	}
}

/* What a payment of the whole balance does to the principal that had fallen due: that is paid first, and what goes
 * beyond it becomes due as it is paid. */
static void settle_scheduled(double *scheduled, double *due, double paid)
{
	double of_due = lesser(paid, *scheduled);
	*scheduled -= of_due;
	*due += paid - of_due;
}

static void do_pay_whole(const weir_instruction *i, weir_lane *R)
{
	weir_lane p;
	payment(p, R[i->r[0]], R[i->r[1]], i->r[4] >= 0 ? R[i->r[4]] : NULL, i->mask >= 0 ? R[i->mask] : NULL);
	if (i->unit.unit_cents > 0)
		pay_whole_steps(i, R, p, R[i->r[1]]);
	for (int l = 0; l < WEIR_LANES; l++) {
		R[i->r[0]][l] -= p[l];
		R[i->r[1]][l] -= p[l];
		R[i->r[2]][l] += p[l];
		settle_scheduled(&R[i->r[5]][l], &R[i->r[3]][l], p[l]);
	}
}

KERNEL void do_pay_rest(const weir_instruction *i, weir_lane *R)
{
	double *cash = R[i->r[0]], *paid = R[i->r[2]];
	weir_lane p;
	payment(p, cash, cash, i->r[4] >= 0 ? R[i->r[4]] : NULL, i->mask >= 0 ? R[i->mask] : NULL);
	if (i->once)
		EACH_LANE
		{
			cash[l] -= p[l];
			paid[l] = p[l];
		}
	else
		EACH_LANE
		{
			cash[l] -= p[l];
			paid[l] += p[l];
		}
}

/* One lane's shares of a pro-rata payment. */
static void pay_lane_pro_rata(const weir_instruction *i, const weir_list_item *items, weir_lane *R, int l,
                              double amount)
{
	double due[WEIR_MOST_PAYEES], shares[WEIR_MOST_PAYEES];
	for (int k = 0; k < i->list_count; k++)
		due[k] = R[items[k].unpaid][l];
	weir_share_pro_rata(shares, due, i->list_count, amount, (weir_split)i->split);
	for (int k = 0; k < i->list_count; k++) {
		double p = shares[k];
		if (items[k].unit.unit_cents > 0) {
			units_here units = units_in_lane(&items[k].unit, (const weir_lane *)R, l);
			p = whole_steps(p, due[k], &units);
		}
		R[i->r[0]][l] -= p;
		R[items[k].unpaid][l] -= p;
		R[items[k].paid][l] += p;
		if (items[k].balance >= 0)
			R[items[k].balance][l] -= p;
		if (items[k].scheduled >= 0)
			settle_scheduled(&R[items[k].scheduled][l], &R[items[k].due][l], p);
		else if (items[k].due >= 0)
			R[items[k].due][l] += p;
		if (i->r[4] >= 0)
			R[i->r[4]][l] -= p;
	}
}

/* Everyone in full, as plain loops. */
KERNEL void pay_all(const weir_instruction *i, const weir_list_item *items, weir_lane *R)
{
	double *cash = R[i->r[0]];
	for (int k = 0; k < i->list_count; k++) {
		double *owed = R[items[k].unpaid], *paid = R[items[k].paid];
		double *balance = items[k].balance >= 0 ? R[items[k].balance] : NULL;
		double *due = items[k].due >= 0 ? R[items[k].due] : NULL;
		weir_lane p;
		EACH_LANE p[l] = owed[l];
		EACH_LANE
		{
			cash[l] -= p[l];
			paid[l] += p[l];
			owed[l] -= p[l];
		}
		if (balance)
			EACH_LANE balance[l] -= p[l];
		if (items[k].scheduled >= 0)
			for (int l = 0; l < WEIR_LANES; l++)
				settle_scheduled(&R[items[k].scheduled][l], &due[l], p[l]);
		else if (due)
			EACH_LANE due[l] += p[l];
	}
}

static void do_pay_pro_rata(const weir_plan *plan, const weir_instruction *i, weir_lane *R)
{
	const weir_list_item *items = plan->items + i->list;
	weir_lane sum, amount;
	int64_t simple = i->r[4] < 0 && i->mask < 0;
	EACH_LANE sum[l] = 0;
	for (int k = 0; k < i->list_count; k++)
		EACH_LANE sum[l] += R[items[k].unpaid][l];
	EACH_LANE amount[l] = lesser(R[i->r[0]][l], sum[l]);
	int64_t is_short = 0;
	EACH_LANE is_short |= -(int64_t)(amount[l] < sum[l]);
	if (simple && !is_short) {
		pay_all(i, items, R);
		return;
	}
	for (int l = 0; l < WEIR_LANES; l++) {
		if (i->mask >= 0 && R[i->mask][l] == 0)
			continue;
		if (i->r[4] >= 0)
			amount[l] = lesser(amount[l], greater(R[i->r[4]][l], 0));
		pay_lane_pro_rata(i, items, R, l, amount[l]);
	}
}

/* Cash from %0 to %1: at most what is there and what `wanted` says, in lanes whose mask is set. */
static void move_cash(const weir_instruction *i, weir_lane *R, const double *wanted)
{
	for (int l = 0; l < WEIR_LANES; l++) {
		double p = lesser(R[i->r[0]][l], greater(wanted[l], 0));
		if (i->mask >= 0 && R[i->mask][l] == 0)
			p = 0;
		R[i->r[0]][l] -= p;
		R[i->r[1]][l] += p;
	}
}

static void do_move(const weir_instruction *i, weir_lane *R)
{
	weir_lane wanted;
	for (int l = 0; l < WEIR_LANES; l++) {
		double target = i->r[2] >= 0 ? R[i->r[2]][l] : 0;
		wanted[l] = i->op == WEIR_DO_FILL    ? target - R[i->r[1]][l] :
		            i->op == WEIR_DO_RELEASE ? R[i->r[0]][l] - target :
		            i->r[2] >= 0             ? target :
		                                       R[i->r[0]][l];
	}
	move_cash(i, R, wanted);
}

static void do_lose(const weir_instruction *i, weir_lane *R)
{
	for (int l = 0; l < WEIR_LANES; l++) {
		R[i->r[0]][l] -= R[i->r[1]][l];
		R[i->r[2]][l] += R[i->r[1]][l];
	}
}

static void do_take(const weir_plan *plan, const weir_instruction *i, weir_lane *R)
{
	const weir_list_item *items = plan->items + i->list;
	memcpy(R[i->r[0]], R[items[0].unpaid], sizeof(weir_lane));
	for (int k = 0; k + 1 < i->list_count; k++)
		memcpy(R[items[k].unpaid], R[items[k + 1].unpaid], sizeof(weir_lane));
	memset(R[items[i->list_count - 1].unpaid], 0, sizeof(weir_lane));
}

static void do_put(const weir_plan *plan, const weir_instruction *i, int period, weir_lane *R)
{
	int later = (int)plan->constants[i->constant][period];
	if (later == 0)
		return; /* beyond the deal's last calculation date */
	double *under_way = R[plan->items[i->list + later - 1].unpaid];
	const double *amount = R[i->r[0]];
	EACH_LANE under_way[l] += amount[l];
}

/* Buys assets: principal comes back in equal parts over the following periods, cumulative parts rounded. */
static void do_buy(const weir_plan *plan, const weir_instruction *i, weir_lane *R)
{
	int parts = i->list_count;
	for (int l = 0; l < WEIR_LANES; l++) {
		double wanted = i->r[1] >= 0 ? greater(R[i->r[1]][l], 0) : R[i->r[0]][l];
		double cash = i->mask >= 0 && R[i->mask][l] == 0 ? 0 : lesser(R[i->r[0]][l], wanted);
		double bought = weir_round_quad((weir_quad)cash / weir_quad_from_decimal(i->immediate)), given = 0;
		R[i->r[0]][l] -= cash;
		R[i->r[2]][l] += cash;
		R[i->r[3]][l] += bought;
		for (int k = 0; k < parts; k++) {
			double so_far = weir_round_quad((weir_quad)bought * (k + 1) / parts);
			R[plan->items[i->list + k].unpaid][l] += so_far - given;
			given = so_far;
		}
	}
}

/* What actuals say was bought, as far as there is cash for it: where the deal's rules leave less, the balance follows
 * the cash until the next period opens with what the file has. */
static void do_buy_told(const weir_bought *told, const weir_instruction *i, int period, weir_lane *R)
{
	size_t at = (size_t)i->asset * (size_t)told->period_count + (size_t)period;
	double spent = told->cents[WEIR_BOUGHT_SPENT][at], bought = told->cents[WEIR_BOUGHT_PURCHASED][at];
	if (!(spent > 0))
		return;
	for (int l = 0; l < WEIR_LANES; l++) {
		double before = R[i->r[2]][l], wanted = greater(spent - before, 0);
		double cash = i->r[4] >= 0 && R[i->r[4]][l] == 0 ? 0 : lesser(R[i->r[0]][l], wanted);
		R[i->r[0]][l] -= cash;
		R[i->r[2]][l] = before + cash;
		R[i->r[3]][l] += weir_round_quad((weir_quad)bought * (before + cash) / spent) -
		                 weir_round_quad((weir_quad)bought * before / spent);
	}
}

/* What actuals say of a revolving asset in the period; behind them what is to come of it is added. */
static void do_bought(const weir_bought *told, const weir_instruction *i, int period, weir_lane *R)
{
	weir_bought_column column = (weir_bought_column)i->immediate;
	double *o = R[i->r[0]];
	if (!told)
		return;
	double cents = told->cents[column][(size_t)i->asset * (size_t)told->period_count + (size_t)period];
	int replaces = period <= told->last + (column == WEIR_BOUGHT_OPENING);
	if (replaces)
		EACH_LANE o[l] = cents;
	else if (column != WEIR_BOUGHT_OPENING)
		EACH_LANE o[l] += cents;
}

static void do_return(const weir_instruction *i, weir_lane *R)
{
	double *purse = R[i->r[0]], *drawn = R[i->r[1]], *total = R[i->r[2]], *capacity = R[i->r[3]],
	       *back = R[i->r[4]];
	EACH_LANE
	{
		back[l] = purse[l];
		drawn[l] -= back[l];
		total[l] -= back[l];
		capacity[l] += back[l];
		purse[l] = 0;
	}
}

#endif
