/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_report_pictures.c: flows as wide as their values, parts as large as theirs, boxes and names that keep clear
 * of each other. */
#include <check.h>
#include <libxml/parser.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "report/chart.h"
#include "report/document.h"

Suite *weir_suite_report_pictures(void);

#define NEAR 1e-6

static weir_arena *arena;

static void setup(void)
{
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
}

static void teardown(void)
{
	weir_arena_destroy(arena);
}

/* The only chart of a document whose blocks are `xml`; everything stays in `document`. */
static const weir_doc_chart *read_chart(weir_document **document, const char *chart)
{
	weir_diags diags = { 0 };
	char *xml = NULL;
	weir_text text = { 0 };
	weir_text_printf(&text, "<document lang=\"both\" xmlns=\"urn:weir:document:1\">%s</document>", chart);
	xml = text.data;
	xmlDoc *doc = xmlReadMemory(xml, (int)text.length, "doc", NULL, XML_PARSE_NONET);
	ck_assert_ptr_nonnull(doc);
	ck_assert_int_eq(weir_document_read(document, doc, &diags), WEIR_OK);
	xmlFreeDoc(doc);
	weir_text_free(&text);
	weir_diags_free(&diags);
	ck_assert_int_eq((*document)->blocks->kind, WEIR_BLOCK_CHART);
	return (*document)->blocks->chart;
}

static weir_scene *draw(const weir_doc_chart *chart, double width)
{
	weir_scene *scene = NULL;
	ck_assert_int_eq(weir_chart_draw(&scene, arena, chart, width), WEIR_OK);
	return scene;
}

static const weir_mark *text_at(const weir_scene *scene, const char *text)
{
	for (const weir_mark *mark = scene->first; mark; mark = mark->next)
		if (mark->kind == WEIR_MARK_TEXT && strcmp(mark->text, text) == 0)
			return mark;
	return NULL;
}

/* The n-th area with that fill, from 0. */
static const weir_mark *area(const weir_scene *scene, int fill, int n)
{
	for (const weir_mark *mark = scene->first; mark; mark = mark->next)
		if (mark->kind == WEIR_MARK_AREA && (int)mark->fill == fill && n-- == 0)
			return mark;
	return NULL;
}

/* Areas in one of the eight inks from `first` on, in the order of drawing. */
static int areas_of(const weir_scene *scene, int first, const weir_mark **out, int most)
{
	int count = 0;
	for (const weir_mark *mark = scene->first; mark; mark = mark->next)
		if (mark->kind == WEIR_MARK_AREA && (int)mark->fill >= first && (int)mark->fill < first + WEIR_SERIES_INKS) {
			ck_assert_int_lt(count, most);
			out[count++] = mark;
		}
	return count;
}

static double width_of(const weir_mark *box)
{
	return box->points[1].x - box->points[0].x;
}

static double height_of(const weir_mark *box)
{
	return box->points[2].y - box->points[1].y;
}

/* The room of a text: its estimated width, and from a cap's height over the baseline to a descent below it. */
typedef struct room {
	double left, right, top, bottom;
} room;

static room room_of(const weir_mark *text)
{
	double width = weir_text_width(text->text, text->size), x = text->points[0].x, y = text->points[0].y;
	double left = text->anchor == WEIR_ANCHOR_START ? x : text->anchor == WEIR_ANCHOR_MIDDLE ? x - width / 2 : x - width;
	return (room){ left, left + width, y - text->size * 0.72, y + text->size * 0.1 };
}

/* No text stands on another, and none leaves the picture. */
static void check_texts(const weir_scene *scene)
{
	for (const weir_mark *a = scene->first; a; a = a->next) {
		if (a->kind != WEIR_MARK_TEXT)
			continue;
		room r = room_of(a);
		ck_assert_msg(r.left >= -1 && r.right <= scene->width + 1, "\"%s\" leaves the picture", a->text);
		ck_assert_msg(r.top >= -2 && r.bottom <= scene->height + 1, "\"%s\" leaves the picture", a->text);
		for (const weir_mark *b = a->next; b; b = b->next) {
			if (b->kind != WEIR_MARK_TEXT)
				continue;
			room q = room_of(b);
			int apart = r.right <= q.left + 0.5 || q.right <= r.left + 0.5 || r.bottom <= q.top + 0.5 ||
			            q.bottom <= r.top + 0.5;
			ck_assert_msg(apart, "\"%s\" stands on \"%s\"", a->text, b->text);
		}
	}
}

static int boxes_meet(const weir_mark *a, const weir_mark *b)
{
	return a->points[0].x < b->points[1].x - NEAR && b->points[0].x < a->points[1].x - NEAR &&
	       a->points[0].y < b->points[2].y - NEAR && b->points[0].y < a->points[2].y - NEAR;
}

/* --- sankey ----------------------------------------------------------------------------------------------------- */

/* 600 and 200 come in, 500, 260 and 40 go out: 330 pixels stand for 800, so 0.4125 for 1. */
static const char funds[] =
	"<chart kind=\"sankey\"><title><t lang=\"en\">F</t></title><description/><data-label/>"
	"<x><item id=\"p\" layer=\"0\"><t lang=\"en\">Principal</t></item><item id=\"i\" layer=\"0\"><t lang=\"en\">Income</t></item>"
	"<item id=\"a\" layer=\"1\"><t lang=\"en\">Available</t></item>"
	"<item id=\"x\" layer=\"2\"><t lang=\"en\">A principal</t></item><item id=\"y\" layer=\"2\"><t lang=\"en\">B</t></item>"
	"<item id=\"z\" layer=\"2\"><t lang=\"en\">Fees</t></item></x><y type=\"number\" decimals=\"0\"/>"
	"<flows><from><t lang=\"en\">From</t></from><to><t lang=\"en\">To</t></to><what><t lang=\"en\">Amount</t></what>"
	"<flow from=\"p\" to=\"a\" value=\"600\"/><flow from=\"i\" to=\"a\" value=\"200\"/>"
	"<flow from=\"a\" to=\"z\" value=\"40\"/><flow from=\"a\" to=\"x\" value=\"500\"/><flow from=\"a\" to=\"y\" value=\"260\"/>"
	"</flows></chart>";

/* How thick a flow is where it begins and where it ends. */
static double begins(const weir_mark *ribbon)
{
	return ribbon->points[ribbon->point_count - 1].y - ribbon->points[0].y;
}

static double ends(const weir_mark *ribbon)
{
	int half = ribbon->point_count / 2;
	return ribbon->points[half].y - ribbon->points[half - 1].y;
}

START_TEST(flows_are_as_wide_as_their_values)
{
	static const double wanted[] = { 600, 200, 500, 260, 40 }; /* by node and then by where they go */
	weir_document *document;
	const weir_doc_chart *chart = read_chart(&document, funds);
	for (int width = 340; width <= 900; width += 560) {
		const weir_mark *ribbons[8];
		double per_value = (width == 340 ? 260.0 : 330.0) / 800;
		weir_scene *scene = draw(chart, width);
		ck_assert_int_eq(areas_of(scene, WEIR_INK_TINT, ribbons, 8), 5);
		for (int i = 0; i < 5; i++) {
			ck_assert(fabs(begins(ribbons[i]) - wanted[i] * per_value) < NEAR);
			ck_assert(fabs(ends(ribbons[i]) - wanted[i] * per_value) < NEAR);
		}
		/* they leave the middle one under the other: the second begins where the first ends */
		int last = ribbons[2]->point_count - 1;
		ck_assert(fabs(ribbons[2]->points[last].y - ribbons[3]->points[0].y) < NEAR);
		const weir_mark *middle = area(scene, WEIR_INK_TEXT, 0);
		ck_assert(fabs(height_of(middle) - 800 * per_value) < NEAR);
		ck_assert(fabs(ribbons[2]->points[0].y - middle->points[0].y) < NEAR);
		ck_assert_ptr_nonnull(text_at(scene, "800"));
		ck_assert_ptr_nonnull(text_at(scene, "260"));
		check_texts(scene);
	}
	weir_document_destroy(document);
}
END_TEST

/* Forty flows of 1 to 40 out of one: each name has its own room, however thin its flow is. */
START_TEST(names_of_thin_flows_keep_apart)
{
	weir_text xml = { 0 };
	weir_document *document;
	weir_text_add(&xml, "<chart kind=\"sankey\"><title/><description/><data-label/><x><item id=\"a\" layer=\"3\">"
	                    "<t lang=\"en\">Available funds</t><t lang=\"zh\">可分配资金</t></item>");
	for (int i = 0; i < 40; i++)
		weir_text_printf(&xml, "<item id=\"n%d\" layer=\"%d\"><t lang=\"zh\">优先%d级本金与利息</t></item>", i,
		                 i < 20 ? 1 : 7, i);
	weir_text_add(&xml, "</x><y type=\"money\" decimals=\"2\"/><flows><from/><to/><what/>");
	for (int i = 0; i < 40; i++)
		weir_text_printf(&xml, i < 20 ? "<flow from=\"n%d\" to=\"a\" value=\"%d\"/>" : "<flow to=\"n%d\" from=\"a\" value=\"%d\"/>",
		                 i, i % 20 * i + 1);
	weir_text_add(&xml, "</flows></chart>");
	const weir_doc_chart *chart = read_chart(&document, xml.data);
	check_texts(draw(chart, 900));
	check_texts(draw(chart, 340));
	weir_text_free(&xml);
	weir_document_destroy(document);
}
END_TEST

START_TEST(a_flow_of_nothing_is_not_drawn)
{
	weir_document *document;
	const weir_doc_chart *chart = read_chart(
		&document, "<chart kind=\"sankey\"><title/><description/><data-label/><x><item id=\"a\" layer=\"0\"/>"
	                   "<item id=\"b\" layer=\"1\"/></x><y type=\"money\"/><flows><from/><to/><what/>"
	                   "<flow from=\"a\" to=\"b\" value=\"0\"/><flow from=\"a\" to=\"b\" value=\"-5\"/></flows></chart>");
	const weir_mark *marks[2];
	ck_assert_int_eq(areas_of(draw(chart, 900), WEIR_INK_SERIES, marks, 2), 0);
	weir_document_destroy(document);
}
END_TEST

/* --- treemap ---------------------------------------------------------------------------------------------------- */

/* Values 6, 6, 4, 3, 2, 2, 1 of 24 in 898 by 428 pixels. A 6 alone is 224.5 wide and 428 high, ratio 1.91; two of
 * them on each other would be 449 by 214, ratio 2.10: so each stands alone. Of the 449 that are left a 4 alone
 * would be 149.7 wide (2.86), 4 and 3 are 261.9 wide, 244.6 and 183.4 high (1.43), a 2 with them would be 95 high
 * (3.54): a row of two. */
START_TEST(areas_are_to_scale)
{
	static const double wanted[] = { 6, 6, 4, 3, 2, 2, 1 };
	const weir_mark *tiles[8];
	weir_text xml = { 0 };
	weir_document *document;
	weir_text_add(&xml, "<chart kind=\"treemap\"><title/><description/><data-label/><x>");
	for (int i = 0; i < 7; i++)
		weir_text_printf(&xml, "<item><t lang=\"en\">Obligor %d</t></item>", i);
	weir_text_add(&xml, "</x><y type=\"number\" decimals=\"0\"/><series><name/>");
	for (int i = 0; i < 7; i++)
		weir_text_printf(&xml, "<v>%g</v>", wanted[i]);
	weir_text_add(&xml, "</series></chart>");
	const weir_doc_chart *chart = read_chart(&document, xml.data);
	weir_scene *scene = draw(chart, 900);
	ck_assert_int_eq(areas_of(scene, WEIR_INK_TINT, tiles, 8), 7);
	for (int i = 0; i < 7; i++)
		ck_assert(fabs(width_of(tiles[i]) * height_of(tiles[i]) - wanted[i] / 24 * 898 * 428) < 1e-3);
	ck_assert(fabs(width_of(tiles[0]) - 224.5) < NEAR);
	ck_assert(fabs(height_of(tiles[0]) - 428) < NEAR);
	ck_assert(fabs(tiles[1]->points[0].x - tiles[0]->points[1].x) < NEAR);
	ck_assert(fabs(width_of(tiles[2]) - 449.0 * 7 / 12) < NEAR);
	ck_assert(fabs(height_of(tiles[2]) - 428.0 * 4 / 7) < NEAR);
	check_texts(scene);
	weir_text_free(&xml);
	weir_document_destroy(document);
}
END_TEST

/* A generator of its own, so that the cases are the same everywhere. */
static uint32_t state;

static uint32_t next_random(uint32_t below)
{
	state = state * 1664525u + 1013904223u;
	return (state >> 8) % below;
}

/* Random parts in random groups: every tile inside the picture, none on another, areas in proportion. */
START_TEST(tiles_fill_the_picture)
{
	for (int round = 0; round < 40; round++) {
		static const weir_mark *tiles[400];
		static double values[400];
		weir_text xml = { 0 };
		weir_document *document;
		int count = 1 + (int)next_random(round % 2 ? 20 : 300), groups = 1 + (int)next_random(12);
		double total = 0, area_in_all = 0;
		weir_text_add(&xml, "<chart kind=\"treemap\"><title/><description/><data-label/><x>");
		for (int i = 0; i < count; i++)
			weir_text_printf(&xml, "<item><t lang=\"zh\">第%d户</t><group><t lang=\"en\">Industry %u</t></group></item>", i,
			                 next_random((uint32_t)groups));
		weir_text_add(&xml, "</x><y type=\"rate\" decimals=\"2\"/><series><name/>");
		for (int i = 0; i < count; i++) {
			values[i] = 1 + next_random(i % 7 == 0 ? 5000 : 90);
			weir_text_printf(&xml, "<v>%g</v>", values[i]);
			total += values[i];
		}
		weir_text_add(&xml, "</series></chart>");
		const weir_doc_chart *chart = read_chart(&document, xml.data);
		double width = round % 3 ? 900 : 340;
		weir_scene *scene = draw(chart, width);
		ck_assert_int_eq(areas_of(scene, WEIR_INK_TINT, tiles, 400), count);
		for (int i = 0; i < count; i++) {
			ck_assert(tiles[i]->points[0].x >= 1 - NEAR && tiles[i]->points[2].x <= width - 1 + NEAR);
			ck_assert(tiles[i]->points[0].y >= 1 - NEAR && tiles[i]->points[2].y <= scene->height - 1 + NEAR);
			double area = width_of(tiles[i]) * height_of(tiles[i]);
			double value = area / ((width - 2) * (scene->height - 2)) * total;
			int at = 0; /* each value has its tile */
			while (at < count && !(fabs(values[at] - value) < 1e-6))
				at++;
			ck_assert_int_lt(at, count);
			values[at] = -1;
			area_in_all += area;
			for (int j = 0; j < i; j++)
				ck_assert(!boxes_meet(tiles[i], tiles[j]));
		}
		ck_assert(fabs(area_in_all / ((width - 2) * (scene->height - 2)) - 1) < 1e-9);
		weir_text_free(&xml);
		weir_document_destroy(document);
	}
}
END_TEST

/* --- diagram ---------------------------------------------------------------------------------------------------- */

static const char structure[] =
	"<chart kind=\"diagram\"><title/><description/><data-label/>"
	"<x><item id=\"o\" layer=\"0\"><t lang=\"en\">11 obligors</t></item>"
	"<item id=\"s\" layer=\"1\"><t lang=\"en\">Lessor</t><cell><t lang=\"en\">Originator, servicer</t></cell></item>"
	"<item id=\"b\" layer=\"1\"><t lang=\"en\">Bank</t></item>"
	"<item id=\"v\" layer=\"2\" strong=\"yes\"><t lang=\"en\">Plan</t></item>"
	"<item id=\"A\" layer=\"3\"><t lang=\"en\">Senior</t></item></x><y type=\"text\"/>"
	"<flows><from/><to/><what/><flow from=\"o\" to=\"s\"><t lang=\"en\">pay rent</t></flow>"
	"<flow from=\"s\" to=\"v\"><t lang=\"en\">sells the pool</t></flow><flow from=\"v\" to=\"s\"><t lang=\"en\">pays the price</t></flow>"
	"<flow from=\"b\" to=\"v\"><t lang=\"en\">keeps the cash</t></flow>"
	"<flow from=\"v\" to=\"A\"><t lang=\"en\">interest</t></flow></flows></chart>";

/* The vehicle stands alone in its layer: as high as the picture, and every arrow to it is level. */
START_TEST(arrows_to_the_vehicle_are_level)
{
	weir_document *document;
	weir_scene *scene = draw(read_chart(&document, structure), 900);
	int arrows = 0;
	for (const weir_mark *mark = scene->first; mark; mark = mark->next)
		if (mark->kind == WEIR_MARK_LINE) {
			ck_assert(fabs(mark->points[0].y - mark->points[mark->point_count - 1].y) < NEAR);
			arrows++;
		}
	ck_assert_int_eq(arrows, 5);
	const weir_mark *vehicle = area(scene, WEIR_INK_SERIES, 0);
	ck_assert(fabs(height_of(vehicle) - (scene->height - 6)) < NEAR); /* 2 pixels above, 4 below */
	ck_assert_int_eq(text_at(scene, "Plan")->fill, WEIR_INK_PAPER);
	check_texts(scene);
	/* on a phone: three pictures of two layers, the vehicle in two of them */
	scene = draw(document->blocks->chart, 340);
	ck_assert_ptr_nonnull(area(scene, WEIR_INK_SERIES, 1));
	ck_assert_ptr_null(area(scene, WEIR_INK_SERIES, 2));
	check_texts(scene);
	weir_document_destroy(document);
}
END_TEST

/* Random graphs over up to five layers: boxes keep clear of each other and of the edges, names of each other. */
START_TEST(boxes_and_names_keep_apart)
{
	static const char *const words[] = { "sells the pool", "归集并转付", "guarantees", "pays", "差额支付承诺", "holds" };
	for (int round = 0; round < 60; round++) {
		static const weir_mark *boxes[200];
		weir_text xml = { 0 };
		weir_document *document;
		int count = 2 + (int)next_random(24), layers = 2 + (int)next_random(4), layer_of[32];
		weir_text_add(&xml, "<chart kind=\"diagram\"><title/><description/><data-label/><x>");
		for (int i = 0; i < count; i++) {
			layer_of[i] = i < 2 ? i : (int)next_random((uint32_t)layers);
			weir_text_printf(&xml, "<item id=\"n%d\" layer=\"%d\"><t lang=\"%s\">%s %d</t>", i, layer_of[i],
			                 i % 2 ? "en" : "zh", i % 2 ? "An institution with a long name" : "示例股份有限公司", i);
			weir_text_printf(&xml, i % 3 ? "</item>" : "<cell><t lang=\"zh\">原始权益人、资产服务机构</t></cell></item>");
		}
		weir_text_add(&xml, "</x><y type=\"text\"/><flows><from/><to/><what/>");
		for (int f = 0; f < 2 * count; f++) {
			int a = (int)next_random((uint32_t)count), b = (int)next_random((uint32_t)count);
			if (layer_of[a] == layer_of[b])
				continue;
			weir_text_printf(&xml, "<flow from=\"n%d\" to=\"n%d\"><t lang=\"en\">%s</t>", a, b, words[next_random(6)]);
			weir_text_add(&xml, round % 3 ? "</flow>" : "<t lang=\"zh\">归集并转付</t></flow>");
		}
		weir_text_add(&xml, "<flow from=\"n0\" to=\"n1\"><t lang=\"en\">pays</t></flow></flows></chart>");
		const weir_doc_chart *chart = read_chart(&document, xml.data);
		for (int width = 340; width <= 900; width += 560) {
			weir_scene *scene = draw(chart, width);
			int shown = areas_of(scene, WEIR_INK_TINT, boxes, 200);
			ck_assert_int_ge(shown, width == 900 ? count : 2);
			for (int i = 0; i < shown; i++) {
				ck_assert(boxes[i]->points[0].x >= 0 && boxes[i]->points[1].x <= width);
				ck_assert(boxes[i]->points[0].y >= 0 && boxes[i]->points[2].y <= scene->height);
				for (int j = 0; j < i; j++)
					ck_assert(!boxes_meet(boxes[i], boxes[j]));
			}
			check_texts(scene);
		}
		weir_text_free(&xml);
		weir_document_destroy(document);
	}
}
END_TEST

/* --- timeline and heat ------------------------------------------------------------------------------------------ */

/* From 2010-01-01 to 2030-01-01, 7305 days, on 900 - 8 - left pixels; the contract of the second ends after its right. */
static const char rights[] =
	"<chart kind=\"timeline\"><title/><description/><data-label/><x><item><t lang=\"en\">Valve</t></item>"
	"<item><t lang=\"en\">Seal</t></item><item><t lang=\"en\">Mark</t></item></x><y type=\"date\"/>"
	"<series><name><t lang=\"en\">Filed</t></name><v>2010-01-01</v><v>2012-01-01</v><v/></series>"
	"<series><name><t lang=\"en\">Expires</t></name><v>2030-01-01</v><v>2022-01-01</v><v>2020-01-01</v></series>"
	"<series><name><t lang=\"en\">Contract ends</t></name><v>2024-01-01</v><v>2024-01-01</v><v/></series>"
	"<threshold date=\"2025-01-01\"><t lang=\"en\">Legal final</t></threshold></chart>";

START_TEST(bars_run_from_date_to_date)
{
	weir_document *document;
	const weir_doc_chart *chart = read_chart(&document, rights);
	weir_scene *scene = draw(chart, 900);
	const weir_mark *whole = area(scene, WEIR_INK_SERIES + 2, 1), *early = area(scene, WEIR_INK_SERIES + 3, 0);
	const weir_mark *open = area(scene, WEIR_INK_SERIES + 2, 2);
	double a_day = width_of(whole) / 7305;
	ck_assert(fabs(whole->points[1].x - 892) < NEAR);
	ck_assert(fabs(width_of(early) - 3653 * a_day) < NEAR); /* 2012 to 2022, leap days of 2012, 2016 and 2020 */
	ck_assert(fabs(early->points[0].x - whole->points[0].x - 730 * a_day) < NEAR);
	ck_assert_int_eq(early->pattern, 1);
	ck_assert_int_eq(whole->pattern, 0);
	ck_assert(fabs(open->points[0].x - whole->points[0].x) < NEAR); /* not known when filed: from the edge */
	ck_assert_ptr_nonnull(text_at(scene, "Legal final"));
	ck_assert_ptr_nonnull(text_at(scene, "2015"));
	ck_assert_ptr_null(text_at(scene, "2011")); /* twenty years: every fifth is named */
	check_texts(scene);
	check_texts(draw(chart, 340));
	weir_document_destroy(document);
}
END_TEST

static const char heat[] =
	"<chart kind=\"heat\"><title/><description/><data-label/><x><item><t lang=\"en\">1</t></item>"
	"<item><t lang=\"en\">2</t></item><item><t lang=\"en\">3</t></item></x><y type=\"number\" decimals=\"2\"/>"
	"<series><name><t lang=\"zh\">基准</t></name><v>1.2</v><v>1.05</v><v>4</v></series>"
	"<series><name><t lang=\"zh\">压力</t></name><v>0.999</v><v/><v>1</v></series>"
	"<threshold value=\"1\"><t lang=\"en\">below 1.00</t></threshold></chart>";

/* What is below the threshold stands white and bold on dark, even where it is rounded up to it. */
START_TEST(cells_below_the_threshold_stand_out)
{
	weir_document *document;
	weir_scene *scene = draw(read_chart(&document, heat), 900);
	ck_assert_ptr_nonnull(area(scene, WEIR_INK_SERIES + 3, 1)); /* behind the legend's patch */
	ck_assert_ptr_null(area(scene, WEIR_INK_SERIES + 3, 2));
	int white = 0;
	for (const weir_mark *mark = scene->first; mark; mark = mark->next)
		if (mark->kind == WEIR_MARK_TEXT && mark->fill == WEIR_INK_PAPER) {
			ck_assert_str_eq(mark->text, "1.00");
			ck_assert(mark->bold);
			white++;
		}
	ck_assert_int_eq(white, 1);
	ck_assert_ptr_nonnull(text_at(scene, "4.00"));
	check_texts(scene);
	weir_document_destroy(document);
}
END_TEST

/* Forty columns of 1.05 to 40.05 on a phone: blocks under each other, every value readable. */
START_TEST(many_columns_go_on_below)
{
	weir_text xml = { 0 };
	weir_document *document;
	int values = 0;
	weir_text_add(&xml, "<chart kind=\"heat\"><title/><description/><data-label/><x>");
	for (int i = 0; i < 40; i++)
		weir_text_printf(&xml, "<item><t lang=\"en\">%d</t></item>", i + 1);
	weir_text_add(&xml, "</x><y type=\"number\" decimals=\"2\"/><series><name><t lang=\"en\">S0</t></name>");
	for (int i = 0; i < 40; i++)
		weir_text_printf(&xml, "<v>%d.05</v>", i + 1);
	weir_text_add(&xml, "</series></chart>");
	weir_scene *scene = draw(read_chart(&document, xml.data), 340);
	for (const weir_mark *mark = scene->first; mark; mark = mark->next)
		values += mark->kind == WEIR_MARK_TEXT && strstr(mark->text, ".05") != NULL;
	ck_assert_int_eq(values, 40);
	check_texts(scene);
	weir_text_free(&xml);
	weir_document_destroy(document);
}
END_TEST

/* --- the table behind, the document, memory --------------------------------------------------------------------- */

START_TEST(values_stand_in_a_table)
{
	weir_document *document;
	weir_doc_table *table;
	ck_assert_int_eq(weir_chart_table(&table, arena, read_chart(&document, funds)), WEIR_OK);
	ck_assert_int_eq(table->row_count, 5);
	ck_assert_int_eq(table->column_count, 3);
	ck_assert_str_eq(table->columns[2].heading.en, "Amount");
	ck_assert_str_eq(table->rows[2].cells[0].text.en, "Available");
	ck_assert_str_eq(table->rows[2].cells[1].text.en, "Fees");
	ck_assert_str_eq(table->rows[2].cells[2].value, "40");
	weir_document_destroy(document);
	ck_assert_int_eq(weir_chart_table(&table, arena, read_chart(&document, structure)), WEIR_OK);
	ck_assert_str_eq(table->rows[1].cells[2].text.en, "sells the pool");
	weir_document_destroy(document);
	ck_assert_int_eq(weir_chart_table(&table, arena, read_chart(&document, rights)), WEIR_OK);
	ck_assert_int_eq(table->column_count, 4);
	ck_assert_int_eq(table->columns[1].type, WEIR_CELL_DATE);
	ck_assert_ptr_null(table->rows[2].cells[1].value);
	weir_document_destroy(document);
}
END_TEST

/* Faults that a template may have: each is told, and nothing is read. */
START_TEST(wrong_flows_are_refused)
{
	static const struct {
		const char *flow, *said;
	} cases[] = {
		{ "<flow from=\"a\" to=\"nobody\" value=\"1\"/>", "names no item with the id \"nobody\"" },
		{ "<flow to=\"a\" value=\"1\"/>", "names no item with the id \"\"" },
		{ "<flow from=\"a\" to=\"c\" value=\"1\"/>", "cannot have \"flow\" inside \"flows\"" }, /* of one layer */
		{ "<arrow/>", "cannot have \"arrow\" inside \"flows\"" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		weir_text xml = { 0 };
		weir_diags diags = { 0 };
		weir_document *document = NULL;
		weir_text_printf(&xml,
		                 "<document lang=\"en\" xmlns=\"urn:weir:document:1\"><chart kind=\"sankey\"><title/><description/>"
		                 "<data-label/><x><item id=\"a\" layer=\"0\"/><item id=\"b\" layer=\"1\"/><item id=\"c\" layer=\"0\"/></x>"
		                 "<y type=\"money\"/><flows><from/><to/><what/>%s</flows></chart></document>",
		                 cases[i].flow);
		xmlDoc *doc = xmlReadMemory(xml.data, (int)xml.length, "doc", NULL, XML_PARSE_NONET);
		ck_assert_int_eq(weir_document_read(&document, doc, &diags), WEIR_INPUT);
		ck_assert_ptr_null(document);
		ck_assert_int_eq(diags.count, 1);
		ck_assert_msg(strstr(diags.items[0].text, cases[i].said) != NULL, "%s", diags.items[0].text);
		xmlFreeDoc(doc);
		weir_text_free(&xml);
		weir_diags_free(&diags);
	}
}
END_TEST

START_TEST(short_memory_is_reported)
{
	static const char *const charts[] = { funds, structure, rights, heat };
	for (size_t c = 0; c < sizeof charts / sizeof *charts; c++) {
		weir_document *document;
		const weir_doc_chart *chart = read_chart(&document, charts[c]);
		for (int width = 340; width <= 900; width += 560)
			for (long nth = 1;; nth++) {
				weir_arena *own = NULL;
				weir_scene *scene = NULL;
				weir_doc_table *table;
				weir_alloc_fail_from(nth);
				weir_status status = weir_arena_create(&own);
				if (status == WEIR_OK)
					status = weir_chart_draw(&scene, own, chart, width);
				if (status == WEIR_OK)
					status = weir_chart_table(&table, own, chart);
				weir_alloc_fail_from(0);
				ck_assert(status == WEIR_OK || status == WEIR_NO_MEMORY);
				weir_arena_destroy(own);
				if (status == WEIR_OK)
					break;
			}
		weir_document_destroy(document);
	}
}
END_TEST

Suite *weir_suite_report_pictures(void)
{
	Suite *suite = suite_create("report_pictures");
	TCase *tests = tcase_create("pictures");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, flows_are_as_wide_as_their_values);
	tcase_add_test(tests, names_of_thin_flows_keep_apart);
	tcase_add_test(tests, a_flow_of_nothing_is_not_drawn);
	tcase_add_test(tests, areas_are_to_scale);
	tcase_add_test(tests, tiles_fill_the_picture);
	tcase_add_test(tests, arrows_to_the_vehicle_are_level);
	tcase_add_test(tests, boxes_and_names_keep_apart);
	tcase_add_test(tests, bars_run_from_date_to_date);
	tcase_add_test(tests, cells_below_the_threshold_stand_out);
	tcase_add_test(tests, many_columns_go_on_below);
	tcase_add_test(tests, values_stand_in_a_table);
	tcase_add_test(tests, wrong_flows_are_refused);
	tcase_add_test(tests, short_memory_is_reported);
	suite_add_tcase(suite, tests);
	return suite;
}
