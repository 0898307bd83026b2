/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scenario.h: what may happen to a deal: shocks to the finished pool and to the terms, apart from the deal itself. */
#ifndef WEIR_DEAL_SCENARIO_H
#define WEIR_DEAL_SCENARIO_H

#include "deal/deal.h"

typedef enum weir_shock_kind {
	WEIR_SHOCK_RECEIPTS, /* each receipt x value, its principal and its income each rounded */
	WEIR_SHOCK_LATE,     /* value = the share of each receipt that comes `months` later; the rest, rounded, in time */
	WEIR_SHOCK_COUPON,   /* value is added to coupons */
	WEIR_SHOCK_SET       /* value replaces the named parameter ("A.coupon", "manager.rate", "haircut") */
} weir_shock_kind;

typedef enum weir_shock_scope {
	WEIR_SCOPE_ALL,
	WEIR_SCOPE_OBLIGOR,  /* the named one */
	WEIR_SCOPE_LARGEST,  /* the one with the most receipts, principal and income; of equals the first listed */
	WEIR_SCOPE_CONTRACT,
	WEIR_SCOPE_CLASS,    /* coupon: one class */
	WEIR_SCOPE_SENIOR    /* coupon: every senior class */
} weir_shock_scope;

typedef struct weir_shock {
	weir_shock_kind kind;
	weir_shock_scope scope;
	const char *target; /* id, or the parameter's name */
	double value;
	int months;
	weir_place place;
} weir_shock;

typedef struct weir_scenario {
	weir_node node;
	weir_shock *shocks;
	int shock_count;
} weir_scenario;

/* A scenario file; everything in `arena` (the deal's). */
typedef struct weir_scenarios {
	weir_scenario *items;
	int count;
} weir_scenarios;

/* The scenario of an id, or NULL. */
const weir_scenario *weir_scenarios_find(const weir_scenarios *scenarios, const char *id);

#endif
