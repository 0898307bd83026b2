/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart_timeline.c: bars from date to date, marks at further dates, and dates of the whole as lines down the chart. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/chart_int.h"

#define PITCH 21.0
#define NARROW_PITCH 33.0 /* the name stands over its bar */
#define BAR 11.0
#define MOST_TICKS 9
#define NARROW_TICKS 5

enum { FROM, TO, MARKS };

static int is_narrow(const weir_plot *p)
{
	return p->scene->width < WEIR_NARROW_CHART;
}

/* A date of the table; WEIR_DATE_NONE where there is none. */
static weir_date date_of(const weir_plot *p, int series, int item)
{
	const char *text = series < p->chart->series_count ? p->chart->series[series].values[item] : NULL;
	return text ? weir_date_parse(text, strlen(text)) : WEIR_DATE_NONE;
}

static void widen(weir_plot *p, weir_date date)
{
	if (date == WEIR_DATE_NONE)
		return;
	p->low = fmin(p->low, (double)date);
	p->high = fmax(p->high, (double)date);
}

static void find_range(weir_plot *p)
{
	p->low = INFINITY;
	p->high = -INFINITY;
	for (int s = 0; s < p->chart->series_count; s++)
		for (int i = 0; i < p->chart->item_count; i++)
			widen(p, date_of(p, s, i));
	for (int t = 0; t < p->chart->threshold_count; t++) {
		const char *date = p->chart->thresholds[t].date;
		widen(p, date ? weir_date_parse(date, strlen(date)) : WEIR_DATE_NONE);
	}
	if (!(p->low <= p->high))
		p->low = p->high = 0;
	if (p->low == p->high)
		p->high = p->low + 366;
}

static double x_of(const weir_plot *p, double day)
{
	return p->left + (day - p->low) / (p->high - p->low) * (p->right - p->left);
}

/* Whole years, as many as have room: every 1, 2, 5, 10 … */
static void draw_years(weir_plot *p)
{
	int first, last, month, day, every = 1;
	weir_date_to_ymd((weir_date)p->low, &first, &month, &day);
	weir_date_to_ymd((weir_date)p->high, &last, &month, &day);
	while ((last - first) / every >= (is_narrow(p) ? NARROW_TICKS : MOST_TICKS))
		every = every % 3 == 2 ? every / 2 * 5 : every * 2; /* 1, 2, 5, 10, 20, 50 … */
	for (int year = (first / every + 1) * every; year <= last; year += every) {
		char text[16];
		double x = x_of(p, (double)weir_date_from_ymd(year, 1, 1));
		weir_point line[2] = { { x, p->top }, { x, p->bottom } };
		snprintf(text, sizeof text, "%d", year);
		weir_scene_line(p->scene, line, 2, WEIR_INK_GRID, 1, 0);
		if (x + p->font * 1.3 < p->scene->width)
			weir_scene_text(p->scene, x, p->bottom + p->font * 1.3, text, p->font, WEIR_ANCHOR_MIDDLE,
			                WEIR_INK_MUTED, 0);
	}
}

/* A diamond. */
static void draw_mark(weir_plot *p, double x, double y, weir_ink ink)
{
	double r = 5;
	weir_point corners[4] = { { x, y - r }, { x + r, y }, { x, y + r }, { x - r, y } };
	weir_scene_area(p->scene, corners, 4, ink, 0, WEIR_INK_PAPER);
}

/* A bar is dark where it ends before one of its marks. */
static int ends_early(const weir_plot *p, int item)
{
	weir_date to = date_of(p, TO, item);
	for (int s = MARKS; s < p->chart->series_count; s++)
		if (to != WEIR_DATE_NONE && date_of(p, s, item) > to)
			return 1;
	return 0;
}

static void draw_row(weir_plot *p, int item, double y)
{
	weir_date from = date_of(p, FROM, item), to = date_of(p, TO, item);
	double pitch = is_narrow(p) ? NARROW_PITCH : PITCH, middle = y + pitch - PITCH / 2, small = p->font * 0.92;
	const char *name = weir_plot_words(p, p->chart->items[item].name);
	if (is_narrow(p))
		weir_scene_text(p->scene, 1, y + small, weir_plot_words_within(p, name, small, p->scene->width - 2),
		                small, WEIR_ANCHOR_START, WEIR_INK_TEXT, 0);
	else
		weir_scene_text(p->scene, p->left - 8, middle + small * 0.35,
		                weir_plot_words_within(p, name, small, p->left - 10), small, WEIR_ANCHOR_END,
		                WEIR_INK_TEXT, 0);
	if (from != WEIR_DATE_NONE || to != WEIR_DATE_NONE) { /* an end that is not known is the edge */
		double a = from == WEIR_DATE_NONE ? p->left : x_of(p, (double)from);
		double b = to == WEIR_DATE_NONE ? p->right : x_of(p, (double)to);
		int early = ends_early(p, item);
		weir_scene_box(p->scene, fmin(a, b), middle - BAR / 2, fmax(fabs(b - a), 1), BAR,
		               (weir_ink)(WEIR_INK_SERIES + (early ? 3 : 2)), early ? 1 : 0, WEIR_INK_NONE);
	}
	for (int s = MARKS; s < p->chart->series_count; s++) {
		weir_date date = date_of(p, s, item);
		if (date != WEIR_DATE_NONE)
			draw_mark(p, x_of(p, (double)date), middle, (weir_ink)(WEIR_INK_SERIES + s - MARKS));
	}
}

/* What bars and marks are; the bars by the names of both their ends. */
static void draw_legend(weir_plot *p)
{
	double x = 1, y = p->font + 2;
	for (int s = TO; s < p->chart->series_count; s++) {
		weir_text text = { 0 };
		if (s == TO)
			weir_text_printf(&text, "%s \xE2\x80\x93 ", weir_plot_words(p, p->chart->series[FROM].name));
		weir_text_add(&text, weir_plot_words(p, p->chart->series[s].name));
		const char *words = text.data ? text.data : "";
		double width = 20 + weir_text_width(words, p->font) + 18;
		p->scene->failed |= text.failed;
		if (x > 1 && x + width - 18 > p->scene->width) {
			x = 1;
			y += p->font * 1.6;
		}
		if (s == TO)
			weir_scene_box(p->scene, x, y - 9, 14, 10, (weir_ink)(WEIR_INK_SERIES + 2), 0, WEIR_INK_NONE);
		else
			draw_mark(p, x + 7, y - 4, (weir_ink)(WEIR_INK_SERIES + s - MARKS));
		weir_scene_text(p->scene, x + 20, y, words, p->font, WEIR_ANCHOR_START, WEIR_INK_TEXT, 0);
		x += width;
		weir_text_free(&text);
	}
	p->top = y + p->font * 0.8;
}

/* Down the chart; on a phone, where names would stand in its way, only along the bars. */
static void draw_date_line(weir_plot *p, double x, double from, int dash)
{
	weir_point line[2] = { { x, from }, { x, is_narrow(p) ? p->top : p->bottom } };
	weir_scene_line(p->scene, line, 2, WEIR_INK_ALERT, 1.5, dash);
	for (int i = 0; is_narrow(p) && i < p->chart->item_count; i++) {
		double y = p->top + i * NARROW_PITCH + NARROW_PITCH - PITCH / 2;
		weir_point part[2] = { { x, y - BAR / 2 - 3 }, { x, y + BAR / 2 + 3 } };
		weir_scene_line(p->scene, part, 2, WEIR_INK_ALERT, 1.5, 0);
	}
}

/* Dates of the whole, their names over the chart, each on a line of its own. */
static void draw_dates(weir_plot *p, double names)
{
	for (int t = 0; t < p->chart->threshold_count; t++) {
		const char *text = p->chart->thresholds[t].date;
		weir_date date = text ? weir_date_parse(text, strlen(text)) : WEIR_DATE_NONE;
		if (date == WEIR_DATE_NONE)
			continue;
		double x = x_of(p, (double)date), y = names + p->font * 1.3 * (t + 1);
		const char *name = weir_plot_words(p, p->chart->thresholds[t].name);
		double half = weir_text_width(name, p->font) / 2;
		draw_date_line(p, x, y + 3, 1 + t % 3);
		weir_scene_text(p->scene, fmax(half, fmin(x, p->scene->width - half)), y, name, p->font,
		                WEIR_ANCHOR_MIDDLE, WEIR_INK_ALERT, 0);
	}
}

void weir_plot_timeline(weir_plot *p)
{
	const weir_doc_chart *chart = p->chart;
	double names = 0, pitch = is_narrow(p) ? NARROW_PITCH : PITCH;
	if (chart->series_count <= TO)
		return;
	for (int i = 0; i < chart->item_count; i++)
		names = fmax(names, weir_text_width(weir_plot_words(p, chart->items[i].name), p->font * 0.92));
	p->left = is_narrow(p) ? 2 : fmin(names, p->scene->width * 0.32) + 12;
	p->right = p->scene->width - 8;
	find_range(p);
	draw_legend(p);
	double over = p->top;
	p->top += chart->threshold_count * p->font * 1.3 + 6;
	p->bottom = p->top + chart->item_count * pitch + 4;
	p->scene->height = p->bottom + p->font * 1.8;
	draw_years(p);
	for (int i = 0; i < chart->item_count; i++)
		draw_row(p, i, p->top + i * pitch);
	draw_dates(p, over);
	weir_point axis[2] = { { p->left, p->bottom }, { p->right, p->bottom } };
	weir_scene_line(p->scene, axis, 2, WEIR_INK_AXIS, 1, 0);
}
