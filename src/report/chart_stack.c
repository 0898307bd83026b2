/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart_stack.c: one column of parts: the capital structure, with what stands at the edges and beside the parts. */
#include <math.h>

#include "report/chart_int.h"
#include "report/format.h"

/* The value of a part of a stack. */
static double part_value(const weir_plot *p, int item)
{
	const weir_doc_series *series = &p->chart->series[0];
	return weir_plot_has(series, item) ? fmax(weir_plot_value(series, item), 0) : 0;
}

static const char *edge_text(weir_plot *p, int item)
{
	weir_text text = { 0 };
	if (!p->chart->items[item].edge)
		return "";
	weir_format_cell(&text, p->chart->items[item].edge);
	const char *kept = weir_text_keep(&text, p->scene->arena);
	if (!kept)
		p->scene->failed = 1;
	return kept ? kept : "";
}

/* What stands at the lower edges of the parts, from the bottom up; `bottom` is the column's. */
static void draw_edges(weir_plot *p, double bottom, double per_value)
{
	double y = bottom, below = bottom + p->font * 1.3;
	for (int i = p->chart->item_count - 1; i >= 0; i--) {
		const char *text = edge_text(p, i);
		if (*text) {
			double at = fmin(fmin(y, below - p->font * 1.3), p->scene->height - p->font * 0.5);
			weir_point leader[3] = { { p->left - 2, y }, { p->left - 6, y }, { p->left - 12, at } };
			weir_scene_line(p->scene, leader, 3, WEIR_INK_AXIS, 1, 0);
			weir_scene_text(p->scene, p->left - 15, at + p->font * 0.35, text, p->font, WEIR_ANCHOR_END,
			                WEIR_INK_MUTED, 0);
			below = at;
		}
		y -= part_value(p, i) * per_value;
	}
}

/* The name and the details beside the part around `middle`, not above `from`; gives where the next one may begin. */
static double draw_part_name(weir_plot *p, int item, double middle, double from)
{
	double line = p->font * 2.9, room_below = (p->chart->item_count - item) * line;
	/* labels keep their distance and leave room for those below */
	double label = fmax(from, fmin(middle - line / 2, p->scene->height - 4 - room_below));
	double label_middle = label + line / 2 - p->font * 0.2, x = p->right + 28, width = p->scene->width - x;
	weir_point leader[3] = { { p->right + 3, middle },
		                 { p->right + 14, label_middle },
		                 { p->right + 22, label_middle } };
	weir_scene_line(p->scene, leader, 3, WEIR_INK_AXIS, 1, 0);
	weir_scene_text(p->scene, x, label + p->font * 0.95,
	                weir_plot_words_within(p, weir_plot_words(p, p->chart->items[item].name), p->font, width),
	                p->font, WEIR_ANCHOR_START, WEIR_INK_TEXT, 1);
	weir_scene_text(p->scene, x, label + p->font * 2.2,
	                weir_plot_words_within(p, weir_plot_details(p, &p->chart->items[item]), p->font, width),
	                p->font, WEIR_ANCHOR_START, WEIR_INK_MUTED, 0);
	return label + line;
}

/* One column of parts with the first on top, each with its name and details beside it. */
void weir_plot_stack(weir_plot *p)
{
	const weir_doc_chart *chart = p->chart;
	double total = 0, edges = 0, height = p->scene->height - 8, y = 4, next_label = 4;
	int narrow = p->scene->width < WEIR_NARROW_CHART;
	for (int i = 0; i < chart->item_count; i++) {
		total += part_value(p, i);
		edges = fmax(edges, weir_text_width(edge_text(p, i), p->font));
	}
	p->left = edges > 0 ? edges + 16 : 1;
	p->right = p->left + (!narrow ? 150 : edges > 0 ? 52 : 84);
	for (int i = 0; total > 0 && i < chart->item_count; i++) {
		double part = height * part_value(p, i) / total;
		weir_scene_box(p->scene, p->left, y, p->right - p->left, part, weir_plot_ink(p, i), i % WEIR_PATTERNS,
		               WEIR_INK_PAPER);
		next_label = draw_part_name(p, i, y + part / 2, next_label);
		y += part;
	}
	if (total > 0)
		draw_edges(p, y, height / total);
}
