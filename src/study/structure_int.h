/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure_int.h: the parts of the search for a structure. */
#ifndef WEIR_STUDY_STRUCTURE_INT_H
#define WEIR_STUDY_STRUCTURE_INT_H

#include "study/metrics.h"
#include "study/structure.h"
#include "study/structure_cash.h"
#include "study/survival.h"

#define WEIR_STRUCTURE_ROUNDS 16 /* of coupons and lives, at most */

/* One scenario that classes must survive, its receipts projected in every lane. */
typedef struct weir_structure_run {
	const weir_scenario *scenario;
	weir_block *block;
	char *tested;          /* [sized classes] must survive it */
	double *coupon_fall;   /* [sized classes] 0, or below it what the scenario may take off coupons */
	int64_t killed;        /* candidates so far */
} weir_structure_run;

/* A number that the lattice moves: the size of a class or a choice. */
typedef struct weir_structure_axis {
	const char *name;      /* parameter */
	int sized;             /* place in terms->classes; -1: a choice */
	int is_cash;           /* a choice: cash in an account at the closing */
	int coupon_class;      /* a choice: the coupon of this class of the deal; -1 */
	int coupon_of;         /* a choice: the coupon of this sized class; -1 */
	double origin, step;   /* value = origin + point x step, as decimals */
	double scale;          /* steps are whole multiples of 1 / scale */
	int64_t points;
} weir_structure_axis;

typedef struct weir_structure_study {
	const weir_structure_problem *problem;
	const weir_structure_terms *terms;
	const weir_plan *plan;
	const weir_deal *deal;
	weir_arena *arena;
	weir_diags *diags;

	weir_structure_axis *axes;  /* sized classes, then choices */
	int sized_count, axis_count;
	int *records;               /* for survival, lives and losses */
	int record_count;
	weir_structure_run *runs;
	int run_count;
	int *order;                 /* [runs] the one that kills most first */
	weir_block *pricing;        /* records lives */
	weir_block *figures;        /* records everything */
	weir_block *losses;         /* NULL: no limit for an expected loss */
	const weir_metric **limits; /* [terms->limit_count] */
	double rest_total;          /* what all classes make, with a rest class */
	double fixed_size, fixed_proceeds; /* of classes that are neither sized nor the rest */
	double fixed_cash;          /* at the closing, in accounts that nothing moves */

	/* the candidates at hand, by lane */
	weir_lane *values;          /* [axes] */
	weir_lane rest;             /* the rest class */
	weir_lane *coupons;         /* [sized] without what scenarios add */
	weir_lane *lives;           /* [sized] in the pricing scenario */
	weir_lane *history;         /* [rounds x sized] */
	char circles[WEIR_LANES];
	weir_overlay *overlays;     /* axes, rest, coupons */
	int overlay_count;          /* of axes and rest */

	/* bounds */
	weir_cash_condition *conditions;
	int condition_count;
	double *low_sizes;          /* [classes] scratch */
	double *least_coupons;      /* [sized] */
	int *by_price;              /* [sized] the highest issue price first */
	int *all_sized;             /* [sized] their numbers in the deal */
} weir_structure_study;

/* structure_lanes.c: candidates as lanes. */

/* Opens axes, blocks and limits. */
weir_status weir_structure_open(weir_structure_study *st);
void weir_structure_close(weir_structure_study *st);

/* The value of an axis at a point. */
double weir_structure_value(const weir_structure_axis *axis, int64_t point);

/* Puts candidates into the lanes; those above `count` repeat the last. alive[c] = 0 where the sizes break a limit of
 * their own. Axes with points[c][axis] = -1 are classes of no size (for the start). */
void weir_structure_lay(weir_structure_study *st, const int64_t (*points)[WEIR_SEARCH_AXES], int count, char *alive);

/* Of a lane: what the sized classes bring; whether the rest class is enough (1 without one; sets its size, in whole units);
 * whether the closing's cash is not more than what all classes bring. */
double weir_structure_proceeds(const weir_structure_study *st, int lane);
int weir_structure_rest_fits(weir_structure_study *st, int lane);
int weir_structure_closes(const weir_structure_study *st, int lane);

/* The coupon of a sized class at an average life, with a curve. */
double weir_structure_coupon(const weir_structure_study *st, int sized, double life_years);

/* Finds the candidates' lives and coupons; those without a life die. */
weir_status weir_structure_price(weir_structure_study *st, int count, char *alive);

/* Runs a scenario, or the pricing scenario with everything recorded, with the candidates at hand. */
weir_status weir_structure_run_lanes(weir_structure_study *st, weir_block *block, int count);

/* Whether a sized class's life in a lane lies within its limits. */
int weir_structure_life_fits(const weir_structure_study *st, int sized, int lane);

/* Leaves alive the lanes in which one class survives the run as it stands. */
void weir_structure_judge(const weir_structure_study *st, weir_structure_run *run, int sized, int count, char *alive);

/* Leaves alive what survives a run; `only` (>= 0): tests that class alone. */
weir_status weir_structure_survive(weir_structure_study *st, weir_structure_run *run, int count, char *alive, int only);

/* The expected losses of the classes that have a limit, of one candidate: losses[sized], NAN without a limit. */
weir_status weir_structure_losses(weir_structure_study *st, int lane, double *losses);

/* The most that the expected loss of a sized class may be in a lane; NAN: no limit. */
double weir_structure_loss_limit(const weir_structure_study *st, int sized, int lane);

/* The objective in a lane that was priced last: larger is better. An average of coupons is that of whole cents and days,
 * in quadruple precision and rounded once: equal ones are the same double. */
double weir_structure_objective_at(const weir_structure_study *st, int lane);

/* A coupon as the objective counts it: the average of classes that all have it. */
double weir_structure_cost_of(double coupon_annual);

/* The search's test: all of the above in turn. `context` is the study. */
weir_status weir_structure_evaluate(void *context, const int64_t (*points)[WEIR_SEARCH_AXES], int count, double *values);

/* structure_bound.c: what holds for every structure of a box. */
weir_status weir_structure_bounds_open(weir_structure_study *st);
double weir_structure_bound(void *context, const weir_search_box *box);

/* structure_certificate.c: what a structure passes and fails, in words. Where one lot more of a class passes and is better,
 * which only a search without a proof leaves over, that becomes the best point: *moved = 1, the claims are not complete. */
weir_status weir_structure_certify(weir_structure *out, weir_structure_study *st, int *moved);
/* What one candidate fails: adds claims with `moved`. *passes = 1 when it fails nothing. */
weir_status weir_structure_faults(weir_structure_claim **claims, int *claim_count, weir_structure_study *st,
                                  const int64_t *point, int moved, int *passes);

#endif
