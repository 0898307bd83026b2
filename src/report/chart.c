/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart.c: what all charts share, and the way to the file that draws a kind. */
#include "report/chart_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/format.h"

#define CLIP_RATIO 3.0

double weir_chart_step(double span, int most)
{
	static const double sizes[] = { 1, 2, 2.5, 5 };
	double power = 1;
	while (span / (power * 10) > most)
		power *= 10;
	while (span / power <= most && power > 1e-9)
		power /= 10;
	for (;; power *= 10)
		for (int i = 0; i < 4; i++)
			if (span / (sizes[i] * power) <= most)
				return sizes[i] * power;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

double weir_chart_clip(double *values, int count, double threshold)
{
	if (count == 0)
		return INFINITY;
	qsort(values, (size_t)count, sizeof *values, compare);
	double median = values[(count - 1) / 2];
	double limit = CLIP_RATIO * (median > threshold ? median : threshold);
	return values[count - 1] > limit ? limit : INFINITY;
}

int weir_plot_has(const weir_doc_series *series, int item)
{
	return series->values[item] != NULL;
}

double weir_plot_value(const weir_doc_series *series, int item)
{
	return weir_format_number(series->values[item]);
}

/* Columns leave the darkest ink to the line that is drawn over them. */
weir_ink weir_plot_ink(const weir_plot *p, int number)
{
	static const int column_order[WEIR_SERIES_INKS] = { 2, 1, 4, 3, 5, 7, 6, 0 };
	number %= WEIR_SERIES_INKS;
	return (weir_ink)(WEIR_INK_SERIES + (p->chart->kind == WEIR_CHART_COLUMNS ? column_order[number] : number));
}

const char *weir_plot_words(weir_plot *p, weir_doc_text text)
{
	const char *joined = weir_doc_text_join(p->scene->arena, text);
	if (!joined)
		p->scene->failed = 1;
	return joined ? joined : "";
}

const char *weir_plot_words_within(weir_plot *p, const char *text, double size, double width)
{
	static const char ellipsis[] = "\xE2\x80\xA6";
	if (weir_text_width(text, size) <= width)
		return text;
	weir_text cut = { 0 };
	weir_text_add(&cut, text);
	while (!cut.failed && cut.length > 0 && weir_text_width(cut.data, size) + size > width) {
		do /* a whole character */
			cut.length--;
		while (cut.length > 0 && ((unsigned char)cut.data[cut.length] & 0xC0) == 0x80);
		cut.data[cut.length] = '\0';
	}
	weir_text_add(&cut, ellipsis);
	const char *kept = weir_text_keep(&cut, p->scene->arena);
	if (!kept)
		p->scene->failed = 1;
	return kept ? kept : "";
}

const char *weir_plot_number(weir_plot *p, const char *value, int is_rate, int decimals, int at_least)
{
	weir_text text = { 0 };
	weir_format_decimal(&text, value, is_rate, decimals, at_least);
	const char *kept = weir_text_keep(&text, p->scene->arena);
	if (!kept)
		p->scene->failed = 1;
	return kept ? kept : "";
}

weir_doc_text weir_plot_choose_scale(weir_plot *p)
{
	weir_doc_text name = { NULL, NULL };
	double size = fmax(fabs(p->high), fabs(p->low));
	p->factor = 1;
	for (int i = 0; i < p->chart->scale_count; i++) {
		const weir_doc_scale *scale = &p->chart->scales[i];
		if (i > 0 && size < 10 * scale->factor)
			break;
		p->factor = scale->factor;
		name = scale->name;
	}
	return name;
}

int weir_plot_is_filled(const weir_plot *p, int s)
{
	return p->chart->kind == WEIR_CHART_AREA || p->chart->kind == WEIR_CHART_TORNADO ||
	       (p->chart->kind == WEIR_CHART_COLUMNS && !p->chart->series[s].is_line);
}

void weir_plot_sample(weir_plot *p, int s, double x, double y)
{
	if (weir_plot_is_filled(p, s)) {
		weir_scene_box(p->scene, x, y - 9, 14, 10, weir_plot_ink(p, s), s % WEIR_PATTERNS, WEIR_INK_NONE);
		return;
	}
	weir_ink ink = p->chart->kind == WEIR_CHART_COLUMNS ? WEIR_INK_TEXT : weir_plot_ink(p, s);
	weir_point line[2] = { { x - 2, y - 4 }, { x + 16, y - 4 } };
	weir_scene_line(p->scene, line, 2, ink, 2, p->chart->kind == WEIR_CHART_LINE ? s % 4 : 0);
	if (!p->chart->items[0].has_place) /* lines over numbers have no dots */
		weir_scene_dot(p->scene, x + 7, y - 4, 3, WEIR_INK_PAPER, ink);
}

double weir_plot_legend(weir_plot *p)
{
	const weir_doc_chart *chart = p->chart;
	double x = 2, y = p->font + 2;
	if (p->names_at_ends || (chart->series_count < 2 && chart->threshold_count == 0))
		return 0;
	for (int s = 0; s < chart->series_count; s++) {
		const char *name = weir_plot_words(p, chart->series[s].name);
		double width = 20 + weir_text_width(name, p->font) + 18;
		if (x > 2 && x + width - 18 > p->scene->width) {
			x = 2;
			y += p->font * 1.6;
		}
		weir_plot_sample(p, s, x, y);
		weir_scene_text(p->scene, x + 20, y, name, p->font, WEIR_ANCHOR_START, WEIR_INK_TEXT, 0);
		x += width;
	}
	return y + p->font * 0.6;
}

const char *weir_plot_details(weir_plot *p, const weir_doc_item *item)
{
	weir_text text = { 0 };
	for (int i = 0; i < item->detail_count; i++) {
		const weir_doc_cell *cell = &item->details[i];
		if (cell->type != WEIR_CELL_TEXT && !cell->value)
			continue;
		if (text.length)
			weir_text_add(&text, " \xC2\xB7 ");
		if (cell->type == WEIR_CELL_TEXT)
			weir_text_add(&text, weir_plot_words(p, cell->text));
		else
			weir_format_cell(&text, cell);
	}
	const char *kept = weir_text_keep(&text, p->scene->arena);
	if (!kept)
		p->scene->failed = 1;
	return kept ? kept : "";
}

static double height_of(const weir_doc_chart *chart, double width)
{
	double line = chart->item_count * 36.0;
	switch (chart->kind) {
	case WEIR_CHART_BARS:
	case WEIR_CHART_TORNADO:
	case WEIR_CHART_BRIDGE:
		return weir_plot_bars_height(chart);
	case WEIR_CHART_STACK:
		return fmax(width < WEIR_NARROW_CHART ? 190 : 210, line + 12);
	default:
		return width < WEIR_NARROW_CHART ? 250 : 300;
	}
}

static void draw_kind(weir_plot *p)
{
	switch (p->chart->kind) {
	case WEIR_CHART_STACK:
		weir_plot_stack(p);
		break;
	case WEIR_CHART_BARS:
		weir_plot_bars(p);
		break;
	case WEIR_CHART_TORNADO:
		weir_plot_tornado(p);
		break;
	case WEIR_CHART_BRIDGE:
		weir_plot_bridge(p);
		break;
	case WEIR_CHART_SANKEY:
		weir_plot_sankey(p);
		break;
	case WEIR_CHART_DIAGRAM:
		weir_plot_diagram(p);
		break;
	case WEIR_CHART_TREEMAP:
		weir_plot_treemap(p);
		break;
	case WEIR_CHART_TIMELINE:
		weir_plot_timeline(p);
		break;
	case WEIR_CHART_HEAT:
		weir_plot_heat(p);
		break;
	case WEIR_CHART_LINE:
	case WEIR_CHART_AREA:
	case WEIR_CHART_COLUMNS:
		weir_plot_axes(p);
		break;
	}
}

weir_status weir_chart_draw(weir_scene **out, weir_arena *arena, const weir_doc_chart *chart, double width)
{
	weir_plot p = { .chart = chart, .factor = 1, .clip = INFINITY };
	p.font = width < WEIR_NARROW_CHART ? 11 : 12.5;
	p.scene = weir_scene_create(arena, width, height_of(chart, width));
	if (!p.scene)
		return WEIR_NO_MEMORY;
	if (chart->item_count > 0 && chart->series_count + chart->flow_count > 0)
		draw_kind(&p);
	if (p.scene->failed)
		return WEIR_NO_MEMORY;
	*out = p.scene;
	return WEIR_OK;
}
