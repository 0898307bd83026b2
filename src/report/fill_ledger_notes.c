/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_ledger_notes.c: the notes and their vehicle, the long-run series, what is still to be collected. */
#include <math.h>

#include "report/filing_int.h"
#include "report/fill_ledgers.h"

#define COL WEIR_RUN_COL

/* --- vehicle ---------------------------------------------------------------------------------------------------- */

static weir_status add_fact(weir_ledger_filler *f, weir_table *table, const char *item, weir_cell value)
{
	if (!value.present)
		return WEIR_OK;
	weir_cell *row = weir_table_add_row(f->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(vehicle, item) = weir_fill_word(item);
	COL(vehicle, value) = value;
	return WEIR_OK;
}

static weir_status add_parties(weir_ledger_filler *f, weir_table *table)
{
	static const struct {
		unsigned role;
		const char *item;
	} roles[] = { { WEIR_ROLE_ORIGINATOR, "vehicle-sponsor" },
		      { WEIR_ROLE_TRUSTEE, "vehicle-trustee" },
		      { WEIR_ROLE_MANAGER, "manager" },
		      { WEIR_ROLE_SERVICER, "vehicle-servicer" },
		      { WEIR_ROLE_CUSTODIAN, "vehicle-custodian" },
		      { WEIR_ROLE_UNDERWRITER, "underwriter" },
		      { WEIR_ROLE_REGISTRAR, "vehicle-registrar" } };
	const weir_deal *deal = weir_fill_terms_of(f->outcome);
	weir_status status = WEIR_OK;
	for (size_t r = 0; r < sizeof roles / sizeof *roles; r++)
		for (int i = 0; status == WEIR_OK && i < deal->party_count; i++) {
			const weir_party *party = &deal->parties[i];
			int is_both = roles[r].role == WEIR_ROLE_MANAGER && (party->roles & WEIR_ROLE_TRUSTEE);
			if ((party->roles & roles[r].role) && !is_both) /* a trust company that manages its own trust */
				status = add_fact(f, table, roles[r].item, weir_fill_id(&party->node));
		}
	return status;
}

static weir_status fill_vehicle(weir_ledger_filler *f)
{
	const weir_deal *deal = weir_fill_terms_of(f->outcome);
	weir_table *table;
	weir_status status;
	int is_trust = deal->kind == WEIR_DEAL_ABN || deal->kind == WEIR_DEAL_TRUST;
	WEIR_TRY(weir_results_add_standard(&table, f->results, WEIR_TABLE_vehicle));
	WEIR_TRY(add_fact(f, table, "vehicle-name", weir_fill_id(&deal->node)));
	if (is_trust || deal->kind == WEIR_DEAL_ABS)
		WEIR_TRY(add_fact(f, table, "vehicle-kind",
		                  weir_fill_word(is_trust ? "vehicle-trust" : "vehicle-plan")));
	if (deal->placement || is_trust)
		WEIR_TRY(add_fact(f, table, "vehicle-placement",
		                  weir_fill_word(deal->placement ? deal->placement : "not-given")));
	WEIR_TRY(add_parties(f, table));
	int real = weir_fill_has_ledgers(weir_plan_deal(f->outcome->plan));
	return add_fact(f, table, "vehicle-ledgers", weir_fill_word(real ? "two-ledgers" : "by-nature"));
out:
	return status;
}

/* --- notes ------------------------------------------------------------------------------------------------------ */

/* Average years from a payment date to the principal of classes that is paid later; of one class, or of the senior
 * ones (-1). NAN when nothing is. */
static double wal_from(const weir_outcome *o, int class_number, int period)
{
	const weir_deal *deal = weir_fill_terms_of(o);
	double weighted = 0, principal = 0;
	for (int k = period + 1; k < weir_fill_period_count(o); k++) {
		double years =
			(double)(weir_fill_period(o, k)->adjusted - weir_fill_period(o, period)->adjusted) / 365.0;
		for (int i = 0; i < deal->class_count; i++) {
			if (class_number >= 0 ? i != class_number : deal->classes[i].subordinated)
				continue;
			double paid = weir_fill_recorded(o, weir_fill_map(o)->classes[i].principal_paid, k);
			weighted += paid * years;
			principal += paid;
		}
	}
	return principal > 0 ? weighted / principal : NAN;
}

static weir_status add_note(weir_ledger_filler *f, weir_table *table, int number, int period)
{
	const weir_outcome *o = f->outcome;
	const weir_class *terms = &weir_fill_terms_of(o)->classes[number];
	const weir_class_registers *r = &weir_fill_map(o)->classes[number];
	double closing = weir_fill_recorded(o, r->balance, period);
	double unpaid = weir_fill_stays_due(o, number, period);
	weir_cell *row = weir_table_add_row(f->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(notes, period) = weir_cell_number(period);
	COL(notes, class) = weir_fill_id(&terms->node);
	COL(notes, size) = weir_cell_number(terms->size_cents);
	COL(notes, coupon) = weir_cell_number(r->coupon >= 0 ? weir_fill_recorded(o, r->coupon, period) : NAN);
	COL(notes, wal_at_issue) = weir_cell_number(o->figures->classes[number].wal_years);
	COL(notes, wal) = weir_cell_number(wal_from(o, number, period));
	COL(notes, closing) = weir_cell_number(closing);
	COL(notes, factor_per100) = weir_cell_number(closing / terms->size_cents * 100);
	COL(notes, unpaid) = weir_cell_number(unpaid);
	COL(notes, on_time) = weir_cell_number(unpaid == 0);
	return WEIR_OK;
}

static weir_status fill_notes(weir_ledger_filler *f)
{
	weir_table *table;
	const weir_outcome *o = f->outcome;
	weir_status status = weir_results_add_standard(&table, f->results, WEIR_TABLE_notes);
	for (int k = weir_fill_first(o); k < weir_fill_period_count(o); k++)
		for (int i = 0; status == WEIR_OK && i < weir_fill_terms_of(o)->class_count; i++)
			status = add_note(f, table, i, k);
	return status;
}

/* --- series ----------------------------------------------------------------------------------------------------- */

static weir_cell rate_of(double part, double whole)
{
	return weir_cell_number(whole > 0 ? part / whole : NAN);
}

/* What has come to pass by a period. */
typedef struct to_date {
	double defaulted, recovered;
} to_date;

static weir_status add_point(weir_ledger_filler *f, weir_table *table, int period, const to_date *sums)
{
	const weir_outcome *o = f->outcome;
	const weir_period_figures *p = &o->figures->periods[period];
	double initial = weir_plan_pool(o->plan)->principal_cents;
	weir_filing_value prepayment;
	weir_cell *row = weir_table_add_row(f->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	weir_filing_measure(&prepayment, f->results, period, "prepayment-rate");
	COL(series, period) = weir_cell_number(period);
	COL(series, calculation_date) = weir_fill_day(weir_fill_period(o, period)->calculation);
	COL(series, payment_date) = weir_fill_day(weir_fill_period(o, period)->payment);
	COL(series, pool_balance) = weir_cell_number(p->pool_balance);
	COL(series, defaulted) = weir_cell_number(p->pool_defaulted);
	COL(series, defaulted_total) = weir_cell_number(sums->defaulted);
	COL(series, default_rate) = rate_of(sums->defaulted, initial);
	COL(series, prepaid) = weir_cell_number(f->pool.prepaid[period]);
	COL(series, prepayment_rate) = weir_cell_number(prepayment.number);
	COL(series, overdue) = weir_cell_number(f->pool.overdue[period]);
	COL(series, overdue_rate) = rate_of(f->pool.overdue[period], p->pool_balance);
	COL(series, overdue_30) = weir_cell_number(f->pool.over_30[period]);
	COL(series, delinquency) = rate_of(f->pool.over_30[period], p->pool_balance);
	COL(series, severe) = weir_cell_number(f->pool.over_90[period]);
	COL(series, severe_rate) = rate_of(f->pool.over_90[period], p->pool_balance);
	COL(series, recovered) = weir_cell_number(p->pool_recovered);
	COL(series, recovered_total) = weir_cell_number(sums->recovered);
	COL(series, recovery_rate) = rate_of(sums->recovered, sums->defaulted);
	COL(series, lost_total) = weir_cell_number(sums->defaulted - sums->recovered);
	COL(series, coverage) = weir_cell_number(p->coverage);
	COL(series, wal) = weir_cell_number(wal_from(o, -1, period));
	return WEIR_OK;
}

static weir_status fill_series(weir_ledger_filler *f)
{
	weir_table *table;
	const weir_outcome *o = f->outcome;
	to_date sums = { 0 };
	weir_status status = weir_results_add_standard(&table, f->results, WEIR_TABLE_series);
	for (int k = weir_fill_first(o); status == WEIR_OK && k < weir_fill_period_count(o); k++) {
		sums.defaulted += o->figures->periods[k].pool_defaulted;
		sums.recovered += o->figures->periods[k].pool_recovered;
		status = add_point(f, table, k, &sums);
	}
	return status;
}

/* --- what is to come -------------------------------------------------------------------------------------------- */

static double collected_in(const weir_outcome *o, int period)
{
	const weir_period_figures *p = &o->figures->periods[period];
	return p->pool_principal + p->pool_income + p->pool_recovered;
}

static weir_status fill_collection_plan(weir_ledger_filler *f)
{
	weir_table *table;
	const weir_outcome *o = f->outcome;
	double to_come = 0;
	weir_status status = weir_results_add_standard(&table, f->results, WEIR_TABLE_collection_plan);
	for (int k = weir_fill_first(o); k < weir_fill_period_count(o); k++)
		to_come += collected_in(o, k);
	for (int k = weir_fill_first(o); status == WEIR_OK && k < weir_fill_period_count(o); k++) {
		const weir_period_figures *p = &o->figures->periods[k];
		weir_cell *row = weir_table_add_row(f->results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(collection_plan, period) = weir_cell_number(k);
		COL(collection_plan, calculation_date) = weir_fill_day(weir_fill_period(o, k)->calculation);
		COL(collection_plan, payment_date) = weir_fill_day(weir_fill_period(o, k)->payment);
		COL(collection_plan, opening) = weir_cell_number(p[-1].pool_balance);
		COL(collection_plan, principal) = weir_cell_number(p->pool_principal);
		COL(collection_plan, income) = weir_cell_number(p->pool_income);
		COL(collection_plan, recovered) = weir_cell_number(p->pool_recovered);
		COL(collection_plan, total) = weir_cell_number(collected_in(o, k));
		COL(collection_plan, to_come) = weir_cell_number(to_come);
		COL(collection_plan, closing) = weir_cell_number(p->pool_balance);
		to_come -= collected_in(o, k);
	}
	return status;
}

weir_status weir_fill_ledger_notes(weir_ledger_filler *f)
{
	weir_status status = fill_vehicle(f);
	if (status == WEIR_OK)
		status = fill_notes(f);
	if (status == WEIR_OK)
		status = fill_series(f);
	if (status == WEIR_OK)
		status = fill_collection_plan(f);
	return status;
}
