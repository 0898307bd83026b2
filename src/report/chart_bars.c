/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart_bars.c: horizontal bars: plain ones, tornadoes (from a base to both sides), bridges (from a value to another).
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/chart_int.h"
#include "report/format.h"

#define BAR_PITCH 22.0
#define ROW_PITCH 38.0        /* of tornadoes and bridges */
#define ROW_BAR 22.0
#define NARROW_ROW_PITCH 44.0 /* the name stands above its bar */
#define MOST_NAME 0.4         /* of the width */

static int is_narrow(const weir_plot *p)
{
	return p->scene->width < WEIR_NARROW_CHART;
}

/* --- plain bars ------------------------------------------------------------------------------------------------- */

static const char *bar_number(weir_plot *p, int item)
{
	const weir_doc_chart *chart = p->chart;
	return weir_plot_number(p, chart->series[0].values[item], chart->value_type == WEIR_CELL_RATE, chart->decimals,
	                        0);
}

static void draw_limit(weir_plot *p, double x, double top, double end)
{
	weir_point limit[2] = { { x, top }, { x, end } };
	weir_scene_line(p->scene, limit, 2, WEIR_INK_ALERT, 1.5, 1);
	weir_scene_text(p->scene, fmin(x, p->right), top - p->font * 0.5,
	                weir_plot_words(p, p->chart->thresholds[0].name), p->font, WEIR_ANCHOR_END, WEIR_INK_ALERT, 0);
}

void weir_plot_bars(weir_plot *p)
{
	const weir_doc_chart *chart = p->chart;
	double names = 0, values = 0, most = chart->threshold_count > 0 ? chart->thresholds[0].value : 0;
	for (int i = 0; i < chart->item_count; i++) {
		names = fmax(names, weir_text_width(weir_plot_words(p, chart->items[i].name), p->font));
		if (!weir_plot_has(&chart->series[0], i))
			continue;
		most = fmax(most, weir_plot_value(&chart->series[0], i));
		values = fmax(values, weir_text_width(bar_number(p, i), p->font));
	}
	p->left = fmin(names, p->scene->width * 0.45) + 10;
	p->right = p->scene->width - values - 10;
	double top = chart->threshold_count > 0 ? p->font * 1.6 : 2, scale = most > 0 ? (p->right - p->left) / most : 0;
	for (int i = 0; i < chart->item_count; i++) {
		double y = top + i * BAR_PITCH, text_y = y + BAR_PITCH / 2 + p->font * 0.3;
		const char *name =
			weir_plot_words_within(p, weir_plot_words(p, chart->items[i].name), p->font, p->left - 8);
		weir_scene_text(p->scene, p->left - 8, text_y, name, p->font, WEIR_ANCHOR_END, WEIR_INK_TEXT, 0);
		if (!weir_plot_has(&chart->series[0], i))
			continue;
		double width = fmax(weir_plot_value(&chart->series[0], i), 0) * scale;
		weir_scene_box(p->scene, p->left, y + 4, width, BAR_PITCH - 8, weir_plot_ink(p, 0), 0, WEIR_INK_NONE);
		weir_scene_text(p->scene, p->left + width + 6, text_y, bar_number(p, i), p->font, WEIR_ANCHOR_START,
		                WEIR_INK_TEXT, 0);
	}
	double end = top + chart->item_count * BAR_PITCH;
	weir_point axis[2] = { { p->left, top }, { p->left, end } };
	weir_scene_line(p->scene, axis, 2, WEIR_INK_AXIS, 1, 0);
	if (chart->threshold_count > 0)
		draw_limit(p, p->left + chart->thresholds[0].value * scale, top, end);
}

/* --- rows of a name and a bar about a moving value -------------------------------------------------------------- */

/* A value in the axis's unit; a change has its sign. */
static const char *scaled_text(weir_plot *p, double value, int is_change)
{
	char sign[72];
	const char *text = weir_plot_scaled(p, value);
	snprintf(sign, sizeof sign, "+%s", text);
	if (!is_change || value <= 0)
		return text;
	const char *kept = weir_arena_text(p->scene->arena, sign, strlen(sign));
	if (!kept)
		p->scene->failed = 1;
	return kept ? kept : "";
}

static double pitch_of(const weir_plot *p)
{
	return is_narrow(p) ? NARROW_ROW_PITCH : ROW_PITCH;
}

static double x_of(const weir_plot *p, double value)
{
	if (!(p->high > p->low))
		return (p->left + p->right) / 2;
	return p->left + (value - p->low) / (p->high - p->low) * (p->right - p->left);
}

static void widen(weir_plot *p, double value)
{
	p->low = fmin(p->low, value);
	p->high = fmax(p->high, value);
}

/* Room for the names, and for the values' texts at both ends. */
static void set_room(weir_plot *p, double texts_left, double texts_right)
{
	double names = 0;
	for (int i = 0; i < p->chart->item_count; i++) {
		names = fmax(names, weir_text_width(weir_plot_words(p, p->chart->items[i].name), p->font));
		names = fmax(names, weir_text_width(weir_plot_details(p, &p->chart->items[i]), p->font * 0.9));
	}
	p->left = is_narrow(p) ? 2 : fmin(names + 10, p->scene->width * MOST_NAME) + 4;
	p->left += texts_left + 8;
	p->right = p->scene->width - texts_right - 8;
}

/* The name with its details: at the left, or on a phone above the bar. */
static void draw_row_name(weir_plot *p, int item, double y, double texts_left)
{
	const char *name = weir_plot_words(p, p->chart->items[item].name);
	const char *details = weir_plot_details(p, &p->chart->items[item]);
	double small = p->font * 0.9;
	if (is_narrow(p)) {
		double room = p->scene->width - 4, detail_width = weir_text_width(details, small);
		if (detail_width > room * 0.55)
			details = weir_plot_words_within(p, details, small, room * 0.55);
		detail_width = weir_text_width(details, small);
		name = weir_plot_words_within(p, name, p->font, room - detail_width - 10);
		weir_scene_text(p->scene, 2, y + p->font, name, p->font, WEIR_ANCHOR_START, WEIR_INK_TEXT, 0);
		if (*details)
			weir_scene_text(p->scene, 2 + weir_text_width(name, p->font) + 8, y + p->font, details, small,
			                WEIR_ANCHOR_START, WEIR_INK_MUTED, 0);
		return;
	}
	double room = p->left - texts_left - 18, middle = y + ROW_PITCH / 2;
	weir_scene_text(p->scene, room, middle + (*details ? -p->font * 0.15 : p->font * 0.35),
	                weir_plot_words_within(p, name, p->font, room), p->font, WEIR_ANCHOR_END, WEIR_INK_TEXT, 0);
	if (*details)
		weir_scene_text(p->scene, room, middle + p->font * 1.0, weir_plot_words_within(p, details, small, room),
		                small, WEIR_ANCHOR_END, WEIR_INK_MUTED, 0);
}

/* The y of the bar in the row that begins at `y`. */
static double bar_top(const weir_plot *p, double y)
{
	return is_narrow(p) ? y + p->font * 1.4 : y + (ROW_PITCH - ROW_BAR) / 2;
}

/* Legend, unit and the top of the first row. */
static void draw_head(weir_plot *p, weir_doc_text unit)
{
	const char *words = weir_plot_words(p, unit);
	p->top = p->chart->kind == WEIR_CHART_TORNADO ? weir_plot_legend(p) : 0;
	if (*words) {
		p->top += p->font * 1.3;
		weir_scene_text(p->scene, 0, p->top - p->font * 0.3, words, p->font, WEIR_ANCHOR_START, WEIR_INK_MUTED,
		                0);
	}
	p->top += p->chart->threshold_count > 0 ? p->font * 1.5 : 4;
}

/* --- tornado ---------------------------------------------------------------------------------------------------- */

#define SIDES 2

static double base_of(const weir_plot *p)
{
	return p->chart->threshold_count > 0 ? p->chart->thresholds[0].value : 0;
}

/* The widest text that stands at the left of its bar, and at the right. */
static void measure_sides(weir_plot *p, double *at_left, double *at_right)
{
	const weir_doc_chart *chart = p->chart;
	*at_left = *at_right = 0;
	for (int s = 0; s < chart->series_count && s < SIDES; s++)
		for (int i = 0; i < chart->item_count; i++) {
			if (!weir_plot_has(&chart->series[s], i))
				continue;
			double value = weir_plot_value(&chart->series[s], i);
			double width = weir_text_width(scaled_text(p, value, 0), p->font * 0.95) + 5;
			double *side = value < base_of(p) ? at_left : at_right;
			*side = fmax(*side, width);
		}
}

static void draw_side(weir_plot *p, int s, int item, double y, double height)
{
	const weir_doc_series *series = &p->chart->series[s];
	double base = x_of(p, base_of(p)), small = p->font * 0.95, text_y = y + height / 2 + small * 0.35;
	if (!weir_plot_has(series, item)) {
		weir_scene_text(p->scene, base + 5, text_y, WEIR_EMPTY_MARK, small, WEIR_ANCHOR_START, WEIR_INK_MUTED,
		                0);
		return;
	}
	double value = weir_plot_value(series, item), x = x_of(p, value);
	if (value == base_of(p))
		return;
	weir_scene_box(p->scene, fmin(x, base), y, fabs(x - base), height, weir_plot_ink(p, s), s % WEIR_PATTERNS,
	               WEIR_INK_PAPER);
	int to_left = value < base_of(p);
	weir_scene_text(p->scene, to_left ? x - 5 : x + 5, text_y, scaled_text(p, value, 0), small,
	                to_left ? WEIR_ANCHOR_END : WEIR_ANCHOR_START, WEIR_INK_TEXT, 0);
}

/* Both bars on one line where they go to different sides; else one under the other. */
static void draw_swing(weir_plot *p, int item, double y)
{
	const weir_doc_chart *chart = p->chart;
	int has[SIDES], side[SIDES] = { 0 };
	for (int s = 0; s < SIDES; s++) {
		has[s] = s < chart->series_count && weir_plot_has(&chart->series[s], item);
		double value = has[s] ? weir_plot_value(&chart->series[s], item) - base_of(p) : 0;
		side[s] = (value > 0) - (value < 0);
	}
	int apart = has[0] && has[1] && side[0] * side[1] <= 0;
	double height = apart ? ROW_BAR : ROW_BAR / SIDES;
	for (int s = 0; s < SIDES && s < chart->series_count; s++)
		draw_side(p, s, item, apart ? y : y + s * height, height);
}

/* The line at the base, through the rows; on a phone, where names would stand in its way, only along the bars. */
static void draw_base_line(weir_plot *p, double y)
{
	double x = x_of(p, base_of(p)), top = bar_top(p, y);
	weir_point line[2] = { { x, y }, { x, y + ROW_PITCH } };
	if (is_narrow(p)) {
		line[0].y = top - 2;
		line[1].y = top + ROW_BAR + 2;
	}
	weir_scene_line(p->scene, line, 2, WEIR_INK_TEXT, 1.2, 0);
}

static void draw_base_name(weir_plot *p)
{
	weir_text label = { 0 };
	weir_text_printf(&label, "%s %s", weir_plot_words(p, p->chart->thresholds[0].name),
	                 scaled_text(p, base_of(p), 0));
	const char *text = label.data ? label.data : "";
	double half = weir_text_width(text, p->font) / 2;
	double x = fmin(fmax(x_of(p, base_of(p)), half + 1), p->scene->width - half - 1);
	weir_scene_text(p->scene, x, p->top - p->font * 0.5, text, p->font, WEIR_ANCHOR_MIDDLE, WEIR_INK_TEXT, 1);
	p->scene->failed |= label.failed;
	weir_text_free(&label);
}

void weir_plot_tornado(weir_plot *p)
{
	const weir_doc_chart *chart = p->chart;
	double at_left, at_right;
	p->low = p->high = base_of(p);
	for (int s = 0; s < chart->series_count && s < SIDES; s++)
		for (int i = 0; i < chart->item_count; i++)
			if (weir_plot_has(&chart->series[s], i))
				widen(p, weir_plot_value(&chart->series[s], i));
	weir_doc_text unit = weir_plot_choose_scale(p);
	measure_sides(p, &at_left, &at_right);
	set_room(p, at_left, at_right);
	draw_head(p, unit);
	for (int i = 0; i < chart->item_count; i++) {
		double y = p->top + i * pitch_of(p);
		draw_row_name(p, i, y, at_left);
		draw_swing(p, i, bar_top(p, y));
		draw_base_line(p, y);
	}
	p->scene->height = p->top + chart->item_count * pitch_of(p) + 4;
	if (chart->threshold_count > 0)
		draw_base_name(p);
}

/* --- bridge ----------------------------------------------------------------------------------------------------- */

/* The value before and behind an item. */
static void step_of(const weir_plot *p, int item, double before, double *from, double *to)
{
	const weir_doc_series *series = &p->chart->series[0];
	int is_level = p->chart->items[item].is_level;
	double value = is_level ? before : 0; /* without a value nothing moves */
	if (weir_plot_has(series, item))
		value = weir_plot_value(series, item);
	*from = is_level ? value : before;
	*to = is_level ? value : before + value;
}

static void draw_bridge_row(weir_plot *p, int item, double y, double from, double to)
{
	const weir_doc_chart *chart = p->chart;
	int is_level = chart->items[item].is_level, up = to >= from;
	double top = bar_top(p, y), a = x_of(p, from), b = x_of(p, to), text_y = top + ROW_BAR / 2 + p->font * 0.35;
	if (!weir_plot_has(&chart->series[0], item)) {
		weir_scene_text(p->scene, a + 5, text_y, WEIR_EMPTY_MARK, p->font, WEIR_ANCHOR_START, WEIR_INK_MUTED,
		                0);
		return;
	}
	if (is_level) {
		weir_point line[2] = { { a, top - 3 }, { a, top + ROW_BAR + 3 } };
		weir_scene_line(p->scene, line, 2, WEIR_INK_TEXT, 3, 0);
	} else {
		weir_scene_box(p->scene, fmin(a, b), top, fmax(fabs(b - a), 1), ROW_BAR,
		               (weir_ink)(WEIR_INK_SERIES + (up ? 0 : 1)), up ? 0 : 1, WEIR_INK_PAPER);
	}
	const char *text = scaled_text(p, is_level ? to : to - from, !is_level);
	weir_scene_text(p->scene, fmax(a, b) + 6, text_y, text, p->font, WEIR_ANCHOR_START, WEIR_INK_TEXT, is_level);
}

static double widest_step(weir_plot *p)
{
	double widest = 0, value = 0, from, to;
	p->low = INFINITY;
	p->high = -INFINITY;
	for (int i = 0; i < p->chart->item_count; i++, value = to) {
		step_of(p, i, value, &from, &to);
		widen(p, from);
		widen(p, to);
	}
	weir_plot_choose_scale(p);
	value = 0;
	for (int i = 0; i < p->chart->item_count; i++, value = to) {
		step_of(p, i, value, &from, &to);
		int is_level = p->chart->items[i].is_level;
		widest = fmax(widest, weir_text_width(scaled_text(p, is_level ? to : to - from, !is_level), p->font));
	}
	return widest + 8;
}

void weir_plot_bridge(weir_plot *p)
{
	double value = 0, from, to;
	set_room(p, 0, widest_step(p));
	draw_head(p, weir_plot_choose_scale(p));
	for (int i = 0; i < p->chart->item_count; i++, value = to) {
		double y = p->top + i * pitch_of(p), x;
		step_of(p, i, value, &from, &to);
		draw_row_name(p, i, y, 0);
		draw_bridge_row(p, i, y, from, to);
		if (i + 1 == p->chart->item_count)
			break;
		x = x_of(p, to);
		weir_point line[2] = { { x, bar_top(p, y) + ROW_BAR }, { x, bar_top(p, y + pitch_of(p)) } };
		weir_scene_line(p->scene, line, 2, WEIR_INK_AXIS, 1, 2);
	}
	p->scene->height = p->top + p->chart->item_count * pitch_of(p) + 4;
}

double weir_plot_bars_height(const weir_doc_chart *chart)
{
	/* a tornado and a bridge set their own height: it hangs on the lines of their legend */
	return chart->item_count * BAR_PITCH + (chart->threshold_count > 0 ? 26 : 6);
}
