/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vary.h: what kind of number a name is that a study varies or a scenario sets, how it is read and how it steps. */
#ifndef WEIR_STUDY_VARY_H
#define WEIR_STUDY_VARY_H

#include "engine/plan.h"

typedef enum weir_vary_unit {
	WEIR_VARY_RATE,   /* "4%", and plain numbers: whole multiples of a billionth */
	WEIR_VARY_MONEY,  /* whole cents */
	WEIR_VARY_MONTHS, /* whole months */
	WEIR_VARY_DATE,   /* whole days */
	WEIR_VARY_FLAG    /* 0 or 1 */
} weir_vary_unit;

/* The unit of a name that weir_block_knows: by the parameter's type; of the pool's names, recovery_lag, late_months and
 * PARTY.fails_month are months, all others rates. */
weir_vary_unit weir_vary_unit_of(const weir_plan *plan, const char *name);

/* Reads a value of a name that weir_block_knows, in its unit: "4%", "1000.00" (gives cents), "12 months", "2024-06-20"
 * (a day number), "yes" (gives 1). 0 when it is none; `out` is then not changed. */
int weir_vary_parse(double *out, const weir_plan *plan, const char *name, const char *text);

/* What to write as a value of the unit, for complaints. */
const char *weir_vary_advice(weir_vary_unit unit);

/* A whole number with an optional word behind it, in the singular or with an s: "12", "12 months". 0 when it is none. */
int weir_vary_parse_count(double *out, const char *text, const char *word);

/* The range in which a search looks where none is asked for: rates from 0 to 100 %, sizes and other amounts up to ten times
 * what the deal has, dates of the deal's life, ten years of months. */
void weir_vary_default_range(double *from, double *to, const weir_plan *plan, const char *name);

/* How many steps make 1 of the unit: 1e9 for rates, else 1. A value is a whole number of steps / this. */
double weir_vary_steps(weir_vary_unit unit);

#endif
