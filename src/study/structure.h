/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure.h: from a target to a deal: sizes, coupons and other numbers chosen so that every class survives what it must,
 * as well as possible, with a certificate.
 *
 * Sizing from the top down (each class as large as it can be before the next one) is right only where a class depends on
 * nothing behind it. Where junior interest stands before senior principal, where tests count total debt service, reserves
 * follow all interest, coupons follow average lives or cash is trapped, it gives deals that fail their own tests. So it is
 * only a start here: every candidate is a whole structure, run with all its classes in every scenario of every class.
 *
 * The pool's receipts do not depend on the structure: they are projected once for each scenario, and candidates run as
 * lanes over them. A candidate dies in the first scenario that it does not survive; scenarios that kill more go first.
 *
 * Coupons: the average life in the pricing scenario, rounded to a thousandth of a year, gives the curve's par rate and the
 * grade's spread; their sum, rounded to the step, is the coupon; it moves the average life; and so on from the deal's own
 * coupons until nothing moves. Where the coupons come round in a circle each class takes its highest of the circle, and the
 * result says so.
 *
 * Expected losses: the distribution of cumulative default rates is cut into equal parts, each stood for by its middle, laid
 * over a scenario as its total of defaults. A class's loss in one of them is what its payments, discounted with its own
 * coupon, lack of its size; the expected loss is the average. */
#ifndef WEIR_STUDY_STRUCTURE_H
#define WEIR_STUDY_STRUCTURE_H

#include "deal/market.h"
#include "deal/structure_terms.h"
#include "study/block.h"
#include "study/rating.h"
#include "study/structure_search.h"

/* The scenarios of one class, each once. */
typedef struct weir_structure_tests {
	const weir_scenario **items;
	int count;
} weir_structure_tests;

/* The terms with what they name. Arrays run as terms->classes. */
typedef struct weir_structure_problem {
	const weir_structure_terms *terms;
	const weir_sources *sources;
	const weir_structure_tests *tests;
	const weir_scenario *pricing, *loss_scenario; /* NULL: the base case */
	const weir_rate_curve *curve;                 /* NULL: coupons stay */
	const weir_grade_spread *const *spreads;
	const weir_loss_grade *const *loss_grades;    /* NULL entries: no limit by the table */
	weir_date coupon_date;                        /* from which the curve is read */
	int starts;
	int64_t proof_points;                         /* most structures that the proof runs; 0: by the deal's size */
	int64_t proof_boxes;
	int (*go_on)(void *context, double done);
	void *context;
} weir_structure_problem;

/* One class of the deal in the structure that was found. */
typedef struct weir_structure_class {
	double size_cents, coupon_annual, proceeds_cents;
	double wal_years;            /* in the pricing scenario; NAN when no principal is paid */
	double expected_loss, loss_limit; /* NAN: not asked for */
	int sized;                   /* place in terms->classes; -1 */
} weir_structure_class;

typedef enum weir_claim_kind {
	WEIR_CLAIM_PASS,  /* the structure as found: the class survives the scenario */
	WEIR_CLAIM_FAIL,  /* one lot more of `moved`: `class_number` fails in the scenario */
	WEIR_CLAIM_LIMIT, /* … or the structure breaks a limit */
	WEIR_CLAIM_WORSE  /* … or it passes everything and serves the objective no better */
} weir_claim_kind;

typedef struct weir_structure_claim {
	weir_claim_kind kind;
	int moved;                     /* class of the deal that has one lot more; -1: none */
	int class_number;              /* -1: a limit of the whole */
	const weir_scenario *scenario; /* NULL: the base case */
	weir_date date;                /* on which something is first unpaid that must not be; WEIR_DATE_NONE */
	double amount_cents;           /* unpaid then; NAN */
	const char *limit;             /* a limit's words; NULL */
	double value;                  /* what breaks it, or the objective; NAN */
	weir_type value_type;          /* of a formula's value */
} weir_structure_claim;

typedef struct weir_structure {
	int found;
	weir_structure_class *classes; /* [classes of the deal] */
	double *chosen;                /* [terms->choice_count] */
	double value;                  /* proceeds in cents, or the average coupon */
	double bound;                  /* no structure of the lattice is better */
	int proven;
	int coupons_circle;            /* some coupon is the highest of a circle */
	weir_search search;
	/* the start from the top down, and what it fails (NULL claim list: nothing) */
	double *greedy_sizes;          /* [classes of the deal]; NULL when some class fits at no size */
	int greedy_passes;
	weir_structure_claim *greedy_claims;
	int greedy_claim_count;
	weir_structure_claim *claims;  /* the certificate; without a structure: what the least sizes fail */
	int claim_count;
	double axis_points;            /* points of the lattice */
} weir_structure;

/* Everything in `arena`. WEIR_OK also when nothing passes (found = 0). Complaints: UNKNOWN_PARAMETER, BAD_VALUE,
 * OUT_OF_RANGE, UNSUPPORTED, and what formulas may have; WEIR_INTERRUPTED when go_on said so. */
weir_status weir_structure_find(weir_structure *out, weir_arena *arena, const weir_plan *plan,
                                const weir_structure_problem *problem, weir_diags *diags);

#endif
