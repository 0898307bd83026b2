/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart_heat.c: a row a series, a column an item, the value in each cell; what is below the threshold stands white
 * on dark, the rest lighter the farther it is above. Where the columns do not fit they go on in a further block
 * under the first. */
#include <math.h>
#include <string.h>

#include "report/chart_int.h"

#define ROW 27.0
#define LEAST_CELL 30.0
#define MOST_CELL 92.0

static double threshold_of(const weir_plot *p)
{
	return p->chart->threshold_count > 0 ? p->chart->thresholds[0].value : -INFINITY;
}

static const char *cell_text(weir_plot *p, int s, int item)
{
	if (!weir_plot_has(&p->chart->series[s], item))
		return "";
	if (p->chart->scale_count > 0)
		return weir_plot_scaled(p, weir_plot_value(&p->chart->series[s], item));
	return weir_plot_number(p, p->chart->series[s].values[item], p->chart->value_type == WEIR_CELL_RATE,
	                        p->chart->decimals, 0);
}

static const char *column_name(weir_plot *p, int item)
{
	const weir_doc_item *one = &p->chart->items[item];
	return one->date ? one->date : weir_plot_words(p, one->name);
}

/* Up to a tenth, half, and more above the threshold. */
static weir_ink cell_ink(const weir_plot *p, double value)
{
	double threshold = threshold_of(p);
	if (value < threshold)
		return (weir_ink)(WEIR_INK_SERIES + 3);
	if (isinf(threshold) || value >= threshold + fabs(threshold) * 0.5)
		return (weir_ink)(WEIR_INK_TINT + 7);
	return (weir_ink)(WEIR_INK_TINT + (value < threshold + fabs(threshold) * 0.1 ? 1 : 2));
}

static void draw_cell(weir_plot *p, int s, int item, double x, double y, double width)
{
	const char *text = cell_text(p, s, item);
	double size = p->font * 0.92;
	if (!weir_plot_has(&p->chart->series[s], item)) {
		weir_scene_box(p->scene, x, y, width, ROW, WEIR_INK_PAPER, 0, WEIR_INK_GRID);
		return;
	}
	int below = weir_plot_value(&p->chart->series[s], item) < threshold_of(p);
	weir_scene_box(p->scene, x, y, width, ROW, cell_ink(p, weir_plot_value(&p->chart->series[s], item)), 0,
	               WEIR_INK_PAPER);
	if (weir_text_width(text, size) <= width - 2)
		weir_scene_text(p->scene, x + width / 2, y + ROW / 2 + size * 0.35, text, size, WEIR_ANCHOR_MIDDLE,
		                below ? WEIR_INK_PAPER : WEIR_INK_TEXT, below);
}

/* Names of the columns from `first` on, those that have room. */
static void draw_column_names(weir_plot *p, int first, int count, double width, double y)
{
	double end = -INFINITY, size = p->font * 0.92;
	for (int i = 0; i < count; i++) {
		const char *name = column_name(p, first + i);
		double half = weir_text_width(name, size) / 2, x = p->left + (i + 0.5) * width;
		x = fmin(x, p->scene->width - half);
		if (x - half < end + 5)
			continue;
		weir_scene_text(p->scene, x, y, name, size, WEIR_ANCHOR_MIDDLE, WEIR_INK_MUTED, 0);
		end = x + half;
	}
}

/* On one line, or smaller on two. */
static void draw_row_name(weir_plot *p, int s, double y)
{
	const char *name = weir_plot_words(p, p->chart->series[s].name);
	double size = p->font * 0.92, room = p->left - 9;
	if (weir_text_width(name, size) > room)
		size = p->font * 0.82;
	weir_plot_lines lines = weir_plot_wrap(p, name, size, room, 2);
	double first = y + ROW / 2 + size * 0.35 - (lines.count - 1) * size * 0.6;
	weir_plot_put_lines(p, &lines, p->left - 8, first, size, WEIR_ANCHOR_END, WEIR_INK_TEXT, 0);
}

static double draw_block(weir_plot *p, int first, int count, double width, double y)
{
	draw_column_names(p, first, count, width, y + p->font);
	y += p->font * 1.5;
	for (int s = 0; s < p->chart->series_count; s++, y += ROW) {
		draw_row_name(p, s, y);
		for (int i = 0; i < count; i++)
			draw_cell(p, s, first + i, p->left + i * width, y, width);
	}
	return y;
}

/* What a dark cell means. */
static double draw_legend(weir_plot *p)
{
	if (p->chart->threshold_count == 0)
		return 2;
	weir_scene_box(p->scene, 1, 3, 14, 11, (weir_ink)(WEIR_INK_SERIES + 3), 0, WEIR_INK_NONE);
	weir_scene_text(p->scene, 21, 12.5, weir_plot_words(p, p->chart->thresholds[0].name), p->font,
	                WEIR_ANCHOR_START, WEIR_INK_TEXT, 0);
	return p->font * 1.9;
}

void weir_plot_heat(weir_plot *p)
{
	const weir_doc_chart *chart = p->chart;
	double names = 0, texts = 0, y = draw_legend(p);
	p->low = INFINITY;
	p->high = -INFINITY;
	for (int s = 0; s < chart->series_count; s++) {
		names = fmax(names, weir_text_width(weir_plot_words(p, chart->series[s].name), p->font * 0.92));
		for (int i = 0; i < chart->item_count; i++) {
			if (!weir_plot_has(&chart->series[s], i))
				continue;
			p->low = fmin(p->low, weir_plot_value(&chart->series[s], i));
			p->high = fmax(p->high, weir_plot_value(&chart->series[s], i));
		}
	}
	weir_plot_choose_scale(p);
	for (int s = 0; s < chart->series_count; s++)
		for (int i = 0; i < chart->item_count; i++)
			texts = fmax(texts, weir_text_width(cell_text(p, s, i), p->font * 0.92) + 6);
	p->left = fmin(names, p->scene->width * 0.3) + 12;
	double room = p->scene->width - p->left - 1, least = fmin(fmax(texts, LEAST_CELL), room);
	int fit = (int)(room / least), blocks = (chart->item_count + fit - 1) / fit;
	int a_block = (chart->item_count + blocks - 1) / blocks;
	double width = fmin(room / a_block, MOST_CELL);
	for (int first = 0; first < chart->item_count; first += a_block) {
		int count = chart->item_count - first < a_block ? chart->item_count - first : a_block;
		y = draw_block(p, first, count, width, y) + p->font * 0.8;
	}
	p->scene->height = y;
}
