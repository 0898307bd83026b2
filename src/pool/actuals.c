/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool/actuals.h"

#include <math.h>
#include <string.h>

#include "base/money.h"
#include "pool/actuals_int.h"
#include "pool/bought.h"
#include "pool/factor.h"
#include "pool/stress.h"

#define MOST_GAPS 50 /* complained of one by one */

/* The contracts one after the other, each from period to period. */
typedef struct replay {
	const weir_pool *pool;
	const weir_periods *periods;
	weir_pool_actuals *out;
	weir_diags *diags;
	weir_place file_place;
	int lost; /* some rows could not be read: what is missing may be theirs */
	size_t errors; /* in the list before */
	size_t gaps;
	weir_actual *bought; /* [bought_count] rows of contracts that were bought on the way, by contract and period */
	size_t bought_count;
	/* the contract at hand, at the end of the last period */
	int contract;
	const weir_contract *terms;
	size_t next; /* its first receipt that is not past */
	double scheduled_cents; /* principal of the receipts from there on */
	double share; /* what performs of them: a decimal of 12 places */
	weir_actual_state state;
	weir_date first_due; /* of the receipts of the period at hand; WEIR_DATE_NONE: none */
} replay;

static int is_royalty(const replay *r)
{
	return r->terms->kind == WEIR_CONTRACT_ROYALTY;
}

static double at_least_zero(double cents)
{
	return cents > 0 ? cents : 0;
}

/* --- complaints ------------------------------------------------------------------------------------------------- */

#define MOST_AMOUNT 40

static const char *amount_of(const replay *r, double cents, char text[MOST_AMOUNT])
{
	weir_cents_format(cents, r->pool->deal->currency_digits, text);
	return text;
}

static int has_said_enough(const replay *r)
{
	return r->diags->errors - r->errors >= WEIR_ACTUAL_MOST_COMPLAINTS;
}

/* A period without a row: behind the contract's row before it, else at the file. */
static void complain_gap(replay *r, const weir_actual *before, int period, double due_cents)
{
	char amount[MOST_AMOUNT];
	if (++r->gaps > MOST_GAPS)
		return;
	weir_diag_error(
		r->diags, MISSING_ROW, before ? before->place : r->file_place,
		"contract \"%s\" has no row for period %d, in which %s was to be paid; add one, with 0 collected if "
		"nothing came",
		r->terms->id, period, amount_of(r, due_cents, amount));
}

void weir_actual_complain_beyond(weir_diags *diags, int currency_digits, const char *id, const weir_actual *row,
                                 const char *what, double cents, double most_cents, const char *limit)
{
	char amount[MOST_AMOUNT], most[MOST_AMOUNT];
	weir_cents_format(cents, currency_digits, amount);
	weir_cents_format(most_cents, currency_digits, most);
	weir_diag_error(diags, OUT_OF_RANGE, row->place,
	                "%s \"%s\" of contract \"%s\" in period %d is more than %s %s; correct one of them", what, amount,
	                id, row->period, limit, most);
}

static void complain_beyond(const replay *r, const weir_actual *row, const char *what, double cents, double most_cents,
                            const char *limit)
{
	weir_actual_complain_beyond(r->diags, r->pool->deal->currency_digits, r->terms->id, row, what, cents,
	                            most_cents, limit);
}

static void complain_after_default(const replay *r, const weir_actual *row)
{
	char amount[MOST_AMOUNT];
	weir_diag_error(
		r->diags, OUT_OF_RANGE, row->place,
		"principal \"%s\" of contract \"%s\" in period %d came after all of it had defaulted; give it as "
		"recovered",
		amount_of(r, row->principal_cents, amount), r->terms->id, row->period);
}

/* Default interest may be more than what the terms ask for; a slip too. */
static void check_overdue_income(const replay *r, const weir_actual *row)
{
	char overdue[MOST_AMOUNT], missing[MOST_AMOUNT];
	double most = row->due_income_cents > row->income_cents ? row->due_income_cents - row->income_cents : 0;
	if (row->overdue_income_cents > most)
		weir_diag_warning(
			r->diags, SIZE_MISMATCH, row->place,
			"%s of income of contract \"%s\" is overdue at the end of period %d, and only %s was due and did "
			"not come; correct it unless it is default interest",
			"合同%2$s第%3$d期末逾期收入为%1$s，而应收未收的仅为%4$s；如非罚息，请予更正",
			amount_of(r, row->overdue_income_cents, overdue), r->terms->id, row->period,
			amount_of(r, most, missing));
}

/* --- one row ---------------------------------------------------------------------------------------------------- */

/* What the contract was to pay in the period; moves behind its receipts. */
static void take_due(replay *r, int period, weir_actual *due)
{
	const weir_pool *pool = r->pool;
	double performing = r->state.balance_cents - r->state.overdue_cents;
	r->first_due = WEIR_DATE_NONE;
	due->due_income_cents = r->state.overdue_income_cents;
	for (; r->next < pool->contract_first[r->contract + 1]; r->next++) {
		const weir_receipt *receipt = &pool->receipts[r->next];
		if (receipt->due > r->periods->items[period].calculation)
			break;
		if (r->first_due == WEIR_DATE_NONE)
			r->first_due = receipt->due;
		due->due_income_cents += weir_factor_scale(receipt->income_cents, r->share, 1);
		r->scheduled_cents -= receipt->principal_cents;
	}
	due->opening_cents = r->state.balance_cents;
	due->due_principal_cents =
		performing - weir_factor_scale(r->scheduled_cents, r->share, 1) + r->state.overdue_cents;
}

/* What a file may leave open follows from the rest. */
static void settle_blanks(const replay *r, weir_actual *row)
{
	double left = at_least_zero(row->opening_cents - row->principal_cents - row->defaulted_cents);
	if (isnan(row->prepaid_cents))
		row->prepaid_cents = is_royalty(r) ? 0 : at_least_zero(row->principal_cents - row->due_principal_cents);
	if (isnan(row->overdue_cents)) {
		double missing = at_least_zero(row->due_principal_cents - (row->principal_cents - row->prepaid_cents) -
		                               row->defaulted_cents);
		row->overdue_cents = is_royalty(r) ? 0 : missing < left ? missing : left;
	}
}

/* Days since the oldest of what is overdue was due. */
static int days_overdue(const replay *r, const weir_actual *row)
{
	const weir_period *period = &r->periods->items[row->period];
	double from_before = row->principal_cents - row->prepaid_cents;
	int is_left = from_before < r->state.overdue_cents || row->income_cents < r->state.overdue_income_cents;
	if (row->overdue_cents == 0 && row->overdue_income_cents == 0)
		return 0;
	if (row->days_overdue != WEIR_DAYS_NOT_GIVEN)
		return row->days_overdue;
	if (is_left) /* of what was overdue before */
		return r->state.days_overdue + (int)(period->calculation - period[-1].calculation);
	return r->first_due == WEIR_DATE_NONE ? 0 : (int)(period->calculation - r->first_due);
}

/* Returns 0 after a complaint. */
static int amounts_hold(const replay *r, const weir_actual *row)
{
	size_t errors = r->diags->errors;
	if (row->prepaid_cents > row->principal_cents)
		complain_beyond(r, row, "prepaid", row->prepaid_cents, row->principal_cents,
		                "the principal collected,");
	if (is_royalty(r))
		return r->diags->errors == errors;
	if (row->principal_cents > 0 && row->opening_cents == 0 && r->state.defaulted_cents > 0)
		complain_after_default(r, row);
	else if (row->principal_cents > row->opening_cents)
		complain_beyond(r, row, "principal", row->principal_cents, row->opening_cents,
		                "its balance at the start of the period,");
	else if (row->principal_cents + row->defaulted_cents > row->opening_cents)
		complain_beyond(r, row, "defaulted", row->defaulted_cents, row->opening_cents - row->principal_cents,
		                "what is left of its balance,");
	else if (row->overdue_cents > row->opening_cents - row->principal_cents - row->defaulted_cents)
		complain_beyond(r, row, "overdue", row->overdue_cents,
		                row->opening_cents - row->principal_cents - row->defaulted_cents,
		                "its balance at the end of the period,");
	return r->diags->errors == errors;
}

/* A royalty goes on as forecast, so its balance is what its terms leave and what is overdue; what more or less has come
 * changes what is given up. */
static void settle_royalty(replay *r, weir_actual *row)
{
	double left = row->opening_cents - row->principal_cents;
	if (row->defaulted_cents > 0 && row->defaulted_cents != left) {
		char amount[MOST_AMOUNT];
		weir_diag_error(r->diags, UNSUPPORTED, row->place,
		                "royalty \"%s\" can only default as a whole; give %s, or leave it empty: what falls "
		                "short of its terms is worked out",
		                r->terms->id, amount_of(r, left, amount));
		return;
	}
	row->ended |= row->defaulted_cents > 0;
	if (row->ended)
		row->overdue_cents = row->overdue_income_cents = 0;
	row->balance_cents = row->ended ? 0 : weir_factor_scale(r->scheduled_cents, r->share, 1) + row->overdue_cents;
	row->defaulted_cents = left - row->balance_cents;
}

/* Whether the balance goes with what is still scheduled; a complaint, or a warning, when it does not. */
static void check_balance(const replay *r, const weir_actual *row, double performing, double expected)
{
	char amount[MOST_AMOUNT];
	if (r->scheduled_cents == 0 && performing > 0)
		weir_diag_error(
			r->diags, SIZE_MISMATCH, row->place,
			"nothing of contract \"%s\" is scheduled behind period %d, but %s of its balance is not "
			"overdue; give it as collected, overdue or defaulted",
			r->terms->id, row->period, amount_of(r, performing, amount));
	else if (performing > r->scheduled_cents * WEIR_ACTUAL_MOST_SHARE)
		complain_beyond(r, row, "the balance", performing, r->scheduled_cents, "1000 times what is scheduled,");
	else if (performing > expected)
		weir_diag_warning(
			r->diags, SIZE_MISMATCH, row->place,
			"%s of contract \"%s\" was due in period %d and is not collected, overdue or defaulted; later "
			"instalments are raised by it",
			"合同%2$s第%3$d期到期的%1$s既未回收，亦未列为逾期或违约；该金额计入以后各期应收款",
			amount_of(r, performing - expected, amount), r->terms->id, row->period);
	if (row->ended && row->balance_cents > 0)
		weir_diag_error(r->diags, SIZE_MISMATCH, row->place,
		                "contract \"%s\" has ended in period %d with a balance of %s; give it as defaulted",
		                r->terms->id, row->period, amount_of(r, row->balance_cents, amount));
}

/* The balance at the end, and the share of the schedule that goes with it. */
static void settle_balance(replay *r, weir_actual *row)
{
	if (is_royalty(r)) {
		settle_royalty(r, row);
	} else {
		double expected = weir_factor_scale(r->scheduled_cents, r->share, 1);
		row->balance_cents = row->opening_cents - row->principal_cents - row->defaulted_cents;
		double performing = row->balance_cents - row->overdue_cents;
		check_balance(r, row, performing, expected);
		if (performing != expected && r->scheduled_cents > 0)
			r->share = weir_round_quad((weir_quad)performing * (weir_quad)1e12 / r->scheduled_cents) / 1e12;
		if (row->defaulted_cents > 0 && row->balance_cents == 0)
			row->ended = 1;
	}
	if (row->ended)
		r->share = row->overdue_income_cents = 0;
}

/* A default makes a claim on what covers the contract, less what was recovered in the same period. */
static void claim_default(replay *r, const weir_actual *row, double declared_cents, double income_due_cents)
{
	const weir_pool *pool = r->pool;
	int claim = pool->claim_of ? pool->claim_of[row->contract] : -1;
	if (claim < 0 || !(declared_cents > 0))
		return;
	r->out->claims[r->out->claim_count++] =
		(weir_actual_claim){ .claim = claim,
		                     .period = row->period,
		                     .principal_cents = at_least_zero(declared_cents - weir_actual_recovered(row)),
		                     .income_cents = at_least_zero(income_due_cents - row->income_cents) };
}

/* Recoveries beyond what has defaulted, or behind what a cover was asked for, deserve a look. */
static void check_recovered(replay *r, const weir_actual *row, double recovered_cents)
{
	const weir_pool *pool = r->pool;
	char amount[MOST_AMOUNT], most[MOST_AMOUNT];
	if (recovered_cents == 0)
		return;
	if (r->state.recovered_cents > r->state.defaulted_cents && !is_royalty(r))
		weir_diag_warning(
			r->diags, SIZE_MISMATCH, row->place,
			"%s has been recovered from contract \"%s\" by period %d, more than %s that has defaulted",
			"截至第%3$d期，合同%2$s累计违约回收%1$s，高于累计违约本金%4$s",
			amount_of(r, r->state.recovered_cents, amount), r->terms->id, row->period,
			amount_of(r, r->state.defaulted_cents, most));
	if (pool->claim_of && pool->claim_of[row->contract] >= 0 && row->defaulted_cents <= 0)
		weir_diag_warning(
			r->diags, NO_EFFECT, row->place,
			"%s recovered from contract \"%s\" stays with the plan: its covers were asked in the period "
			"of the default and get nothing back",
			"合同%2$s的违约回收%1$s归专项计划所有：该合同的风险分担已于违约当期主张，不予返还",
			amount_of(r, recovered_cents, amount), r->terms->id);
}

static void cents_of(double cents[WEIR_POOL_COLUMNS], const weir_actual *row)
{
	memset(cents, 0, WEIR_POOL_COLUMNS * sizeof *cents);
	cents[WEIR_POOL_PRINCIPAL] = row->principal_cents;
	cents[WEIR_POOL_INCOME] = row->income_cents;
	cents[WEIR_POOL_RECOVERED] = weir_actual_recovered(row);
	cents[WEIR_POOL_DEFAULTED] = row->defaulted_cents;
	cents[WEIR_POOL_OVERDUE] = row->overdue_cents;
	cents[WEIR_POOL_PREPAID] = row->prepaid_cents;
	cents[WEIR_POOL_DISPOSAL] = row->recovered_cents[WEIR_CHANNEL_DISPOSAL];
}

static void add_totals(replay *r, const weir_actual *row)
{
	double cents[WEIR_POOL_COLUMNS];
	cents_of(cents, row);
	for (int c = 0; c < WEIR_POOL_COLUMNS; c++)
		r->out->total[c][row->period] += cents[c];
}

/* Takes the contract's row of a period; 0 when the contract cannot be followed any further. */
static int take_row(replay *r, weir_actual *row)
{
	if (row->incomplete)
		return 0;
	double income_before = r->state.overdue_income_cents;
	take_due(r, row->period, row);
	settle_blanks(r, row);
	if (!amounts_hold(r, row))
		return 0;
	double declared = row->defaulted_cents, recovered = weir_actual_recovered(row);
	settle_balance(r, row);
	row->days_overdue = days_overdue(r, row);
	claim_default(r, row, declared, row->due_income_cents - income_before);
	r->state = (weir_actual_state){ .balance_cents = row->balance_cents,
		                        .overdue_cents = row->overdue_cents,
		                        .overdue_income_cents = row->overdue_income_cents,
		                        .days_overdue = row->days_overdue,
		                        .defaulted_cents = r->state.defaulted_cents + row->defaulted_cents,
		                        .recovered_cents = r->state.recovered_cents + recovered,
		                        .ended = row->ended || r->state.ended };
	check_recovered(r, row, recovered);
	check_overdue_income(r, row);
	add_totals(r, row);
	return 1;
}

/* A period without a row: nothing was to be paid. 0 when something was. */
static int take_gap(replay *r, const weir_actual *before, int period)
{
	weir_actual due = { .period = period };
	take_due(r, period, &due);
	if (due.due_principal_cents + due.due_income_cents == 0)
		return 1;
	if (!r->lost)
		complain_gap(r, before, period, due.due_principal_cents + due.due_income_cents);
	return 0;
}

/* --- one contract ----------------------------------------------------------------------------------------------- */

static void enter_contract(replay *r, int number)
{
	weir_stress_contract contract = weir_stress_contract_of(r->pool, number);
	r->contract = number;
	r->terms = contract.terms;
	r->next = contract.first;
	r->scheduled_cents = contract.scheduled_cents;
	r->share = r->pool->opening_share;
	r->state = (weir_actual_state){ .balance_cents = weir_factor_scale(r->scheduled_cents, r->share, 1) };
}

static void replay_contract(replay *r, int number)
{
	weir_pool_actuals *out = r->out;
	size_t at = out->contract_first[number], end = out->contract_first[number + 1];
	const weir_actual *before = NULL;
	enter_contract(r, number);
	for (int k = out->first; k <= out->last; k++) {
		int has_row = at < end && out->rows[at].period == k;
		if (!(has_row ? take_row(r, &out->rows[at]) : take_gap(r, before, k)))
			return;
		for (; at < end && out->rows[at].period == k; at++) /* a second one is complained of already */
			before = &out->rows[at];
	}
}

/* What is overdue comes with the contract's next receipt, or on the next calculation date when that is sooner. */
static void add_overdue(const replay *r, weir_receipt *to)
{
	const weir_pool *pool = r->pool;
	int next = r->out->last + 1;
	weir_date day = next < r->periods->count ? r->periods->items[next].calculation : r->out->last_date + 1;
	*to = (weir_receipt){ .due = day,
		              .contract_due = day,
		              .contract = r->contract,
		              .principal_cents = r->state.overdue_cents,
		              .income_cents = r->state.overdue_income_cents };
	if (r->next < pool->contract_first[r->contract + 1] && pool->receipts[r->next].due <= day) {
		to->due = pool->receipts[r->next].due;
		to->contract_due = pool->receipts[r->next].contract_due;
	}
}

/* What is still to come of the contract that was just followed; appends to the actuals' receipts. */
static void add_coming(replay *r, size_t *count)
{
	const weir_pool *pool = r->pool;
	weir_pool_actuals *out = r->out;
	double after = r->scheduled_cents, left = r->state.balance_cents - r->state.overdue_cents;
	out->receipt_first[r->contract] = *count;
	if (r->state.overdue_cents != 0 || r->state.overdue_income_cents != 0)
		add_overdue(r, &out->receipts[(*count)++]);
	for (size_t i = r->next; r->share != 0 && i < pool->contract_first[r->contract + 1]; i++) {
		weir_receipt *receipt = &out->receipts[(*count)++];
		*receipt = pool->receipts[i];
		after -= receipt->principal_cents;
		double still = weir_factor_scale(after, r->share, 1);
		receipt->principal_cents = left - still;
		receipt->income_cents = weir_factor_scale(receipt->income_cents, r->share, 1);
		left = still;
	}
	out->receipt_first[r->contract + 1] = *count;
}

static void add_sold(weir_pool_actuals *out, int contract)
{
	for (size_t i = out->contract_first[contract]; i < out->contract_first[contract + 1]; i++)
		out->sold_cents[contract] += out->rows[i].recovered_cents[WEIR_CHANNEL_DISPOSAL];
}

/* --- all of them ------------------------------------------------------------------------------------------------ */

static const char *id_of(const replay *r, const weir_actual *row)
{
	return row->bought_id ? row->bought_id : r->pool->deal->pool.contracts[row->contract].id;
}

static int is_among(const weir_actual *row, int base, size_t groups)
{
	return row->contract >= base && (size_t)(row->contract - base) < groups;
}

/* Whether a row is of a period that the deal runs. */
static int runs(const replay *r, const weir_actual *row)
{
	int first = r->periods->first, last = r->periods->count - 1;
	if (row->period >= first && row->period <= last)
		return 1;
	if (!has_said_enough(r))
		weir_diag_error(r->diags, OUT_OF_RANGE, row->place,
		                "contract \"%s\" has a row for period %d; the deal runs periods %d to %d",
		                id_of(r, row), row->period, first, last);
	return 0;
}

/* Those of `count` rows whose contract is one of `groups` from `base` on, by contract and period; those of periods that
 * do not run are left out. Each contract's rows are few. */
static weir_status sort_rows(replay *r, weir_arena *arena, const weir_actual *rows, size_t count, int base,
                             size_t groups, size_t **group_first, weir_actual **sorted)
{
	weir_pool_actuals *out = r->out;
	size_t *filled = weir_arena_array(arena, groups + 1, sizeof *filled), here = 0;
	size_t *first_of = weir_arena_array(arena, groups + 1, sizeof *first_of);
	if (!filled || !first_of)
		return WEIR_NO_MEMORY;
	for (size_t i = 0; i < count; i++)
		if (is_among(&rows[i], base, groups) && runs(r, &rows[i]))
			first_of[rows[i].contract - base + 1]++;
	for (size_t c = 0; c < groups; c++)
		first_of[c + 1] += first_of[c];
	here = first_of[groups];
	*group_first = first_of;
	*sorted = weir_arena_array(arena, here + 1, sizeof **sorted);
	if (!*sorted)
		return WEIR_NO_MEMORY;
	for (size_t i = 0; i < count; i++) {
		if (!is_among(&rows[i], base, groups) || rows[i].period < r->periods->first ||
		    rows[i].period >= r->periods->count)
			continue;
		size_t first = first_of[rows[i].contract - base], at = first + filled[rows[i].contract - base]++;
		for (; at > first && (*sorted)[at - 1].period > rows[i].period; at--)
			(*sorted)[at] = (*sorted)[at - 1];
		(*sorted)[at] = rows[i];
		out->last = rows[i].period > out->last ? rows[i].period : out->last;
		if (at > first && (*sorted)[at - 1].period == rows[i].period && !has_said_enough(r))
			weir_diag_error(r->diags, DUPLICATE_ID, rows[i].place,
			                "contract \"%s\" has two rows for period %d; keep one of them",
			                id_of(r, &rows[i]), rows[i].period);
	}
	return WEIR_OK;
}

/* The deal's own contracts, and those that were bought on the way: how many of these there are is what their rows say.
 */
static weir_status sort_all(replay *r, weir_arena *arena, const weir_actual *rows, size_t count)
{
	weir_pool_actuals *out = r->out;
	int own = r->pool->deal->pool.contract_count, end = own;
	weir_status status = sort_rows(r, arena, rows, count, 0, (size_t)own, &out->contract_first, &out->rows);
	if (status != WEIR_OK)
		return status;
	out->row_count = out->contract_first[own];
	for (size_t i = 0; i < count; i++)
		end = rows[i].contract >= end ? rows[i].contract + 1 : end;
	size_t *firsts;
	status = sort_rows(r, arena, rows, count, own, (size_t)(end - own), &firsts, &r->bought);
	r->bought_count = status == WEIR_OK ? firsts[end - own] : 0;
	return status;
}

static weir_status take_memory(weir_pool_actuals *out, weir_arena *arena, const weir_periods *periods)
{
	size_t contracts = (size_t)out->pool->deal->pool.contract_count;
	for (int c = 0; c < WEIR_POOL_COLUMNS; c++) {
		out->total[c] = weir_arena_array(arena, (size_t)periods->count, sizeof *out->total[c]);
		if (!out->total[c])
			return WEIR_NO_MEMORY;
	}
	out->claims = weir_arena_array(arena, out->row_count + 1, sizeof *out->claims);
	out->receipts = weir_arena_array(arena, out->pool->receipt_count + contracts + 1, sizeof *out->receipts);
	out->receipt_first = weir_arena_array(arena, contracts + 1, sizeof *out->receipt_first);
	out->sold_cents = weir_arena_array(arena, contracts + 1, sizeof *out->sold_cents);
	return out->claims && out->receipts && out->receipt_first && out->sold_cents ? WEIR_OK : WEIR_NO_MEMORY;
}

/* What the terms promise in each period, scaled at a mid-life start: no collection changes it. */
static void add_scheduled(const replay *r)
{
	const weir_pool *pool = r->pool;
	double share = pool->opening_share, **total = r->out->total;
	for (int c = 0; c < pool->deal->pool.contract_count; c++) {
		weir_stress_contract contract = weir_stress_contract_of(pool, c);
		double before = contract.scheduled_cents;
		for (size_t i = contract.first; i < contract.end; i++) {
			const weir_receipt *receipt = &pool->receipts[i];
			double after = before - receipt->principal_cents;
			int k = weir_pool_period_of(r->periods, receipt->due);
			if (k < r->periods->count) {
				total[WEIR_POOL_SCHEDULED_PRINCIPAL][k] +=
					weir_factor_scale(before, share, 1) - weir_factor_scale(after, share, 1);
				total[WEIR_POOL_SCHEDULED_INCOME][k] +=
					weir_factor_scale(receipt->income_cents, share, 1);
			}
			before = after;
		}
	}
}

/* Amounts that each are sound may add up to more than whole cents in a double hold. */
static void check_sums(const replay *r, size_t receipt_count)
{
	double sum = 0;
	for (int k = r->out->first; k <= r->out->last; k++)
		sum += r->out->total[WEIR_POOL_PRINCIPAL][k] + r->out->total[WEIR_POOL_INCOME][k] +
		       r->out->total[WEIR_POOL_RECOVERED][k];
	for (size_t i = 0; i < receipt_count; i++)
		sum += r->out->receipts[i].principal_cents + r->out->receipts[i].income_cents;
	if (!(sum < WEIR_CENTS_MAX))
		weir_diag_error(
			r->diags, OUT_OF_RANGE, r->file_place,
			"what was collected and is to come adds up to more than weir can hold; check the amounts");
}

static void replay_all(replay *r)
{
	size_t count = 0;
	for (int c = 0; c < r->pool->deal->pool.contract_count && !has_said_enough(r); c++) {
		size_t errors = r->diags->errors;
		replay_contract(r, c);
		if (r->diags->errors == errors && !r->lost) {
			add_coming(r, &count);
			add_sold(r->out, c);
		}
	}
	if (r->gaps > MOST_GAPS)
		weir_diag_error(r->diags, MISSING_ROW, r->file_place,
		                "%zu more rows are missing; add those above first", r->gaps - MOST_GAPS);
	if (has_said_enough(r))
		weir_diag_error(r->diags, BAD_VALUE, r->file_place,
		                "there may be more errors than the %d that are listed; correct those first",
		                WEIR_ACTUAL_MOST_COMPLAINTS);
	add_scheduled(r);
	check_sums(r, count);
}

/* What was bought on the way; a deal that buys whose file names no purchase made none. */
static weir_status follow_bought(replay *r, weir_arena *arena)
{
	const weir_deal *deal = r->pool->deal;
	weir_pool_actuals *out = r->out;
	if (deal->revolving_count == 0)
		return WEIR_OK;
	if (r->bought_count == 0 && !r->lost)
		weir_diag_warning(
			r->diags, NO_EFFECT, r->file_place,
			"the deal buys new contracts, but the file names none that was bought; up to period %d no "
			"purchase is made",
			"交易设有循环购买，但文件未列明所购资产；截至第%d期不作循环购买", out->last);
	return weir_bought_create(&out->bought, arena, deal, r->periods, r->bought, r->bought_count, out->last, r->lost,
	                          r->diags);
}

weir_status weir_pool_actuals_create(weir_pool_actuals **out, weir_arena *arena, const weir_pool *pool,
                                     const weir_periods *periods, const weir_actual *rows, size_t row_count, int lost,
                                     weir_place file_place, weir_diags *diags)
{
	weir_status status;
	size_t errors = diags->errors;
	weir_pool_actuals *actuals = weir_arena_alloc(arena, sizeof *actuals);
	weir_pool promised = *pool; /* without the actuals that it may have already */
	replay r = { .pool = &promised,
		     .periods = periods,
		     .out = actuals,
		     .diags = diags,
		     .file_place = file_place,
		     .lost = lost,
		     .errors = errors };
	if (!actuals)
		return WEIR_NO_MEMORY;
	promised.actuals = NULL;
	actuals->pool = pool;
	actuals->first = periods->first;
	WEIR_TRY(sort_all(&r, arena, rows, row_count));
	WEIR_TRY(take_memory(actuals, arena, periods));
	if (actuals->last > 0) {
		actuals->last_date = periods->items[actuals->last].calculation;
		replay_all(&r);
		status = follow_bought(&r, arena);
		if (status == WEIR_NO_MEMORY)
			goto out;
	}
	status = diags->lost ? WEIR_NO_MEMORY : diags->errors > errors || lost ? WEIR_INPUT : WEIR_OK;
	if (status == WEIR_OK)
		*out = actuals;
out:
	return status;
}

/* --- booking them ----------------------------------------------------------------------------------------------- */

static void add_to_lanes(double *to, double cents, int count)
{
	for (int l = 0; l < count; l++)
		to[l] += cents;
}

/* One row, or the totals of a period. */
static void book_collected(weir_pool_rows *rows, int period, int count, const double cents[WEIR_POOL_COLUMNS])
{
	static const weir_pool_column flows[] = { WEIR_POOL_PRINCIPAL, WEIR_POOL_INCOME,  WEIR_POOL_RECOVERED,
		                                  WEIR_POOL_DEFAULTED, WEIR_POOL_PREPAID, WEIR_POOL_DISPOSAL };
	for (size_t i = 0; i < sizeof flows / sizeof *flows; i++)
		add_to_lanes(rows->column[flows[i]][period], cents[flows[i]], count);
	add_to_lanes(rows->column[WEIR_POOL_OVERDUE][period], cents[WEIR_POOL_OVERDUE], count);
	if (period + 1 < rows->period_count) /* the rows take changes; behind the last period it falls due anew */
		add_to_lanes(rows->column[WEIR_POOL_OVERDUE][period + 1], -cents[WEIR_POOL_OVERDUE], count);
}

static void book_totals(weir_pool_rows *rows, const weir_pool_actuals *actuals, int count)
{
	double cents[WEIR_POOL_COLUMNS];
	for (int k = actuals->first; k <= actuals->last; k++) {
		for (int c = 0; c < WEIR_POOL_COLUMNS; c++)
			cents[c] = actuals->total[c][k];
		book_collected(rows, k, count, cents);
	}
	for (int c = WEIR_POOL_SCHEDULED_PRINCIPAL; c <= WEIR_POOL_SCHEDULED_INCOME; c++)
		for (int k = 0; k < rows->period_count; k++)
			rows->column[c][k][0] += actuals->total[c][k];
}

/* Of a pool that looks at some of its contracts; without what their terms promise. */
static void book_chosen(weir_pool_rows *rows, const weir_pool *pool, int count)
{
	double cents[WEIR_POOL_COLUMNS];
	for (size_t i = 0; i < pool->actuals->row_count; i++) {
		if (!pool->chosen[pool->actuals->rows[i].contract])
			continue;
		cents_of(cents, &pool->actuals->rows[i]);
		book_collected(rows, pool->actuals->rows[i].period, count, cents);
	}
}

void weir_actuals_book(weir_pool_rows *rows, const weir_pool *pool, int count)
{
	const weir_pool_actuals *actuals = pool->actuals;
	if (pool->chosen)
		book_chosen(rows, pool, count);
	else
		book_totals(rows, actuals, count);
	for (size_t i = 0; pool->claim_count > 0 && i < actuals->claim_count; i++) {
		const weir_actual_claim *claim = &actuals->claims[i];
		weir_stressed stressed = { .claim_principal = claim->principal_cents,
			                   .claim_income = claim->income_cents };
		for (int l = 0; l < count; l++)
			weir_claims_add(rows, claim->claim, claim->period, l, &stressed);
	}
}

/* --- looking things up ------------------------------------------------------------------------------------------ */

weir_receipts weir_pool_receipts(const weir_pool *pool)
{
	const weir_pool_actuals *actuals = pool->actuals;
	if (actuals)
		return (weir_receipts){ actuals->receipts, actuals->receipt_first[pool->deal->pool.contract_count],
			                actuals->receipt_first };
	return (weir_receipts){ pool->receipts, pool->receipt_count, pool->contract_first };
}

double weir_actual_recovered(const weir_actual *row)
{
	double sum = 0;
	for (int channel = 0; channel < WEIR_CHANNEL_COUNT; channel++)
		sum += row->recovered_cents[channel];
	return sum;
}

const weir_actual *weir_actual_find(const weir_pool_actuals *actuals, int contract, int period)
{
	for (size_t i = actuals->contract_first[contract]; i < actuals->contract_first[contract + 1]; i++)
		if (actuals->rows[i].period == period)
			return &actuals->rows[i];
	return NULL;
}

weir_actual_state weir_actual_state_at(const weir_pool_actuals *actuals, int contract, int period)
{
	const weir_pool *pool = actuals->pool;
	size_t first = pool->contract_first[contract], end = pool->contract_first[contract + 1];
	weir_actual_state state = { 0 };
	for (size_t i = first; i < end; i++)
		if (pool->receipts[i].due > pool->past_to)
			state.balance_cents += pool->receipts[i].principal_cents;
	state.balance_cents = weir_factor_scale(state.balance_cents, pool->opening_share, 1);
	for (size_t i = actuals->contract_first[contract]; i < actuals->contract_first[contract + 1]; i++) {
		const weir_actual *row = &actuals->rows[i];
		if (row->period > period)
			break;
		state.balance_cents = row->balance_cents;
		state.overdue_cents = row->overdue_cents;
		state.overdue_income_cents = row->overdue_income_cents;
		state.days_overdue = row->days_overdue;
		state.defaulted_cents += row->defaulted_cents;
		state.recovered_cents += weir_actual_recovered(row);
		state.ended |= row->ended;
	}
	return state;
}

int weir_pool_known_to(const weir_pool *pool, const weir_periods *periods)
{
	return pool->actuals ? pool->actuals->last : periods->first - 1;
}

double weir_pool_standing_cents(const weir_pool *pool)
{
	double sum = 0;
	if (!pool->actuals)
		return pool->opening_cents;
	for (int c = 0; c < pool->deal->pool.contract_count; c++)
		sum += weir_actual_state_at(pool->actuals, c, pool->actuals->last).balance_cents;
	return sum;
}

double weir_pool_defaulted_cents(const weir_pool *pool)
{
	const weir_pool_actuals *actuals = pool->actuals;
	double sum = 0;
	for (int k = actuals ? actuals->first : 1; actuals && k <= actuals->last; k++)
		sum += actuals->total[WEIR_POOL_DEFAULTED][k];
	return sum;
}

int weir_actuals_have(const weir_pool_actuals *actuals, int period)
{
	return actuals && period >= actuals->first && period <= actuals->last;
}
