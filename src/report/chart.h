/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart.h: draws the charts that a document describes. */
#ifndef WEIR_REPORT_CHART_H
#define WEIR_REPORT_CHART_H

#include "report/document.h"
#include "report/scene.h"

/* Draws the chart into a new scene of the given width (CSS pixels; the height follows) in `arena`.
 * WEIR_NO_MEMORY is the only failure; a chart without values gives an empty frame. */
weir_status weir_chart_draw(weir_scene **out, weir_arena *arena, const weir_doc_chart *chart, double width);

/* The values behind a chart as a table: the items with their series, or from whom to whom the flows go. In `arena`. */
weir_status weir_chart_table(weir_doc_table **out, weir_arena *arena, const weir_doc_chart *chart);

/* A round step (1, 2, 2.5 or 5 times a power of ten) that cuts `span` > 0 into at most `most` parts. */
double weir_chart_step(double span, int most);

/* The value above which a clipping chart cuts off: three times the median of the values (and at least of the
 * threshold), or INFINITY when nothing lies so far out. `values` holds no NAN; it is sorted in place. */
double weir_chart_clip(double *values, int count, double threshold);

#endif
