/* SPDX-License-Identifier: GPL-3.0-or-later */
/* filing.h: a report that a regulator prescribes field by field, and what only the reporting entity knows for it. */
#ifndef WEIR_DEAL_FILING_H
#define WEIR_DEAL_FILING_H

#include <stddef.h>

#include "base/source.h"
#include "time/date.h"

/* What a value looks like in the message. */
typedef enum weir_filing_kind {
	WEIR_FILING_NAMESPACE,  /* of the whole message; no value of its own */
	WEIR_FILING_GROUP,      /* a part that repeats: the fields whose paths begin with its path */
	WEIR_FILING_TEXT,       /* at most `most` characters */
	WEIR_FILING_IDENTIFIER, /* of a securitisation: LEI, N, year, two digits */
	WEIR_FILING_TELEPHONE,  /* +86-1012345678 */
	WEIR_FILING_CODE,       /* one of the words of `allowed` */
	WEIR_FILING_FLAG,
	WEIR_FILING_DATE,
	WEIR_FILING_AMOUNT,     /* cents, with a sign of its own */
	WEIR_FILING_PERCENT,    /* natural units; written as per cent */
	WEIR_FILING_NUMBER,     /* two decimals, from 0 */
	WEIR_FILING_MEASURED,   /* a number, or a percentage when it is a rate */
	WEIR_FILING_DAYS        /* 1 to 9999 */
} weir_filing_kind;

/* Where a value comes from; `from` says which. */
typedef enum weir_filing_source {
	WEIR_FILING_FACT,      /* the reporting entity */
	WEIR_FILING_CONSTANT,
	WEIR_FILING_COLUMN,    /* TABLE.COLUMN of the results, in the row of the period */
	WEIR_FILING_MEASURE,   /* computed from the results */
	WEIR_FILING_TESTS,     /* of a group: once for each trigger */
	WEIR_FILING_CASH_FLOW, /* of a group: once for each receipt, then each payment */
	WEIR_FILING_TEST,      /* of the trigger */
	WEIR_FILING_LINE       /* of the receipt or payment */
} weir_filing_source;

/* Whether a fact may give the value. */
typedef enum weir_filing_takes {
	WEIR_FILING_NEVER,
	WEIR_FILING_ELSE, /* where the source has no value */
	WEIR_FILING_FIRST,  /* before the source */
	WEIR_FILING_CHECKED /* the same; a warning tells when the source has another */
} weir_filing_takes;

typedef struct weir_filing_field {
	const char *code, *name, *path, *at; /* at: the element inside the path; NULL: the path itself */
	const char *allowed; /* codes, with blanks between; NULL: none */
	size_t most;         /* characters of a text */
	const char *no_data; /* "ND5 ND1": no-data codes, the usual one first; NULL: none */
	const char *from;
	int kind, source, takes, many; /* many: [1..n] */
	weir_place place;
} weir_filing_field;

/* A value given by the reporting entity. */
typedef struct weir_filing_fact {
	int field;        /* in the table */
	const char *item; /* of a group: the trigger's id; NULL: none */
	const char *text; /* as given */
	double number;    /* what it means, for the kinds that are numbers */
	char no_data[4];  /* "ND4"; empty: a value */
	weir_date from;   /* of ND4: when there will be one */
	weir_place place;
} weir_filing_fact;

typedef struct weir_filing {
	const weir_filing_field *fields;
	int field_count;
	const weir_filing_fact *facts; /* in the order of the file */
	int fact_count;
} weir_filing;

#endif
