/* SPDX-License-Identifier: GPL-3.0-or-later */
/* twin_int.h: what the twin's own files share. */
#ifndef WEIR_TESTS_REF_TWIN_INT_H
#define WEIR_TESTS_REF_TWIN_INT_H

#include <stdio.h>

#include "lang/formula.h"
#include "ref/number.h"
#include "ref/twin.h"

/* A formula of the deal, parsed. `money` formulas are rounded once, where they are used. */
typedef struct twin_formula {
	const weir_formula *source;
	const weir_expression *tree;
} twin_formula;

/* What a name in a formula stands for: see twin_formula.c. */
typedef struct twin_symbol {
	int kind, field;
	int index;          /* class, fee, account, trigger, obligor, number of obligors, support … */
	const int *classes; /* a group */
	int class_count;
} twin_symbol;

/* previous, trailing, cumulative: one node, and the values its argument had at the ends of periods 1, 2 ...
 */
typedef struct twin_memory {
	const weir_expression *node;
	num *values; /* [periods] */
	num start;
} twin_memory;

/* What was promised and comes later: a cover's share, or a support's draw. */
typedef struct twin_pending {
	int cover, share, support; /* numbers; -1: not of one */
	int period;
	int64_t cents;
} twin_pending;

/* What a cover has used up of its limits. */
typedef struct twin_tally {
	int64_t deductible, in_year;
	int64_t *of_contract;                 /* [contracts] */
	int64_t *of_share, *of_share_in_year; /* [shares] */
	int64_t *cash;                        /* [share x periods + period] that came of it */
} twin_tally;

typedef enum twin_payee_kind {
	TWIN_PAY_FEE,
	TWIN_PAY_SURCHARGE,
	TWIN_PAY_INTEREST,
	TWIN_PAY_PRINCIPAL,
	TWIN_PAY_BALANCE, /* the whole balance, due or not */
	TWIN_PAY_YIELD,
	TWIN_PAY_REST,
	TWIN_PAY_SUPPORT_INTEREST,
	TWIN_PAY_SUPPORT_FEE,
	TWIN_PAY_REPAY
} twin_payee_kind;

typedef struct twin_payee {
	twin_payee_kind kind;
	int index; /* fee, class or support */
} twin_payee;

/* What a contract paid in a period, cents. */
typedef struct twin_paid {
	int contract, period;
	int64_t principal, income, prepaid, overdue, overdue_income, defaulted;
	int64_t collected, sold;      /* recovered from the obligor, from its IP */
	int has_prepaid, has_overdue; /* given */
	int ended;
	int asset;                    /* one that a revolving purchase bought: of which asset, and its id; else -1 */
	const char *id;
	int64_t bought, spent;        /* principal, and its price */
} twin_paid;

struct twin {
	const weir_deal *deal;
	weir_arena *arena;
	weir_diags *diags; /* while it is made */
	twin_period *periods;
	int period_count;
	int regular_count;     /* without the tail */
	int opening;           /* the closing, 0, or the period of a mid-life start */
	int64_t opening_units; /* share of the schedule that performs then, x 10^12 */
	twin_receipt *receipts;
	int receipt_count, receipt_room;
	int64_t pool_principal;
	int64_t pool_opening;   /* principal outstanding at the start */
	int64_t *obligor_cents; /* principal + income by the terms */
	int largest_obligor;
	int64_t **targets; /* [class][period] of target and planned classes, else NULL */
	int *value_state;  /* of declared formulas: 0 unread, 1 being read, 2 read */
	twin_formula *formulas;
	int formula_count, formula_room;
	twin_symbol *symbols;
	int symbol_count, symbol_room;
	twin_memory *memories;
	int memory_count, memory_room;
	twin_setting *settings;
	int setting_count;
	twin_paid *paid; /* what was really collected, up to the end of period actual_last */
	int paid_count, actual_last; /* 0: nothing is known */

	/* the run */
	weir_arena *memory;
	const weir_scenario *scenario;
	twin_row *rows;
	int period; /* now */
	twin_row *now;
	int ended;            /* the waterfall was ended by a keep */
	twin_pool *projected; /* [periods] the pool under the scenario, were it never sold */
	int64_t *claims[2];   /* [contract x periods + period] principal, and income */
	int *item_taken;      /* [ip] the contract, from 1, whose disposal it counts for; 0: none yet */
	char *raised;         /* [class x periods + period] its coupon is raised */
	twin_tally *tallies;  /* [covers] */
	twin_pending *pending;
	int pending_count, pending_room;
};

/* Memory of a run: zeroed, freed before the next. Never NULL. */
void *twin_alloc(twin *t, size_t count, size_t size);

/* twin_periods.c */
weir_status twin_make_periods(twin *t);
/* The period that pays what was fixed in period k so many months later. */
int twin_period_after(const twin *t, int k, int months);
num twin_fraction(const twin *t, weir_day_count rule, weir_date start, weir_date end, int period,
                  weir_date maturity);

/* twin_contracts.c and twin_royalty.c */
weir_status twin_make_receipts(twin *t);
weir_status twin_add_receipt(twin *t, int contract, int number, weir_date due, int64_t principal,
                             int64_t income);
weir_status twin_royalty_receipts(twin *t, int contract);

/* twin_hazard.c: how much of what performs defaults, or is prepaid, in one interval */
num twin_survival(const twin *t, const weir_shock *shock, weir_date before, weir_date due, weir_date last);
num twin_round12(num a);
int twin_months_between(weir_date from, weir_date to);
int twin_interval_months(const twin *t, weir_date before, weir_date due); /* none before the cut-off */

/* twin_scope.c: which shocks are for a contract */
int twin_in_scope(const twin *t, const weir_shock *shock, int contract);
int twin_in_window(const twin *t, const weir_shock *shock, weir_date due);
weir_date twin_cutoff(const twin *t); /* the closing where the deal has none */
weir_date twin_event_date(const twin *t, const weir_shock *shock);
const weir_shock *twin_last_shock(const twin *t, weir_shock_kind kind, int contract, weir_date due);

/* twin_recovery.c */
/* Books what will come back of what defaults with a receipt; gives all of it, after costs. */
int64_t twin_recover(twin *t, const twin_receipt *r, int64_t defaulted, int64_t *used_value);

/* twin_opening.c: the closing, or a mid-life start */
weir_status twin_make_opening(twin *t);
num twin_opening_share(const twin *t); /* of what is scheduled, how much performs then */
int twin_is_past(const twin *t, int receipt);
void twin_open_deal(twin *t);

/* twin_actuals.c */
int64_t twin_part_of(int64_t cents, int64_t units);   /* units: of 10^-12 */
int64_t twin_share_of(int64_t part, int64_t whole);
/* Books what a contract has paid; gives what it has still to pay, and what its IP has brought. */
const twin_receipt *twin_actual_receipts(twin *t, int contract, int *count, int64_t *sold);

/* twin_pool.c and twin_stress.c */
/* The receipts of a contract that are still to come at the start. */
const twin_receipt *twin_receipts_of(const twin *t, int contract, int *count);
int twin_period_of(const twin *t, weir_date due);
void twin_project(twin *t); /* the pool of every period */
void twin_stress_contract(twin *t, int contract, const twin_receipt *receipts, int count, int64_t sold);

/* twin_collect.c: phase COLLECT */
void twin_collect(twin *t);
int twin_account_of(const twin *t, const weir_words *to, unsigned receives);
void twin_promise(twin *t, twin_pending p);

/* twin_cover.c */
void twin_settle_covers(twin *t);

/* twin_party.c */
int64_t twin_limit(double cents); /* TWIN_UNLIMITED for none */
void twin_open_parties(twin *t);
void twin_note_failures(twin *t);
int twin_can_pay(const twin *t, int party);
int64_t twin_capacity(const twin *t, int party);
void twin_use_capacity(twin *t, int party, int64_t cents); /* negative: gives back */

/* twin_support.c */
void twin_accrue_supports(twin *t);
void twin_top_up(twin *t);
void twin_call_supports(twin *t);
void twin_open_purses(twin *t);
void twin_return_purses(twin *t);
void twin_move_outstanding(twin *t);
int twin_is_covered(const twin *t, int support, twin_payee p, int whole);
/* What of a covered payable a support's purse may pay: what is due, or beyond that a whole balance. */
int64_t twin_purse_takes(const twin *t, int support, twin_payee p, int whole);
void twin_order_supports(const twin *t, int *numbers); /* as they are called */

/* twin_event.c: triggers, calls, the tail's end */
int twin_is_fast(twin *t);
void twin_test_triggers(twin *t, int after);
void twin_test_calls(twin *t);
int twin_is_wound_up(const twin *t); /* in the tail, with nothing left to pay */

struct dice;

/* twin_bought.c: what revolving purchases really bought */
int twin_is_told(const twin *t); /* the period is one of those that actuals tell of */
void twin_collect_bought(twin *t, int revolving);
int64_t twin_coming_of_bought(twin *t, int revolving);
int64_t twin_income_of_bought(twin *t, int revolving); /* overdue when actuals end, so still to come */
void twin_told_purchase(const twin *t, int revolving, int64_t *spent, int64_t *bought);
int twin_roll_bought(const twin *t, struct dice *d, FILE *file, int last);

/* twin_revolving.c */
void twin_collect_revolving(twin *t);
int64_t twin_part(int64_t x, int j, int n); /* part j of x that comes back in n parts */
void twin_purchase(twin *t, int revolving, int64_t price);
void twin_end_revolving(twin *t);

/* twin_payees.c */
int twin_payees_of(const twin *t, const char *word, twin_payee *out); /* room for TWIN_PAYEES */
int twin_pays_balance(const twin *t, int class); /* its principal is paid as it comes and never due */
int64_t twin_owed(const twin *t, twin_payee p);
void twin_pay(twin *t, twin_payee p, int64_t cents);
#define TWIN_PAYEES 256

/* twin_split.c */
void twin_split(int64_t *shares, const int64_t *dues, int count, int64_t amount, weir_split how);

/* twin_names.c */
int *twin_group(const twin *t, const char *name, int *count); /* class numbers; NULL for no group */

/* twin_formula.c */
weir_status twin_read_formulas(twin *t);
/* The tree of a declared formula, read now if it was not yet; NULL after a complaint. */
const weir_expression *twin_read_declared(twin *t, int value);
weir_type twin_formula_type(const twin *t, const weir_formula *formula);
num twin_value(twin *t, const weir_formula *formula);
int64_t twin_cents(twin *t, const weir_formula *formula);
int twin_holds(twin *t, const weir_formula *formula);
/* The constant on one side of a test that is one comparison, or its denial; NULL for any other test. And such
 * a test against another number. */
const weir_expression *twin_compared_constant(const twin *t, const weir_formula *test);
int twin_holds_against(twin *t, const weir_formula *test, num threshold);
void twin_open_memory(twin *t);
void twin_close_memory(twin *t);

/* twin_settings.c */
weir_status twin_make_settings(twin *t);

/* twin_classes.c */
weir_status twin_make_targets(twin *t); /* the room for them */
void twin_open_targets(twin *t);
int64_t twin_size(const twin *t, int class);
num twin_coupon(const twin *t, int class, int period);
int64_t twin_next_interest(twin *t, int class);
void twin_accrue_classes(twin *t);
int64_t twin_payable(const twin *t, int class, int64_t cash, int64_t due);
void twin_note_repayment(twin *t, int class, int64_t cents);

num twin_raise(const twin *t, int class, int period);

/* twin_fees.c */
void twin_accrue_fees(twin *t);
num twin_surcharge_rate(const twin *t, const weir_fee *fee);
void twin_solve_fees(twin *t);

/* twin_waterfall.c */
void twin_choose_waterfall(twin *t);
void twin_pay_out(twin *t);

/* twin.c */
void twin_copy_row(const twin *t, twin_row *to, const twin_row *from);
twin_row *twin_make_rows(const twin *t, int count);
/* The value a scenario's <set name=…> gives to "ID.what", or to "ID" where `what` is NULL; NULL when it gives
 * none. And a number of the deal, unless a scenario sets it. */
num twin_set_value(const twin *t, const char *id, const char *what);
num twin_parameter(const twin *t, const char *id, const char *what, double otherwise);

#endif
