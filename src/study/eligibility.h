/* SPDX-License-Identifier: GPL-3.0-or-later */
/* eligibility.h: the deal's eligibility criteria, tested on every contract of its pool at the cut-off date. */
#ifndef WEIR_STUDY_ELIGIBILITY_H
#define WEIR_STUDY_ELIGIBILITY_H

#include "pool/pool.h"

typedef struct weir_eligibility {
	int criteria, contracts;
	int *failed;  /* [criteria] contracts that do not meet it, those that lack a value it reads with them */
	char *fails;  /* [criteria][contracts] 1: does not meet it */
	int eligible; /* contracts that meet all */
} weir_eligibility;

/* Parses the criteria, for their faults. WEIR_INPUT after complaints. */
weir_status weir_eligibility_check(const weir_pool *pool, weir_diags *diags);

/* Tests them; arrays in `arena`. The criteria must have been checked. */
weir_status weir_eligibility_test(weir_eligibility *out, weir_arena *arena, const weir_pool *pool);

#endif
