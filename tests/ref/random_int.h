/* SPDX-License-Identifier: GPL-3.0-or-later */
/* random_int.h: what the parts of the random deal generator share. */
#ifndef WEIR_TESTS_REF_RANDOM_INT_H
#define WEIR_TESTS_REF_RANDOM_INT_H

#include <stdio.h>

#include "ref/dice.h"
#include "time/date.h"

/* A deal in the making: what later parts must know about earlier ones. */
typedef struct draft {
	FILE *to;
	dice d;
	weir_date start, first;
	int months, payments; /* between payments; how many */
	int end_of_month;
	int64_t pool_cents; /* about */
	int classes, fees, triggers;
	int has_solved; /* a fee on what is paid */
	int has_sub, has_reserve, has_split_accounts, has_trust, has_index;
	int fee_surcharge[8]; /* which fees have a surcharge */
	int residual[8], yields[8], senior_interest[8];
	int64_t sizes[8];
	/* who stands behind it and what may happen */
	int supports, covers; /* S1 ..., G1 ... */
	int support_kind[8];  /* DRAFT_ below */
	int support_party[8]; /* P1 ...; of the first always P1 */
	int support_behind[8], support_rate[8], support_fee[8];
	int cover_kind[8];
	int has_calls, has_revolving, has_levels, has_servicing, has_ip, has_tail, has_opening;
} draft;

/* Kinds of supports. */
enum { DRAFT_SHORTFALL, DRAFT_GUARANTEE, DRAFT_LIQUIDITY, DRAFT_CREDIT, DRAFT_TOP_UP };

/* random_deal.c: attributes */
void draft_amount(draft *x, const char *name, int64_t cents);
void draft_rate(draft *x, const char *name, int64_t low, int64_t high); /* percent, four decimals */
void draft_date(draft *x, const char *name, weir_date day);
weir_date draft_payment_date(const draft *x, int k); /* from 0, unadjusted */
const char *draft_contract_day_count(draft *x);      /* contracts have no coupon periods of their own */
const char *draft_day_count(draft *x);
const char *draft_class_id(const draft *x, int class);

void draft_dates(draft *x);

/* random_pool.c */
void draft_indexes(draft *x);
void draft_pool(draft *x);

/* random_support.c */
void draft_choose_support(draft *x); /* how much of it the deal has, before anything is written */
int draft_has_cover(const draft *x, int deposit); /* by deposits, else by the guarantors of the tape */
void draft_parties(draft *x);
void draft_levels(draft *x);
void draft_support_steps(draft *x, int behind); /* steps that pay supports, before or behind the classes */
void draft_purchase_step(draft *x);
void draft_support(draft *x);
void draft_events(draft *x);

#endif
