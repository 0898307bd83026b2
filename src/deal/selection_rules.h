/* SPDX-License-Identifier: GPL-3.0-or-later */
/* selection_rules.h: what a selection file says: which candidates are eligible, what the selected pool must meet, and what
 * it is chosen for. */
#ifndef WEIR_DEAL_SELECTION_RULES_H
#define WEIR_DEAL_SELECTION_RULES_H

#include "deal/node.h"
#include "time/date.h"

/* Columns of a candidate tape beyond those of a deal's: at most so many. */
#define WEIR_TAPE_EXTRA_MOST 15

typedef enum weir_tape_type {
	WEIR_TAPE_NUMBER,
	WEIR_TAPE_RATE,
	WEIR_TAPE_MONEY,
	WEIR_TAPE_DATE,
	WEIR_TAPE_FLAG,
	WEIR_TAPE_TEXT
} weir_tape_type;

/* One contract's value in such a column. */
typedef struct weir_tape_value {
	double number;    /* number, rate, money in cents; NAN: not given */
	weir_date date;   /* WEIR_DATE_NONE: not given */
	int flag;         /* -1: not given */
	const char *text; /* NULL: not given */
} weir_tape_value;

/* A column of the tape that only the rules know. Its id is the column's header and a name in formulas. */
typedef struct weir_tape_column {
	weir_node node;
	weir_tape_type type;
} weir_tape_column;

/* A scale gives a number to each text of a column: AA+ is 2. */
typedef struct weir_scale_value {
	const char *is;
	weir_formula as; /* a constant */
	weir_place place;
} weir_scale_value;

typedef struct weir_scale {
	weir_node node;
	weir_formula column; /* text and place of the column's name */
	int is_rate;         /* its values are rates; else plain numbers */
	weir_scale_value *values;
	int value_count;
} weir_scale;

/* A group names some texts of a column: a flag in formulas. */
typedef struct weir_text_group {
	weir_node node;
	weir_formula column;
	weir_scale_value *values; /* `as` unused */
	int value_count;
} weir_text_group;

typedef enum weir_rule_kind {
	WEIR_RULE_ELIGIBLE, /* a contract must pass the test to be chosen */
	WEIR_RULE_INCLUDE,  /* these contracts are chosen */
	WEIR_RULE_EXCLUDE,  /* these are not */
	WEIR_RULE_TOGETHER, /* eligible contracts with the same text of a column: all or none */
	WEIR_RULE_AMOUNT,   /* money of the chosen contracts, or of some of them */
	WEIR_RULE_SHARE,    /* the same as a share of all that is chosen */
	WEIR_RULE_NUMBER,   /* how many contracts, or how many different texts of a column */
	WEIR_RULE_AVERAGE   /* weighted average of a value */
} weir_rule_kind;

/* What money is counted in. */
typedef enum weir_selection_measure {
	WEIR_MEASURE_DEFAULT,    /* as the rules say at their top */
	WEIR_MEASURE_PRINCIPAL,
	WEIR_MEASURE_RECEIVABLE, /* principal and income */
	WEIR_MEASURE_CONTRACTS   /* averages only: every contract weighs the same */
} weir_selection_measure;

typedef struct weir_rule {
	weir_node node; /* first */
	weir_rule_kind kind;
	weir_formula of;       /* ELIGIBLE: the test; AMOUNT, SHARE, NUMBER: which contracts count; AVERAGE: of what */
	weir_formula by;       /* text and place of a column's name; AMOUNT, SHARE: for each of its texts */
	const char *value;     /* with by: only this text */
	int top;               /* with by: the largest so many texts together; 1 */
	weir_selection_measure measure;
	weir_words contracts, obligors; /* INCLUDE, EXCLUDE */
	double least, most;    /* AMOUNT in cents, SHARE, NUMBER; NAN: open */
	weir_formula least_value, most_value; /* AVERAGE; text NULL: open */
} weir_rule;

typedef enum weir_goal {
	WEIR_GOAL_SPREAD,     /* weighted average of a rate */
	WEIR_GOAL_PRINCIPAL,
	WEIR_GOAL_RECEIVABLE,
	WEIR_GOAL_NUMBER,     /* of contracts */
	WEIR_GOAL_COVERAGE,   /* promised receipts / selected principal */
	WEIR_GOAL_AVERAGE,    /* weighted average of a formula */
	WEIR_GOAL_TOTAL       /* sum of a formula */
} weir_goal;

typedef struct weir_objective {
	weir_place place;
	weir_goal goal;
	int minimise;
	weir_formula of; /* SPREAD, AVERAGE, TOTAL */
	weir_selection_measure measure;
} weir_objective;

typedef struct weir_selection_rules {
	weir_node node;
	weir_selection_measure measure; /* PRINCIPAL or RECEIVABLE */
	weir_tape_column *columns; int column_count;
	weir_scale *scales; int scale_count;
	weir_text_group *groups; int group_count;
	weir_rule *rules; int rule_count; /* in the order of the file */
	weir_objective objective;
	weir_tape_value *extras; /* [contracts][columns] */
	uint32_t tape_source;    /* the candidate tape among the sources */
} weir_selection_rules;

#endif
