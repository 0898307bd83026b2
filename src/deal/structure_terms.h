/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure_terms.h: what a structure is asked for (structure.xml): which classes to size, what each must survive, what may
 * be chosen, and what must hold. */
#ifndef WEIR_DEAL_STRUCTURE_TERMS_H
#define WEIR_DEAL_STRUCTURE_TERMS_H

#include "deal/deal.h"

typedef enum weir_structure_objective {
	WEIR_STRUCTURE_PROCEEDS, /* most proceeds of the classes that are sized, less the cash that choices put into accounts
	                            at the closing */
	WEIR_STRUCTURE_COST      /* least sum(size x average life x coupon) / sum(size x average life) of them */
} weir_structure_objective;

/* What surviving a scenario means for a class; as weir_survival. */
typedef enum weir_structure_test {
	WEIR_STRUCTURE_BOTH,         /* nothing missed when due and nothing unpaid at the end */
	WEIR_STRUCTURE_FIRST_MISSED, /* nothing missed when due */
	WEIR_STRUCTURE_FIRST_LOSS    /* nothing unpaid at the end: late interest may be made up for */
} weir_structure_test;

/* A class whose size is chosen. */
typedef struct weir_sized_class {
	int class_number;      /* of the deal; -1 after a complaint */
	const char *grade;     /* for spreads and expected losses; NULL: the class's own rating */
	weir_words survives;   /* ids of scenarios, FILE#ID */
	weir_words families;   /* families: every scenario of each */
	weir_structure_test test;
	double least_cents, most_cents; /* most: INFINITY unless given */
	double lot_cents;      /* NAN: the structure's */
	double wal_least_years, wal_most_years; /* in the pricing scenario; NAN: no limit */
	int loss_by_table;     /* the expected loss that the grade goes with at the class's average life */
	double loss_most;      /* a share of its size; NAN: no limit, or by the table */
	weir_place place;
} weir_sized_class;

/* A number of the deal that is chosen too: any that may be set. Values as written; their unit is the number's. */
typedef struct weir_choice_terms {
	const char *name;
	const char *from, *to, *step;
	weir_place place;
} weir_choice_terms;

/* A class that takes what the others leave of an amount. */
typedef struct weir_rest_terms {
	int class_number;      /* -1: there is none */
	weir_formula of;       /* money, in the pricing scenario */
	double least_share;    /* of that amount */
	weir_place place;
} weir_rest_terms;

/* How coupons follow from a curve and spreads. */
typedef struct weir_coupon_terms {
	const char *market;    /* path of the file; NULL: market.xml beside the deal */
	const char *curve, *spreads; /* ids in it; NULL: coupons stay as they are */
	double step;           /* coupons are whole multiples of it */
	weir_place place;
} weir_coupon_terms;

/* The default totals behind expected losses: log-normal, laid over a scenario. */
typedef struct weir_loss_terms {
	double mean, deviation; /* of the cumulative default rate */
	int points;             /* equal parts of the distribution, each stood for by its middle; 0: no <losses> */
	const char *scenario;   /* whose recoveries and timing count; NULL: the pricing scenario */
	weir_place place;
} weir_loss_terms;

typedef struct weir_structure_terms {
	weir_structure_objective objective;
	double lot_cents;
	double proceeds_least_cents; /* 0 unless given */
	const char *folder;          /* of the file, with a / at its end; empty: the working folder */
	const char *scenarios;       /* path of a scenario file; NULL: the scenarios beside the deal */
	const char *pricing;         /* the scenario in which lives, coupons, prices and limits are read; NULL: the base case */
	weir_sized_class *classes;   /* in the order of the file: the first is sized first by the start */
	int class_count;
	weir_rest_terms rest;
	weir_coupon_terms coupons;
	weir_choice_terms *choices;
	int choice_count;
	weir_formula *limits;        /* flags, in the pricing scenario */
	int limit_count;
	weir_loss_terms losses;
	weir_place place;
} weir_structure_terms;

#endif
