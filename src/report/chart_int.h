/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart_int.h: what the files that draw charts share. */
#ifndef WEIR_REPORT_CHART_INT_H
#define WEIR_REPORT_CHART_INT_H

#include "report/chart.h"

#define WEIR_NARROW_CHART 480.0 /* below this width: a phone */

/* What drawing carries around. */
typedef struct weir_plot {
	weir_scene *scene;
	const weir_doc_chart *chart;
	double font;
	double left, top, right, bottom; /* of the plotting area */
	double inset;                    /* on an axis to scale: room before the first and behind the last item */
	double low, high;                /* values at the ends of the value axis */
	double step;                     /* of the ticks */
	double clip;                     /* values above it are cut off; INFINITY: none are */
	double factor;                   /* of the axis unit */
	int band;                        /* 1: items have bands; 0: items lie on an axis to scale */
	double first_place, last_place;  /* of the items on it: days, or numbers */
	int names_at_ends;               /* lines are named where they end, in the place of a legend */
} weir_plot;

/* Whether a series has a value for an item, and the value that it has. */
int weir_plot_has(const weir_doc_series *series, int item);
double weir_plot_value(const weir_doc_series *series, int item);

/* The ink of a series, or of a part of a stack. */
weir_ink weir_plot_ink(const weir_plot *p, int number);

/* The name in one string; an empty one when memory is short (the scene then knows). */
const char *weir_plot_words(weir_plot *p, weir_doc_text text);

/* The same, of a font size, in at most so many pixels: cut with an ellipsis. */
const char *weir_plot_words_within(weir_plot *p, const char *words, double size, double width);

/* A number as text in the arena. */
const char *weir_plot_number(weir_plot *p, const char *value, int is_rate, int decimals, int at_least);

/* The details of an item in one line: "36,000,000.00 · 94.74%". */
const char *weir_plot_details(weir_plot *p, const weir_doc_item *item);

/* The largest unit of which the value axis has at least ten. */
weir_doc_text weir_plot_choose_scale(weir_plot *p);

/* Whether a series is filled: areas, columns, bars; else it is a line. */
int weir_plot_is_filled(const weir_plot *p, int series);

/* A sample of how a series is drawn: a patch, or a line with its dot. */
void weir_plot_sample(weir_plot *p, int series, double x, double y);

/* The legend in lines of the scene's width; returns the y under it. */
double weir_plot_legend(weir_plot *p);

#define WEIR_MOST_LINES 8

/* A text on several lines. */
typedef struct weir_plot_lines {
	const char *text[WEIR_MOST_LINES];
	int count;
	double width; /* of the widest */
	int cut;      /* something is left out, with an ellipsis in its place */
} weir_plot_lines;

/* Breaks a text between words, or Chinese characters, into at most `most` (up to WEIR_MOST_LINES) lines of so many pixels. */
weir_plot_lines weir_plot_wrap(weir_plot *p, const char *text, double size, double width, int most);

/* The same of words in one or both languages, each on lines of its own: `most` (up to half of WEIR_MOST_LINES) of each. */
weir_plot_lines weir_plot_wrap_words(weir_plot *p, weir_doc_text words, double size, double width, int most);

/* Draws the lines, the first baseline at `y`; gives the baseline under the last. */
double weir_plot_put_lines(weir_plot *p, const weir_plot_lines *lines, double x, double y, double size, weir_anchor anchor,
                           weir_ink ink, int bold);

/* A value in the unit of the axis, with two decimals where there is a unit: "36.25". */
const char *weir_plot_scaled(weir_plot *p, double value);

/* How many layers have nodes; layer_of[items]: an item's, counted anew from 0. */
int weir_plot_layers(const weir_doc_chart *chart, int *layer_of);

/* chart_axes.c: lines, areas and columns over an axis. */
void weir_plot_axes(weir_plot *p);

/* chart_sankey.c, chart_diagram.c, chart_treemap.c, chart_timeline.c, chart_heat.c: they set the scene's height. */
void weir_plot_sankey(weir_plot *p);
void weir_plot_diagram(weir_plot *p);
void weir_plot_treemap(weir_plot *p);
void weir_plot_timeline(weir_plot *p);
void weir_plot_heat(weir_plot *p);

/* chart_stack.c: one column of parts. */
void weir_plot_stack(weir_plot *p);

/* chart_bars.c: charts of horizontal bars. */
void weir_plot_bars(weir_plot *p);
void weir_plot_tornado(weir_plot *p);
void weir_plot_bridge(weir_plot *p);
double weir_plot_bars_height(const weir_doc_chart *chart);

#endif
