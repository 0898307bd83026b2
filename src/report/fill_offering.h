/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_offering.h: fills what a prospectus tells of the deal and its pool: the tables of tables_offering.def. */
#ifndef WEIR_REPORT_FILL_OFFERING_H
#define WEIR_REPORT_FILL_OFFERING_H

#include "pool/strat.h"
#include "report/fill_deal.h"
#include "report/fill_run.h"

/* One lane that classes are priced in. */
typedef struct weir_offer_case {
	weir_outcome outcome;
	const weir_scenario *scenario; /* NULL: nothing defaults, nothing is prepaid */
} weir_offer_case;

/* What the tables of a prospectus are made of. */
typedef struct weir_offering {
	const weir_offer_case *cases; /* the first is the case without defaults and prepayments */
	int case_count;
	const weir_strat_ground *ground; /* the pool in the weight of its distributions */
} weir_offering;

/* Fills them into results that weir_fill_deal, weir_fill_run and weir_fill_strat have filled. Only WEIR_NO_MEMORY can fail. */
weir_status weir_fill_offering(weir_results *results, const weir_offering *offering);

/* --- what its files share --------------------------------------------------------------------------------------- */

/* One filling. */
typedef struct weir_offer {
	weir_filler f;             /* outcome: of the first case */
	const weir_outcome *base;
	const weir_offering *terms;
	const weir_strat_ground *ground;
	double pool_cents;         /* the pool's amount in the ground's weight */
} weir_offer;

/* The names of the parties that have a role, "A and B", A、B; 0 when there is none. */
int weir_offer_parties(const weir_deal *deal, unsigned role, weir_text *en, weir_text *zh);

/* An amount for sentences: "CNY 285,000,000.00", 285,000,000.00元. */
void weir_offer_money(const weir_deal *deal, double cents, weir_text *en, weir_text *zh);

/* What an item of table terms says; NULL when it is not there. */
const weir_cell *weir_offer_term(const weir_offer *o, const char *key);

/* fill_offering_pool.c: eligibility, pool_overview, top_obligors, important_debtors, vintages, asset_forecast. */
weir_status weir_offer_fill_pool(weir_offer *o);
/* fill_offering_lists.c: ip_terms, contract_terms. */
weir_status weir_offer_fill_lists(weir_offer *o);
/* fill_offering_text.c: structure_text, trigger_terms. */
void weir_offer_fill_text(weir_offer *o);
/* fill_offering_fees.c: fee_schedule, tax_sample. */
weir_status weir_offer_fill_fees(weir_offer *o);
/* fill_offering_cash.c: amortisation, base_forecast, offered_payments, closing_flows. */
void weir_offer_fill_cash(weir_offer *o);
/* fill_offering_risk.c: enhancement_quantities, risk_inputs. */
void weir_offer_fill_risk(weir_offer *o);

#endif
