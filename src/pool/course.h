/* SPDX-License-Identifier: GPL-3.0-or-later */
/* course.h: what each contract does period by period in one lane: the single amounts behind the pool's rows. */
#ifndef WEIR_POOL_COURSE_H
#define WEIR_POOL_COURSE_H

#include "pool/pool.h"

/* How long something has been overdue: days from its due date to the calculation date. */
typedef enum weir_overdue_age {
	WEIR_OVERDUE_30, /* 1 to 30 */
	WEIR_OVERDUE_60,
	WEIR_OVERDUE_90,
	WEIR_OVERDUE_MORE,
	WEIR_OVERDUE_AGES
} weir_overdue_age;

/* One contract in one period, cents. `balance` of the period before - principal - prepaid - late_principal -
 * defaulted = balance. */
typedef struct weir_course_period {
	double principal, income;            /* received on the day it was due */
	double prepaid;                      /* principal received before it was due */
	double late_principal, late_income;  /* received behind the due date */
	double recovered[WEIR_CHANNEL_COUNT];
	double defaulted;                    /* principal given up; as WEIR_POOL_DEFAULTED */
	double scheduled_principal, scheduled_income;
	double balance;                      /* principal outstanding at the end, what is overdue included */
	double overdue[WEIR_OVERDUE_AGES];   /* principal that was due and is still to come, at the end */
	double overdue_income[WEIR_OVERDUE_AGES];
	int overdue_days;                    /* of the oldest of it; 0 when nothing is overdue */
} weir_course_period;

/* Told of one contract: periods[0 .. periods->count - 1], 0 being the closing. Valid during the call. */
typedef void (*weir_course_visit)(void *context, int contract, const weir_course_period *periods);

/* Tells of every contract in their order. By period the sums over all contracts are the columns of weir_pool_rows to
 * the cent: principal + prepaid + late_principal = WEIR_POOL_PRINCIPAL, income + late_income = WEIR_POOL_INCOME, the
 * rest as named. Uses the lane's scratch, as a projection does: one at a time. Only WEIR_NO_MEMORY can fail. */
weir_status weir_pool_course(const weir_pool *pool, const weir_periods *periods, const weir_pool_shocks *shocks,
                             weir_course_visit visit, void *context);

#endif
