/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support.h: who stands behind the deal: undertakings for classes, cover of single contracts, calls, subsidies. */
#ifndef WEIR_DEAL_SUPPORT_H
#define WEIR_DEAL_SUPPORT_H

#include "deal/node.h"
#include "time/date.h"
#include "time/day_count.h"

typedef enum weir_support_kind {
	WEIR_SUPPORT_SHORTFALL_PAYER, /* pays what the waterfall leaves unpaid (差额支付) */
	WEIR_SUPPORT_GUARANTEE,       /* of classes (担保) */
	WEIR_SUPPORT_LIQUIDITY,       /* facility with a commitment that repayments restore (流动性支持) */
	WEIR_SUPPORT_LETTER_OF_CREDIT,/* stands in for a reserve in cash; what is repaid restores it */
	WEIR_SUPPORT_TOP_UP,          /* pays an amount by formula into an account before the waterfall (第三方补足) */
	WEIR_SUPPORT_KIND_COUNT
} weir_support_kind;

/* An undertaking for amounts of the waterfall. Each but a top-up is drawn for what its `covers` miss: see
 * docs/support.md for the rules of draw, delay, return and repayment. */
typedef struct weir_support {
	weir_node node;
	weir_support_kind kind;
	int party;                /* who pays; its capacity and its default bind */
	int order;                /* supports are called in this order, equal ones as listed; from 1 */
	weir_words covers;        /* payables: "A.interest", "classes.senior.principal", "custodian"; top-up: none */
	weir_formula when;        /* called only in periods in which it holds; text NULL: always */
	weir_formula amount;      /* top-up: money wanted in the period */
	weir_words to;            /* top-up: account; empty = the first */
	weir_formula limit;       /* most outstanding (drawn and not repaid) at any time; text NULL: none */
	double cap_cents;         /* most drawn in all; INFINITY when uncapped */
	double cap_period_cents;  /* most drawn in one period; INFINITY when uncapped */
	int has_call, call_days, has_pay, pay_days; /* business days from the adjusted payment date; negative before */
	int delay_months;         /* called at a determination date, paid in the first period whose calculation date is
	                             not before that date + these months; 0: in the same period */
	int final;                /* in the last period the whole balance of a covered class counts as due */
	double draw_rate_annual;  /* interest on what is outstanding: payable ID.interest; 0 = none */
	double commitment_rate_annual; /* fee on what of `limit` is not drawn: payable ID.fee; 0 = none */
	weir_day_count day_count; /* of both */
	double opening_outstanding_cents, opening_drawn_cents; /* at a mid-life start; else 0 */
} weir_support;

typedef enum weir_cover_kind {
	WEIR_COVER_DEPOSIT,     /* each contract's own deposit (保证金); free again once its last instalment is due */
	WEIR_COVER_GUARANTEE,   /* of single contracts (单笔担保) */
	WEIR_COVER_REPURCHASE,  /* the originator buys the defaulted claim back (回购) */
	WEIR_COVER_REPLACEMENT, /* or replaces it; modelled as its price in cash (替换) */
	WEIR_COVER_INSURANCE,   /* with a deductible and a limit (信用保险) */
	WEIR_COVER_RISK_POOL,   /* shares of several parties (风险补偿资金池) */
	WEIR_COVER_KIND_COUNT
} weir_cover_kind;

/* One party's part in a cover. */
typedef struct weir_cover_share {
	int party;
	double of;               /* of the loss; with its fund's leverage already in it */
	double cap_cents;        /* most it pays under this cover in all; INFINITY when uncapped */
	double cap_yearly_cents; /* most in 12 months from the start date (weir_period.year); INFINITY when uncapped */
	weir_place place;
} weir_cover_share;

/* Cover of the losses of single contracts, settled when the pool is collected. docs/support.md has the rules. */
typedef struct weir_cover {
	weir_node node;
	weir_cover_kind kind;
	int order;                   /* covers are settled in this order, equal ones as listed; from 1 */
	char *contracts;             /* [contracts] 1: covered; NULL: all */
	int income;                  /* also covers lost income, not only principal */
	int ordered;                 /* a share answers what those before it left, else all shares answer side by side */
	weir_cover_share *shares;
	int share_count;
	double deductible_cents;     /* of all losses together, borne by the plan first; 0 = none */
	double cap_contract_cents;   /* most for one contract in all; INFINITY when uncapped */
	double cap_yearly_cents, cap_cents; /* most for all contracts in 12 months and in all; INFINITY when uncapped */
	int delay_months;            /* from the determination date of the claim, as weir_support.delay_months */
	weir_formula when;           /* claims of periods in which it does not hold are not covered; text NULL: always */
	weir_words to;               /* account; empty = the first account that receives recoveries */
	const char *scheme;          /* published scheme whose figures it takes, or NULL */
	const char *scheme_en, *scheme_zh; /* what the scheme is called; NULL when it has no name in the language */
	double opening_paid_cents;   /* at a mid-life start: counts against the cap, of a single share too; above 0 the
	                                deductible is used up */
} weir_cover;

/* What a call or a liquidation does: the pool is sold, its later receipts are cut. */
typedef struct weir_call {
	weir_node node;
	int liquidation;      /* 1: sold after an event; 0: clean-up call (清仓回购) */
	weir_formula when;    /* flag, tested before the waterfall; acts in that period */
	weir_formula price;   /* money, floored at 0; paid into the account `to` before the waterfall */
	weir_formula cost;    /* money taken off the price, at most all of it; text NULL: none (处置费用) */
	weir_words to;        /* account; empty = the first */
	int party;            /* who buys, or -1 */
} weir_call;

/* Numbers that change with the date: a name in formulas whose value is that of the last row not after the payment
 * date. */
typedef struct weir_level {
	weir_date from;       /* WEIR_DATE_NONE: from the beginning */
	weir_formula value;   /* a literal: money, rate or number */
	weir_place place;
} weir_level;

typedef struct weir_levels {
	weir_node node;
	weir_level *items;
	int count;
} weir_levels;

/* How collections travel (归集): what a servicer's default catches on the way. */
typedef struct weir_servicing {
	int given;
	int party;            /* the servicer, or -1 */
	int transfer_months;  /* collections are passed on this often: at most this much is lost */
	int fast_months;      /* the same once `fast_when` holds; 0 = at once, nothing is lost */
	weir_formula fast_when; /* flag known at the last period's end; text NULL: never */
	weir_place place;
} weir_servicing;

/* A revolving purchase's assumed asset: what 1 yuan bought pays over the following periods. */
typedef struct weir_revolving {
	weir_node node;       /* its id is a name: ID.balance, ID.purchased */
	int periods;          /* principal comes back in this many equal parts, one a period, from the next period on */
	double price;         /* paid for 1 of principal */
	double rate_annual;   /* income on what is outstanding, with day_count */
	weir_day_count day_count;
	weir_words to;        /* account that receives what it pays; empty = the first that receives principal */
} weir_revolving;

typedef enum weir_subsidy_kind {
	WEIR_SUBSIDY_INTEREST,  /* of the obligor's interest (贴息) */
	WEIR_SUBSIDY_APPRAISAL, /* of its appraisal fee */
	WEIR_SUBSIDY_GUARANTEE, /* of its guarantee fee */
	WEIR_SUBSIDY_INSURANCE, /* of its insurance premium */
	WEIR_SUBSIDY_ISSUE,     /* of the amount it raises (发行规模补贴) */
	WEIR_SUBSIDY_SERVICE,   /* of its service fees */
	WEIR_SUBSIDY_KIND_COUNT
} weir_subsidy_kind;

/* Money a government pays to obligors. It never enters the deal's cash: it lowers what obligors pay in all. */
typedef struct weir_subsidy {
	weir_node node;
	weir_subsidy_kind kind;
	int party;            /* who pays, or -1 */
	double rate;          /* of the cost it is for; issue: of the amount financed */
	double annual_rate;   /* interest only: this much a year of the balance instead of a share of the interest; NAN */
	double cap_obligor_cents; /* most for one obligor in all; INFINITY */
	double cap_cents;     /* most for all obligors, served in order of listing; INFINITY */
	char *contracts;      /* [contracts] 1: eligible; NULL: all */
} weir_subsidy;

typedef enum weir_cost_kind {
	WEIR_COST_APPRAISAL,
	WEIR_COST_GUARANTEE,
	WEIR_COST_INSURANCE,
	WEIR_COST_SERVICE,
	WEIR_COST_KIND_COUNT
} weir_cost_kind;

/* What obligors pay beside interest, outside the deal's cash. */
typedef struct weir_obligor_cost {
	weir_node node;
	weir_cost_kind kind;
	double rate;          /* of the amount financed; once at the start, or a year on the balance when `annual` */
	int annual;
	double amount_cents;  /* instead of a rate: for each contract, at the start; NAN */
	char *contracts;      /* [contracts] 1: bears it; NULL: all */
} weir_obligor_cost;

/* A right to shares of an obligor (认股权): recorded and shown, no cash is assumed. */
typedef struct weir_warrant {
	weir_node node;
	const char *obligor;  /* its id */
	int party;            /* who holds it, or -1 */
	double share;         /* of the obligor's capital; NAN when not given */
	double amount_cents;  /* at which it may subscribe; NAN when not given */
	weir_date expires;    /* WEIR_DATE_NONE when not given */
} weir_warrant;

#endif
