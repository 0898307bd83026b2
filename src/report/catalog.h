/* SPDX-License-Identifier: GPL-3.0-or-later */
/* catalog.h: the list of reports (templates/reports.xml): their templates, what they need, the rules that they follow. */
#ifndef WEIR_REPORT_CATALOG_H
#define WEIR_REPORT_CATALOG_H

#include "report/results.h"

/* What a run finds out beside itself for the reports that need it; bits. */
enum { WEIR_NEED_OFFERING = 1, WEIR_NEED_PRICES = 2, WEIR_NEED_STRESS = 4, WEIR_NEEDS = 3 };

/* A rule, and when and for which deals it applies. */
typedef struct weir_report_rule {
	const char *id, *en, *zh;
	weir_date from, to;        /* in force from this day to the day before `to` (WEIR_DATE_NONE: still) */
	const char *kind, *venue;  /* the legal form, a part of the market's name; NULL: any */
} weir_report_rule;

/* A report: its id, its template, its title, what it needs. */
typedef struct weir_report_entry {
	const char *id, *file, *en, *zh;
	unsigned needs;            /* bits WEIR_NEED_… */
	unsigned wants;            /* the same; the report is printed without them too */
	int about_closing;         /* the day that decides on the rule: the closing date, not that of the period shown */
	weir_report_rule *rules;   /* the first that applies is the one */
	int rule_count;
} weir_report_entry;

/* A list of reports. */
typedef struct weir_catalog {
	weir_arena *arena; /* owns all of it */
	weir_report_entry *entries;
	int count;
} weir_catalog;

/* Reads a reports.xml; `name` is what complaints call it. WEIR_INPUT with complaints. The caller destroys the catalog. */
weir_status weir_catalog_read(weir_catalog **out, const char *name, const char *xml, size_t length, weir_diags *diags);
void weir_catalog_destroy(weir_catalog *catalog);

/* The report of an id; NULL when there is none. */
const weir_report_entry *weir_catalog_find(const weir_catalog *catalog, const char *id);

/* The rule that a report on the results follows, of the period shown; NULL when none is in force, or nothing says when it
 * is. */
const weir_report_rule *weir_catalog_rule(const weir_report_entry *entry, const weir_results *results, int period);

/* "offering", "prices", "stress": the word of need number 0 … WEIR_NEEDS - 1, whose bit is 1 << number. */
const char *weir_need_word(int number);

#endif
