/* SPDX-License-Identifier: GPL-3.0-or-later */
/* strat.h: the pool at the cut-off date, stratified: contracts, obligors and amounts by bands of what they have. */
#ifndef WEIR_POOL_STRAT_H
#define WEIR_POOL_STRAT_H

#include "pool/pool.h"

/* What it may be stratified by (strat_attributes.def; docs/strat.md says what each is). */
typedef enum weir_strat_by {
#define WEIR_STRAT(name, id, type, letter, en, zh) WEIR_STRAT_##name,
#include "pool/strat_attributes.def"
#undef WEIR_STRAT
	WEIR_STRAT_BYS
} weir_strat_by;

/* What a contract has of it. From WEIR_STRAT_IS_AMOUNT on a number, which falls into bands. */
typedef enum weir_strat_type {
	WEIR_STRAT_IS_TEXT,   /* as given */
	WEIR_STRAT_IS_WORD,   /* a machine word, static */
	WEIR_STRAT_IS_GRADE,  /* a text, in order AAA, AAA-, AA+ … C, D where it is such a grade */
	WEIR_STRAT_IS_PARTY,  /* an obligor's number */
	WEIR_STRAT_IS_TRUST,  /* a trust's number */
	WEIR_STRAT_IS_COVERS, /* bits 1 << weir_cover_kind */
	WEIR_STRAT_IS_RIGHTS, /* bits 1 << weir_ip_kind */
	WEIR_STRAT_IS_STEP,   /* months between payments; 0: a single one; WEIR_STRAT_OWN_DATES */
	WEIR_STRAT_IS_YEAR,   /* a calendar year */
	WEIR_STRAT_IS_AMOUNT, /* cents */
	WEIR_STRAT_IS_RATE,   /* natural units */
	WEIR_STRAT_IS_MONTHS,
	WEIR_STRAT_IS_YEARS
} weir_strat_type;

#define WEIR_STRAT_OWN_DATES 20000 /* on dates of their own: behind every step that a contract may have */

typedef struct weir_strat_about {
	const char *id, *en, *zh;
	weir_strat_type type;
	char letter; /* of the prospectus's distribution C-7, or ' ' */
} weir_strat_about;

/* Static. */
const weir_strat_about *weir_strat_about_of(weir_strat_by by);

/* The attribute of that name ("rating" is "grade"); -1 when there is none. */
int weir_strat_find(const char *name, size_t length);

/* The name that is nearest, for "did you mean"; NULL when none is near. */
const char *weir_strat_nearest(const char *name, size_t length);

/* --- the ground: what is counted -------------------------------------------------------------------------------- */

typedef enum weir_strat_weight {
	WEIR_STRAT_PRINCIPAL,  /* principal of all receipts at the cut-off */
	WEIR_STRAT_RECEIVABLE  /* principal and income */
} weir_strat_weight;

/* Every contract with its amounts; made once for all tables. Must not outlive the pool. */
typedef struct weir_strat_ground {
	const weir_pool *pool;
	weir_strat_weight weight;
	weir_date cutoff;
	double *principal_cents, *receivable_cents; /* [contracts] */
	double *obligor_cents;    /* [obligors] of the weight */
	double *rate, *remaining; /* [contracts] of a year; months to the last payment, from the start where that is later than
	                             the cut-off; NAN where there is none */
	int *by_obligor;          /* [contracts] their numbers, those of one obligor together */
} weir_strat_ground;

/* In `arena`. Only WEIR_NO_MEMORY can fail. */
weir_status weir_strat_ground_create(weir_strat_ground *out, weir_arena *arena, const weir_pool *pool,
                                     weir_strat_weight weight);

/* A contract's amount in the ground's weight. */
double weir_strat_cents(const weir_strat_ground *ground, int contract);

/* What a contract has of an attribute. */
typedef struct weir_strat_value {
	enum weir_strat_has {
		WEIR_STRAT_HAS_NONE,    /* it is not given */
		WEIR_STRAT_HAS_SEVERAL, /* its IP items differ in it */
		WEIR_STRAT_HAS_TEXT,
		WEIR_STRAT_HAS_CODE,    /* parties, trusts, covers, steps, years */
		WEIR_STRAT_HAS_NUMBER
	} has;
	const char *text;
	int code;
	double number;
} weir_strat_value;

/* Of a type below WEIR_STRAT_IS_AMOUNT a text or a code, else a number; all may be none. */
weir_strat_value weir_strat_value_of(const weir_strat_ground *ground, weir_strat_by by, int contract);

/* Codes of an attribute lie from 0 to below this. */
int weir_strat_code_end(const weir_strat_ground *ground, weir_strat_by by);

/* --- dimensions: an attribute in bands -------------------------------------------------------------------------- */

typedef enum weir_strat_sort {
	WEIR_STRAT_SORT_DEFAULT, /* by amount where bands have no order of their own, else by band */
	WEIR_STRAT_SORT_AMOUNT,  /* largest first, of equals the one that is listed first */
	WEIR_STRAT_SORT_BAND,    /* numbers, years and steps rising, grades best first, texts by their bytes */
	WEIR_STRAT_SORT_LISTED   /* as contracts name them, the one of contracts without a value among the others */
} weir_strat_sort;

/* Upper ends of bands, rising: edges[0] .. edges[count - 1] make count + 1 bands, each with its upper end in it. */
typedef struct weir_strat_edges {
	const double *edges;
	int count;
	int given; /* asked for: bands that are empty are kept; else only those between others */
} weir_strat_edges;

typedef struct weir_strat_terms {
	weir_strat_by by;
	weir_strat_edges edges; /* of numbers */
	weir_strat_sort sort;
	int most;               /* bands with a value; the smaller ones beyond become one; 0: all */
} weir_strat_terms;

typedef enum weir_strat_band_kind {
	WEIR_STRAT_BAND_VALUE,
	WEIR_STRAT_BAND_SEVERAL,  /* several holders of its IP, several statuses */
	WEIR_STRAT_BAND_OTHER,    /* what stands beyond the most bands */
	WEIR_STRAT_BAND_NOT_GIVEN
} weir_strat_band_kind;

typedef struct weir_strat_band {
	weir_strat_band_kind kind;
	const char *text;  /* of texts, words and grades */
	int code;          /* of the others that are no numbers; other: how many bands are in it */
	double above, to;  /* of numbers: above < value <= to; -INFINITY, INFINITY at the ends */
	int first;         /* the first contract in it, or -1 */
	int contracts;
	double cents;      /* of the weight */
} weir_strat_band;

typedef struct weir_strat_dimension {
	weir_strat_by by;
	weir_strat_band *bands; /* in order; others and not given at the end */
	int count;
	int *band_of;           /* [contracts] */
} weir_strat_dimension;

/* In `arena`. Only WEIR_NO_MEMORY can fail. */
weir_status weir_strat_dimension_create(weir_strat_dimension *out, weir_arena *arena, const weir_strat_ground *ground,
                                        const weir_strat_terms *terms);

/* --- counting --------------------------------------------------------------------------------------------------- */

#define WEIR_STRAT_MOST_CROSSED 3

/* The contracts that share a band in each dimension. */
typedef struct weir_strat_sum {
	int bands[WEIR_STRAT_MOST_CROSSED];
	int contracts, obligors; /* each obligor once */
	double principal_cents, receivable_cents, cents; /* the last in the ground's weight */
	double rate, remaining;  /* averages by the weight over the contracts that have one; NAN without */
} weir_strat_sum;

typedef struct weir_strat_table {
	const weir_strat_dimension *dimensions;
	int dimension_count;
	weir_strat_sum *rows; /* by the bands, the last changing fastest */
	size_t row_count;
	weir_strat_sum total;
} weir_strat_table;

/* Counts. With one dimension a row for every band; with several for every combination that has a contract. WEIR_NO when
 * those are more than `most` (0: no limit). Rows in `arena`; `dimensions` must outlive the table. */
weir_status weir_strat_count(weir_strat_table *out, weir_arena *arena, const weir_strat_ground *ground,
                             const weir_strat_dimension *dimensions, int dimension_count, size_t most);

/* How far amounts lie in few hands. */
typedef struct weir_strat_hands {
	double top1, top5, top10; /* shares of the largest; fewer names are all of them */
	double herfindahl;        /* sum of squared shares: 1 / n for n equal ones */
	int names;                /* with an amount above 0 */
} weir_strat_hands;

/* Of `count` amounts; all NAN but `names` when nothing is there. */
weir_strat_hands weir_strat_hands_of(const double *cents, size_t count);

/* --- the tables of a period's report ---------------------------------------------------------------------------- */

typedef struct weir_strat_row {
	const char *band;    /* obligor's id, kind's word, or the text given; "" where none is given */
	int number;          /* obligor number or weir_contract_kind; else the band's place in order of listing */
	int contracts, obligors;
	double principal_cents, receivable_cents; /* receivable = principal + income */
} weir_strat_row;

typedef struct weir_strat {
	weir_strat_row *rows;
	int count;
} weir_strat;

/* By an obligor, a kind or a text: rows by principal, largest first, ties in order of listing; every contract in one row.
 * Rows in `arena`. */
weir_status weir_pool_stratify(weir_strat *out, weir_arena *arena, const weir_pool *pool, weir_strat_by by);

#endif
