/* SPDX-License-Identifier: GPL-3.0-or-later */
/* day_count.h: year fractions of accrual periods as exact fractions, each rule with its source. */
#ifndef WEIR_TIME_DAY_COUNT_H
#define WEIR_TIME_DAY_COUNT_H

#include <stddef.h>
#include <stdint.h>

#include "time/calendar.h"
#include "time/date.h"

/* X(name, text in deal files, other names in use) */
#define WEIR_DAY_COUNT_LIST(X)                                                                     \
	X(ACT_365F, "ACT/365F", "Actual/365 Fixed, A/365F")                                        \
	X(ACT_360, "ACT/360", "Actual/360, money-market basis")                                    \
	X(ACT_ACT_ISDA, "ACT/ACT ISDA", "Actual/Actual, Actual/365 (ISDA)")                        \
	X(ACT_ACT_ICMA, "ACT/ACT ICMA", "Actual/Actual (ICMA), ISMA-99")                           \
	X(D30_360_US, "30/360 US", "30U/360, NASD, bond basis with end-of-February rule")          \
	X(D30E_360, "30E/360", "Eurobond basis")                                                   \
	X(D30E_360_ISDA, "30E/360 ISDA", "German basis")                                           \
	X(ACT_365_25, "ACT/365.25", "Actual/365.25")                                               \
	X(ONE_ONE, "1/1", "one per period")                                                        \
	X(BUS_252, "BUS/252", "business days over 252")

typedef enum weir_day_count {
#define WEIR_DAY_COUNT_ENUM(name, text, aliases) WEIR_##name,
	WEIR_DAY_COUNT_LIST(WEIR_DAY_COUNT_ENUM)
#undef WEIR_DAY_COUNT_ENUM
	WEIR_DAY_COUNT_COUNT
} weir_day_count;

/* What some rules need beside the two dates; zero what a rule does not need. */
typedef struct weir_day_count_terms {
	weir_date period_start, period_end; /* ACT/ACT ICMA: a regular (notional) coupon period */
	int periods_per_year;               /* ACT/ACT ICMA */
	int end_of_month;                   /* ACT/ACT ICMA: notional periods around it end on months' ends */
	weir_date maturity;                 /* 30E/360 ISDA: its end-of-February exception */
	const weir_calendar *calendar;      /* BUS/252 */
} weir_day_count_terms;

/* A year fraction as an exact quotient, with the days it counted. */
typedef struct weir_year_fraction {
	int64_t numerator, denominator; /* denominator > 0 */
	int days;                       /* days counted by the rule (actual, 30/360 or business days) */
} weir_year_fraction;

/* The fraction of [start, end), start included and end excluded; negative when end is before start. `terms`
 * may be NULL for rules that need none. ACT/ACT ICMA without a period and a frequency, and BUS/252 without a
 * calendar, give a zero numerator: whoever loads the terms checks them. Fractions are in lowest terms only
 * under ACT/ACT ICMA. */
weir_year_fraction weir_day_count_fraction(weir_day_count rule, weir_date start, weir_date end,
                                           const weir_day_count_terms *terms);

/* The rule of a text such as "ACT/365F"; -1 when there is none. */
int weir_day_count_parse(const char *text, size_t length);

/* The text of a rule. */
const char *weir_day_count_text(weir_day_count rule);

/* Its other names in use, for the manual. */
const char *weir_day_count_aliases(weir_day_count rule);

#endif
