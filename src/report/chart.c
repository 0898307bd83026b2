/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/chart.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/format.h"

#define NARROW 480.0 /* below this width: a phone */
#define MOST_LABELLED 12
#define CLIP_RATIO 3.0

/* What drawing carries around. */
typedef struct plot {
	weir_scene *scene;
	const weir_doc_chart *chart;
	double font;
	double left, top, right, bottom; /* of the plotting area */
	double inset;                    /* on a time axis: room before the first and behind the last item */
	double low, high;                /* values at bottom and top */
	double step;                     /* of the ticks */
	double clip;                     /* values above it are cut off; INFINITY: none are */
	double factor;                   /* of the axis unit */
	int band;                        /* 1: items have bands; 0: items lie on a time axis */
	double first_day, last_day;
} plot;

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

static int has_value(const weir_doc_series *series, int item)
{
	return series->values[item] != NULL;
}

static double value_of(const weir_doc_series *series, int item)
{
	return weir_format_number(series->values[item]);
}

/* Columns leave the darkest ink to the line that is drawn over them. */
static weir_ink series_ink(const plot *p, int number)
{
	static const int column_order[WEIR_SERIES_INKS] = { 2, 1, 4, 3, 5, 7, 6, 0 };
	number %= WEIR_SERIES_INKS;
	return (weir_ink)(WEIR_INK_SERIES + (p->chart->kind == WEIR_CHART_COLUMNS ? column_order[number] : number));
}

/* The name in one string; an empty one when memory is short (the scene then knows). */
static const char *words(plot *p, weir_doc_text text)
{
	const char *joined = weir_doc_text_join(p->scene->arena, text);
	if (!joined)
		p->scene->failed = 1;
	return joined ? joined : "";
}

/* A number as text in the arena. */
static const char *number_text(plot *p, const char *value, int is_rate, int decimals, int at_least)
{
	weir_text text = { 0 };
	weir_format_decimal(&text, value, is_rate, decimals, at_least);
	const char *kept = text.failed ? NULL : weir_arena_text(p->scene->arena, text.data, text.length);
	weir_text_free(&text);
	if (!kept)
		p->scene->failed = 1;
	return kept ? kept : "";
}

/* The tick's text: with as many decimals as the step needs. */
static const char *tick_text(plot *p, double value)
{
	char plain[64];
	int decimals = 0, is_rate = p->chart->value_type == WEIR_CELL_RATE;
	double step = p->step / p->factor * (is_rate ? 100 : 1);
	while (decimals < 6 && fabs(step - floor(step + 0.5)) > 1e-6 * step) {
		step *= 10;
		decimals++;
	}
	snprintf(plain, sizeof plain, "%.9f", value / p->factor);
	return number_text(p, plain, is_rate, decimals, 0);
}

/* --- axes --- */

static double y_of(const plot *p, double value)
{
	if (value > p->high)
		value = p->high;
	return p->bottom - (value - p->low) / (p->high - p->low) * (p->bottom - p->top);
}

static double day_of(const plot *p, int item)
{
	const char *date = p->chart->items[item].date;
	return date ? weir_date_parse(date, strlen(date)) : item;
}

static double x_of(const plot *p, int item)
{
	if (p->band) {
		double width = (p->right - p->left) / p->chart->item_count;
		return p->left + (item + 0.5) * width;
	}
	if (p->last_day <= p->first_day)
		return (p->left + p->right) / 2;
	return p->left + p->inset +
	       (day_of(p, item) - p->first_day) / (p->last_day - p->first_day) *
	               (p->right - p->left - 2 * p->inset);
}

static int is_column(const plot *p, int s)
{
	return p->chart->kind == WEIR_CHART_AREA ||
	       (p->chart->kind == WEIR_CHART_COLUMNS && !p->chart->series[s].is_line);
}

/* Where a part of a stack begins: the parts below it (in an area chart the later series). */
static double stacked_below(const plot *p, int s, int item)
{
	const weir_doc_chart *chart = p->chart;
	int area = chart->kind == WEIR_CHART_AREA;
	double sum = 0;
	for (int i = area ? s + 1 : 0; i < (area ? chart->series_count : s); i++)
		if (is_column(p, i) && chart->series[i].stack == chart->series[s].stack &&
		    has_value(&chart->series[i], item))
			sum += value_of(&chart->series[i], item);
	return sum;
}

/* The largest and smallest value that must be seen. */
static void find_range(plot *p)
{
	const weir_doc_chart *chart = p->chart;
	int stands = chart->kind != WEIR_CHART_LINE;
	p->low = stands ? 0 : INFINITY;
	p->high = stands ? 0 : -INFINITY;
	for (int s = 0; s < chart->series_count; s++)
		for (int i = 0; i < chart->item_count; i++) {
			if (!has_value(&chart->series[s], i))
				continue;
			double value = value_of(&chart->series[s], i);
			if (is_column(p, s))
				value += stacked_below(p, s, i);
			if (value > p->clip)
				continue;
			p->low = fmin(p->low, value);
			p->high = fmax(p->high, value);
		}
	if (chart->has_threshold) {
		p->low = fmin(p->low, chart->threshold);
		p->high = fmax(p->high, chart->threshold);
	}
	if (!(p->low <= p->high)) {
		p->low = 0;
		p->high = 1;
	}
	if (p->high == p->low)
		p->high = p->low + (p->low > 0 ? p->low : 1);
}

static void find_clip(plot *p)
{
	const weir_doc_chart *chart = p->chart;
	p->clip = INFINITY;
	size_t most = (size_t)chart->series_count * (size_t)chart->item_count;
	double *values = chart->clips ? weir_arena_array(p->scene->arena, most, sizeof *values) : NULL;
	int count = 0;
	if (!values) {
		p->scene->failed |= chart->clips;
		return;
	}
	for (int s = 0; s < chart->series_count; s++)
		for (int i = 0; i < chart->item_count; i++)
			if (has_value(&chart->series[s], i))
				values[count++] = value_of(&chart->series[s], i);
	p->clip = weir_chart_clip(values, count, chart->has_threshold ? chart->threshold : 0);
}

/* Rounds the range outwards to ticks. */
static void choose_ticks(plot *p, int most)
{
	double span = p->high - p->low;
	int free_bottom = p->chart->kind == WEIR_CHART_LINE;
	if (free_bottom) { /* room above for the labels, and below so that the line does not touch the axis */
		double floor_value = p->low >= 0 ? 0 : -INFINITY;
		p->high += span * 0.15;
		p->low = fmax(floor_value, p->low - span * 0.15);
	}
	p->step = weir_chart_step(p->high - p->low, most);
	p->low = floor(p->low / p->step + 1e-9) * p->step;
	p->high = ceil(p->high / p->step - 1e-9) * p->step;
}

/* The largest unit of which the axis has at least ten. */
static weir_doc_text choose_scale(plot *p)
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

/* Ticks above the lowest one; the step makes them few, the limit guards against numbers beyond a double's digits. */
static int tick_count(const plot *p)
{
	return (int)fmin((p->high - p->low) / p->step + 0.5, 20);
}

static double widest_tick(plot *p)
{
	double widest = 0;
	for (int i = 0; i <= tick_count(p); i++)
		widest = fmax(widest, weir_text_width(tick_text(p, p->low + i * p->step), p->font));
	return widest;
}

static void draw_grid(plot *p)
{
	for (int i = 0; i <= tick_count(p); i++) {
		double value = p->low + i * p->step, y = y_of(p, value);
		weir_point line[2] = { { p->left, y }, { p->right, y } };
		weir_scene_line(p->scene, line, 2, i == 0 ? WEIR_INK_AXIS : WEIR_INK_GRID, 1, 0);
		weir_scene_text(p->scene, p->left - 7, y + p->font * 0.35, tick_text(p, value), p->font,
		                WEIR_ANCHOR_END, WEIR_INK_MUTED, 0);
	}
}

/* Names of the items under the axis, as many as fit. */
static void draw_item_names(plot *p)
{
	double end = -INFINITY, gap = p->font;
	int last = p->chart->item_count - 1;
	for (int i = 0; i <= last; i++) {
		const weir_doc_item *item = &p->chart->items[i];
		const char *name = item->date ? item->date : words(p, item->name);
		double width = weir_text_width(name, p->font);
		double x = fmin(x_of(p, i), p->scene->width - width / 2);
		x = fmax(x, width / 2);
		double last_x = fmin(x_of(p, last), p->scene->width - width / 2);
		/* the last one is always named: what would run into it gives way */
		int meets_last = i < last && x + width / 2 + gap > last_x - width / 2;
		if (x - width / 2 < end + gap || (meets_last && last > 1))
			continue;
		weir_scene_text(p->scene, x, p->bottom + p->font * 1.5, name, p->font, WEIR_ANCHOR_MIDDLE,
		                WEIR_INK_MUTED, 0);
		weir_point tick[2] = { { x_of(p, i), p->bottom }, { x_of(p, i), p->bottom + 4 } };
		weir_scene_line(p->scene, tick, 2, WEIR_INK_AXIS, 1, 0);
		end = x + width / 2;
	}
}

/* A sample of how the series is drawn: a patch or a line with its dot. */
static void draw_sample(plot *p, int s, double x, double y)
{
	if (is_column(p, s)) {
		weir_scene_box(p->scene, x, y - 9, 14, 10, series_ink(p, s), s % WEIR_PATTERNS, WEIR_INK_NONE);
		return;
	}
	weir_ink ink = p->chart->kind == WEIR_CHART_COLUMNS ? WEIR_INK_TEXT : series_ink(p, s);
	weir_point line[2] = { { x - 2, y - 4 }, { x + 16, y - 4 } };
	weir_scene_line(p->scene, line, 2, ink, 2, p->chart->kind == WEIR_CHART_LINE ? s % 4 : 0);
	weir_scene_dot(p->scene, x + 7, y - 4, 3, WEIR_INK_PAPER, ink);
}

/* The legend in lines of the scene's width; returns the y under it. */
static double draw_legend(plot *p)
{
	const weir_doc_chart *chart = p->chart;
	double x = 2, y = p->font + 2;
	if (chart->series_count < 2 && !chart->has_threshold)
		return 0;
	for (int s = 0; s < chart->series_count; s++) {
		const char *name = words(p, chart->series[s].name);
		double width = 20 + weir_text_width(name, p->font) + 18;
		if (x > 2 && x + width - 18 > p->scene->width) {
			x = 2;
			y += p->font * 1.6;
		}
		draw_sample(p, s, x, y);
		weir_scene_text(p->scene, x + 20, y, name, p->font, WEIR_ANCHOR_START, WEIR_INK_TEXT, 0);
		x += width;
	}
	return y + p->font * 0.6;
}

static void draw_threshold(plot *p)
{
	if (!p->chart->has_threshold)
		return;
	double y = y_of(p, p->chart->threshold);
	weir_point line[2] = { { p->left, y }, { p->right, y } };
	weir_scene_line(p->scene, line, 2, WEIR_INK_ALERT, 1.5, 1);
	weir_scene_text(p->scene, p->right, y + p->font * 1.2, words(p, p->chart->threshold_name), p->font,
	                WEIR_ANCHOR_END, WEIR_INK_ALERT, 0);
}

/* --- marks --- */

/* The area of one series: from step to step, each value holding until the next item. */
static void draw_area(plot *p, int s)
{
	const weir_doc_chart *chart = p->chart;
	int count = 0, items = chart->item_count;
	weir_point *points = weir_arena_array(p->scene->arena, (size_t)items * 4, sizeof *points);
	if (!points) {
		p->scene->failed = 1;
		return;
	}
	for (int side = 0; side < 2; side++) /* along the top, and back along the bottom */
		for (int k = 0; k < items; k++) {
			int i = side ? items - 1 - k : k;
			double below = stacked_below(p, s, i);
			double value = has_value(&chart->series[s], i) ? value_of(&chart->series[s], i) : 0;
			double y = y_of(p, side ? below : below + value);
			double start = x_of(p, i), end = i + 1 < items ? x_of(p, i + 1) : start;
			points[count++] = (weir_point){ side ? end : start, y };
			points[count++] = (weir_point){ side ? start : end, y };
		}
	weir_scene_area(p->scene, points, count, series_ink(p, s), s % WEIR_PATTERNS, WEIR_INK_PAPER);
}

/* The name of an area inside it, at the left, where there is room. */
static void draw_area_name(plot *p, int s)
{
	const weir_doc_series *series = &p->chart->series[s];
	if (p->chart->item_count < 2 || !has_value(series, 0))
		return;
	double below = stacked_below(p, s, 0), top = y_of(p, below + value_of(series, 0)), bottom = y_of(p, below);
	const char *name = words(p, series->name);
	double width = weir_text_width(name, p->font);
	if (bottom - top < p->font * 1.8 || width > (p->right - p->left) * 0.5)
		return;
	double middle = (top + bottom) / 2;
	weir_scene_box(p->scene, p->left + 6, middle - p->font * 0.75, width + 10, p->font * 1.5, WEIR_INK_PAPER, 0,
	               WEIR_INK_NONE);
	weir_scene_text(p->scene, p->left + 11, middle + p->font * 0.36, name, p->font, WEIR_ANCHOR_START,
	                WEIR_INK_TEXT, 0);
}

/* How many columns stand side by side, and the place of a stack number among them. */
static int count_stacks(const weir_doc_chart *chart, int stack, int *place)
{
	int count = 0;
	*place = 0;
	for (int s = 0; s < chart->series_count; s++) {
		int seen = chart->series[s].is_line;
		for (int t = 0; t < s && !seen; t++)
			seen = !chart->series[t].is_line && chart->series[t].stack == chart->series[s].stack;
		if (!seen && chart->series[s].stack == stack)
			*place = count;
		count += !seen;
	}
	return count;
}

static void draw_columns(plot *p, int s)
{
	const weir_doc_chart *chart = p->chart;
	int place, stacks = count_stacks(chart, chart->series[s].stack, &place);
	double band = (p->right - p->left) / chart->item_count;
	double width = fmin(band * 0.66, 64.0 * stacks) / stacks;
	for (int i = 0; i < chart->item_count; i++) {
		if (!has_value(&chart->series[s], i) || value_of(&chart->series[s], i) == 0)
			continue;
		double below = stacked_below(p, s, i);
		double y1 = y_of(p, below), y2 = y_of(p, below + value_of(&chart->series[s], i));
		double x = x_of(p, i) - width * stacks / 2 + place * width;
		weir_scene_box(p->scene, x, fmin(y1, y2), width, fabs(y1 - y2), series_ink(p, s), s % WEIR_PATTERNS,
		               WEIR_INK_PAPER);
	}
}

/* A value cut off at the top: an arrow head. */
static void draw_arrow(plot *p, double x, double y, weir_ink ink)
{
	weir_point corners[3] = { { x, y - 6 }, { x + 6, y + 5 }, { x - 6, y + 5 } };
	weir_scene_area(p->scene, corners, 3, ink, 0, WEIR_INK_PAPER);
}

/* The values beside the dots of a single line; each gives way where it would run into the one before. */
static void draw_value_names(plot *p, const weir_doc_series *series)
{
	double end = -INFINITY;
	if (p->chart->item_count > MOST_LABELLED || p->chart->kind != WEIR_CHART_LINE || p->chart->series_count > 1)
		return;
	for (int i = 0; i < p->chart->item_count; i++) {
		if (!has_value(series, i))
			continue;
		const char *text = number_text(p, series->values[i], p->chart->value_type == WEIR_CELL_RATE,
		                               p->chart->decimals, 0);
		double width = weir_text_width(text, p->font), x = x_of(p, i), y = y_of(p, value_of(series, i)) - 9;
		x = fmin(fmax(x, width / 2), p->scene->width - width / 2);
		if (x - width / 2 < end + 3)
			continue;
		weir_scene_text(p->scene, x, y, text, p->font, WEIR_ANCHOR_MIDDLE, WEIR_INK_TEXT, 0);
		end = x + width / 2;
	}
}

/* A line with a dot at each value, broken where there is none. */
static void draw_line(plot *p, int s)
{
	const weir_doc_chart *chart = p->chart;
	const weir_doc_series *series = &chart->series[s];
	int alone = chart->kind == WEIR_CHART_LINE;
	weir_ink ink = alone ? series_ink(p, s) : WEIR_INK_TEXT;
	weir_point *points = weir_arena_array(p->scene->arena, (size_t)chart->item_count, sizeof *points);
	int count = 0;
	if (!points) {
		p->scene->failed = 1;
		return;
	}
	for (int i = 0; i <= chart->item_count; i++) {
		if (i < chart->item_count && has_value(series, i)) {
			points[count++] = (weir_point){ x_of(p, i), y_of(p, value_of(series, i)) };
			continue;
		}
		if (count > 1) {
			if (!alone) /* a white edge keeps the line apart from the columns under it */
				weir_scene_line(p->scene, points, count, WEIR_INK_PAPER, 5, 0);
			weir_scene_line(p->scene, points, count, ink, 2, alone ? s % 4 : 0);
		}
		count = 0;
	}
	for (int i = 0; i < chart->item_count; i++) {
		if (!has_value(series, i))
			continue;
		double value = value_of(series, i), x = x_of(p, i), y = y_of(p, value);
		if (value > p->clip)
			draw_arrow(p, x, y, ink);
		else if (chart->item_count <= 40)
			weir_scene_dot(p->scene, x, y, 3.5, WEIR_INK_PAPER, ink);
	}
	draw_value_names(p, series);
}

/* --- the kinds --- */

static void draw_axes_chart(plot *p)
{
	const weir_doc_chart *chart = p->chart;
	int narrow = p->scene->width < NARROW;
	p->band = chart->kind == WEIR_CHART_COLUMNS || (chart->item_count > 0 && !chart->items[0].date);
	if (!p->band) {
		p->first_day = day_of(p, 0);
		p->last_day = day_of(p, chart->item_count - 1);
	}
	find_clip(p);
	find_range(p);
	choose_ticks(p, narrow ? 5 : 6);
	weir_doc_text unit = choose_scale(p);
	p->top = draw_legend(p) + p->font * 1.2;
	const char *unit_words = words(p, unit);
	if (*unit_words) {
		weir_scene_text(p->scene, 0, p->top, unit_words, p->font, WEIR_ANCHOR_START, WEIR_INK_MUTED, 0);
		p->top += p->font;
	}
	p->bottom = p->scene->height - p->font * 2.2;
	p->left = widest_tick(p) + 10;
	p->right = p->scene->width - (chart->kind == WEIR_CHART_AREA ? 22 : 2);
	if (!p->band && chart->kind == WEIR_CHART_LINE) /* the first value's name stays clear of the axis */
		p->inset = p->font * 2;
	draw_grid(p);
	draw_item_names(p);
	for (int s = 0; s < chart->series_count; s++) {
		if (chart->kind == WEIR_CHART_AREA)
			draw_area(p, s);
		else if (is_column(p, s))
			draw_columns(p, s);
	}
	draw_threshold(p);
	for (int s = 0; s < chart->series_count; s++) {
		if (chart->kind == WEIR_CHART_AREA)
			draw_area_name(p, s);
		else if (!is_column(p, s))
			draw_line(p, s);
	}
}

/* The details of a part in one line: "36,000,000.00 · 94.74%". */
static const char *detail_text(plot *p, const weir_doc_item *item)
{
	weir_text text = { 0 };
	for (int i = 0; i < item->detail_count; i++) {
		const weir_doc_cell *cell = &item->details[i];
		if (cell->type != WEIR_CELL_TEXT && !cell->value)
			continue;
		if (text.length)
			weir_text_add(&text, " \xC2\xB7 ");
		if (cell->type == WEIR_CELL_TEXT)
			weir_text_add(&text, words(p, cell->text));
		else
			weir_format_cell(&text, cell);
	}
	const char *kept =
		text.failed ? NULL : weir_arena_text(p->scene->arena, text.data ? text.data : "", text.length);
	weir_text_free(&text);
	if (!kept)
		p->scene->failed = 1;
	return kept ? kept : "";
}

/* One column of parts with the first on top, each with its name and details beside it. */
static void draw_stack(plot *p)
{
	const weir_doc_chart *chart = p->chart;
	double total = 0, width = p->scene->width < NARROW ? 84 : 150, line = p->font * 2.9,
	       height = p->scene->height - 8;
	for (int i = 0; i < chart->item_count; i++)
		if (has_value(&chart->series[0], i))
			total += fmax(value_of(&chart->series[0], i), 0);
	double y = 4, next_label = 4;
	for (int i = 0; total > 0 && i < chart->item_count; i++) {
		double value = has_value(&chart->series[0], i) ? fmax(value_of(&chart->series[0], i), 0) : 0;
		double part = height * value / total, middle = y + part / 2;
		weir_scene_box(p->scene, 1, y, width, part, series_ink(p, i), i % WEIR_PATTERNS, WEIR_INK_PAPER);
		/* labels keep their distance and leave room for those below */
		double room_below = (chart->item_count - i) * line;
		double label = fmax(next_label, fmin(middle - line / 2, height + 4 - room_below));
		double label_middle = label + line / 2 - p->font * 0.2;
		weir_point leader[3] = { { width + 3, middle },
			                 { width + 14, label_middle },
			                 { width + 22, label_middle } };
		weir_scene_line(p->scene, leader, 3, WEIR_INK_AXIS, 1, 0);
		weir_scene_text(p->scene, width + 28, label + p->font * 0.95, words(p, chart->items[i].name),
		                p->font, WEIR_ANCHOR_START, WEIR_INK_TEXT, 1);
		weir_scene_text(p->scene, width + 28, label + p->font * 2.2, detail_text(p, &chart->items[i]),
		                p->font, WEIR_ANCHOR_START, WEIR_INK_MUTED, 0);
		next_label = label + line;
		y += part;
	}
}

#define BAR_PITCH 22.0

static void draw_bars(plot *p)
{
	const weir_doc_chart *chart = p->chart;
	int is_rate = chart->value_type == WEIR_CELL_RATE;
	double names = 0, values = 0, most = chart->has_threshold ? chart->threshold : 0;
	for (int i = 0; i < chart->item_count; i++) {
		names = fmax(names, weir_text_width(words(p, chart->items[i].name), p->font));
		if (!has_value(&chart->series[0], i))
			continue;
		most = fmax(most, value_of(&chart->series[0], i));
		values = fmax(values, weir_text_width(number_text(p, chart->series[0].values[i], is_rate,
		                                                  chart->decimals, 0),
		                                      p->font));
	}
	p->left = fmin(names, p->scene->width * 0.45) + 10;
	p->right = p->scene->width - values - 10;
	double top = chart->has_threshold ? p->font * 1.6 : 2, scale = most > 0 ? (p->right - p->left) / most : 0;
	for (int i = 0; i < chart->item_count; i++) {
		double y = top + i * BAR_PITCH, text_y = y + BAR_PITCH / 2 + p->font * 0.3;
		weir_scene_text(p->scene, p->left - 8, text_y, words(p, chart->items[i].name), p->font,
		                WEIR_ANCHOR_END, WEIR_INK_TEXT, 0);
		if (!has_value(&chart->series[0], i))
			continue;
		double width = fmax(value_of(&chart->series[0], i), 0) * scale;
		weir_scene_box(p->scene, p->left, y + 4, width, BAR_PITCH - 8, series_ink(p, 0), 0, WEIR_INK_NONE);
		weir_scene_text(p->scene, p->left + width + 6, text_y,
		                number_text(p, chart->series[0].values[i], is_rate, chart->decimals, 0), p->font,
		                WEIR_ANCHOR_START, WEIR_INK_TEXT, 0);
	}
	double end = top + chart->item_count * BAR_PITCH;
	weir_point axis[2] = { { p->left, top }, { p->left, end } };
	weir_scene_line(p->scene, axis, 2, WEIR_INK_AXIS, 1, 0);
	if (!chart->has_threshold)
		return;
	double x = p->left + chart->threshold * scale;
	weir_point limit[2] = { { x, top }, { x, end } };
	weir_scene_line(p->scene, limit, 2, WEIR_INK_ALERT, 1.5, 1);
	weir_scene_text(p->scene, fmin(x, p->right), top - p->font * 0.5, words(p, chart->threshold_name), p->font,
	                WEIR_ANCHOR_END, WEIR_INK_ALERT, 0);
}

static double height_of(const weir_doc_chart *chart, double width)
{
	double line = chart->item_count * 36.0;
	switch (chart->kind) {
	case WEIR_CHART_BARS:
		return chart->item_count * BAR_PITCH + (chart->has_threshold ? 26 : 6);
	case WEIR_CHART_STACK:
		return fmax(width < NARROW ? 190 : 210, line + 12);
	default:
		return width < NARROW ? 250 : 300;
	}
}

weir_status weir_chart_draw(weir_scene **out, weir_arena *arena, const weir_doc_chart *chart, double width)
{
	plot p = { .chart = chart, .factor = 1, .clip = INFINITY };
	p.font = width < NARROW ? 11 : 12.5;
	p.scene = weir_scene_create(arena, width, height_of(chart, width));
	if (!p.scene)
		return WEIR_NO_MEMORY;
	if (chart->item_count > 0 && chart->series_count > 0) {
		if (chart->kind == WEIR_CHART_STACK)
			draw_stack(&p);
		else if (chart->kind == WEIR_CHART_BARS)
			draw_bars(&p);
		else
			draw_axes_chart(&p);
	}
	if (p.scene->failed)
		return WEIR_NO_MEMORY;
	*out = p.scene;
	return WEIR_OK;
}
