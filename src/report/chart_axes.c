/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart_axes.c: charts over an axis of items, dates or numbers: lines, areas and columns. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/chart_int.h"
#include "report/format.h"

#define MOST_LABELLED 12
#define NAMED_AT_ENDS 8 /* lines, at most */

/* The tick's text: with as many decimals as the step needs. */
static const char *tick_text(weir_plot *p, double value)
{
	char plain[64];
	int decimals = 0, is_rate = p->chart->value_type == WEIR_CELL_RATE;
	double step = p->step / p->factor * (is_rate ? 100 : 1);
	while (decimals < 6 && fabs(step - floor(step + 0.5)) > 1e-6 * step) {
		step *= 10;
		decimals++;
	}
	snprintf(plain, sizeof plain, "%.9f", value / p->factor);
	return weir_plot_number(p, plain, is_rate, decimals, 0);
}

/* --- axes --- */

static double y_of(const weir_plot *p, double value)
{
	if (value > p->high)
		value = p->high;
	return p->bottom - (value - p->low) / (p->high - p->low) * (p->bottom - p->top);
}

/* Where the item lies on an axis to scale: its number, or its day. */
static double place_of(const weir_plot *p, int item)
{
	const weir_doc_item *one = &p->chart->items[item];
	if (one->has_place)
		return one->place;
	return one->date ? weir_date_parse(one->date, strlen(one->date)) : item;
}

static double x_of(const weir_plot *p, int item)
{
	if (p->band) {
		double width = (p->right - p->left) / p->chart->item_count;
		return p->left + (item + 0.5) * width;
	}
	if (p->last_place <= p->first_place)
		return (p->left + p->right) / 2;
	return p->left + p->inset +
	       (place_of(p, item) - p->first_place) / (p->last_place - p->first_place) *
	               (p->right - p->left - 2 * p->inset);
}

/* Where a part of a stack begins: the parts below it (in an area chart the later series). */
static double stacked_below(const weir_plot *p, int s, int item)
{
	const weir_doc_chart *chart = p->chart;
	int area = chart->kind == WEIR_CHART_AREA;
	double sum = 0;
	for (int i = area ? s + 1 : 0; i < (area ? chart->series_count : s); i++)
		if (weir_plot_is_filled(p, i) && chart->series[i].stack == chart->series[s].stack &&
		    weir_plot_has(&chart->series[i], item))
			sum += weir_plot_value(&chart->series[i], item);
	return sum;
}

/* The largest and smallest value that must be seen. */
static void find_range(weir_plot *p)
{
	const weir_doc_chart *chart = p->chart;
	int stands = chart->kind != WEIR_CHART_LINE;
	p->low = stands ? 0 : INFINITY;
	p->high = stands ? 0 : -INFINITY;
	for (int s = 0; s < chart->series_count; s++)
		for (int i = 0; i < chart->item_count; i++) {
			if (!weir_plot_has(&chart->series[s], i))
				continue;
			double value = weir_plot_value(&chart->series[s], i);
			if (weir_plot_is_filled(p, s))
				value += stacked_below(p, s, i);
			if (value > p->clip)
				continue;
			p->low = fmin(p->low, value);
			p->high = fmax(p->high, value);
		}
	for (int t = 0; t < chart->threshold_count; t++) {
		p->low = fmin(p->low, chart->thresholds[t].value);
		p->high = fmax(p->high, chart->thresholds[t].value);
	}
	if (!(p->low <= p->high)) {
		p->low = 0;
		p->high = 1;
	}
	if (p->high == p->low)
		p->high = p->low + (p->low > 0 ? p->low : 1);
}

static void find_clip(weir_plot *p)
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
			if (weir_plot_has(&chart->series[s], i))
				values[count++] = weir_plot_value(&chart->series[s], i);
	double threshold = 0;
	for (int t = 0; t < chart->threshold_count; t++)
		threshold = fmax(threshold, chart->thresholds[t].value);
	p->clip = weir_chart_clip(values, count, threshold);
}

/* Rounds the range outwards to ticks. */
static void choose_ticks(weir_plot *p, int most)
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

/* Ticks above the lowest one; the step makes them few, the limit guards against numbers beyond a double's digits. */
static int tick_count(const weir_plot *p)
{
	return (int)fmin((p->high - p->low) / p->step + 0.5, 20);
}

static double widest_tick(weir_plot *p)
{
	double widest = 0;
	for (int i = 0; i <= tick_count(p); i++)
		widest = fmax(widest, weir_text_width(tick_text(p, p->low + i * p->step), p->font));
	return widest;
}

static void draw_grid(weir_plot *p)
{
	for (int i = 0; i <= tick_count(p); i++) {
		double value = p->low + i * p->step, y = y_of(p, value);
		weir_point line[2] = { { p->left, y }, { p->right, y } };
		weir_scene_line(p->scene, line, 2, i == 0 ? WEIR_INK_AXIS : WEIR_INK_GRID, 1, 0);
		weir_scene_text(p->scene, p->left - 7, y + p->font * 0.35, tick_text(p, value), p->font,
		                WEIR_ANCHOR_END, WEIR_INK_MUTED, 0);
	}
}

static const char *item_name(weir_plot *p, int item)
{
	const weir_doc_item *one = &p->chart->items[item];
	return one->date ? one->date : weir_plot_words(p, one->name);
}

static void draw_item_name(weir_plot *p, int item, double x)
{
	weir_scene_text(p->scene, x, p->bottom + p->font * 1.5, item_name(p, item), p->font, WEIR_ANCHOR_MIDDLE,
	                WEIR_INK_MUTED, 0);
	weir_point tick[2] = { { x_of(p, item), p->bottom }, { x_of(p, item), p->bottom + 4 } };
	weir_scene_line(p->scene, tick, 2, WEIR_INK_AXIS, 1, 0);
}

/* On an axis of numbers every so many are named, and what they count stands under them. */
static void draw_numbers(weir_plot *p)
{
	int last = p->chart->item_count - 1, every = 1;
	double widest = 0;
	for (int i = 0; i <= last; i++)
		widest = fmax(widest, weir_text_width(item_name(p, i), p->font));
	double room = (p->right - p->left - 2 * p->inset) / fmax(last, 1);
	while (every < last && room * every < widest + p->font)
		every = every == 2 ? 5 : every * 2; /* 1, 2, 5, 10, 20 ... */
	for (int i = 0; i <= last; i += every)
		draw_item_name(p, i, x_of(p, i));
	weir_scene_text(p->scene, p->right, p->bottom + p->font * 3, weir_plot_words(p, p->chart->x_title), p->font,
	                WEIR_ANCHOR_END, WEIR_INK_MUTED, 0);
}

/* Names of the items under the axis, as many as fit. */
static void draw_item_names(weir_plot *p)
{
	double end = -INFINITY, gap = p->font;
	int last = p->chart->item_count - 1;
	for (int i = 0; i <= last; i++) {
		double width = weir_text_width(item_name(p, i), p->font);
		double x = fmin(x_of(p, i), p->scene->width - width / 2);
		x = fmax(x, width / 2);
		double last_x = fmin(x_of(p, last), p->scene->width - width / 2);
		/* the last one is always named: what would run into it gives way */
		int meets_last = i < last && x + width / 2 + gap > last_x - width / 2;
		if (x - width / 2 < end + gap || (meets_last && last > 1))
			continue;
		draw_item_name(p, i, x);
		end = x + width / 2;
	}
}

/* Where the names of the thresholds stand: under their lines, or above where that is taken or in the axis's names. */
static double threshold_name_y(const weir_plot *p, int number, double last)
{
	double y = y_of(p, p->chart->thresholds[number].value), below = y + p->font * 1.2;
	int taken = last - p->font * 1.2 < below && below < last + p->font * 1.2;
	return taken || below > p->bottom ? y - p->font * 0.5 : below;
}

static void draw_thresholds(weir_plot *p)
{
	for (int t = 0; t < p->chart->threshold_count; t++) {
		double y = y_of(p, p->chart->thresholds[t].value);
		weir_point line[2] = { { p->left, y }, { p->right, y } };
		weir_scene_line(p->scene, line, 2, WEIR_INK_ALERT, 1.5, 1 + t % 3);
	}
}

/* How far the nearest line is from a height, over the width of a name at one end. */
static double room_at_end(const weir_plot *p, double y, double width, int at_right)
{
	double room = INFINITY;
	for (int s = 0; s < p->chart->series_count; s++)
		for (int i = 0; i < p->chart->item_count; i++) {
			double x = x_of(p, i);
			if (!weir_plot_has(&p->chart->series[s], i) ||
			    (at_right ? x < p->right - width : x > p->left + width))
				continue;
			room = fmin(room, fabs(y_of(p, weir_plot_value(&p->chart->series[s], i)) - y));
		}
	return room;
}

/* Their names, on paper where lines run behind them; of a line chart at the end where there is more room. */
static void name_thresholds(weir_plot *p)
{
	double last = -INFINITY;
	for (int t = 0; t < p->chart->threshold_count; t++) {
		const char *name = weir_plot_words(p, p->chart->thresholds[t].name);
		double width = weir_text_width(name, p->font);
		last = threshold_name_y(p, t, last);
		int at_left = p->chart->kind == WEIR_CHART_LINE && room_at_end(p, last, width, 1) < p->font &&
		              room_at_end(p, last, width, 0) > room_at_end(p, last, width, 1);
		double x = at_left ? p->left + 4 : p->right, from = at_left ? x : x - width;
		weir_scene_box(p->scene, from - 3, last - p->font * 0.92, width + 4, p->font * 1.2, WEIR_INK_PAPER, 0,
		               WEIR_INK_NONE);
		weir_scene_text(p->scene, x, last, name, p->font, at_left ? WEIR_ANCHOR_START : WEIR_ANCHOR_END,
		                WEIR_INK_ALERT, 0);
	}
}

/* --- marks --- */

/* The area of one series: from step to step, each value holding until the next item. */
static void draw_area(weir_plot *p, int s)
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
			double value = weir_plot_has(&chart->series[s], i) ? weir_plot_value(&chart->series[s], i) : 0;
			double y = y_of(p, side ? below : below + value);
			double start = x_of(p, i), end = i + 1 < items ? x_of(p, i + 1) : start;
			points[count++] = (weir_point){ side ? end : start, y };
			points[count++] = (weir_point){ side ? start : end, y };
		}
	weir_scene_area(p->scene, points, count, weir_plot_ink(p, s), s % WEIR_PATTERNS, WEIR_INK_PAPER);
}

/* The name of an area inside it, at the left, where there is room. */
static void draw_area_name(weir_plot *p, int s)
{
	const weir_doc_series *series = &p->chart->series[s];
	if (p->chart->item_count < 2 || !weir_plot_has(series, 0))
		return;
	double below = stacked_below(p, s, 0), top = y_of(p, below + weir_plot_value(series, 0)),
	       bottom = y_of(p, below);
	const char *name = weir_plot_words(p, series->name);
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

static void draw_columns(weir_plot *p, int s)
{
	const weir_doc_chart *chart = p->chart;
	int place, stacks = count_stacks(chart, chart->series[s].stack, &place);
	double band = (p->right - p->left) / chart->item_count;
	double width = fmin(band * 0.66, 64.0 * stacks) / stacks;
	for (int i = 0; i < chart->item_count; i++) {
		if (!weir_plot_has(&chart->series[s], i) || weir_plot_value(&chart->series[s], i) == 0)
			continue;
		double below = stacked_below(p, s, i);
		double y1 = y_of(p, below), y2 = y_of(p, below + weir_plot_value(&chart->series[s], i));
		double x = x_of(p, i) - width * stacks / 2 + place * width;
		weir_scene_box(p->scene, x, fmin(y1, y2), width, fabs(y1 - y2), weir_plot_ink(p, s), s % WEIR_PATTERNS,
		               WEIR_INK_PAPER);
	}
}

/* A value cut off at the top: an arrow head. */
static void draw_arrow(weir_plot *p, double x, double y, weir_ink ink)
{
	weir_point corners[3] = { { x, y - 6 }, { x + 6, y + 5 }, { x - 6, y + 5 } };
	weir_scene_area(p->scene, corners, 3, ink, 0, WEIR_INK_PAPER);
}

typedef struct name_box {
	double left, top, right, bottom;
} name_box;

/* Whether a line from a to b runs through a box: what is left of it between the box's sides, one direction after the other. */
static int runs_through(weir_point a, weir_point b, name_box box)
{
	const double from[2] = { a.x, a.y }, step[2] = { b.x - a.x, b.y - a.y };
	const double low[2] = { box.left, box.top }, high[2] = { box.right, box.bottom };
	double first = 0, last = 1;
	for (int k = 0; k < 2; k++) {
		if (step[k] == 0) {
			if (from[k] <= low[k] || from[k] >= high[k])
				return 0;
			continue;
		}
		double one = (low[k] - from[k]) / step[k], other = (high[k] - from[k]) / step[k];
		first = fmax(first, fmin(one, other));
		last = fmin(last, fmax(one, other));
	}
	return first < last;
}

static weir_point point_of(const weir_plot *p, const weir_doc_series *series, int item)
{
	return (weir_point){ x_of(p, item), y_of(p, weir_plot_value(series, item)) };
}

/* Whether a name in the box would stand on the line, a dot, a threshold, another name, or outside the chart. */
static int is_taken(const weir_plot *p, const weir_doc_series *series, name_box box, const name_box *names, int count)
{
	if (box.left < 0 || box.right > p->scene->width || box.top < 0 || box.bottom > p->bottom - 1)
		return 1;
	for (int i = 0; i < count; i++)
		if (box.left < names[i].right + 3 && names[i].left < box.right + 3 && box.top < names[i].bottom &&
		    names[i].top < box.bottom)
			return 1;
	for (int t = 0; t < p->chart->threshold_count; t++) {
		double y = y_of(p, p->chart->thresholds[t].value);
		if (box.top < y && y < box.bottom)
			return 1;
	}
	for (int i = 0; i < p->chart->item_count; i++) {
		if (!weir_plot_has(series, i))
			continue;
		weir_point at = point_of(p, series, i), next = at;
		if (at.x + 4 > box.left && at.x - 4 < box.right && at.y + 4 > box.top && at.y - 4 < box.bottom)
			return 1;
		if (i + 1 < p->chart->item_count && weir_plot_has(series, i + 1))
			next = point_of(p, series, i + 1);
		if (runs_through(at, next, box))
			return 1;
	}
	return 0;
}

/* Where the name of a value may stand beside its dot, the best first: above, below, and at the corners. */
static const struct {
	double along, up; /* of the name's middle: in halves of its width, in heights above the dot's */
} beside[] = { { 0, 1.05 }, { 0, -1.05 }, { -1.1, 0.75 }, { 1.1, -0.75 }, { 1.1, 0.75 }, { -1.1, -0.75 } };

static name_box box_beside(const weir_plot *p, weir_point at, double width, size_t place)
{
	double height = p->font, x = at.x + beside[place].along * (width / 2 + 5);
	double y = at.y - beside[place].up * (height * 0.5 + 6);
	if (beside[place].along == 0)
		x = fmin(fmax(x, width / 2), p->scene->width - width / 2);
	return (name_box){ x - width / 2, y - height / 2, x + width / 2, y + height / 2 };
}

/* The values beside the dots of a single line, clear of it; one that has no room is left out (the table has it). */
static void draw_value_names(weir_plot *p, const weir_doc_series *series)
{
	name_box names[MOST_LABELLED];
	int count = 0;
	if (p->chart->item_count > MOST_LABELLED || p->chart->kind != WEIR_CHART_LINE || p->chart->series_count > 1)
		return;
	for (int i = 0; i < p->chart->item_count; i++) {
		if (!weir_plot_has(series, i))
			continue;
		const char *text = weir_plot_number(p, series->values[i], p->chart->value_type == WEIR_CELL_RATE,
		                                    p->chart->decimals, 0);
		double width = weir_text_width(text, p->font);
		for (size_t place = 0; place < sizeof beside / sizeof *beside; place++) {
			name_box box = box_beside(p, point_of(p, series, i), width, place);
			if (is_taken(p, series, box, names, count))
				continue;
			names[count++] = box;
			weir_scene_text(p->scene, (box.left + box.right) / 2, box.bottom - p->font * 0.14, text, p->font,
			                WEIR_ANCHOR_MIDDLE, WEIR_INK_TEXT, 0);
			break;
		}
	}
}

/* A line with a dot at each value, broken where there is none. */
static void draw_line(weir_plot *p, int s)
{
	const weir_doc_chart *chart = p->chart;
	const weir_doc_series *series = &chart->series[s];
	int alone = chart->kind == WEIR_CHART_LINE;
	weir_ink ink = alone ? weir_plot_ink(p, s) : WEIR_INK_TEXT;
	weir_point *points = weir_arena_array(p->scene->arena, (size_t)chart->item_count, sizeof *points);
	int count = 0;
	if (!points) {
		p->scene->failed = 1;
		return;
	}
	for (int i = 0; i <= chart->item_count; i++) {
		if (i < chart->item_count && weir_plot_has(series, i)) {
			points[count++] = (weir_point){ x_of(p, i), y_of(p, weir_plot_value(series, i)) };
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
		if (!weir_plot_has(series, i))
			continue;
		double value = weir_plot_value(series, i), x = x_of(p, i), y = y_of(p, value);
		if (value > p->clip)
			draw_arrow(p, x, y, ink);
		else if (chart->item_count <= 40 && !chart->items[0].has_place)
			weir_scene_dot(p->scene, x, y, 3.5, WEIR_INK_PAPER, ink);
	}
	draw_value_names(p, series);
}

/* The last item of a series that has a value, or -1. */
static int last_value(const weir_plot *p, int s)
{
	int last = p->chart->item_count - 1;
	while (last >= 0 && !weir_plot_has(&p->chart->series[s], last))
		last--;
	return last;
}

/* Names the lines where they end, from the top down; each keeps its distance from the one above. */
static void draw_end_names(weir_plot *p)
{
	int order[NAMED_AT_ENDS], count = 0;
	double ends[NAMED_AT_ENDS], pitch = p->font * 1.35, above = p->top - pitch;
	for (int s = 0; s < p->chart->series_count; s++) {
		int item = last_value(p, s), at = count;
		if (item < 0)
			continue;
		double y = y_of(p, weir_plot_value(&p->chart->series[s], item));
		for (; at > 0 && ends[at - 1] > y; at--) {
			ends[at] = ends[at - 1];
			order[at] = order[at - 1];
		}
		ends[at] = y;
		order[at] = s;
		count++;
	}
	for (int i = 0; i < count; i++) {
		double y = fmax(above + pitch, fmin(ends[i], p->bottom - (count - 1 - i) * pitch));
		weir_plot_sample(p, order[i], p->right + 12, y + 4);
		weir_scene_text(p->scene, p->right + 34, y + p->font * 0.35,
		                weir_plot_words(p, p->chart->series[order[i]].name), p->font, WEIR_ANCHOR_START,
		                WEIR_INK_TEXT, 0);
		above = y;
	}
}

/* The room that names at the lines' ends take. */
static double ends_width(weir_plot *p)
{
	double widest = 0;
	for (int s = 0; p->names_at_ends && s < p->chart->series_count; s++)
		widest = fmax(widest, weir_text_width(weir_plot_words(p, p->chart->series[s].name), p->font));
	return p->names_at_ends ? widest + 40 : 0;
}

void weir_plot_axes(weir_plot *p)
{
	const weir_doc_chart *chart = p->chart;
	int narrow = p->scene->width < WEIR_NARROW_CHART, numbers = chart->items[0].has_place;
	p->names_at_ends = numbers && !narrow && chart->series_count > 1 && chart->series_count <= NAMED_AT_ENDS;
	p->band = chart->kind == WEIR_CHART_COLUMNS || (!chart->items[0].date && !chart->items[0].has_place);
	if (!p->band) {
		p->first_place = place_of(p, 0);
		p->last_place = place_of(p, chart->item_count - 1);
	}
	find_clip(p);
	find_range(p);
	choose_ticks(p, narrow ? 5 : 6);
	weir_doc_text unit = weir_plot_choose_scale(p);
	p->top = weir_plot_legend(p) + p->font * 1.2;
	const char *unit_words = weir_plot_words(p, unit);
	if (*unit_words) {
		weir_scene_text(p->scene, 0, p->top, unit_words, p->font, WEIR_ANCHOR_START, WEIR_INK_MUTED, 0);
		p->top += p->font;
	}
	p->bottom = p->scene->height - p->font * (numbers ? 3.7 : 2.2);
	p->left = widest_tick(p) + 10;
	p->right = p->scene->width - (chart->kind == WEIR_CHART_AREA ? 22 : 2) - ends_width(p);
	if (!p->band && chart->kind == WEIR_CHART_LINE) /* the first value's name stays clear of the axis */
		p->inset = p->font * 2;
	draw_grid(p);
	if (numbers)
		draw_numbers(p);
	else
		draw_item_names(p);
	for (int s = 0; s < chart->series_count; s++) {
		if (chart->kind == WEIR_CHART_AREA)
			draw_area(p, s);
		else if (weir_plot_is_filled(p, s))
			draw_columns(p, s);
	}
	draw_thresholds(p);
	for (int s = 0; s < chart->series_count; s++) {
		if (chart->kind == WEIR_CHART_AREA)
			draw_area_name(p, s);
		else if (!weir_plot_is_filled(p, s))
			draw_line(p, s);
	}
	name_thresholds(p);
	if (p->names_at_ends)
		draw_end_names(p);
}
