/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What contracts pay by their terms (INPUTS.md, "A level loan ..."; deal/contract.h). Each amount of each
 * receipt is rounded once. A deposit is held, and changes no receipt. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ref/twin_int.h"

/* A contract with instalments, on its way through them. */
typedef struct walk {
	const twin *t;
	const weir_contract *contract;
	int64_t balance;
	weir_date from; /* interest accrues from here */
	num rate;       /* a year, in this instalment */
	num level_rate; /* the rate behind `payment`; NULL before the first */
	int64_t payment;
} walk;

/* Through a trust, the plan's side gets it some days later and less what the trust keeps of the income. */
weir_status twin_add_receipt(twin *t, int contract, int number, weir_date due, int64_t principal,
                             int64_t income)
{
	const weir_pool_terms *pool = &t->deal->pool;
	int through = pool->contracts[contract].through;
	weir_date contract_due = due;
	if (through >= 0) {
		num kept = num_multiply(num_whole(income), num_decimal(pool->trusts[through].expense_rate));
		due += pool->trusts[through].lag_days;
		income -= num_round(kept);
	}
	if (t->receipt_count == t->receipt_room) {
		int room = t->receipt_room ? 2 * t->receipt_room : 64;
		twin_receipt *more = weir_arena_array(t->arena, (size_t)room, sizeof *more);
		if (!more)
			return WEIR_NO_MEMORY;
		if (t->receipt_count)
			memcpy(more, t->receipts, (size_t)t->receipt_count * sizeof *more);
		t->receipts = more;
		t->receipt_room = room;
	}
	t->receipts[t->receipt_count++] =
		(twin_receipt){ contract, number, due, contract_due, principal, income };
	return WEIR_OK;
}

/* The contract's rate, or for a floating one the last fixing by the start of the interest period plus the
 * spread. */
static num annual_rate(const walk *w)
{
	num rate = num_decimal(w->contract->rate_annual);
	if (w->contract->index < 0)
		return rate;
	const weir_index *index = &w->t->deal->indexes[w->contract->index];
	int last = 0;
	for (int i = 0; i < index->count; i++)
		if (index->dates[i] <= w->from && index->dates[i] >= index->dates[last])
			last = i;
	return num_add(rate, num_decimal(index->rates[last]));
}

/* Interest on the balance up to the due date, not yet rounded. */
static num interest_until(const walk *w, weir_date due)
{
	const weir_contract *c = w->contract;
	num yearly = num_multiply(num_whole(w->balance), w->rate);
	if (c->basis == WEIR_BASIS_PERIODIC)
		return num_multiply(yearly, num_ratio(c->every_months, 12));
	weir_day_count_terms terms = { .period_start = w->from,
		                       .period_end = due,
		                       .maturity = weir_contract_last_due(&w->t->deal->pool, c),
		                       .calendar = w->t->deal->calendar };
	if (c->every_months > 0)
		terms.periods_per_year = 12 / c->every_months;
	weir_year_fraction f = weir_day_count_fraction(c->day_count, w->from, due, &terms);
	return num_multiply(yearly, num_ratio(f.numerator, f.denominator));
}

/* P i / (1 - (1 + i)^-n), or P / n without interest. */
static int64_t level_payment(int64_t balance, num i, int n)
{
	num one = num_whole(1);
	if (num_sign(i) == 0)
		return num_round(num_ratio(balance, n));
	num discount = num_divide(one, num_power(num_add(one, i), n, 1));
	return num_round(num_divide(num_multiply(num_whole(balance), i), num_subtract(one, discount)));
}

/* Principal in one of the equal payments; the payment is worked out anew when the rate has changed. */
static int64_t level_principal(walk *w, int64_t interest, int left)
{
	if (!w->level_rate || num_compare(w->level_rate, w->rate) != 0) {
		num i = num_multiply(w->rate, num_ratio(w->contract->every_months, 12));
		w->payment = level_payment(w->balance, i, left);
		w->level_rate = w->rate;
	}
	int64_t principal = w->payment - interest;
	return principal < 0 ? 0 : principal > w->balance ? w->balance : principal;
}

/* Principal of instalment k of n; the last takes the balance. */
static int64_t principal_of(walk *w, int k, int64_t interest)
{
	const weir_contract *c = w->contract;
	int64_t equal;
	if (k == c->count)
		return w->balance;
	switch (c->amortisation) {
	case WEIR_AMORTISE_LEVEL:
		return level_principal(w, interest, c->count - k + 1);
	case WEIR_AMORTISE_INTEREST_ONLY:
		return k <= c->interest_only_count ? 0 : level_principal(w, interest, c->count - k + 1);
	case WEIR_AMORTISE_LEVEL_PRINCIPAL:
		equal = num_round(num_divide(num_decimal(c->amount_cents), num_whole(c->count)));
		return equal > w->balance ? w->balance : equal;
	default:
		return 0;
	}
}

static walk walk_from(const twin *t, const weir_contract *contract)
{
	walk w = { .t = t, .contract = contract, .from = contract->start };
	w.balance = num_round(num_decimal(contract->amount_cents));
	if (w.from == WEIR_DATE_NONE && contract->first_due != WEIR_DATE_NONE)
		w.from = weir_date_add_months(contract->first_due, -contract->every_months);
	return w;
}

static weir_status instalments(twin *t, int number)
{
	const weir_contract *c = &t->deal->pool.contracts[number];
	weir_status status = WEIR_OK;
	walk w = walk_from(t, c);
	for (int k = 1; k <= c->count && status == WEIR_OK; k++) {
		weir_date due = weir_date_add_months(c->first_due, (k - 1) * c->every_months);
		w.rate = annual_rate(&w);
		int64_t interest = num_round(interest_until(&w, due));
		int64_t principal = principal_of(&w, k, interest);
		status = twin_add_receipt(t, number, k, due, principal, interest);
		w.balance -= principal;
		w.from = due;
	}
	return status;
}

/* Dates and amounts as listed; income that is not listed accrues at the rate. */
static weir_status listed(twin *t, int number)
{
	const weir_contract *c = &t->deal->pool.contracts[number];
	weir_status status = WEIR_OK;
	walk w = walk_from(t, c);
	int k = 0;
	for (int i = 0; i < c->row_count && status == WEIR_OK; i++) {
		const weir_contract_row *row = &t->deal->pool.rows[c->row_first + i];
		if (row->use != WEIR_ROW_INSTALMENT)
			continue;
		w.rate = annual_rate(&w);
		int64_t principal = num_round(num_decimal(row->a));
		int64_t income = isnan(row->b) ? num_round(interest_until(&w, row->date))
		                               : num_round(num_decimal(row->b));
		status = twin_add_receipt(t, number, ++k, row->date, principal, income);
		w.balance -= principal;
		w.from = row->date;
	}
	return status;
}

/* Bought at face / (1 + rate x years); the price is principal, the discount is income. */
static weir_status receivable(twin *t, int number)
{
	const weir_contract *c = &t->deal->pool.contracts[number];
	num face = num_decimal(c->face_cents);
	num years = isnan(c->discount_years) ? num_ratio(c->first_due - t->deal->closing, 365)
	                                     : num_decimal(c->discount_years);
	num growth = num_add(num_whole(1), num_multiply(num_decimal(c->discount_rate), years));
	int64_t price = num_round(num_divide(face, growth));
	return twin_add_receipt(t, number, 1, c->first_due, price, num_round(face) - price);
}

static weir_status contract_receipts(twin *t, int number)
{
	const weir_contract *c = &t->deal->pool.contracts[number];
	if (c->kind == WEIR_CONTRACT_RECEIVABLE)
		return receivable(t, number);
	if (c->kind == WEIR_CONTRACT_ROYALTY)
		return twin_royalty_receipts(t, number);
	return c->amortisation == WEIR_AMORTISE_EXPLICIT ? listed(t, number) : instalments(t, number);
}

static int by_contract_and_date(const void *a, const void *b)
{
	const twin_receipt *x = a, *y = b;
	if (x->contract != y->contract)
		return x->contract < y->contract ? -1 : 1;
	if (x->due != y->due)
		return x->due < y->due ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

/* The pool's totals, and the obligor with the most receipts; of equals the first listed. */
static weir_status total_receipts(twin *t)
{
	const weir_pool_terms *pool = &t->deal->pool;
	t->obligor_cents =
		weir_arena_array(t->arena, (size_t)pool->obligor_count + 1, sizeof *t->obligor_cents);
	if (!t->obligor_cents)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < t->receipt_count; i++) {
		const twin_receipt *r = &t->receipts[i];
		t->pool_principal += r->principal;
		t->obligor_cents[pool->contracts[r->contract].obligor] += r->principal + r->income;
	}
	for (int o = 1; o < pool->obligor_count; o++)
		if (t->obligor_cents[o] > t->obligor_cents[t->largest_obligor])
			t->largest_obligor = o;
	return WEIR_OK;
}

weir_status twin_make_receipts(twin *t)
{
	weir_status status = WEIR_OK;
	for (int c = 0; c < t->deal->pool.contract_count && status == WEIR_OK; c++) {
		size_t mark = num_mark();
		status = contract_receipts(t, c);
		num_release(mark);
	}
	if (status != WEIR_OK)
		return status;
	if (t->receipt_count)
		qsort(t->receipts, (size_t)t->receipt_count, sizeof *t->receipts, by_contract_and_date);
	return total_receipts(t);
}
