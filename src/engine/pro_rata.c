/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/pro_rata.h"

typedef __int128 wide;

/* round(amount x part / whole), half away from zero, all non-negative */
static double rounded_share(double amount, double part, double whole)
{
	wide twice = 2 * (wide)(int64_t)amount * (int64_t)part + (int64_t)whole;
	return (double)(int64_t)(twice / (2 * (wide)(int64_t)whole));
}

static double floor_share(double amount, double part, double whole, double *remainder)
{
	wide product = (wide)(int64_t)amount * (int64_t)part;
	*remainder = (double)(int64_t)(product % (int64_t)whole);
	return (double)(int64_t)(product / (int64_t)whole);
}

static double least(double a, double b)
{
	return a < b ? a : b;
}

static void share_cumulative(double *shares, const double *due, int count, double amount, double sum)
{
	double so_far = 0, given = 0;
	for (int i = 0; i < count; i++) {
		so_far += due[i];
		shares[i] = rounded_share(amount, so_far, sum) - given;
		given += shares[i];
	}
}

/* Each rounded but one, which takes the rest: the last, or the first. */
static void share_with_rest(double *shares, const double *due, int count, double amount, double sum, int rest_to)
{
	double left = amount;
	for (int i = 0; i < count; i++)
		if (i != rest_to) {
			shares[i] = least(least(rounded_share(amount, due[i], sum), due[i]), left);
			left -= shares[i];
		}
	shares[rest_to] = least(left, due[rest_to]);
}

static void share_largest_remainder(double *shares, const double *due, int count, double amount, double sum)
{
	double left = amount, remainder, best;
	for (int i = 0; i < count; i++) {
		shares[i] = floor_share(amount, due[i], sum, &remainder);
		left -= shares[i];
	}
	while (left > 0) { /* at most count - 1 times */
		int chosen = -1;
		best = -1;
		for (int i = 0; i < count; i++) {
			double base = floor_share(amount, due[i], sum, &remainder);
			if (shares[i] == base && remainder > best && shares[i] < due[i]) {
				best = remainder;
				chosen = i;
			}
		}
		if (chosen < 0)
			break;
		shares[chosen] += 1;
		left -= 1;
	}
}

/* Cents that no payee took so far go to the first that have room. */
static void place_leftover(double *shares, const double *due, int count, double amount)
{
	double left = amount;
	for (int i = 0; i < count; i++) {
		shares[i] = least(shares[i], due[i]);
		left -= shares[i];
	}
	for (int i = 0; i < count && left > 0; i++) {
		double more = least(left, due[i] - shares[i]);
		shares[i] += more;
		left -= more;
	}
}

void weir_share_pro_rata(double *shares, const double *due, int count, double amount, weir_split split)
{
	double sum = 0;
	for (int i = 0; i < count; i++) {
		sum += due[i];
		shares[i] = 0;
	}
	if (sum <= 0 || amount <= 0)
		return;
	switch (split) {
	case WEIR_SPLIT_CUMULATIVE:
		share_cumulative(shares, due, count, amount, sum);
		break;
	case WEIR_SPLIT_LAST:
		share_with_rest(shares, due, count, amount, sum, count - 1);
		break;
	case WEIR_SPLIT_FIRST:
		share_with_rest(shares, due, count, amount, sum, 0);
		break;
	case WEIR_SPLIT_LARGEST_REMAINDER:
		share_largest_remainder(shares, due, count, amount, sum);
		break;
	}
	place_leftover(shares, due, count, amount);
}
