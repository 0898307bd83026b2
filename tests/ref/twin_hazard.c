/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Default and prepayment profiles: which share of what still performs survives an interval between two due
 * dates. Rates run by calendar months from the cut-off's month; what comes out has 12 decimals. */
#include "ref/twin_int.h"

num twin_round12(num a)
{
	return num_round_to(a, 12);
}

/* Of the dates' years and months alone. */
int twin_months_between(weir_date from, weir_date to)
{
	int y1, m1, d1, y2, m2, d2;
	weir_date_to_ymd(from, &y1, &m1, &d1);
	weir_date_to_ymd(to, &y2, &m2, &d2);
	int months = 12 * (y2 - y1) + m2 - m1;
	return months > 0 ? months : 0;
}

int twin_interval_months(const twin *t, weir_date before, weir_date due)
{
	int months = twin_months_between(twin_cutoff(t), due) - twin_months_between(twin_cutoff(t), before);
	return months > 0 ? months : 0;
}

/* values[n], the last one going on; without values the same rate at all times. */
static num value_at(const weir_shock *shock, int n)
{
	if (!shock->values)
		return num_decimal(shock->value);
	return num_decimal(shock->values[n < shock->value_count ? n : shock->value_count - 1]);
}

static num rest(num share)
{
	return num_subtract(num_whole(1), share);
}

/* Product of (1 - rate of the month's year)^(1/12): the months of one year are raised together. */
static num annual(const weir_shock *shock, int first, int last)
{
	num product = num_whole(1);
	for (int year = (first + 11) / 12; first <= last; year++) {
		int until = 12 * year < last ? 12 * year : last;
		num part = num_power(rest(value_at(shock, year - 1)), until - first + 1, 12);
		product = num_multiply(product, part);
		first = until + 1;
	}
	return product;
}

static num monthly(const weir_shock *shock, int first, int last)
{
	num product = num_whole(1);
	for (int q = first; q <= last; q++)
		product = num_multiply(product, rest(value_at(shock, q - 1)));
	return product;
}

/* SMM = a / (1 - a (q - 1)), at most 1. */
static num absolute_speed(const weir_shock *shock, int first, int last)
{
	num product = num_whole(1);
	for (int q = first; q <= last; q++) {
		num a = value_at(shock, q - 1);
		num left = rest(num_multiply(a, num_whole(q - 1)));
		if (num_compare(a, left) >= 0)
			return num_whole(0);
		product = num_multiply(product, rest(num_divide(a, left)));
	}
	return product;
}

/* The curve's share by a date: the parts are equal in time, and straight lines inside; without values it is
 * one straight line. */
static num share_by(const twin *t, const weir_shock *shock, weir_date date, weir_date last)
{
	int parts = shock->values ? shock->value_count : 1;
	num sum = num_whole(0);
	if (date <= twin_cutoff(t))
		return sum;
	if (date > last)
		date = last;
	num at = num_ratio((int64_t)(date - twin_cutoff(t)) * parts, last - twin_cutoff(t));
	for (int j = 0; j < parts; j++) {
		num into = num_least(num_subtract(at, num_whole(j)), num_whole(1));
		if (num_sign(into) > 0)
			sum = num_add(sum, shock->values ? num_multiply(num_decimal(shock->values[j]), into)
			                                 : into);
	}
	return sum;
}

/* h = (F(t_j) - F(t_j-1)) V / (1 - V F(t_j-1)); the curve is of the original principal. */
static num curve(const twin *t, const weir_shock *shock, weir_date before, weir_date due, weir_date last)
{
	num total = num_decimal(shock->value);
	num then = share_by(t, shock, before, last), now = share_by(t, shock, due, last);
	num performing = rest(num_multiply(total, then));
	if (num_compare(now, then) <= 0) /* a date before a mid-life start: a trust's lag lies between */
		return num_whole(1);
	if (num_sign(performing) <= 0)
		return num_whole(0);
	return rest(num_divide(num_multiply(num_subtract(now, then), total), performing));
}

/* 1 - h, where the hazard h is what is rounded. */
static num rounded(num survival)
{
	return rest(twin_round12(rest(survival)));
}

num twin_survival(const twin *t, const weir_shock *shock, weir_date before, weir_date due, weir_date last)
{
	int first = twin_months_between(twin_cutoff(t), before) + 1;
	int until = twin_months_between(twin_cutoff(t), due);
	switch (shock->profile) {
	case WEIR_PROFILE_ANNUAL:
		return rounded(annual(shock, first, until));
	case WEIR_PROFILE_MONTHLY:
		return rounded(monthly(shock, first, until));
	case WEIR_PROFILE_ABS:
		return rounded(absolute_speed(shock, first, until));
	case WEIR_PROFILE_CURVE:
		return rounded(curve(t, shock, before, due, last));
	default: /* WEIR_PROFILE_DATE */
		return due >= twin_event_date(t, shock) ? rest(num_decimal(shock->value)) : num_whole(1);
	}
}
