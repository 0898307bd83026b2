/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undertakings for amounts of the waterfall: what each is drawn for, within what limits, how its purse pays,
 * what goes back, and what it earns (docs/support.md). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ref/twin_int.h"

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Numbers of the supports as they are called: by order, equal ones as listed. */
void twin_order_supports(const twin *t, int *numbers)
{
	int count = 0, last = 0;
	for (int s = 0; s < t->deal->support_count; s++)
		last = t->deal->supports[s].order > last ? t->deal->supports[s].order : last;
	for (int order = 0; order <= last; order++)
		for (int s = 0; s < t->deal->support_count; s++)
			if (t->deal->supports[s].order == order)
				numbers[count++] = s;
}

/* --- what it costs ------------------------------------------------------------------- */

/* What of the limit on what is outstanding is left. */
static int64_t undrawn(twin *t, int number)
{
	const weir_support *support = &t->deal->supports[number];
	if (!support->limit.text)
		return TWIN_UNLIMITED;
	int64_t left = twin_cents(t, &support->limit) - t->now->supports[number].outstanding;
	return left > 0 ? left : 0;
}

/* Interest on what is drawn, and a fee on what of the commitment is not; both stay due until they are paid.
 */
void twin_accrue_supports(twin *t)
{
	const twin_period *p = &t->periods[t->period];
	for (int s = 0; s < t->deal->support_count; s++) {
		const weir_support *support = &t->deal->supports[s];
		twin_support *now = &t->now->supports[s];
		num year = twin_fraction(t, support->day_count, p->accrual_start, p->accrual_end, t->period,
		                         WEIR_DATE_NONE);
		num draw_rate = twin_parameter(t, support->node.id, "draw_rate", support->draw_rate_annual);
		num drawn = num_multiply(num_whole(now->outstanding), draw_rate);
		now->interest_due = now->interest_unpaid + num_round(num_multiply(drawn, year));
		now->fee_due = now->fee_unpaid;
		now->interest_paid = now->fee_paid = 0;
		if (support->commitment_rate_annual == 0 || twin_is_wound_up(t))
			continue;
		num rate = twin_parameter(t, support->node.id, "commitment_rate",
		                          support->commitment_rate_annual);
		num fee = num_multiply(num_whole(undrawn(t, s)), rate);
		now->fee_due += num_round(num_multiply(fee, year));
	}
}

/* --- draws --------------------------------------------------------------------------- */

/* The most that can be drawn now. */
static int64_t room_of(twin *t, int number)
{
	const weir_support *support = &t->deal->supports[number];
	const twin_support *now = &t->now->supports[number];
	int64_t room = least(twin_limit(support->cap_period_cents), undrawn(t, number));
	if (!isinf(support->cap_cents))
		room = least(room, num_round(twin_parameter(t, support->node.id, "cap", support->cap_cents)) -
		                           now->drawn_total);
	room = least(room, twin_capacity(t, support->party));
	if (room < 0 || !twin_can_pay(t, support->party) || !twin_holds(t, &support->when))
		return 0;
	return room;
}

/* What was called earlier and is still to come: it is not called again. */
static int64_t under_way(const twin *t, int number)
{
	int64_t cents = 0;
	for (int i = 0; i < t->pending_count; i++) {
		const twin_pending *p = &t->pending[i];
		if (p->cover < 0 && p->support == number && p->period > t->period && p->period < t->period_count)
			cents += p->cents;
	}
	return cents;
}

/* Caps and capacity count from the call on; the cash comes with its delay. */
static void draw(twin *t, int number, int64_t wanted)
{
	const weir_support *support = &t->deal->supports[number];
	twin_support *now = &t->now->supports[number];
	now->shortfall = wanted;
	now->available = room_of(t, number);
	int64_t missing = wanted - under_way(t, number);
	int64_t cents = least(missing > 0 ? missing : 0, now->available);
	now->drawn_total += cents;
	twin_use_capacity(t, support->party, cents);
	twin_promise(t, (twin_pending){ .cover = -1,
	                                .support = number,
	                                .period = twin_period_after(t, t->period, support->delay_months),
	                                .cents = cents });
}

void twin_top_up(twin *t)
{
	int *numbers = calloc((size_t)t->deal->support_count + 1, sizeof *numbers);
	if (!numbers)
		abort();
	twin_order_supports(t, numbers);
	for (int i = 0; i < t->deal->support_count; i++) {
		const weir_support *support = &t->deal->supports[numbers[i]];
		if (support->kind != WEIR_SUPPORT_TOP_UP)
			continue;
		int64_t wanted = twin_cents(t, &support->amount);
		draw(t, numbers[i], wanted > 0 ? wanted : 0);
	}
	free(numbers);
}

/* Whether the deal's last payment comes and the support then stands for whole balances. */
static int is_final(const twin *t, int number)
{
	return t->period + 1 == t->period_count && t->deal->supports[number].final;
}

/* What is unpaid of a covered payable. */
static int64_t missing(const twin *t, int number, twin_payee p)
{
	if (p.kind != TWIN_PAY_PRINCIPAL)
		return twin_owed(t, p);
	const twin_class *class = &t->now->classes[p.index];
	if (is_final(t, number) && t->deal->classes[p.index].style != WEIR_STYLE_RESIDUAL)
		return class->balance;
	return class->principal_unpaid;
}

static int covered(const twin *t, int number, twin_payee *out)
{
	const weir_words *covers = &t->deal->supports[number].covers;
	int count = 0;
	for (int i = 0; i < covers->count; i++)
		count += twin_payees_of(t, covers->items[i], out + count);
	return count;
}

/* What the covered payables miss when the period is paid out without this support and those after it. */
static int64_t shortfall(twin *t, int number)
{
	twin_payee payees[TWIN_PAYEES];
	int count = covered(t, number, payees);
	int64_t sum = 0;
	twin_row *before = twin_make_rows(t, 1);
	twin_copy_row(t, before, t->now);
	twin_choose_waterfall(t);
	twin_pay_out(t);
	for (int i = 0; i < count; i++)
		sum += missing(t, number, payees[i]);
	twin_copy_row(t, t->now, before);
	free(before);
	return sum;
}

void twin_call_supports(twin *t)
{
	int *numbers = calloc((size_t)t->deal->support_count + 1, sizeof *numbers);
	if (!numbers)
		abort();
	twin_order_supports(t, numbers);
	for (int i = 0; i < t->deal->support_count; i++)
		if (t->deal->supports[numbers[i]].kind != WEIR_SUPPORT_TOP_UP)
			draw(t, numbers[i], shortfall(t, numbers[i]));
	free(numbers);
}

/* --- purses -------------------------------------------------------------------------- */

void twin_open_purses(twin *t)
{
	for (int s = 0; s < t->deal->support_count; s++) {
		twin_support *now = &t->now->supports[s];
		now->interest_unpaid = now->interest_due;
		now->fee_unpaid = now->fee_due;
		now->repaid = now->returned = 0;
	}
}

/* Whether the support covers a payable with what is due of it, or (whole) with its whole balance. A step that
 * pays a class's balance pays its principal too. */
int twin_is_covered(const twin *t, int number, twin_payee p, int whole)
{
	twin_payee payees[TWIN_PAYEES];
	int count = covered(t, number, payees);
	if (p.kind == TWIN_PAY_BALANCE)
		p.kind = TWIN_PAY_PRINCIPAL;
	if (whole ? p.kind != TWIN_PAY_PRINCIPAL
	          : p.kind == TWIN_PAY_PRINCIPAL && twin_pays_balance(t, p.index))
		return 0;
	for (int i = 0; i < count; i++)
		if (payees[i].kind == p.kind && payees[i].index == p.index)
			return 1;
	return 0;
}

/* What is due; or, when the support is final, a principal's whole balance. */
int64_t twin_purse_takes(const twin *t, int number, twin_payee p, int whole)
{
	if (p.kind != TWIN_PAY_PRINCIPAL && p.kind != TWIN_PAY_BALANCE)
		return twin_owed(t, p);
	p.kind = TWIN_PAY_PRINCIPAL;
	if (!whole)
		return t->now->classes[p.index].principal_unpaid;
	return is_final(t, number) ? missing(t, number, p) : 0;
}

/* What no step took goes back to the party on the same day. */
void twin_return_purses(twin *t)
{
	for (int s = 0; s < t->deal->support_count; s++) {
		twin_support *now = &t->now->supports[s];
		now->returned = now->cash;
		now->cash = 0;
		now->drawn -= now->returned;
		now->drawn_total -= now->returned;
		twin_use_capacity(t, t->deal->supports[s].party, -now->returned);
	}
}

/* Repayments were of what was outstanding before; those of a facility can be drawn again. */
void twin_move_outstanding(twin *t)
{
	for (int s = 0; s < t->deal->support_count; s++) {
		const weir_support *support = &t->deal->supports[s];
		twin_support *now = &t->now->supports[s];
		now->outstanding += now->drawn - now->repaid;
		if (support->kind != WEIR_SUPPORT_LIQUIDITY && support->kind != WEIR_SUPPORT_LETTER_OF_CREDIT)
			continue;
		now->drawn_total -= now->repaid;
		twin_use_capacity(t, support->party, -now->repaid);
	}
}
