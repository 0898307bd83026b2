/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_distribution.c: what was due, paid and missed of fees and notes, where the excess went, how the coverage is
 * built. */
#include <math.h>

#include "report/fill_ledgers.h"

#define COL WEIR_RUN_COL

/* Due and paid of one thing in one period; carried and unpaid only where it stays due. */
typedef struct dues {
	double carried, due, paid, unpaid;
} dues;

static double accrued_of(const dues *d)
{
	return d->due - d->carried;
}

static double dropped_of(const dues *d)
{
	return d->due - d->paid - d->unpaid;
}

/* --- fees ------------------------------------------------------------------------------------------------------- */

static weir_status add_fee(weir_ledger_filler *f, weir_table *table, int period, weir_cell fee, const char *kind,
                           int payee, const dues *d)
{
	weir_cell *row = weir_table_add_row(f->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(fee_payments, period) = weir_cell_number(period);
	COL(fee_payments, fee) = fee;
	COL(fee_payments, kind) = weir_fill_word(kind);
	COL(fee_payments, payee) = weir_fill_party(f->outcome, payee);
	COL(fee_payments, carried) = weir_cell_number(d->carried);
	COL(fee_payments, charged) = weir_cell_number(accrued_of(d));
	COL(fee_payments, paid) = weir_cell_number(d->paid);
	COL(fee_payments, dropped) = weir_cell_number(dropped_of(d));
	COL(fee_payments, unpaid) = weir_cell_number(d->unpaid);
	return WEIR_OK;
}

static dues fee_dues(const weir_outcome *o, const weir_fee_registers *r, int carries, int period)
{
	dues d = { .paid = weir_fill_recorded(o, r->paid, period) };
	if (carries) {
		d.carried = weir_fill_recorded(o, r->unpaid, period - 1);
		d.unpaid = weir_fill_recorded(o, r->unpaid, period);
	}
	d.due = d.carried + weir_fill_recorded(o, r->charge, period);
	return d;
}

static weir_status add_charges(weir_ledger_filler *f, weir_table *table, int period)
{
	const weir_outcome *o = f->outcome;
	const weir_deal *deal = weir_fill_terms_of(o);
	weir_status status = WEIR_OK;
	for (int i = 0; status == WEIR_OK && i < deal->fee_count; i++) {
		const weir_fee *fee = &deal->fees[i];
		const weir_fee_registers *r = &weir_fill_map(o)->fees[i], *s = &weir_fill_map(o)->surcharges[i];
		dues d = fee_dues(o, r, fee->carried, period);
		status = add_fee(f, table, period, weir_fill_id(&fee->node), fee->is_tax ? "tax" : "fee", fee->payee,
		                 &d);
		if (status != WEIR_OK || s->paid < 0)
			continue;
		d = fee_dues(o, s, fee->carried, period);
		status = add_fee(f, table, period, weir_fill_id(&fee->node), "surcharge", fee->payee, &d);
	}
	return status;
}

/* A facility's commitment fee is a fee of the deal. */
static weir_status add_support_fees(weir_ledger_filler *f, weir_table *table, int period)
{
	const weir_outcome *o = f->outcome;
	const weir_deal *deal = weir_fill_terms_of(o);
	weir_status status = WEIR_OK;
	for (int i = 0; status == WEIR_OK && i < deal->support_count; i++) {
		const weir_support_registers *r = &weir_fill_map(o)->supports[i];
		if (r->fee_due < 0)
			continue;
		dues d = { weir_fill_recorded(o, r->fee_unpaid, period - 1), weir_fill_recorded(o, r->fee_due, period),
			   weir_fill_recorded(o, r->fee_paid, period), weir_fill_recorded(o, r->fee_unpaid, period) };
		status = add_fee(f, table, period, weir_fill_id(&deal->supports[i].node), "paid-support-fee",
		                 deal->supports[i].party, &d);
	}
	return status;
}

static weir_status fill_fees(weir_ledger_filler *f)
{
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, f->results, WEIR_TABLE_fee_payments);
	for (int k = weir_fill_first(f->outcome); status == WEIR_OK && k < weir_fill_period_count(f->outcome); k++) {
		status = add_charges(f, table, k);
		if (status == WEIR_OK)
			status = add_support_fees(f, table, k);
	}
	return status;
}

/* --- notes ------------------------------------------------------------------------------------------------------ */

/* A row of the class's; `*added`, where it is wanted, is set to it. */
static weir_status add_due(weir_ledger_filler *f, weir_table *table, int period, const weir_class *terms,
                           const char *kind, const dues *d, weir_cell **added)
{
	weir_cell *row = weir_table_add_row(f->results, table);
	if (added)
		*added = row;
	if (!row)
		return WEIR_NO_MEMORY;
	COL(note_dues, period) = weir_cell_number(period);
	COL(note_dues, class) = weir_fill_id(&terms->node);
	COL(note_dues, kind) = weir_fill_word(kind);
	COL(note_dues, carried) = weir_cell_number(d->carried);
	COL(note_dues, accrued) = weir_cell_number(accrued_of(d));
	COL(note_dues, paid) = weir_cell_number(d->paid);
	COL(note_dues, dropped) = weir_cell_number(dropped_of(d));
	COL(note_dues, unpaid) = weir_cell_number(d->unpaid);
	return WEIR_OK;
}

/* Interest always stays due; a capped yield where the terms say so. */
static dues interest_dues(const weir_outcome *o, const weir_class *terms, const weir_class_registers *r, int period)
{
	dues d = { weir_fill_recorded(o, r->interest_unpaid, period - 1),
		   weir_fill_recorded(o, r->interest_due, period), weir_fill_recorded(o, r->interest_paid, period),
		   weir_fill_recorded(o, r->interest_unpaid, period) };
	if (r->yield_due < 0)
		return d;
	d.due += weir_fill_recorded(o, r->yield_due, period);
	d.paid += weir_fill_recorded(o, r->yield_paid, period);
	if (terms->period_yield_carried) {
		d.carried += weir_fill_recorded(o, r->yield_unpaid, period - 1);
		d.unpaid += weir_fill_recorded(o, r->yield_unpaid, period);
	}
	return d;
}

/* What is paid beyond what was scheduled has been made due by an event; of styles that are never due all is. */
static dues principal_dues(const weir_outcome *o, const weir_class *terms, const weir_class_registers *r, int period)
{
	dues d = { .paid = weir_fill_recorded(o, r->principal_paid, period) };
	d.due = d.paid;
	if (terms->style == WEIR_STYLE_PASS_THROUGH || terms->style == WEIR_STYLE_RESIDUAL)
		return d;
	double scheduled = weir_fill_recorded(o, r->principal_due, period);
	d.due = scheduled > d.paid ? scheduled : d.paid;
	if (terms->style != WEIR_STYLE_PLANNED) {
		d.carried = weir_fill_recorded(o, r->principal_unpaid, period - 1);
		d.unpaid = weir_fill_recorded(o, r->principal_unpaid, period);
	}
	return d;
}

static weir_status add_class_dues(weir_ledger_filler *f, weir_table *table, int number, int period)
{
	const weir_outcome *o = f->outcome;
	const weir_class *terms = &weir_fill_terms_of(o)->classes[number];
	const weir_class_registers *r = &weir_fill_map(o)->classes[number];
	weir_status status = WEIR_OK;
	if (r->interest_due >= 0 || r->yield_due >= 0) {
		dues d = interest_dues(o, terms, r, period);
		weir_cell *row;
		double coupon, fraction;
		status = add_due(f, table, period, terms, "interest", &d, &row);
		if (status == WEIR_OK && r->yield_due < 0 && weir_fill_accrual(o, number, period, &coupon, &fraction)) {
			COL(note_dues, opening) = weir_cell_number(weir_fill_recorded(o, r->balance, period - 1));
			COL(note_dues, coupon) = weir_cell_number(coupon);
			COL(note_dues, fraction) = weir_cell_number(fraction);
		}
	}
	dues principal = principal_dues(o, terms, r, period);
	if (status == WEIR_OK && (r->principal_paid >= 0 || terms->style != WEIR_STYLE_RESIDUAL))
		status = add_due(f, table, period, terms, "principal", &principal, NULL);
	if (status == WEIR_OK && r->rest_paid >= 0) {
		double paid = weir_fill_recorded(o, r->rest_paid, period);
		status = add_due(f, table, period, terms, "rest", &(dues){ 0, paid, paid, 0 }, NULL);
	}
	return status;
}

static weir_status fill_note_dues(weir_ledger_filler *f)
{
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, f->results, WEIR_TABLE_note_dues);
	for (int k = weir_fill_first(f->outcome); k < weir_fill_period_count(f->outcome); k++)
		for (int i = 0; status == WEIR_OK && i < weir_fill_terms_of(f->outcome)->class_count; i++)
			status = add_class_dues(f, table, i, k);
	return status;
}

/* --- excess and coverage ---------------------------------------------------------------------------------------- */

static weir_status fill_excess(weir_ledger_filler *f)
{
	weir_table *table;
	const weir_outcome *o = f->outcome;
	weir_status status = weir_results_add_standard(&table, f->results, WEIR_TABLE_excess_cash);
	for (int k = weir_fill_first(o); status == WEIR_OK && k < weir_fill_period_count(o); k++) {
		const weir_period_figures *p = &o->figures->periods[k];
		weir_cell *row = weir_table_add_row(f->results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(excess_cash, period) = weir_cell_number(k);
		COL(excess_cash, payment_date) = weir_fill_day(weir_fill_period(o, k)->payment);
		COL(excess_cash, excess) =
			weir_cell_number(p->available - p->taxes_paid - p->fees_paid - p->senior_interest_paid -
		                         p->senior_principal_paid - p->support_repaid);
		COL(excess_cash, to_reserves) = weir_cell_number(p->reserve_net);
		COL(excess_cash, subordinated) = weir_cell_number(p->subordinated_paid);
		COL(excess_cash, elsewhere) = weir_cell_number(p->other_out);
		COL(excess_cash, retained) = weir_cell_number(p->closing_cash);
	}
	return status;
}

static weir_status fill_coverage(weir_ledger_filler *f)
{
	weir_table *table;
	const weir_outcome *o = f->outcome;
	weir_status status = weir_results_add_standard(&table, f->results, WEIR_TABLE_coverage_build);
	for (int k = weir_fill_first(o); status == WEIR_OK && k < weir_fill_period_count(o); k++) {
		const weir_period_figures *p = &o->figures->periods[k];
		weir_cell *row = weir_table_add_row(f->results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(coverage_build, period) = weir_cell_number(k);
		COL(coverage_build, payment_date) = weir_fill_day(weir_fill_period(o, k)->payment);
		COL(coverage_build, opening_cash) = weir_cell_number(p->opening_cash);
		COL(coverage_build, collected) =
			weir_cell_number(p->pool_principal + p->pool_income + p->pool_recovered);
		COL(coverage_build, other_in) = weir_cell_number(p->other_in);
		COL(coverage_build, lost) = weir_cell_number(weir_fill_recorded(o, weir_fill_map(o)->lost, k));
		COL(coverage_build, taxes) = weir_cell_number(p->taxes);
		COL(coverage_build, fees) = weir_cell_number(p->fees);
		COL(coverage_build, numerator) = weir_cell_number(fmax(p->opening_cash + p->net, 0));
		COL(coverage_build, interest_due) = weir_cell_number(p->senior_interest_due);
		COL(coverage_build, principal_due) = weir_cell_number(p->senior_principal_due);
		COL(coverage_build, denominator) = weir_cell_number(p->senior_due);
		COL(coverage_build, coverage_period) = weir_cell_number(p->coverage_period);
		COL(coverage_build, coverage) = weir_cell_number(p->coverage);
	}
	return status;
}

weir_status weir_fill_distribution(weir_ledger_filler *f)
{
	weir_status status = fill_fees(f);
	if (status == WEIR_OK)
		status = fill_note_dues(f);
	if (status == WEIR_OK)
		status = fill_excess(f);
	if (status == WEIR_OK)
		status = fill_coverage(f);
	return status;
}
