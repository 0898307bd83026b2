/* SPDX-License-Identifier: GPL-3.0-or-later */
/* document.h: the neutral document that templates produce and every writer prints (share/document.xsd). */
#ifndef WEIR_REPORT_DOCUMENT_H
#define WEIR_REPORT_DOCUMENT_H

#include <libxml/tree.h>

#include "base/arena.h"
#include "base/diag.h"
#include "report/results.h"

/* A text in one or both languages; a missing one is NULL. All texts live in the document's arena. */
typedef struct weir_doc_text {
	const char *en, *zh;
} weir_doc_text;

typedef enum weir_doc_tone {
	WEIR_TONE_PLAIN,
	WEIR_TONE_GOOD,
	WEIR_TONE_BAD,
	WEIR_TONE_MUTED
} weir_doc_tone;

/* One value with its type and format. */
typedef struct weir_doc_cell {
	weir_cell_type type;
	weir_doc_tone tone;
	const char *value;  /* a plain number or ISO date as in results.xml; NULL for text, and for an empty cell */
	weir_doc_text text; /* type TEXT */
	int decimals;       /* to print; -1: as many as the value has */
	int at_least;       /* 1: `decimals` is a minimum, further digits of the value are kept */
} weir_doc_cell;

/* How a column is headed, and what its cells are. */
typedef struct weir_doc_column {
	weir_doc_text heading;
	weir_cell_type type; /* numbers stand at the right */
	int row_head;        /* its cells head their rows */
	const char *of;      /* the id of the column that it shows of the results' table; NULL: none */
} weir_doc_column;

/* What a table, chart, list or section is known by outside its words. */
typedef struct weir_doc_mark {
	const char *codes;  /* "A-13 B-12": the tables of a regulator's or a house's list that it is; NULL: none */
	const char *anchor; /* the first of its codes that nothing before it has, where links lead; NULL: none */
	int number;         /* of tables and of charts, in the order of the document; 0: it is printed without one */
} weir_doc_mark;

typedef enum weir_doc_row_kind { WEIR_ROW_BODY, WEIR_ROW_GROUP, WEIR_ROW_TOTAL } weir_doc_row_kind;

/* A row of cells. */
typedef struct weir_doc_row {
	weir_doc_row_kind kind;
	weir_doc_cell *cells; /* one a column; a GROUP row has one cell over all columns */
	int cell_count;
} weir_doc_row;

/* A table as it is printed, its totals among the rows. */
typedef struct weir_doc_table {
	weir_doc_text caption, unit;
	weir_doc_mark mark;
	const char *from; /* the id of the results' table that it shows; NULL: it is the template's own */
	weir_doc_column *columns;
	int column_count;
	weir_doc_row *rows;
	int row_count;
} weir_doc_table;

typedef enum weir_chart_kind {
	WEIR_CHART_LINE,    /* series as lines over an axis of dates, or of numbers */
	WEIR_CHART_AREA,    /* stacked balances that hold until the next item, the first series on top */
	WEIR_CHART_COLUMNS, /* columns by stack, and lines over them */
	WEIR_CHART_STACK,   /* one column of parts: the capital structure */
	WEIR_CHART_BARS,    /* horizontal bars with names */
	WEIR_CHART_TORNADO, /* bars to both sides of the threshold: the first series at the low, the second at the high */
	WEIR_CHART_BRIDGE,  /* from a level through changes to a level */
	WEIR_CHART_SANKEY,  /* flows between nodes in layers, as wide as their values */
	WEIR_CHART_DIAGRAM, /* boxes in layers, and named arrows between them */
	WEIR_CHART_TREEMAP, /* a rectangle of parts, those of a group together */
	WEIR_CHART_TIMELINE,/* bars from the dates of the first to those of the second series; marks at those of others */
	WEIR_CHART_HEAT     /* a row a series, a column an item, the value in each cell */
} weir_chart_kind;

/* A place on the x axis, a part of a stack, a bar, or a node. */
typedef struct weir_doc_item {
	const char *date;       /* ISO; NULL when it has a name */
	weir_doc_text name;
	int has_place, is_level; /* has_place: on an axis of numbers; is_level: a bridge stands there, not a change */
	double place;
	weir_doc_cell *details; /* printed beside the part of a stack, or with the name of a bar */
	int detail_count;
	weir_doc_cell *edge;    /* printed at the lower edge of the part of a stack; NULL: nothing is */
	const char *id;         /* nodes: what flows name */
	int layer, is_strong;   /* nodes: their column from the left, from 0; the one that all is about */
	weir_doc_text group;    /* parts of a treemap */
} weir_doc_item;

#define WEIR_MOST_LAYERS 64

/* From a node to another: a flow with its value, or an arrow with its name. Their layers differ. */
typedef struct weir_doc_flow {
	int from, to;       /* items of the chart */
	const char *value;  /* NULL: none */
	weir_doc_text name;
} weir_doc_flow;

/* A line across the chart: at a value, or at a date. */
typedef struct weir_doc_threshold {
	double value;
	const char *date; /* ISO; NULL: at the value */
	weir_doc_text name;
} weir_doc_threshold;

/* The values of a series, one for each item of its chart, as in results.xml. */
typedef struct weir_doc_series {
	weir_doc_text name;
	int is_line;       /* in COLUMNS: a line over the columns */
	int stack;         /* in COLUMNS: columns of one stack number stand on each other */
	const char **values; /* [items]; NULL: a gap */
} weir_doc_series;

/* A unit in which an axis may count: values / factor, and its words. */
typedef struct weir_doc_scale {
	double factor;
	weir_doc_text name;
} weir_doc_scale;

/* A chart as it is told; chart.h draws it. */
typedef struct weir_doc_chart {
	weir_doc_mark mark;
	weir_chart_kind kind;
	weir_doc_text title, description, data_label, x_title, group_title;
	weir_cell_type value_type;
	int decimals;      /* of printed values */
	weir_doc_item *items;
	int item_count;
	weir_doc_series *series;
	int series_count;
	weir_doc_scale *scales; /* smallest factor first; none: plain numbers */
	int scale_count;
	int clips; /* values far above the others are cut off and labelled */
	weir_doc_threshold *thresholds;
	int threshold_count;
	weir_doc_flow *flows;
	int flow_count;
	weir_doc_text from_title, to_title, what_title; /* of the flows, in the table of them */
} weir_doc_chart;

/* A label with its value or values: a tile, a field, a list item. */
typedef struct weir_doc_entry {
	weir_doc_text label, text;
	weir_doc_cell *cells;
	int cell_count;
	weir_doc_tone tone;
} weir_doc_entry;

typedef enum weir_block_kind {
	WEIR_BLOCK_SECTION,
	WEIR_BLOCK_PARAGRAPH,
	WEIR_BLOCK_NOTE,
	WEIR_BLOCK_TILES,
	WEIR_BLOCK_FIELDS,
	WEIR_BLOCK_LIST,
	WEIR_BLOCK_TABLE,
	WEIR_BLOCK_CHART,
	WEIR_BLOCK_PAGE_BREAK
} weir_block_kind;

/* A part of the document; a section has parts of its own. */
typedef struct weir_block weir_block;

/* Words of a paragraph that lead to another block: "Table 7". */
typedef struct weir_doc_link {
	int zh;              /* whether they stand in the Chinese text */
	size_t from, length; /* bytes of that text */
	const weir_block *to;
} weir_doc_link;

struct weir_block {
	weir_block_kind kind;
	weir_block *next;
	weir_doc_text text;     /* paragraph, note; a section's title */
	weir_doc_mark mark;     /* number of a section: of those of the top level */
	weir_doc_link *links;   /* paragraph, note: in the order of the text */
	int link_count;
	const char *id;         /* sections: unique in the document; the target of links */
	int wide;               /* sections: printed on landscape pages */
	int breaks;             /* sections: begins on a new page */
	weir_doc_tone tone;     /* notes */
	weir_block *children;   /* sections */
	weir_doc_entry *entries;/* tiles, fields, lists */
	int entry_count;
	int ordered;            /* lists: the labels are numbers of their own */
	weir_doc_table *table;
	weir_doc_chart *chart;
};

/* A document, whichever format it ends in. */
typedef struct weir_document {
	weir_arena *arena;         /* owns all of it */
	const char *lang;          /* "en", "zh" or "both" */
	int is_sheet;              /* all of it on one page, in two columns of small type */
	weir_doc_text kicker, title, subtitle, footer, contents_title;
	weir_doc_entry *fields;    /* identifying facts of the title block */
	int field_count;
	weir_block *blocks;
} weir_document;

/* Reads a document from its XML. What the vocabulary does not have is an error (code SCHEMA) that names the element.
 * The caller destroys the document; the XML may go at once. */
weir_status weir_document_read(weir_document **out, const xmlDoc *xml, weir_diags *diags);
void weir_document_destroy(weir_document *document);

/* "Table", "表": the word before the number of a table or, with `is_figure`, of a chart. */
const char *weir_doc_number_word(const char *lang, int is_figure);

/* The text in one string, "English 中文" when there are both; in the arena. NULL when memory is short. */
const char *weir_doc_text_join(weir_arena *arena, weir_doc_text text);

#endif
