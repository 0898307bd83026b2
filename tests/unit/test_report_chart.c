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

static weir_doc_threshold thresholds[2];

static void set_threshold(double value, const char *name)
{
	thresholds[0] = (weir_doc_threshold){ .value = value, .name = { name, NULL } };
	chart.thresholds = thresholds;
	chart.threshold_count = 1;
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

static const weir_mark *text_at(const weir_scene *scene, const char *text)
{
	for (const weir_mark *mark = scene->first; mark; mark = mark->next)
		if (mark->kind == WEIR_MARK_TEXT && strcmp(mark->text, text) == 0)
			return mark;
	ck_abort_msg("no text \"%s\"", text);
	return NULL;
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

/* The line climbs from the second value steeply: the second's name gives way to it, and stands below or aside. */
START_TEST(names_of_values_keep_clear_of_the_line)
{
	make_chart(WEIR_CHART_LINE, 1, "1.00", "2.00", "90.00");
	for (int narrow = 0; narrow < 2; narrow++) {
		weir_scene *scene = draw(narrow ? 300 : 900);
		const weir_mark *line = NULL, *name = text_at(scene, "2.00");
		for (const weir_mark *mark = scene->first; mark; mark = mark->next)
			if (mark->kind == WEIR_MARK_LINE && mark->stroke == WEIR_INK_SERIES)
				line = mark;
		ck_assert(line && line->point_count == 3);
		double half = weir_text_width("2.00", name->size) / 2, bottom = name->points[0].y, top = bottom - name->size * 0.7;
		for (int step = 0; step <= 2000; step++) { /* points of both parts of the line */
			const weir_point *a = &line->points[step > 1000], *b = a + 1;
			double t = step % 1001 / 1000.0, x = a->x + t * (b->x - a->x), y = a->y + t * (b->y - a->y);
			ck_assert_msg(x < name->points[0].x - half || x > name->points[0].x + half || y < top || y > bottom,
			              "the line runs through the name at %g, %g", x, y);
		}
	}
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

static double width_of(const weir_mark *mark)
{
	double low = INFINITY, high = -INFINITY;
	for (int i = 0; i < mark->point_count; i++) {
		low = fmin(low, mark->points[i].x);
		high = fmax(high, mark->points[i].x);
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

/* Attachment points stand at the lower edges, from the bottom up; a part without one has none. */
START_TEST(capital_stack_names_its_edges)
{
	static weir_doc_cell edges[] = { { .type = WEIR_CELL_RATE, .value = "0.052632", .decimals = 2 },
		                         { .type = WEIR_CELL_RATE, .value = "0", .decimals = 2 } };
	make_chart(WEIR_CHART_STACK, 1, "3600", "200", NULL);
	chart.item_count = 2;
	items[0].edge = &edges[0];
	items[1].edge = &edges[1];
	weir_scene *scene = draw(340);
	const weir_mark *senior = area(scene, 0), *junior = area(scene, 1);
	ck_assert(has_text(scene, "5.26%"));
	ck_assert(has_text(scene, "0.00%"));
	double upper = text_at(scene, "5.26%")->points[0].y, lower = text_at(scene, "0.00%")->points[0].y;
	ck_assert(lower - upper >= 11 * 1.3 - 1e-9); /* the parts are 10 pixels high: the names keep a line apart */
	ck_assert(text_at(scene, "5.26%")->points[0].x < senior->points[0].x);
	ck_assert(fabs(senior->points[2].y - junior->points[0].y) < 1e-9);
	items[0].edge = NULL;
	ck_assert(!has_text(draw(340), "5.26%"));
}
END_TEST

/* Base 1.10; low 1.05 and high 1.20: bars to both sides as 5 is to 10, on one line. */
START_TEST(tornado_is_to_scale)
{
	make_chart(WEIR_CHART_TORNADO, 2, "1.05", "1.10", "1.12");
	values[1][0] = "1.20";
	values[1][1] = NULL;
	values[1][2] = "1.16";
	set_threshold(1.1, "Base");
	weir_scene *scene = draw(900);
	const weir_mark *low = area(scene, 2), *high = area(scene, 3); /* behind the legend's two patches */
	ck_assert(fabs(width_of(high) / width_of(low) - 2) < 1e-9);
	ck_assert(fabs(low->points[1].x - high->points[0].x) < 1e-9);
	ck_assert(fabs(low->points[0].y - high->points[0].y) < 1e-9);
	ck_assert(has_text(scene, "Base 1.10"));
	ck_assert(has_text(scene, "1.05"));
	ck_assert(has_text(scene, "1.20"));
	ck_assert(has_text(scene, "\xE2\x80\x93")); /* the second has no value at the high end */
	/* the third goes to one side only: its bars stand one under the other, each half as high */
	low = area(scene, 4);
	high = area(scene, 5);
	ck_assert(fabs(height_of(low) - height_of(area(scene, 2)) / 2) < 1e-9);
	ck_assert(fabs(low->points[2].y - high->points[0].y) < 1e-9);
	ck_assert(fabs(width_of(high) / width_of(low) - 3) < 1e-9);
	/* no row is wider than a phone, and the scene ends under the last one */
	scene = draw(340);
	for (const weir_mark *mark = scene->first; mark; mark = mark->next)
		for (int i = 0; i < mark->point_count; i++) {
			ck_assert(mark->points[i].x >= 0 && mark->points[i].x <= 340);
			ck_assert(mark->points[i].y >= 0 && mark->points[i].y <= scene->height);
		}
}
END_TEST

/* From 10 through +4 and -8 to 6: each bar begins where the one before ended. */
START_TEST(bridge_walks_from_level_to_level)
{
	static weir_doc_item steps[4];
	static const char *heights[] = { "10", "4", "-8", "6" };
	make_chart(WEIR_CHART_BRIDGE, 1, NULL, NULL, NULL);
	for (int i = 0; i < 4; i++)
		steps[i] = (weir_doc_item){ .name = { "S", NULL }, .is_level = i == 0 || i == 3 };
	chart.items = steps;
	chart.item_count = 4;
	series[0].values = heights;
	chart.decimals = 1;
	weir_scene *scene = draw(900);
	const weir_mark *up = area(scene, 0), *down = area(scene, 1);
	ck_assert(fabs(width_of(down) / width_of(up) - 2) < 1e-9);
	ck_assert(fabs(up->points[1].x - down->points[1].x) < 1e-9);
	ck_assert_int_ne(up->fill, down->fill);
	ck_assert_int_ne(up->pattern, down->pattern);
	ck_assert(has_text(scene, "+4.0"));
	ck_assert(has_text(scene, "\xE2\x88\x92"
	                          "8.0"));
	ck_assert(has_text(scene, "10.0"));
	ck_assert(has_text(scene, "6.0"));
	chart.items = items;
}
END_TEST

/* Two levels that events test, 1.05 and 1.10, on a line from 1.2 to 1.5: both are seen, dashed differently, and their names do
 * not stand on each other. */
START_TEST(several_thresholds_are_named)
{
	make_chart(WEIR_CHART_LINE, 1, "1.5", "1.2", "1.4");
	set_threshold(1.10, "Warning");
	thresholds[1] = (weir_doc_threshold){ .value = 1.05, .name = { "Acceleration", NULL } };
	chart.threshold_count = 2;
	weir_scene *scene = draw(900);
	const weir_mark *lines[2] = { NULL, NULL };
	int count = 0;
	for (const weir_mark *mark = scene->first; mark; mark = mark->next)
		if (mark->kind == WEIR_MARK_LINE && mark->stroke == WEIR_INK_ALERT && count < 2)
			lines[count++] = mark;
	ck_assert_int_eq(count, 2);
	ck_assert(lines[0]->points[0].y < lines[1]->points[0].y);
	ck_assert_int_ne(lines[0]->dash, lines[1]->dash);
	ck_assert(fabs(text_at(scene, "Warning")->points[0].y - text_at(scene, "Acceleration")->points[0].y) >= 12.5 * 1.1);
}
END_TEST

/* Prices 97, 98 and 101: the middle one stands a quarter of the way; both lines are named where they end, in the order of
 * their ends, and the axis says what it counts. */
START_TEST(numbers_make_an_axis)
{
	static const double prices[] = { 97, 98, 101 };
	make_chart(WEIR_CHART_LINE, 2, "0.07", "0.06", "0.03");
	values[1][0] = "0.065";
	values[1][1] = "0.06";
	values[1][2] = "0.045";
	chart.value_type = WEIR_CELL_RATE;
	chart.x_title.en = "Clean price";
	for (int i = 0; i < 3; i++)
		items[i] = (weir_doc_item){ .has_place = 1, .place = prices[i], .name = { i == 1 ? "98" : "97", NULL } };
	weir_scene *scene = draw(900);
	const weir_mark *line = NULL;
	for (const weir_mark *mark = scene->first; mark && !line; mark = mark->next)
		if (mark->kind == WEIR_MARK_LINE && mark->stroke == WEIR_INK_SERIES && mark->point_count == 3)
			line = mark;
	ck_assert_ptr_nonnull(line);
	ck_assert(fabs((line->points[1].x - line->points[0].x) / (line->points[2].x - line->points[0].x) - 0.25) < 1e-9);
	ck_assert(has_text(scene, "Clean price"));
	ck_assert_int_eq(count_marks(scene, WEIR_MARK_DOT, WEIR_INK_SERIES), 0);
	const weir_mark *below = text_at(scene, "One 一"), *above = text_at(scene, "Two & more");
	ck_assert(above->points[0].y < below->points[0].y);
	ck_assert(above->points[0].x > line->points[2].x);
	ck_assert(text_at(draw(340), "One 一")->points[0].y < 20); /* a phone has no room there: a legend on top */
}
END_TEST

/* Names beside bars have at most 45 % of the width; what is longer is cut between two characters. */
START_TEST(long_names_are_cut)
{
	make_chart(WEIR_CHART_BARS, 1, "3", "2", "1");
	items[0].name = (weir_doc_text){ "An obligor with a name that is far too long for a phone and goes on", NULL };
	items[1].name = (weir_doc_text){ "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十", NULL };
	weir_scene *scene = draw(340);
	int cut = 0;
	for (const weir_mark *mark = scene->first; mark; mark = mark->next) {
		if (mark->kind != WEIR_MARK_TEXT || !strstr(mark->text, "\xE2\x80\xA6"))
			continue;
		cut++;
		ck_assert(mark->points[0].x - weir_text_width(mark->text, mark->size) >= 0);
		ck_assert_int_eq(xmlCheckUTF8((const xmlChar *)mark->text), 1);
	}
	ck_assert_int_eq(cut, 2);
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
	for (int kind = WEIR_CHART_LINE; kind <= WEIR_CHART_HEAT; kind++)
		for (int width = 340; width <= 900; width += 560) {
			weir_text svg = { 0 };
			make_chart((weir_chart_kind)kind, 2, "1.5", "-2", NULL);
			values[1][0] = values[1][1] = values[1][2] = "3";
			set_threshold(1, "limit <1>");
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
	for (int kind = WEIR_CHART_LINE; kind <= WEIR_CHART_HEAT; kind++) {
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
	for (int kind = WEIR_CHART_LINE; kind <= WEIR_CHART_HEAT; kind++)
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
	tcase_add_test(tests, names_of_values_keep_clear_of_the_line);
	tcase_add_test(tests, gaps_break_lines);
	tcase_add_test(tests, time_axis_is_to_scale);
	tcase_add_test(tests, columns_stand_on_each_other);
	tcase_add_test(tests, capital_stack_is_to_scale);
	tcase_add_test(tests, capital_stack_names_its_edges);
	tcase_add_test(tests, tornado_is_to_scale);
	tcase_add_test(tests, bridge_walks_from_level_to_level);
	tcase_add_test(tests, several_thresholds_are_named);
	tcase_add_test(tests, numbers_make_an_axis);
	tcase_add_test(tests, long_names_are_cut);
	tcase_add_test(tests, axis_counts_in_a_fitting_unit);
	tcase_add_test(tests, svg_is_whole_and_escaped);
	tcase_add_test(tests, empty_charts_are_drawn);
	tcase_add_test(tests, short_memory_is_reported);
	suite_add_tcase(suite, tests);
	return suite;
}
