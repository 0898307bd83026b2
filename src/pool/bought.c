/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool/bought.h"

#include <math.h>
#include <string.h>

#include "base/money.h"
#include "pool/actuals_int.h"
#include "pool/factor.h"

#define MOST_AMOUNT 40

/* One contract on its way from period to period. */
typedef struct follow {
	const weir_deal *deal;
	const weir_periods *periods;
	weir_bought *out;
	weir_diags *diags;
	int lost;
	/* the contract at hand, at the end of the last period */
	const weir_actual *rows; /* its own */
	size_t count, next; /* rows[next] is the first that is not past */
	const weir_revolving *asset;
	int number; /* of the asset */
	double balance, overdue, overdue_income, share;
} follow;

static const char *amount_of(const follow *f, double cents, char text[MOST_AMOUNT])
{
	weir_cents_format(cents, f->deal->currency_digits, text);
	return text;
}

static double *cell(const follow *f, weir_bought_column column, int period)
{
	return &f->out->cents[column][(size_t)f->number * (size_t)f->periods->count + (size_t)period];
}

/* What the purchases so far have scheduled behind a period: of x cents, part j of n is round(x j / n) - round(x (j - 1)
 * / n). */
static double scheduled_behind(const follow *f, int period)
{
	double sum = 0;
	int parts = f->asset->periods;
	for (size_t i = 0; i < f->next; i++) {
		int gone = period - f->rows[i].period;
		gone = gone < parts ? gone : parts;
		sum += f->rows[i].bought_cents -
		       weir_round_quad((weir_quad)f->rows[i].bought_cents * (gone > 0 ? gone : 0) / parts);
	}
	return sum;
}

static double at_least_zero(double cents)
{
	return cents > 0 ? cents : 0;
}

/* --- complaints ------------------------------------------------------------------------------------------------- */

static void complain_beyond(const follow *f, const weir_actual *row, const char *what, double cents, double most,
                            const char *limit)
{
	weir_actual_complain_beyond(f->diags, f->deal->currency_digits, row->bought_id, row, what, cents, most, limit);
}

/* Returns 0 after a complaint. */
static int purchase_holds(const follow *f, const weir_actual *row)
{
	size_t errors = f->diags->errors;
	if (row->asset != f->number)
		weir_diag_error(
			f->diags, SIZE_MISMATCH, row->place,
			"contract \"%s\" is of \"%s\" in an earlier row and of \"%s\" here; correct one of them",
			row->bought_id, f->asset->node.id, f->deal->revolvings[row->asset].node.id);
	if ((row->bought_cents > 0) != (row->spent_cents > 0))
		weir_diag_error(
			f->diags, MISSING_ATTRIBUTE, row->place,
			"contract \"%s\" has %s but no %s in period %d; give both, the principal bought and the price "
			"paid",
			row->bought_id, row->bought_cents > 0 ? "bought" : "spent",
			row->bought_cents > 0 ? "spent" : "bought", row->period);
	else if (row == f->rows && row->bought_cents == 0 && f->lost)
		return 0; /* the row of its purchase may be one that could not be read */
	else if (row == f->rows && row->bought_cents == 0)
		weir_diag_error(
			f->diags, MISSING_ATTRIBUTE, row->place,
			"contract \"%s\" is not in the pool, and its first row, of period %d, does not say what was "
			"bought; give bought and spent",
			row->bought_id, row->period);
	return f->diags->errors == errors;
}

static int amounts_hold(const follow *f, const weir_actual *row)
{
	size_t errors = f->diags->errors;
	double left = f->balance - row->principal_cents;
	if (!isnan(row->prepaid_cents) && row->prepaid_cents > row->principal_cents)
		complain_beyond(f, row, "prepaid", row->prepaid_cents, row->principal_cents,
		                "the principal collected,");
	if (left < 0)
		complain_beyond(f, row, "principal", row->principal_cents, f->balance,
		                "its balance at the start of the period,");
	else if (row->defaulted_cents > left)
		complain_beyond(f, row, "defaulted", row->defaulted_cents, left, "what is left of its balance,");
	else if (row->overdue_cents > left - row->defaulted_cents) /* NAN: not given */
		complain_beyond(f, row, "overdue", row->overdue_cents, left - row->defaulted_cents,
		                "its balance at the end of the period,");
	return f->diags->errors == errors;
}

static void check_balance(const follow *f, const weir_actual *row, double scheduled, double performing, double expected)
{
	char amount[MOST_AMOUNT];
	if (row->ended && f->balance > 0)
		weir_diag_error(f->diags, SIZE_MISMATCH, row->place,
		                "contract \"%s\" has ended in period %d with a balance of %s; give it as defaulted",
		                row->bought_id, row->period, amount_of(f, f->balance, amount));
	else if (scheduled == 0 && performing > 0)
		weir_diag_error(
			f->diags, SIZE_MISMATCH, row->place,
			"nothing of contract \"%s\" is scheduled behind period %d, but %s of its balance is not "
			"overdue; give it as collected, overdue or defaulted",
			row->bought_id, row->period, amount_of(f, performing, amount));
	else if (performing > scheduled * WEIR_ACTUAL_MOST_SHARE)
		complain_beyond(f, row, "the balance", performing, scheduled, "1000 times what is scheduled,");
	else if (performing > expected)
		weir_diag_warning(
			f->diags, SIZE_MISMATCH, row->place,
			"%s of contract \"%s\" was due in period %d and is not collected, overdue or defaulted; later "
			"instalments are raised by it",
			"合同%2$s第%3$d期到期的%1$s既未回收，亦未列为逾期或违约；该金额计入以后各期应收款",
			amount_of(f, performing - expected, amount), row->bought_id, row->period);
}

/* --- one period ------------------------------------------------------------------------------------------------- */

static void set_share(follow *f, double performing, double scheduled)
{
	if (scheduled > 0 && performing != weir_factor_scale(scheduled, f->share, 1))
		f->share = weir_round_quad((weir_quad)performing * (weir_quad)1e12 / scheduled) / 1e12;
}

/* What was collected of earlier purchases, then the period's own purchase. 0 when the contract cannot be followed any
 * further. */
static int take_row(follow *f, const weir_actual *row)
{
	double scheduled = scheduled_behind(f, row->period), expected = weir_factor_scale(scheduled, f->share, 1);
	double due = f->balance - expected; /* what was overdue before is part of the balance, not of the schedule */
	if (row->incomplete || !purchase_holds(f, row) || !amounts_hold(f, row))
		return 0;
	f->balance -= row->principal_cents + row->defaulted_cents;
	double missing = at_least_zero(due - row->principal_cents - row->defaulted_cents);
	f->overdue = !isnan(row->overdue_cents) ? row->overdue_cents : missing < f->balance ? missing : f->balance;
	f->overdue_income = row->ended ? 0 : row->overdue_income_cents;
	check_balance(f, row, scheduled, f->balance - f->overdue, expected);
	set_share(f, f->balance - f->overdue, scheduled);
	f->balance += row->bought_cents;
	f->next++;
	while (f->next < f->count && f->rows[f->next].period == row->period)
		f->next++; /* a second one is complained of already */
	set_share(f, f->balance - f->overdue, scheduled + row->bought_cents);
	*cell(f, WEIR_BOUGHT_PRINCIPAL, row->period) += row->principal_cents;
	*cell(f, WEIR_BOUGHT_INCOME, row->period) += row->income_cents;
	*cell(f, WEIR_BOUGHT_DEFAULTED, row->period) += row->defaulted_cents;
	*cell(f, WEIR_BOUGHT_RECOVERED, row->period) += weir_actual_recovered(row);
	*cell(f, WEIR_BOUGHT_SPENT, row->period) += row->spent_cents;
	*cell(f, WEIR_BOUGHT_PURCHASED, row->period) += row->bought_cents;
	return 1;
}

static int take_gap(const follow *f, int period)
{
	char amount[MOST_AMOUNT];
	if (f->balance == 0 && f->overdue_income == 0)
		return 1;
	if (!f->lost)
		weir_diag_error(
			f->diags, MISSING_ROW, f->rows[f->next - 1].place,
			"contract \"%s\" has no row for period %d, and %s of it is outstanding; add one, with 0 "
			"collected if nothing came",
			f->rows[0].bought_id, period, amount_of(f, f->balance, amount));
	return 0;
}

/* Parts that the asset's terms schedule behind the last period, and what is overdue in the period behind it. */
static void add_coming(follow *f)
{
	int next = f->out->last + 1;
	double left = f->balance - f->overdue;
	if (next < f->periods->count) {
		*cell(f, WEIR_BOUGHT_PRINCIPAL, next) += f->overdue;
		*cell(f, WEIR_BOUGHT_INCOME, next) += f->overdue_income;
	}
	for (int k = next; k < f->periods->count && left > 0; k++) {
		double still = weir_factor_scale(scheduled_behind(f, k), f->share, 1);
		*cell(f, WEIR_BOUGHT_PRINCIPAL, k) += left - still;
		left = still;
	}
}

static void follow_contract(follow *f)
{
	size_t errors = f->diags->errors;
	f->number = f->rows[0].asset;
	f->asset = &f->deal->revolvings[f->number];
	f->balance = f->overdue = f->overdue_income = 0;
	f->share = 1;
	f->next = 0;
	for (int k = f->rows[0].period; k <= f->out->last; k++) {
		int has_row = f->next < f->count && f->rows[f->next].period == k;
		if (!(has_row ? take_row(f, &f->rows[f->next]) : take_gap(f, k)))
			return;
		if (k + 1 < f->periods->count)
			*cell(f, WEIR_BOUGHT_OPENING, k + 1) += f->balance;
	}
	if (f->diags->errors == errors)
		add_coming(f);
}

/* Amounts that each are sound may add up to more than whole cents in a double hold. */
static void check_sums(const follow *f)
{
	size_t count = (size_t)f->deal->revolving_count * (size_t)f->periods->count;
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		for (int c = WEIR_BOUGHT_PRINCIPAL; c < WEIR_BOUGHT_COLUMNS; c++)
			sum += f->out->cents[c][i];
	if (!(sum < WEIR_CENTS_MAX))
		weir_diag_error(
			f->diags, OUT_OF_RANGE, f->rows[0].place,
			"what was bought and what it paid adds up to more than weir can hold; check the amounts");
}

weir_status weir_bought_create(const weir_bought **out, weir_arena *arena, const weir_deal *deal,
                               const weir_periods *periods, const weir_actual *rows, size_t count, int last, int lost,
                               weir_diags *diags)
{
	size_t errors = diags->errors, cells = (size_t)deal->revolving_count * (size_t)periods->count;
	weir_bought *made = weir_arena_alloc(arena, sizeof *made);
	follow f = { .deal = deal, .periods = periods, .out = made, .diags = diags, .lost = lost, .rows = rows };
	if (!made)
		return WEIR_NO_MEMORY;
	made->last = last;
	made->period_count = periods->count;
	for (int c = 0; c < WEIR_BOUGHT_COLUMNS; c++) {
		made->cents[c] = weir_arena_array(arena, cells + 1, sizeof *made->cents[c]);
		if (!made->cents[c])
			return WEIR_NO_MEMORY;
	}
	for (size_t at = 0; at < count && diags->errors - errors < WEIR_ACTUAL_MOST_COMPLAINTS; at += f.count) {
		f.rows = &rows[at];
		for (f.count = 1; at + f.count < count && rows[at + f.count].contract == rows[at].contract;)
			f.count++;
		follow_contract(&f);
	}
	if (count > 0)
		check_sums(&f);
	*out = made;
	return diags->lost ? WEIR_NO_MEMORY : diags->errors > errors ? WEIR_INPUT : WEIR_OK;
}
