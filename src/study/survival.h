/* SPDX-License-Identifier: GPL-3.0-or-later */
/* survival.h: whether classes get what they are due, lane by lane. */
#ifndef WEIR_STUDY_SURVIVAL_H
#define WEIR_STUDY_SURVIVAL_H

#include "engine/run.h"

typedef enum weir_survival {
	WEIR_SURVIVE_BOTH,         /* nothing missed when due and nothing unpaid at the end */
	WEIR_SURVIVE_FIRST_MISSED, /* nothing missed when due */
	WEIR_SURVIVE_FIRST_LOSS    /* nothing unpaid at the end */
} weir_survival;

/* Lists the registers that a run must record; returns how many. `records` holds 2 x classes + 1. */
int weir_survival_records(int *records, const weir_plan *plan);

/* out[lane] = 1 where a class, or with class_number -1 every senior class, survives. A residual class is owed no
 * principal. */
void weir_survival_read(char *out, const weir_plan *plan, const weir_run *run, int class_number,
                        weir_survival survival);

#endif
