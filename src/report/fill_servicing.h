/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_servicing.h: what the files that fill the holders' reports share. */
#ifndef WEIR_REPORT_FILL_SERVICING_H
#define WEIR_REPORT_FILL_SERVICING_H

#include "pool/course.h"
#include "pool/strat.h"
#include "report/fill_deal.h"
#include "report/fill_run.h"

/* Contracts x receipts that are walked once more for the tables by contract; larger pools go without them. */
#define WEIR_SERVICING_MOST_RECEIPTS ((size_t)4000000)

/* Obligors x periods that are kept apart; larger pools go without the tables by contract. */
#define WEIR_SERVICING_MOST_CELLS ((size_t)4000000)

/* Rows by obligor and by defaulted contract in one period; the others become one. */
#define WEIR_SERVICING_MOST_ROWS 50

#define WEIR_SERVICING_KINDS (WEIR_CONTRACT_LOAN + 1)

/* Bands of 30 days overdue; the last one is of 180 days and more. */
#define WEIR_SERVICING_ARREARS 7

enum weir_servicing_bucket {
	WEIR_BUCKET_NORMAL,
	WEIR_BUCKET_30,
	WEIR_BUCKET_60,
	WEIR_BUCKET_90,
	WEIR_BUCKET_MORE,
	WEIR_BUCKET_DEFAULTED,
	WEIR_BUCKET_SETTLED,
	WEIR_BUCKET_REDEEMED, /* taken out of the pool before their time: sold, or redeemed or replaced as the events file says */
	WEIR_BUCKETS
};

/* The pool at the end of a period, contract by contract added up. */
typedef struct weir_servicing_state {
	double principal, prepaid, late_principal, late_income; /* received in the period */
	double income[WEIR_SERVICING_KINDS];                    /* on its day, by kind of contract */
	double recovered[WEIR_CHANNEL_COUNT];
	int contracts[WEIR_BUCKETS];
	int part_defaulted; /* of those in other buckets: have given up principal */
	double balance[WEIR_BUCKETS], overdue[WEIR_BUCKETS];    /* of defaulted: given up to date; of redeemed: taken out to date */
	int arrear_contracts[WEIR_SERVICING_ARREARS];           /* overdue, by whole thirties of days: 0 to 29, … */
	double arrears[WEIR_SERVICING_ARREARS];                 /* their balances */
	double receivable;                                      /* overdue, and promised for later by what performs */
	double rate, with_rate, remaining, with_remaining, age, with_age; /* sums by balance, and of the balances */
	int open_contracts, open_obligors;
	double largest_obligor;
} weir_servicing_state;

/* An obligor that has its own row; the last one stands for all others. */
typedef struct weir_servicing_obligor {
	double due, paid, balance;
	int overdue_days;
} weir_servicing_obligor;

/* A contract that defaulted. */
typedef struct weir_servicing_default {
	int contract; /* -1: all the others */
	double total; /* principal given up, in all */
	double *defaulted, *recovered[WEIR_CHANNEL_COUNT]; /* [periods] in the period */
} weir_servicing_default;

/* A contract that pledged rights of its own secure; the last one stands for all the others. */
typedef struct weir_servicing_pledge {
	int contract; /* -1: all the others */
	int items;
	double value, secured;
	double *balance, *in_force; /* [periods] principal; value of the rights in force at the calculation date */
} weir_servicing_pledge;

typedef struct weir_serviced {
	weir_filler f;
	const weir_outcome *o;
	int first, count;               /* periods first .. count - 1 run */
	int by_contract;                /* 0: too large */
	int sold;                       /* the period in which a call sells the pool; else `count` */
	weir_servicing_state *states;   /* [periods] */
	weir_strat_row *obligors;       /* [shown] the largest */
	int shown, has_others;          /* rows by obligor, and whether there is one of the others behind them */
	int all_obligors;
	int *place;                     /* [obligors] its row, or `shown` */
	weir_servicing_obligor *rows;   /* [periods][shown + 1] */
	double *obligor_balance;        /* [periods][obligors] */
	double *answered;               /* [periods][covers] balances of the contracts that a cover is for */
	weir_servicing_default *defaults; /* [default_count], then the others' */
	int default_count;
	int has_other_defaults;
	int *redeemed_in;               /* [contracts] the period of which the events file tells so, or 0 */
	weir_servicing_pledge *pledges; /* [pledge_count], the others' last when there are more than have rows */
	int pledge_count;
	int *pledge_of;                 /* [contracts] its row of them, or -1 */
} weir_serviced;

/* fill_servicing_pool.c: walks the pool; then funds by kind, pool_report, overdue, obligor_status, default_register,
 * concentration_now are told. */
weir_status weir_servicing_walk(weir_serviced *s);
weir_status weir_servicing_pool(weir_serviced *s);

/* fill_servicing_tables.c: report_dates, key_figures, confirmation, account_report, test_report, key_dates. */
weir_status weir_servicing_tables(weir_serviced *s);

/* A formula in the words of the documents; empty when there is none. */
weir_cell weir_servicing_formula(weir_serviced *s, const weir_formula *formula, weir_type wanted);

/* fill_servicing_trace.c: trace_report. */
void weir_servicing_trace(weir_serviced *s);

/* fill_servicing_funds.c: funds_in, funds_out. */
weir_status weir_servicing_funds(weir_serviced *s);

/* fill_servicing_pledges.c: finds the contracts that pledged rights secure, before the walk; ip_cover. */
weir_status weir_servicing_find_pledges(weir_serviced *s);
void weir_servicing_pledges(weir_serviced *s);

/* fill_servicing_support.c: ip_period, enhancement_use, risk_sharing. */
weir_status weir_servicing_support(weir_serviced *s);

/* fill_servicing_events.c: duties, events, idle_cash, asset_changes. */
weir_status weir_servicing_events(weir_serviced *s);

/* The pool's principal at the cut-off, pool.balance_initial of formulas, also behind a mid-life start. */
static inline double weir_servicing_initial(const weir_serviced *s)
{
	return weir_plan_pool(s->o->plan)->principal_cents;
}

/* What the pool brought in a period. */
static inline double weir_servicing_collected(const weir_outcome *o, int period)
{
	const weir_period_figures *f = &o->figures->periods[period];
	return f->pool_principal + f->pool_income + f->pool_recovered;
}

#endif
