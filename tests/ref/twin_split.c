/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An amount shared out in proportion to dues, in whole cents (the splits of engine/pro_rata.h's comment). */
#include <string.h>

#include "ref/twin_int.h"

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Cents that rounding gave above a payee's due go to the first payees that have room. */
static void settle(int64_t *shares, const int64_t *dues, int count)
{
	int64_t over = 0;
	for (int i = 0; i < count; i++)
		if (shares[i] > dues[i]) {
			over += shares[i] - dues[i];
			shares[i] = dues[i];
		}
	for (int i = 0; i < count; i++) {
		int64_t more = least(over, dues[i] - shares[i]);
		shares[i] += more;
		over -= more;
	}
}

/* amount x due / sum */
static num exact_share(int64_t amount, int64_t due, int64_t sum)
{
	return num_divide(num_multiply(num_whole(amount), num_whole(due)), num_whole(sum));
}

/* Each rounded, in their order, as far as the amount goes; `odd` takes the rest. */
static void split_rounded(int64_t *shares, const int64_t *dues, int count, int64_t amount, int64_t sum,
                          int odd)
{
	int64_t left = amount;
	for (int i = 0; i < count; i++)
		if (i != odd)
			left -= shares[i] = least(left, num_round(exact_share(amount, dues[i], sum)));
	shares[odd] = left;
}

static void split_cumulative(int64_t *shares, const int64_t *dues, int count, int64_t amount, int64_t sum)
{
	int64_t due = 0, given = 0;
	for (int i = 0; i < count; i++) {
		due += dues[i];
		shares[i] = num_round(exact_share(amount, due, sum)) - given;
		given += shares[i];
	}
}

/* Each rounded down, then a cent each to the largest remainders, of equals the earlier. */
static void split_largest(int64_t *shares, const int64_t *dues, int count, int64_t amount, int64_t sum)
{
	num remainders[TWIN_PAYEES];
	int64_t left = amount;
	for (int i = 0; i < count; i++) {
		num share = exact_share(amount, dues[i], sum);
		shares[i] = num_floor(share);
		remainders[i] = num_subtract(share, num_whole(shares[i]));
		left -= shares[i];
	}
	for (; left > 0; left--) {
		int best = 0;
		for (int i = 1; i < count; i++)
			if (num_compare(remainders[i], remainders[best]) > 0)
				best = i;
		shares[best]++;
		remainders[best] = num_whole(-1);
	}
}

void twin_split(int64_t *shares, const int64_t *dues, int count, int64_t amount, weir_split how)
{
	int64_t sum = 0;
	for (int i = 0; i < count; i++)
		sum += dues[i];
	memset(shares, 0, (size_t)count * sizeof *shares);
	if (sum == 0)
		return;
	size_t mark = num_mark();
	if (how == WEIR_SPLIT_CUMULATIVE)
		split_cumulative(shares, dues, count, amount, sum);
	else if (how == WEIR_SPLIT_LARGEST_REMAINDER)
		split_largest(shares, dues, count, amount, sum);
	else
		split_rounded(shares, dues, count, amount, sum, how == WEIR_SPLIT_LAST ? count - 1 : 0);
	num_release(mark);
	settle(shares, dues, count);
}
