/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/structure_cash.h"

#include <math.h>

/* What is left of S when `paid` of it is repaid, and the least interest on it in one period. `order` lists places in
 * `repaid`; `extra` more of S bears the lowest rate of the period and is repaid last. */
static double least_interest(const weir_cash_condition *c, const double *sizes, double extra, const int *order,
                             int period, double paid)
{
	double interest = 0, lowest = INFINITY;
	for (int i = 0; i < c->repaid_count; i++) {
		int at = order[i];
		double size = sizes[c->repaid[at]], gone = paid < size ? paid : size;
		interest += c->rates[at][period] * (size - gone);
		paid -= gone;
		lowest = c->rates[at][period] < lowest ? c->rates[at][period] : lowest;
	}
	return interest + (extra > paid ? lowest * (extra - paid) : 0);
}

/* The places of S with the highest rate of a period first; as they stand where the order of repayment is known. */
static void repay_order(const weir_cash_condition *c, int chained, int period, int *order)
{
	for (int i = 0; i < c->repaid_count; i++) {
		int at = i;
		for (; !chained && at > 0 && c->rates[order[at - 1]][period] < c->rates[i][period]; at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
}

static double sum_ahead(const weir_cash_condition *c, const double *sizes, int period)
{
	double interest = 0;
	for (int i = 0; i < c->ahead_count; i++)
		interest += c->rates[c->repaid_count + i][period] * sizes[c->ahead[i]];
	return interest;
}

/* Whether sizes with `extra` more of S pass. With extra the order of repayment is not known. */
static int passes(const weir_cash_condition *c, const double *sizes, double extra)
{
	int order[WEIR_CASH_CLASSES], chained = c->chained && extra == 0;
	double total = extra, paid = 0, interest = 0, others = 0;
	for (int i = 0; i < c->repaid_count; i++)
		total += sizes[c->repaid[i]];
	double needed = total * (1 - 1e-12) - 1; /* room for the rounding errors of this sum */
	for (int k = 0; k < c->periods; k++) {
		if (k == 0 || !chained)
			repay_order(c, chained, k, order);
		interest += least_interest(c, sizes, extra, order, k, paid);
		others += sum_ahead(c, sizes, k);
		double now = c->cash[k] - others - (c->prompt ? interest : 0);
		paid = now > paid ? now : paid;
		if (paid >= needed)
			return c->prompt || needed + interest <= c->cash[c->periods - 1];
	}
	return 0;
}

int weir_cash_allows(const weir_cash_condition *condition, const double *sizes_cents)
{
	return passes(condition, sizes_cents, 0);
}

double weir_cash_most_total(const weir_cash_condition *condition, const double *sizes_cents, double most)
{
	double low = 0, total = 0;
	for (int i = 0; i < condition->repaid_count; i++)
		total += sizes_cents[condition->repaid[i]];
	double high = most - total;
	if (!(high > 0) || passes(condition, sizes_cents, high))
		return most;
	while (high - low > 1) {
		double middle = low + (high - low) / 2;
		if (passes(condition, sizes_cents, middle))
			low = middle;
		else
			high = middle;
	}
	return total + high;
}
