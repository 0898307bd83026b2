/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report_dates.h: days that reports go by and deal files do not state: lead times before a payment, days of the year. */
#ifndef WEIR_DEAL_REPORT_DATES_H
#define WEIR_DEAL_REPORT_DATES_H

#include "deal/deal.h"
#include "deal/scenario.h"

typedef struct weir_report_date {
	const char *id;          /* "record" and "record-repaid" are the record days; the others only name the row */
	const char *en, *zh;
	int for_kinds;           /* bits 1 << weir_deal_kind; 0: any deal */
	const char *venue;       /* a part of the name of the market; NULL: any */
	int has_days, days;      /* business days from the payment date, negative before it; else */
	int month, day;          /* a day of every year */
	const char *source, *source_zh; /* source_zh: NULL when it is not given */
	weir_trust_label label;
	weir_place place;
} weir_report_date;

typedef struct weir_report_dates {
	weir_report_date *items; /* as the file lists them */
	int count;
} weir_report_dates;

/* Whether the row is meant for the deal. */
int weir_report_date_is_for(const weir_report_date *date, const weir_deal *deal);

/* The row of an id that is meant for the deal; NULL when there is none, or `dates` is NULL. */
const weir_report_date *weir_report_dates_find(const weir_report_dates *dates, const weir_deal *deal, const char *id);

#endif
