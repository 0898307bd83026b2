/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/chart_int.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/format.h"

#define MOST_LABELLED 12
#define CLIP_RATIO 3.0
#define NAMED_AT_ENDS 8 /* lines, at most */

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
	const char *kept = cut.failed ? NULL : weir_arena_text(p->scene->arena, cut.data, cut.length);
	weir_text_free(&cut);
	if (!kept)
		p->scene->failed = 1;
	return kept ? kept : "";
}

const char *weir_plot_number(weir_plot *p, const char *value, int is_rate, int decimals, int at_least)
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

static int is_column(const weir_plot *p, int s)
{
	return p->chart->kind == WEIR_CHART_AREA || p->chart->kind == WEIR_CHART_TORNADO ||
	       (p->chart->kind == WEIR_CHART_COLUMNS && !p->chart->series[s].is_line);
}

/* Where a part of a stack begins: the parts below it (in an area chart the later series). */
static double stacked_below(const weir_plot *p, int s, int item)
{
	const weir_doc_chart *chart = p->chart;
	int area = chart->kind == WEIR_CHART_AREA;
	double sum = 0;
	for (int i = area ? s + 1 : 0; i < (area ? chart->series_count : s); i++)
		if (is_column(p, i) && chart->series[i].stack == chart->series[s].stack &&
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
			if (is_column(p, s))
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

/* A sample of how the series is drawn: a patch or a line with its dot. */
static void draw_sample(weir_plot *p, int s, double x, double y)
{
	if (is_column(p, s)) {
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
		draw_sample(p, s, x, y);
		weir_scene_text(p->scene, x + 20, y, name, p->font, WEIR_ANCHOR_START, WEIR_INK_TEXT, 0);
		x += width;
	}
	return y + p->font * 0.6;
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

/* The values beside the dots of a single line; each gives way where it would run into the one before. */
static void draw_value_names(weir_plot *p, const weir_doc_series *series)
{
	double end = -INFINITY;
	if (p->chart->item_count > MOST_LABELLED || p->chart->kind != WEIR_CHART_LINE || p->chart->series_count > 1)
		return;
	for (int i = 0; i < p->chart->item_count; i++) {
		if (!weir_plot_has(series, i))
			continue;
		const char *text = weir_plot_number(p, series->values[i], p->chart->value_type == WEIR_CELL_RATE,
		                               p->chart->decimals, 0);
		double width = weir_text_width(text, p->font), x = x_of(p, i),
		       y = y_of(p, weir_plot_value(series, i)) - 9;
		x = fmin(fmax(x, width / 2), p->scene->width - width / 2);
		if (x - width / 2 < end + 3)
			continue;
		weir_scene_text(p->scene, x, y, text, p->font, WEIR_ANCHOR_MIDDLE, WEIR_INK_TEXT, 0);
		end = x + width / 2;
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
		draw_sample(p, order[i], p->right + 12, y + 4);
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

/* --- the kinds --- */

static void draw_axes_chart(weir_plot *p)
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
		else if (is_column(p, s))
			draw_columns(p, s);
	}
	draw_thresholds(p);
	for (int s = 0; s < chart->series_count; s++) {
		if (chart->kind == WEIR_CHART_AREA)
			draw_area_name(p, s);
		else if (!is_column(p, s))
			draw_line(p, s);
	}
	name_thresholds(p);
	if (p->names_at_ends)
		draw_end_names(p);
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
	const char *kept =
		text.failed ? NULL : weir_arena_text(p->scene->arena, text.data ? text.data : "", text.length);
	weir_text_free(&text);
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
		draw_axes_chart(p);
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
