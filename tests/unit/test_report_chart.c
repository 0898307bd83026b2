/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_report_chart.c: where marks stand, what is cut off, and that the SVG is whole. */
#include <check.h>
#include <libxml/parser.h>
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "report/chart.h"

Suite *weir_suite_report_chart(void);

static weir_arena *arena;

static void setup(void)
{
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
}

static void teardown(void)
{
	weir_arena_destroy(arena);
}

/* A chart of up to two series over three items. */
static weir_doc_item items[3];
static weir_doc_series series[2];
static weir_doc_chart chart;
static const char *values[2][3];

static void make_chart(weir_chart_kind kind, int series_count, const char *a, const char *b, const char *c)
{
	static const char *const dates[] = { "2023-06-20", "2023-09-20", "2024-06-20" };
	chart = (weir_doc_chart){ .kind = kind, .items = items, .item_count = 3, .series = series };
	chart.series_count = series_count;
	chart.value_type = WEIR_CELL_NUMBER;
	chart.decimals = 2;
	for (int i = 0; i < 3; i++)
		items[i] = (weir_doc_item){ .date = dates[i], .name = { "N<", NULL } };
	values[0][0] = a;
	values[0][1] = b;
	values[0][2] = c;
	series[0] = (weir_doc_series){ .name = { "One", "一" }, .values = values[0] };
	series[1] = (weir_doc_series){ .name = { "Two & more", NULL }, .values = values[1] };
}

static weir_scene *draw(double width)
{
	weir_scene *scene = NULL;
	ck_assert_int_eq(weir_chart_draw(&scene, arena, &chart, width), WEIR_OK);
	return scene;
}

static int count_marks(const weir_scene *scene, weir_mark_kind kind, weir_ink ink)
{
	int count = 0;
	for (const weir_mark *mark = scene->first; mark; mark = mark->next)
		count += mark->kind == kind && (mark->fill == ink || mark->stroke == ink);
	return count;
}

static int has_text(const weir_scene *scene, const char *text)
{
	for (const weir_mark *mark = scene->first; mark; mark = mark->next)
		if (mark->kind == WEIR_MARK_TEXT && strcmp(mark->text, text) == 0)
			return 1;
	return 0;
}

/* The n-th area of a scene, from 0. */
static const weir_mark *area(const weir_scene *scene, int n)
{
	for (const weir_mark *mark = scene->first; mark; mark = mark->next)
		if (mark->kind == WEIR_MARK_AREA && mark->fill >= WEIR_INK_SERIES && n-- == 0)
			return mark;
	return NULL;
}

START_TEST(steps_are_round)
{
	ck_assert(weir_chart_step(10, 5) == 2);
	ck_assert(weir_chart_step(11, 5) == 2.5);
	ck_assert(weir_chart_step(36000000, 6) == 10000000);
	ck_assert(weir_chart_step(30000000, 6) == 5000000);
	ck_assert(fabs(weir_chart_step(0.3, 6) - 0.05) < 1e-15);
	ck_assert(weir_chart_step(1, 6) == 0.2);
}
END_TEST

/* EX3's coverage: the median of the six is 1.135836 (the third); three times it is 3.407508 and leaves two out. */
START_TEST(outliers_are_clipped)
{
	double far[] = { 1.104573, 1.135836, 1.184475, 1.112214, 32.299623, 208.447047 };
	ck_assert(fabs(weir_chart_clip(far, 6, 1) - 3 * 1.135836) < 1e-12);
	double near[] = { 12.9, 14.1, 31.0 };
	ck_assert(isinf(weir_chart_clip(near, 3, 1)));
	double low[] = { 0.2, 0.3, 2.9 }; /* below three times the threshold */
	ck_assert(isinf(weir_chart_clip(low, 3, 1)));
	ck_assert(isinf(weir_chart_clip(low, 0, 1)));
}
END_TEST

START_TEST(clipped_values_are_marked_and_named)
{
	make_chart(WEIR_CHART_LINE, 1, "1.10", "1.20", "208.447047");
	chart.clips = 1;
	weir_scene *scene = draw(900);
	ck_assert_int_eq(count_marks(scene, WEIR_MARK_DOT, WEIR_INK_SERIES), 2);
	ck_assert_ptr_nonnull(area(scene, 0)); /* the arrow head */
	ck_assert(has_text(scene, "208.45"));
	ck_assert(!has_text(scene, "200"));
	chart.clips = 0;
	scene = draw(900);
	ck_assert_int_eq(count_marks(scene, WEIR_MARK_DOT, WEIR_INK_SERIES), 3);
	ck_assert(has_text(scene, "200"));
}
END_TEST

/* Three values in a row are one line; with a gap in the middle there is none, but both dots stand. */
START_TEST(gaps_break_lines)
{
	make_chart(WEIR_CHART_LINE, 1, "1.10", "1.20", "1.15");
	ck_assert_int_eq(count_marks(draw(900), WEIR_MARK_LINE, WEIR_INK_SERIES), 1);
	values[0][1] = NULL;
	weir_scene *scene = draw(900);
	ck_assert_int_eq(count_marks(scene, WEIR_MARK_LINE, WEIR_INK_SERIES), 0);
	ck_assert_int_eq(count_marks(scene, WEIR_MARK_DOT, WEIR_INK_SERIES), 2);
}
END_TEST

/* 92 days and then 274: the middle dot stands at 92/366 of the way. */
START_TEST(time_axis_is_to_scale)
{
	double x[3] = { 0 };
	int count = 0;
	make_chart(WEIR_CHART_LINE, 1, "1.10", "1.20", "1.15");
	for (const weir_mark *mark = draw(900)->first; mark; mark = mark->next)
		if (mark->kind == WEIR_MARK_DOT && count < 3)
			x[count++] = mark->points[0].x;
	ck_assert_int_eq(count, 3);
	ck_assert(fabs((x[1] - x[0]) / (x[2] - x[0]) - 92.0 / 366.0) < 1e-9);
}
END_TEST

static double height_of(const weir_mark *mark)
{
	double low = INFINITY, high = -INFINITY;
	for (int i = 0; i < mark->point_count; i++) {
		low = fmin(low, mark->points[i].y);
		high = fmax(high, mark->points[i].y);
	}
	return high - low;
}

/* 30 on 10: the second series begins where the first ends and is three times as high. */
START_TEST(columns_stand_on_each_other)
{
	make_chart(WEIR_CHART_COLUMNS, 2, "10", NULL, NULL);
	values[1][0] = "30";
	values[1][1] = values[1][2] = NULL;
	weir_scene *scene = draw(900);
	const weir_mark *below = area(scene, 2), *above = area(scene, 3); /* behind the legend's two patches */
	ck_assert_ptr_nonnull(below);
	ck_assert_ptr_nonnull(above);
	ck_assert(fabs(height_of(above) / height_of(below) - 3) < 1e-9);
	ck_assert(fabs(above->points[2].y - below->points[0].y) < 1e-9);
	series[1].stack = 1; /* side by side */
	scene = draw(900);
	ck_assert(fabs(area(scene, 3)->points[2].y - area(scene, 2)->points[2].y) < 1e-9);
	ck_assert(area(scene, 3)->points[0].x >= area(scene, 2)->points[1].x - 1e-9);
}
END_TEST

/* 94.7368 % and 5.2632 % of the column, as the sizes 3,600 and 200 are of 3,800. */
START_TEST(capital_stack_is_to_scale)
{
	make_chart(WEIR_CHART_STACK, 1, "3600", "200", NULL);
	chart.item_count = 2;
	weir_scene *scene = draw(340);
	double senior = height_of(area(scene, 0)), junior = height_of(area(scene, 1));
	ck_assert(fabs(senior / (senior + junior) - 36.0 / 38.0) < 1e-9);
	ck_assert(has_text(scene, "N<"));
}
END_TEST

START_TEST(axis_counts_in_a_fitting_unit)
{
	static weir_doc_scale scales[] = { { 1, { "CNY", NULL } },
		                           { 1e6, { "CNY million", NULL } },
		                           { 1e9, { "CNY billion", NULL } } };
	make_chart(WEIR_CHART_COLUMNS, 1, "36000000.00", "27468000.00", "0.00");
	chart.value_type = WEIR_CELL_MONEY;
	chart.scales = scales;
	chart.scale_count = 3;
	weir_scene *scene = draw(900);
	ck_assert(has_text(scene, "CNY million"));
	ck_assert(has_text(scene, "40"));
	ck_assert(!has_text(scene, "40,000,000"));
}
END_TEST

START_TEST(svg_is_whole_and_escaped)
{
	for (int kind = WEIR_CHART_LINE; kind <= WEIR_CHART_BARS; kind++)
		for (int width = 340; width <= 900; width += 560) {
			weir_text svg = { 0 };
			make_chart((weir_chart_kind)kind, 2, "1.5", "-2", NULL);
			values[1][0] = values[1][1] = values[1][2] = "3";
			chart.has_threshold = 1;
			chart.threshold = 1;
			chart.threshold_name.en = "limit <1>";
			weir_scene_write_svg(draw(width), "c1", "wide", "T <b>", "D & d", &svg);
			xmlDoc *document = xmlReadMemory(svg.data, (int)svg.length, "svg", NULL, XML_PARSE_NONET);
			ck_assert_ptr_nonnull(document);
			ck_assert_ptr_nonnull(strstr(svg.data, "<title id=\"c1-t\">T &lt;b&gt;</title>"));
			ck_assert_ptr_nonnull(strstr(svg.data, "<desc id=\"c1-d\">D &amp; d</desc>"));
			ck_assert_ptr_null(strstr(svg.data, "nan"));
			ck_assert_ptr_null(strstr(svg.data, "inf"));
			xmlFreeDoc(document);
			weir_text_free(&svg);
		}
}
END_TEST

START_TEST(empty_charts_are_drawn)
{
	for (int kind = WEIR_CHART_LINE; kind <= WEIR_CHART_BARS; kind++) {
		make_chart((weir_chart_kind)kind, 1, NULL, NULL, NULL);
		ck_assert_ptr_nonnull(draw(900));
		chart.item_count = 0;
		ck_assert_ptr_nonnull(draw(900));
		chart.series_count = 0;
		ck_assert_ptr_nonnull(draw(900));
	}
}
END_TEST

START_TEST(short_memory_is_reported)
{
	for (int kind = WEIR_CHART_LINE; kind <= WEIR_CHART_BARS; kind++)
		for (long nth = 1;; nth++) {
			weir_arena *own = NULL;
			weir_scene *scene = NULL;
			make_chart((weir_chart_kind)kind, 1, "1.5", "2", "99");
			chart.clips = 1;
			weir_alloc_fail_from(nth);
			weir_status status = weir_arena_create(&own);
			if (status == WEIR_OK)
				status = weir_chart_draw(&scene, own, &chart, 900);
			weir_alloc_fail_from(0);
			ck_assert(status == WEIR_OK || status == WEIR_NO_MEMORY);
			weir_arena_destroy(own);
			if (status == WEIR_OK)
				break;
		}
}
END_TEST

Suite *weir_suite_report_chart(void)
{
	Suite *suite = suite_create("report_chart");
	TCase *tests = tcase_create("chart");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, steps_are_round);
	tcase_add_test(tests, outliers_are_clipped);
	tcase_add_test(tests, clipped_values_are_marked_and_named);
	tcase_add_test(tests, gaps_break_lines);
	tcase_add_test(tests, time_axis_is_to_scale);
	tcase_add_test(tests, columns_stand_on_each_other);
	tcase_add_test(tests, capital_stack_is_to_scale);
	tcase_add_test(tests, axis_counts_in_a_fitting_unit);
	tcase_add_test(tests, svg_is_whole_and_escaped);
	tcase_add_test(tests, empty_charts_are_drawn);
	tcase_add_test(tests, short_memory_is_reported);
	suite_add_tcase(suite, tests);
	return suite;
}
