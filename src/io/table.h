/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.h: reads a CSV file with a header line, record by record, through a table of fields. */
#ifndef WEIR_IO_TABLE_H
#define WEIR_IO_TABLE_H

#include "io/fields.h"

/* What a CSV file holds and who takes its records. */
typedef struct weir_table {
	const char *kind;         /* "tape", "IP register", for messages */
	const weir_field *fields; /* columns may come in any order; an empty cell counts as not given */
	weir_seen required;       /* columns that must be there, with a value in every record */
	void *target;             /* the structure the fields fill */
	/* Before a record: makes the target ready. */
	void (*begin)(void *context, weir_place record);
	/* After a record whose cells were all read without complaint, or not (`good`): takes the target. */
	weir_status (*end)(void *context, weir_seen seen, weir_place record, int good);
	void *context;
	int *lost; /* set to 1 when a record was not handed on; NULL: nobody asks */
} weir_table;

/* Complaints about one file that are listed; those behind them are counted. */
#define WEIR_TABLE_COMPLAINTS_MAX 200

/* Reads source number `source`. Complains about unknown, double and missing columns, records with too many or too few
 * fields, bad quotes and bad values, each at its place. Lines that start with # before the header are comments.
 * Fails for want of memory, or as `end` does. */
weir_status weir_table_read(weir_loader *loader, uint32_t source, const weir_table *table);

/* The same of the file at `path`, or with NULL of weir's own data file `name`. WEIR_INPUT when that complained, WEIR_IO when the
 * file cannot be read. */
weir_status weir_table_load(weir_loader *loader, const char *path, const char *name, const weir_table *table);

#endif
