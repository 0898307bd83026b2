/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foot_int.h: what the files that foot tables share. */
#ifndef WEIR_REPORT_FOOT_INT_H
#define WEIR_REPORT_FOOT_INT_H

#include "report/results.h"

/* What one pass of footing carries around. */
typedef struct weir_footing {
	const weir_results *results;
	weir_diags *diags;
	weir_arena *arena; /* keys of rows */
	size_t breaks;
} weir_footing;

/* An amount that is not what it should be. */
void weir_foot_complain(weir_footing *foot, const weir_table *table, size_t row, const char *what, double expected,
                        double found);

/* Of a broken table so many complaints are told, not one of each of its rows. */
#define WEIR_FOOT_MOST_SAID 20

/* A cell that has a value; NULL where it is empty, or there is no such column. */
const weir_cell *weir_foot_cell(const weir_table *table, size_t row, const char *column);

/* The number in such a cell, 0 where it is none; its word, "" where it is none; whether it is this word. */
double weir_foot_amount(const weir_table *table, size_t row, const char *column);
const char *weir_foot_word(const weir_table *table, size_t row, const char *column);
int weir_foot_says(const weir_table *table, size_t row, const char *column, const char *word);

/* The sum of a column over all rows. */
double weir_foot_sum(const weir_table *table, const char *column);

/* foot_rows.c: rows by a key made of up to three columns. Zero-initialise; free with weir_foot_rows_free. */
typedef struct weir_foot_rows {
	weir_names numbers; /* key -> position in rows */
	size_t *rows;
	size_t count, capacity;
} weir_foot_rows;

void weir_foot_rows_free(weir_foot_rows *index);

/* The key of a row by up to three columns (NULL behind the last), in the arena; NULL when memory is short. */
const char *weir_foot_key_of(weir_footing *foot, const weir_table *table, size_t row, const char *const *columns);

/* The last row put under the key in `*row`, or SIZE_MAX; then puts `now` (unless it is SIZE_MAX) in its place. A key of NULL
 * is WEIR_NO_MEMORY. */
weir_status weir_foot_rows_find(weir_foot_rows *index, const char *key, size_t now, size_t *row);

/* foot_ties.c: the tables of every run, tied to each other. */
weir_status weir_foot_ties(weir_footing *foot);

/* foot_studies.c: the tables of studies. */
void weir_foot_studies(weir_footing *foot);

/* foot_life.c: forecast against actual. */
void weir_foot_life(weir_footing *foot);

/* foot_flows.c: the tables that charts draw. */
weir_status weir_foot_flows(weir_footing *foot);

/* foot_key.c: the tables of the key investor sheet. */
void weir_foot_key(weir_footing *foot);

/* foot_ledgers.c: the ledgers of an asset operation report and what a 10-D itemises. */
weir_status weir_foot_ledgers(weir_footing *foot);

/* foot_servicing.c: the tables of the holders' reports. */
weir_status weir_foot_servicing(weir_footing *foot);

/* foot_stress.c: the stress-test appendix and the tables by scenario. */
void weir_foot_stress(weir_footing *foot);

/* foot_offering.c: the tables of a prospectus. */
void weir_foot_offering(weir_footing *foot);

#endif
