/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_deal.h: what the files that fill the deal's tables share. */
#ifndef WEIR_REPORT_FILL_DEAL_H
#define WEIR_REPORT_FILL_DEAL_H

#include "report/fill.h"

/* Most rows of a table by obligor, IP item or band; the smaller ones beyond them become one row "others". */
#define WEIR_FILL_MOST_ROWS 2000

/* One filling. Once memory was short `failed` stays set; whoever fills checks it at its end. */
typedef struct weir_filler {
	weir_results *results;
	const weir_outcome *outcome;
	const weir_deal *deal;
	const weir_pool *pool;
	const weir_periods *periods;
	weir_arena *scratch; /* gone when the tables are filled */
	int failed;
} weir_filler;

#define WEIR_FILL_COL(table, column) row[WEIR_COL_##table##_##column]

/* Adds a row to `*table`, which is added to the results with its first row; NULL when memory is short. */
weir_cell *weir_fill_row(weir_filler *f, weir_table **table, weir_table_number number);

/* A copy of a text in the results' arena; NULL for NULL. */
const char *weir_fill_keep(weir_filler *f, const char *text);

/* A text cell of copies; a missing language gets the other's text; empty when both are missing. */
weir_cell weir_fill_text(weir_filler *f, const char *en, const char *zh);

/* The same for something with an id, which is the key, and the name where it has none. */
weir_cell weir_fill_name(weir_filler *f, const char *id, const char *en, const char *zh);
weir_cell weir_fill_node(weir_filler *f, const weir_node *node);

/* A text cell of two written texts, which are freed. */
weir_cell weir_fill_written(weir_filler *f, weir_text *en, weir_text *zh);

/* A date; empty for WEIR_DATE_NONE. In MIXED columns it says its type. */
weir_cell weir_fill_date(weir_date date);

/* A formula in the words of the documents; empty where there is none. */
weir_cell weir_fill_formula(weir_filler *f, const weir_formula *formula, weir_type wanted);

/* A condition in words; with no more than the events' names where it is made of nothing but events. */
weir_cell weir_fill_condition(weir_filler *f, const weir_formula *formula);

/* The day on which the pool is looked at: the cut-off, or the closing where there is none. */
weir_date weir_fill_cutoff(const weir_deal *deal);

/* The largest of some amounts, largest first, of equals the first; gives how many: at most `most`, those above 0. */
int weir_fill_largest(int *places, int most, const double *cents, int count);

/* The issue: the sizes of all classes. */
double weir_fill_issue_cents(const weir_deal *deal);

/* fill_pool.c: strat tables, obligors, concentration, ip and ip_stats; and the pool's items of the terms. */
weir_status weir_fill_pool(weir_filler *f);
void weir_fill_pool_terms(weir_filler *f, weir_table **terms);

/* The IP of one kind on a day. */
typedef struct weir_ip_figures {
	int items;
	int expiring;    /* in force, and ending before the last payment date */
	int annuity_due; /* in force, and the next annuity is due within 12 months */
	double value, share; /* NAN without valuations; share: of all IP's value */
	double years;    /* left on average, by value where there are values, ACT/365F; NAN */
} weir_ip_figures;

/* `only_in_force`: rights that have lapsed, are invalid or have expired by then are left out. */
void weir_fill_ip_figures(const weir_filler *f, weir_date at, int only_in_force,
                          weir_ip_figures figures[WEIR_IP_KIND_COUNT]);

/* Whether a right is in force on a day, or applied for, by the register. */
int weir_fill_ip_in_force(const weir_ip *ip, weir_date at);

/* What an item of IP secures. */
typedef struct weir_ip_use {
	int contract;   /* the one contract that names it; -1: none, -2: several */
	double secured; /* of that contract, principal at the cut-off */
	double value;   /* of all its items that are in force by their status; NAN when one has none */
} weir_ip_use;

/* Of every item, in the filler's scratch; NULL when memory is short. */
weir_ip_use *weir_fill_ip_uses(const weir_filler *f);

/* Holders of IP are parties, obligors, or names: fills a map of the first two (freed with weir_names_free), and makes the cell of
 * one. */
weir_status weir_fill_name_holders(const weir_filler *f, weir_names *names);
weir_cell weir_fill_holder(weir_filler *f, const weir_names *names, const char *holder);

/* One item of the terms, under the word of its key; an empty value is left out. */
void weir_fill_term(weir_filler *f, weir_table **terms, const char *key, weir_cell value);

/* fill_arrangements.c: support_terms, cover_terms, contributors, call_terms, subsidy_terms, warrants. */
void weir_fill_arrangements(weir_filler *f);

/* The words of kinds of support and of cover. */
const char *weir_fill_support_word(weir_support_kind kind);
const char *weir_fill_cover_word(weir_cover_kind kind);

/* fill_fees.c: fee_terms. */
void weir_fill_fees(weir_filler *f);

/* fill_scenario.c: scenarios. */
void weir_fill_scenario(weir_filler *f);

/* To whom a shock happens. */
weir_cell weir_fill_shock_scope(weir_filler *f, const weir_shock *shock);

/* fill_text.c: waterfall_text. */
weir_status weir_fill_waterfalls(weir_filler *f);

/* What a list of payables names, in words: "interest of Senior A and principal due of Senior A". */
weir_cell weir_fill_payables(weir_filler *f, const weir_words *words);

/* Where a fee is paid: the first step that names it, of the waterfall that applies when no other does, else of one before it. */
typedef struct weir_fee_step {
	char rank[64];            /* "2", "12.1": as in waterfall_text */
	const weir_node *account; /* it is paid from */
	const char *clause;       /* NULL: none */
} weir_fee_step;

/* Of a fee, or with fee -1 of a support's commitment fee; 0 when no step pays it. */
int weir_fill_fee_step(weir_fee_step *out, const weir_deal *deal, int fee, int support);

/* Which place each class's principal (or what else it is paid on its balance) has in the waterfall that applies when no
 * other does, in places[classes]: classes of one pro-rata step share a place. INT_MAX for a class that it does not
 * repay. */
void weir_fill_principal_places(const weir_deal *deal, int *places);

#endif
