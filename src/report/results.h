/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.h: one tree of named, typed, bilingual tables from which every output is printed. */
#ifndef WEIR_REPORT_RESULTS_H
#define WEIR_REPORT_RESULTS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "time/date.h"

typedef enum weir_cell_type {
	WEIR_CELL_TEXT,    /* en and zh (one of them may be NULL) */
	WEIR_CELL_MONEY,   /* number = whole cents */
	WEIR_CELL_RATE,    /* number in natural units; CSV 0.0359, reports 3.59 % */
	WEIR_CELL_NUMBER,  /* a plain real: ratios, factors, years */
	WEIR_CELL_INTEGER,
	WEIR_CELL_DATE,    /* number = serial day (time/date.h) */
	WEIR_CELL_FLAG,    /* number = 0 or 1 */
	WEIR_CELL_MIXED    /* columns only: each cell says its own type */
} weir_cell_type;

/* Which totals of a column make sense. Totals are made by weir_results_write_xml, never by a template. */
typedef enum weir_sum {
	WEIR_SUM_NONE,
	WEIR_SUM_FLOW, /* adds up over any rows: what was paid */
	WEIR_SUM_STOCK /* adds up only within one point in time: a balance, or what is due with what was unpaid */
} weir_sum;

/* A column whose values group the rows; each group then has its own totals. */
typedef enum weir_group_kind {
	WEIR_GROUP_NONE,
	WEIR_GROUP_KIND, /* one class, one account: flows add up */
	WEIR_GROUP_TIME  /* one period: flows and stocks add up */
} weir_group_kind;

/* A column of a table, the same in every format. */
typedef struct weir_column {
	const char *id;     /* the CSV header */
	const char *en, *zh;/* headings */
	weir_cell_type type;
	int decimals;       /* NUMBER: decimals in CSV and XML; RATE: at most so many; MONEY: the currency's */
	int summed;         /* weir_sum: whether a total over the rows makes sense and is printed and footed */
	int grouping;       /* weir_group_kind: rows with the same value here get totals of their own */
} weir_column;

/* One value. Amounts are whole cents, dates day numbers (time/date.h), rates natural units: 3.59% is 0.0359. */
typedef struct weir_cell {
	unsigned char present;  /* 0: empty, printed as nothing (CSV) or a dash (reports) */
	unsigned char type;     /* in MIXED columns: the cell's own weir_cell_type */
	unsigned char decimals; /* in MIXED columns: as in weir_column */
	double number;
	const char *en, *zh; /* TEXT */
	const char *key;     /* TEXT: a machine word (a class id, a reason code) printed in CSV; NULL: en is */
} weir_cell;

/* A table; its texts and cells lie in the arena of its results. */
typedef struct weir_table {
	const char *id, *en, *zh;
	const weir_column *columns;
	int column_count;
	weir_cell *cells;    /* [rows x columns] */
	size_t row_count, row_capacity;
	int csv;             /* written to tables/ID.csv (INTERFACE.md); the others are for reports only */
} weir_table;

typedef struct weir_fact { /* a named text about the run; the ids are listed in report/tables.h */
	const char *id, *value;
} weir_fact;

/* What a run or a study found: the one tree that every output is printed from. */
typedef struct weir_results {
	weir_arena *arena;    /* owns everything below; its own lifetime */
	const char *deal_id, *en, *zh, *currency;
	int currency_digits;
	const char *scenario_id, *scenario_en, *scenario_zh;
	weir_fact *facts;
	size_t fact_count, fact_capacity;
	weir_table **tables;
	size_t table_count, table_capacity;
	weir_diag *disclosures; /* what the reader must know, from checking and running */
	size_t disclosure_count;
	int failed;             /* memory was short and a cell's text is missing: they must not be kept */
} weir_results;

/* Makes an empty tree; the caller destroys it. Texts given to it are copied. */
weir_status weir_results_create(weir_results **out, const char *deal_id, const char *en, const char *zh,
                                const char *currency, int currency_digits);
void weir_results_destroy(weir_results *results);

/* Names the scenario that was run; texts are copied, names may be NULL. */
weir_status weir_results_set_scenario(weir_results *results, const char *id, const char *en, const char *zh);

/* Adds a fact behind those that are there; both texts are copied. */
weir_status weir_results_add_fact(weir_results *results, const char *id, const char *value);

/* Copies the disclosures (severity WEIR_DISCLOSURE) and warnings of a list into the results. */
weir_status weir_results_add_disclosures(weir_results *results, const weir_diags *diags);

/* Adds an empty table; `columns` and its texts must be static or in the results' arena. */
weir_status weir_results_add_table(weir_table **out, weir_results *results, const char *id, const char *en,
                                   const char *zh, const weir_column *columns, int column_count, int csv);

/* Adds a row of empty cells and gives its first cell; NULL when memory is short. */
weir_cell *weir_table_add_row(weir_results *results, weir_table *table);

/* Cells. */
weir_cell weir_cell_number(double number);                 /* for every type but TEXT; NAN gives an empty cell */
weir_cell weir_cell_text(const char *en, const char *zh);  /* not copied: static or in the arena */
weir_cell weir_cell_key(const char *key, const char *en, const char *zh);
weir_cell weir_cell_typed(weir_cell_type type, int decimals, double number); /* for MIXED columns */

/* The word a cell is known by: its key, else its English text, else its Chinese one, else "". */
const char *weir_cell_word(const weir_cell *cell);

/* The type of a cell: its column's, or in a MIXED column its own. */
weir_cell_type weir_cell_type_of(const weir_column *column, const weir_cell *cell);

/* "text", "money" ...: the type's name in results.xml. */
const char *weir_cell_type_text(weir_cell_type type);

/* The table of an id, its column number, a cell; NULL or -1 when there is none. */
const weir_table *weir_results_table(const weir_results *results, const char *id);
int weir_table_column(const weir_table *table, const char *column);
const weir_cell *weir_table_cell(const weir_table *table, size_t row, int column);

/* The one text of a cell, used by CSV, XML and every writer's plain form: amounts 1234567.89, dates ISO, rates and
 * numbers as plain decimals. `buffer` holds 64 bytes and is used for numbers. */
const char *weir_cell_plain(const weir_table *table, int column, const weir_cell *cell, int currency_digits,
                            char *buffer);

/* A table as CSV: UTF-8, header line, fields quoted where needed; text that a spreadsheet would take for a formula
 * gets a leading apostrophe. */
void weir_table_write_csv(const weir_table *table, int currency_digits, weir_text *to);

/* The whole tree as results.xml (share/results.xsd), totals included. On short memory the text is marked failed. */
void weir_results_write_xml(const weir_results *results, weir_text *to);

/* Reads a results.xml back; `name` is what complaints call it. Tables and columns that this version does not know are kept
 * as they are. Totals are not read, weir_results_write_xml makes them again. WEIR_INPUT with SCHEMA or XML_… complaints. The
 * caller destroys the results. */
weir_status weir_results_read_xml(weir_results **out, const char *name, const char *xml, size_t length,
                                  weir_diags *diags);

/* Copies a table of other results, with its columns and texts; one of the same id is replaced. */
weir_status weir_results_copy_table(weir_results *to, const weir_table *table);

/* Foots and ties the tables: the identities that tables.def states, row by row and to the cent, and the ties between
 * tables. Complains with code FOOTING naming table, row and the two amounts; WEIR_INTERNAL when one breaks. */
weir_status weir_results_foot(const weir_results *results, weir_diags *diags);

#endif
