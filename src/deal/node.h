/* SPDX-License-Identifier: GPL-3.0-or-later */
/* node.h: what every element of a deal may carry: names, formulas and word lists with their places. */
#ifndef WEIR_DEAL_NODE_H
#define WEIR_DEAL_NODE_H

#include "base/source.h"

/* What every element of a deal may carry. Texts are NUL-terminated; a missing one is NULL. */
typedef struct weir_node {
	const char *id;     /* unique in the deal; a name in formulas */
	const char *en, *zh;
	const char *clause; /* where the document says so */
	const char *note;   /* free text; one that starts with "assumption" or "illustrative" is disclosed */
	const char *note_zh;/* the same in Chinese; one that starts with 假设 or 示例 is disclosed too */
	weir_place place;   /* the element's start tag */
} weir_node;

/* A formula as written; the plan compiler parses it. `text` is NULL when the attribute is absent. */
typedef struct weir_formula {
	const char *text; /* decoded, NUL-terminated */
	weir_place place; /* the attribute's raw value */
} weir_formula;

/* A list of words as written ("A1.interest A2.interest"), each with its place. */
typedef struct weir_words {
	int count;
	const char **items;
	weir_place *places;
} weir_words;

#endif
