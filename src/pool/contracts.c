/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool/contracts.h"

#include <math.h>

#include "math/vec/quad.h"

#define MONTHS_A_YEAR 12
#define MOST_INSTALMENTS 10000 /* as many as a schedule has dates */

/* --- are the terms sound? --------------------------------------------------------------------------------------- */

static int is_explicit(const weir_contract *contract)
{
	return contract->amortisation == WEIR_AMORTISE_EXPLICIT;
}

static int has_instalments(const weir_contract *contract)
{
	return contract->kind == WEIR_CONTRACT_ROYALTY || !is_explicit(contract);
}

/* Instalments at regular dates: their number, step and first date. */
static int dates_hold(const weir_contract *contract, const weir_pool_terms *pool, weir_diags *diags)
{
	size_t errors = diags->errors;
	if (contract->first_due == WEIR_DATE_NONE)
		weir_diag_error(diags, CONTRACT_TERMS, contract->place,
		                "contract \"%s\" has no first due date; give one", contract->id);
	if (contract->count < 1 || contract->count > MOST_INSTALMENTS)
		weir_diag_error(diags, CONTRACT_TERMS, contract->place,
		                "contract \"%s\" has \"%d\" instalments; give a count from 1 to %d",
		                contract->id, contract->count, MOST_INSTALMENTS);
	if (contract->every_months < 0 || (contract->every_months == 0 && contract->count > 1))
		weir_diag_error(diags, CONTRACT_TERMS, contract->place,
		                "the instalments of contract \"%s\" are \"%d\" months apart; give at least 1",
		                contract->id, contract->every_months);
	if (diags->errors == errors && weir_contract_last_due(pool, contract) == WEIR_DATE_NONE)
		weir_diag_error(diags, CONTRACT_TERMS, contract->place,
		                "the last instalment of contract \"%s\" is due after the year 2199; correct "
		                "the count or the step", contract->id);
	return diags->errors == errors;
}

static int receivable_holds(const weir_deal *deal, const weir_contract *contract, weir_diags *diags)
{
	size_t errors = diags->errors;
	if (contract->first_due == WEIR_DATE_NONE)
		weir_diag_error(diags, CONTRACT_TERMS, contract->place,
		                "receivable \"%s\" has no due date; give one", contract->id);
	else if (contract->count > 1)
		weir_diag_error(diags, CONTRACT_TERMS, contract->place,
		                "receivable \"%s\" has \"%d\" instalments; list each due date as a "
		                "receivable of its own", contract->id, contract->count);
	else if (isnan(contract->discount_years) && contract->first_due < deal->closing)
		weir_diag_error(diags, CONTRACT_TERMS, contract->place,
		                "receivable \"%s\" is due before the closing, so it has no discount period; "
		                "give the years", contract->id);
	else if (!isnan(contract->discount_years) && contract->discount_years < 0)
		weir_diag_error(diags, CONTRACT_TERMS, contract->place,
		                "receivable \"%s\" has a discount period below 0; give the years from "
		                "purchase to due date", contract->id);
	if (contract->discount_rate < 0)
		weir_diag_error(diags, CONTRACT_TERMS, contract->place,
		                "receivable \"%s\" has a discount rate below 0; correct it", contract->id);
	return diags->errors == errors;
}

static void complain_about_sum(const weir_deal *deal, const weir_contract *contract, double sum, weir_diags *diags)
{
	char rows[40], amount[40];
	weir_cents_format(sum, deal->currency_digits, rows);
	weir_cents_format(contract->amount_cents, deal->currency_digits, amount);
	weir_diag_error(diags, SIZE_MISMATCH, contract->place,
	                "the instalments of contract \"%s\" add up to \"%s\" of principal, its amount is \"%s\"; "
	                "correct one of them", contract->id, rows, amount);
}

/* An explicit schedule: dates in order, principal that adds up, interest that can accrue. */
static int rows_hold(const weir_deal *deal, const weir_contract *contract, weir_diags *diags)
{
	size_t errors = diags->errors;
	weir_date last = contract->start; /* WEIR_DATE_NONE lies before every date */
	double sum = 0;
	int count = 0, accrues = 0;
	for (int i = 0; i < contract->row_count; i++) {
		const weir_contract_row *row = &deal->pool.rows[contract->row_first + i];
		char date[11];
		if (row->use != WEIR_ROW_INSTALMENT)
			continue;
		if (row->date < last)
			weir_diag_error(diags, DATE_ORDER, row->place,
			                "instalment \"%s\" of contract \"%s\" lies before its start or the "
			                "instalment above; list them in order",
			                weir_date_format(row->date, date), contract->id);
		last = row->date;
		sum += row->a;
		accrues |= isnan(row->b);
		count++;
	}
	if (count == 0)
		weir_diag_error(diags, CONTRACT_TERMS, contract->place,
		                "contract \"%s\" has an explicit schedule without instalments; list them",
		                contract->id);
	else if (contract->amount_cents != 0 && sum != contract->amount_cents)
		complain_about_sum(deal, contract, sum, diags);
	if (accrues && contract->basis == WEIR_BASIS_PERIODIC && contract->every_months < 1)
		weir_diag_error(diags, CONTRACT_TERMS, contract->place,
		                "contract \"%s\" leaves interest to its rate but not the months between "
		                "instalments; give them, the interest, or a day count", contract->id);
	if (accrues && contract->basis == WEIR_BASIS_DAYS && contract->start == WEIR_DATE_NONE)
		weir_diag_error(diags, CONTRACT_TERMS, contract->place,
		                "contract \"%s\" accrues by days but has no start date; give one",
		                contract->id);
	return diags->errors == errors;
}

static int accrual_holds(const weir_contract *contract, weir_diags *diags)
{
	size_t errors = diags->errors;
	if (contract->amortisation == WEIR_AMORTISE_INTEREST_ONLY &&
	    (contract->interest_only_count < 0 || contract->interest_only_count >= contract->count))
		weir_diag_error(diags, CONTRACT_TERMS, contract->place,
		                "contract \"%s\" is interest-only for \"%d\" of %d instalments; leave at "
		                "least one for the principal", contract->id, contract->interest_only_count,
		                contract->count);
	if (contract->every_months == 0 && contract->basis == WEIR_BASIS_PERIODIC &&
	    (contract->rate_annual != 0 || contract->index >= 0))
		weir_diag_error(diags, CONTRACT_TERMS, contract->place,
		                "contract \"%s\" has a rate but neither months between instalments nor a day "
		                "count; give one of them", contract->id);
	if (contract->start == WEIR_DATE_NONE && (contract->basis == WEIR_BASIS_DAYS || contract->index >= 0) &&
	    (contract->every_months == 0 ||
	     weir_date_add_months(contract->first_due, -contract->every_months) == WEIR_DATE_NONE))
		weir_diag_error(diags, CONTRACT_TERMS, contract->place,
		                "contract \"%s\" has no start date to accrue from; give one", contract->id);
	if (contract->start != WEIR_DATE_NONE && contract->start > contract->first_due)
		weir_diag_error(diags, DATE_ORDER, contract->place,
		                "contract \"%s\" starts after its first instalment; correct one of the dates",
		                contract->id);
	return diags->errors == errors;
}

int weir_contract_terms_hold(const weir_deal *deal, const weir_contract *contract, weir_diags *diags)
{
	if (contract->incomplete)
		return 0;
	if (contract->kind == WEIR_CONTRACT_RECEIVABLE)
		return receivable_holds(deal, contract, diags);
	if (!has_instalments(contract))
		return rows_hold(deal, contract, diags);
	if (!dates_hold(contract, &deal->pool, diags))
		return 0;
	if (contract->kind == WEIR_CONTRACT_ROYALTY)
		return weir_royalty_terms_hold(deal, contract, diags);
	return accrual_holds(contract, diags);
}

size_t weir_contract_receipt_count(const weir_deal *deal, const weir_contract *contract)
{
	if (contract->kind == WEIR_CONTRACT_RECEIVABLE)
		return 1;
	/* regular payments and milestones, or the rows of an explicit schedule */
	size_t count = has_instalments(contract) ? (size_t)contract->count : 0;
	enum weir_row_use use = count ? WEIR_ROW_MILESTONE : WEIR_ROW_INSTALMENT;
	for (int i = 0; i < contract->row_count; i++)
		count += deal->pool.rows[contract->row_first + i].use == use;
	return count;
}

/* --- interest --------------------------------------------------------------------------------------------------- */

/* A contract being paid down. */
typedef struct ledger {
	const weir_deal *deal;
	const weir_contract *contract;
	double balance_cents;
	weir_date from, to;  /* the interest period of the next instalment */
	double rate_annual;  /* in that period */
	int periods_a_year;  /* ACT/ACT ICMA; 0 when the step does not divide a year */
	weir_date last_due;  /* 30E/360 ISDA */
} ledger;

static ledger ledger_of(const weir_deal *deal, const weir_contract *contract)
{
	int every = contract->every_months;
	return (ledger){ .deal = deal,
		         .contract = contract,
		         .balance_cents = contract->amount_cents,
		         .rate_annual = contract->rate_annual,
		         .periods_a_year = every > 0 && MONTHS_A_YEAR % every == 0 ? MONTHS_A_YEAR / every : 0,
		         .last_due = weir_contract_last_due(&deal->pool, contract) };
}

/* The number of the last fixing on or before a date, or -1. Fixings stand in order of their dates. */
static int fixing_before(const weir_index *index, weir_date date)
{
	int low = -1, high = index->count;
	while (high - low > 1) {
		int middle = (low + high) / 2;
		if (index->dates[middle] <= date)
			low = middle;
		else
			high = middle;
	}
	return low;
}

double weir_contract_rate_on(const weir_deal *deal, const weir_contract *contract, weir_date date)
{
	const weir_index *index = contract->index >= 0 ? &deal->indexes[contract->index] : NULL;
	if (contract->kind == WEIR_CONTRACT_RECEIVABLE)
		return contract->discount_rate;
	if (contract->kind == WEIR_CONTRACT_ROYALTY || (is_explicit(contract) && !index && contract->rate_annual == 0))
		return NAN;
	if (!index)
		return contract->rate_annual;
	int fixing = fixing_before(index, date);
	return index->count == 0 ? NAN :
	                           weir_rate_normal(index->rates[fixing < 0 ? 0 : fixing] + contract->rate_annual);
}

/* Moves to the interest period that ends on `due`: the first runs from the contract's start (or, when that
 * is not given, from one step earlier), later ones from the instalment before. Floating: last fixing on or
 * before the period's start, plus the spread. Returns 0, having complained, when there is none. */
static int open_period(ledger *l, weir_date due, int is_first, weir_diags *diags)
{
	const weir_contract *contract = l->contract;
	if (is_first && contract->start != WEIR_DATE_NONE)
		l->from = contract->start;
	else
		l->from = is_first ? weir_date_add_months(due, -contract->every_months) : l->to;
	l->to = due;
	if (contract->index < 0)
		return 1;
	const weir_index *index = &l->deal->indexes[contract->index];
	int fixing = fixing_before(index, l->from);
	if (fixing < 0 && index->incomplete)
		return 0; /* the missing one may be among those that could not be read */
	if (fixing < 0) {
		char date[11];
		weir_diag_error(diags, CONTRACT_TERMS, contract->place,
		                "contract \"%s\" needs a fixing of index \"%s\" on or before \"%s\"; add it",
		                contract->id, index->node.id, weir_date_format(l->from, date));
		return 0;
	}
	l->rate_annual = weir_rate_normal(index->rates[fixing] + contract->rate_annual);
	return 1;
}

/* Rate per instalment: nominal annual rate / instalments a year. */
static weir_quad periodic_rate(const ledger *l)
{
	return weir_quad_from_decimal(l->rate_annual) * l->contract->every_months / MONTHS_A_YEAR;
}

/* Interest of the open period on the rounded balance, rounded (INPUTS.md, conventions: a level loan). */
static double interest_cents(const ledger *l)
{
	if (l->contract->basis == WEIR_BASIS_PERIODIC)
		return weir_round_quad(l->balance_cents * periodic_rate(l));
	weir_day_count_terms terms = { .period_start = l->from,
		                       .period_end = l->to,
		                       .periods_per_year = l->periods_a_year ? l->periods_a_year : 1,
		                       .maturity = l->last_due,
		                       .calendar = l->deal->calendar };
	weir_year_fraction years = weir_day_count_fraction(l->contract->day_count, l->from, l->to, &terms);
	weir_quad interest = l->balance_cents * weir_quad_from_decimal(l->rate_annual);
	return weir_round_quad(interest * (weir_quad)years.numerator / (weir_quad)years.denominator);
}

/* Level payment over `count` instalments: balance x i / (1 - (1 + i)^-count), rounded (INPUTS.md,
 * conventions). */
static double level_payment_cents(const ledger *l, int count)
{
	weir_quad i = periodic_rate(l);
	if (i == 0)
		return weir_round_quad((weir_quad)l->balance_cents / count);
	weir_quad growth = weir_quad_pow_integer(1 + i, count);
	return weir_round_quad(l->balance_cents * i * growth / (growth - 1));
}

/* --- amortisation ----------------------------------------------------------------------------------------------- */

static double between(double low, double value, double high)
{
	return value < low ? low : value > high ? high : value;
}

/* Principal of instalment k of a regular contract; the last one takes the balance. A level payment is
 * fixed at the first level instalment, and again over what remains whenever a floating rate has changed. */
static double principal_cents(const ledger *l, int k, double interest, double *payment, double *payment_rate)
{
	const weir_contract *contract = l->contract;
	int remaining = contract->count - k;
	if (remaining == 1)
		return l->balance_cents;
	switch (contract->amortisation) {
	case WEIR_AMORTISE_LEVEL_PRINCIPAL:
		return between(0, weir_round_quad((weir_quad)contract->amount_cents / contract->count),
		               l->balance_cents);
	case WEIR_AMORTISE_BULLET:
		return 0;
	case WEIR_AMORTISE_INTEREST_ONLY:
		if (k < contract->interest_only_count)
			return 0;
		break;
	default:
		break;
	}
	if (isnan(*payment) || *payment_rate != l->rate_annual) {
		*payment = level_payment_cents(l, remaining);
		*payment_rate = l->rate_annual;
	}
	return between(0, *payment - interest, l->balance_cents);
}

static int regular_receipts(weir_receipt *receipts, ledger l, weir_diags *diags)
{
	const weir_contract *contract = l.contract;
	double payment = NAN, payment_rate = NAN;
	for (int k = 0; k < contract->count; k++) {
		weir_date due = weir_date_add_months(contract->first_due, k * contract->every_months);
		if (!open_period(&l, due, k == 0, diags))
			return 0;
		double interest = interest_cents(&l);
		double principal = principal_cents(&l, k, interest, &payment, &payment_rate);
		l.balance_cents -= principal;
		receipts[k] = (weir_receipt){ .contract_due = due,
			                      .principal_cents = principal,
			                      .income_cents = interest };
	}
	return 1;
}

/* The rows as listed; income that is not listed accrues at the rate. Without an amount, the rows'
 * principal is it. */
static int explicit_receipts(weir_receipt *receipts, ledger l, weir_diags *diags)
{
	const weir_contract *contract = l.contract;
	const weir_contract_row *rows = &l.deal->pool.rows[contract->row_first];
	int k = 0;
	l.balance_cents = 0;
	for (int i = 0; i < contract->row_count; i++)
		l.balance_cents += rows[i].use == WEIR_ROW_INSTALMENT ? rows[i].a : 0;
	for (int i = 0; i < contract->row_count; i++) {
		if (rows[i].use != WEIR_ROW_INSTALMENT)
			continue;
		double income = rows[i].b;
		if (isnan(income)) {
			if (!open_period(&l, rows[i].date, k == 0, diags))
				return 0;
			income = interest_cents(&l);
		}
		l.to = rows[i].date;
		l.balance_cents -= rows[i].a;
		receipts[k++] = (weir_receipt){ .contract_due = rows[i].date,
			                        .principal_cents = rows[i].a,
			                        .income_cents = income };
	}
	return 1;
}

/* Bought at face / (1 + discount x years): the price is principal, the discount income (INPUTS.md, EX4). */
static void receivable_receipt(weir_receipt *receipt, const weir_deal *deal, const weir_contract *contract)
{
	weir_quad years = weir_quad_from_decimal(contract->discount_years);
	if (isnan(contract->discount_years)) {
		weir_year_fraction f =
		        weir_day_count_fraction(WEIR_ACT_365F, deal->closing, contract->first_due, NULL);
		years = (weir_quad)f.numerator / (weir_quad)f.denominator;
	}
	double price = weir_round_quad(contract->face_cents /
	                               (1 + weir_quad_from_decimal(contract->discount_rate) * years));
	*receipt = (weir_receipt){ .contract_due = contract->first_due,
		                   .principal_cents = price,
		                   .income_cents = contract->face_cents - price };
}

/* What reaches the plan: a trust layer passes on later and keeps its expenses out of the income. */
static void pass_through_layer(weir_receipt *receipt, const weir_deal *deal, const weir_contract *contract)
{
	receipt->due = receipt->contract_due;
	if (contract->through < 0)
		return;
	const weir_trust *trust = &deal->pool.trusts[contract->through];
	receipt->due += trust->lag_days;
	receipt->income_cents -=
	        weir_round_quad(receipt->income_cents * weir_quad_from_decimal(trust->expense_rate));
}

int weir_contract_receipts(weir_receipt *receipts, const weir_deal *deal, int number, weir_diags *diags)
{
	const weir_contract *contract = &deal->pool.contracts[number];
	size_t count = weir_contract_receipt_count(deal, contract);
	if (contract->kind == WEIR_CONTRACT_RECEIVABLE)
		receivable_receipt(receipts, deal, contract);
	else if (contract->kind == WEIR_CONTRACT_ROYALTY)
		weir_royalty_receipts(receipts, deal, contract);
	else if (is_explicit(contract) ? !explicit_receipts(receipts, ledger_of(deal, contract), diags) :
	                                 !regular_receipts(receipts, ledger_of(deal, contract), diags))
		return 0;
	for (size_t i = 0; i < count; i++) {
		receipts[i].contract = number;
		receipts[i].number = (int)i + 1;
		pass_through_layer(&receipts[i], deal, contract);
		if (!(fabs(receipts[i].principal_cents) + fabs(receipts[i].income_cents) < WEIR_CENTS_MAX)) {
			weir_diag_error(diags, OUT_OF_RANGE, contract->place,
			                "instalment %d of contract \"%s\" is larger than weir can hold; "
			                "check its terms", receipts[i].number, contract->id);
			return 0;
		}
	}
	return 1;
}
