/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scenario.h: what may happen to a deal: shocks to the finished pool and to the terms, apart from the deal itself. */
#ifndef WEIR_DEAL_SCENARIO_H
#define WEIR_DEAL_SCENARIO_H

#include "deal/deal.h"

typedef enum weir_shock_kind {
	WEIR_SHOCK_RECEIPTS, /* each receipt in scope and window x value, its principal and its income each rounded */
	WEIR_SHOCK_DECAY,    /* each receipt x (1 - value)^(whole months since the scope's start of time / 12) */
	WEIR_SHOCK_LATE,     /* value = the share of each receipt that comes `months` later; the rest, rounded, in time */
	WEIR_SHOCK_BALLOON_LATE, /* refinancing missed: a contract's last receipt comes `months` later */
	WEIR_SHOCK_DEFAULT,  /* `profile` says how much of what is still performing defaults, and when */
	WEIR_SHOCK_PREPAY,   /* the same for prepayment */
	WEIR_SHOCK_RECOVERY, /* of what defaults: value = rate, `months` = lag, `channel` */
	WEIR_SHOCK_VALUATION,/* pledged IP is worth value less (30% = a cut by 30 %) */
	WEIR_SHOCK_IP_LOST,  /* the IP item `target` is invalid or lapsed from `from` on: its licences and royalties stop,
	                        its value is nothing */
	WEIR_SHOCK_RATE,     /* value is added to the yearly rate of contracts: spread compression, index moves */
	WEIR_SHOCK_FX,       /* receipts of contracts in currency `target` x value */
	WEIR_SHOCK_COUPON,   /* value is added to coupons */
	WEIR_SHOCK_SUPPORTER,/* the party `target` pays no support from `from` on */
	WEIR_SHOCK_SERVICER, /* the servicer fails at `from`: up to `months` of collections are lost on the way (-1: as the
	                        deal's servicing says), and for `stop_months` nothing comes in (it comes when they are over) */
	WEIR_SHOCK_SET       /* value replaces the named parameter ("A.coupon", "manager.rate", "haircut") */
} weir_shock_kind;

typedef enum weir_shock_scope {
	WEIR_SCOPE_ALL,
	WEIR_SCOPE_OBLIGOR,  /* the named one */
	WEIR_SCOPE_LARGEST,  /* the `largest` ones with the most receipts, principal and income; of equals the first */
	WEIR_SCOPE_CONTRACT,
	WEIR_SCOPE_KIND,     /* contracts of a kind: "royalty", "loan" … */
	WEIR_SCOPE_INDUSTRY, /* contracts of obligors of an industry; target NULL: of the industry with the most receipts (those
	                        without one are in none; of equals the one of the obligor listed first) */
	WEIR_SCOPE_REGION,   /* … of a region */
	WEIR_SCOPE_GRADE,    /* contracts of a grade */
	WEIR_SCOPE_IP,       /* contracts on an IP item */
	WEIR_SCOPE_CLASS,    /* coupon: one class */
	WEIR_SCOPE_SENIOR    /* coupon: every senior class */
} weir_shock_scope;

/* Which part of a receipt a factor is for. */
typedef enum weir_shock_part { WEIR_PART_BOTH, WEIR_PART_PRINCIPAL, WEIR_PART_INCOME } weir_shock_part;

/* How a default or prepayment profile is written. */
typedef enum weir_profile_kind {
	WEIR_PROFILE_ANNUAL, /* values[y]: CDR or CPR of year y + 1 from the cut-off date; the last one goes on */
	WEIR_PROFILE_MONTHLY,/* values[m]: MDR or SMM of month m + 1; the last one goes on */
	WEIR_PROFILE_ABS,    /* prepayment: values[m] of the original pool a month (ABS speed): SMM = a / (1 - a (m - 1)) */
	WEIR_PROFILE_CURVE,  /* values[j]: share of the total `value` that has defaulted by the end of the j-th of `count`
	                        equal parts of the time from the cut-off to the contract's last due date, not cumulative;
	                        they add up to 100 %. Of the original principal. */
	WEIR_PROFILE_DATE    /* all of it at the first due date not before `from` */
} weir_profile_kind;

typedef enum weir_channel {
	WEIR_CHANNEL_COLLECTION, /* from the obligor: share of the loss */
	WEIR_CHANNEL_DISPOSAL,   /* sale of pledged IP (质物处置): share of its value, at most the loss */
	WEIR_CHANNEL_COUNT
} weir_channel;

typedef struct weir_shock {
	weir_shock_kind kind;
	weir_shock_scope scope;
	const char *target; /* id, word, or the parameter's name */
	double value;       /* default, prepay: the total of a curve, else 1 */
	const char *text;   /* set: the value as its file writes it; NULL: `value` is in the parameter's unit */
	int largest;        /* WEIR_SCOPE_LARGEST: how many obligors, from 1 */
	int months, stop_months;
	weir_shock_part part;
	weir_date from, to; /* window on contract due dates, both included; WEIR_DATE_NONE: open. Events: `from` */
	int from_month;     /* above 0 (then from is NONE): the cut-off date and this many months */
	weir_profile_kind profile;
	double *values;     /* [value_count] */
	int value_count;
	weir_channel channel;
	double cost;        /* recovery: share of it that enforcement takes */
	weir_place place;
} weir_shock;

/* How far the numbers of a scenario can be trusted. */
typedef enum weir_trust_label {
	WEIR_LABEL_NONE,
	WEIR_LABEL_DOCUMENT,    /* from a document of the deal or a published rule */
	WEIR_LABEL_THIRD_PARTY, /* from a third party, undated and not checked */
	WEIR_LABEL_ASSUMPTION   /* a house assumption: to be replaced by one's own */
} weir_trust_label;

typedef struct weir_scenario {
	weir_node node;
	weir_shock *shocks;   /* those of the scenarios that it includes first, in order; all absolute: what a file says
	                         relative to earlier shocks is worked out when the file is loaded */
	int shock_count;
	const char *family;   /* of a stress set, or NULL */
	const char *source, *source_zh; /* where its numbers come from, or NULL */
	weir_trust_label label;
} weir_scenario;

/* Scenarios that are run together. */
typedef struct weir_family {
	weir_node node;
	int *scenarios;       /* [count] numbers in weir_scenarios.items, each once, in the order in which they are shown */
	int count;
} weir_family;

/* A scenario file; everything in `arena` (the deal's). */
typedef struct weir_scenarios {
	weir_scenario *items;
	int count;
	weir_family *families; /* as the file lists them, then those that only scenarios name (family="…") */
	int family_count;
} weir_scenarios;

/* The scenario of an id, or NULL. */
const weir_scenario *weir_scenarios_find(const weir_scenarios *scenarios, const char *id);

/* The family of an id, or NULL. */
const weir_family *weir_scenarios_find_family(const weir_scenarios *scenarios, const char *id);

#endif
