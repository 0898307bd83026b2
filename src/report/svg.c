/* SPDX-License-Identifier: GPL-3.0-or-later */
/* svg.c: a scene as SVG text. */
#include <stdio.h>

#include "report/scene.h"

/* One decimal is a tenth of a pixel: enough, and the same text everywhere. */
static void add_number(weir_text *to, double value)
{
	long tenths = (long)(value * 10 + (value < 0 ? -0.5 : 0.5));
	long size = tenths < 0 ? -tenths : tenths;
	weir_text_printf(to, "%s%ld", tenths < 0 ? "-" : "", size / 10);
	if (size % 10)
		weir_text_printf(to, ".%ld", size % 10);
}

static void add_attribute(weir_text *to, const char *name, double value)
{
	weir_text_printf(to, " %s=\"", name);
	add_number(to, value);
	weir_text_add(to, "\"");
}

/* What is laid over the fill of an area, in white; pattern 0 has none. */
static const char *const pattern_marks[WEIR_PATTERNS] = {
	"",
	"<path d=\"M0 8L8 0M-2 2L2-2M6 10L10 6\"/>",
	"<circle cx=\"2\" cy=\"2\" r=\".8\"/><circle cx=\"6\" cy=\"6\" r=\".8\"/>",
	"<path d=\"M0 2H8M0 6H8\"/>",
	"<path d=\"M0 0L8 8M8 0L0 8\"/>",
};

static void add_pattern_id(weir_text *to, const char *id, weir_ink ink, int pattern)
{
	weir_text_printf(to, "%s-p%d-%d", id, (int)ink, pattern);
}

static void write_patterns(const weir_scene *scene, const char *id, weir_text *to)
{
	unsigned char done[WEIR_INK_COUNT][WEIR_PATTERNS] = { { 0 } };
	for (const weir_mark *mark = scene->first; mark; mark = mark->next) {
		if (mark->kind != WEIR_MARK_AREA || mark->pattern == 0 || done[mark->fill][mark->pattern]++)
			continue;
		weir_text_add(to, "<defs><pattern id=\"");
		add_pattern_id(to, id, mark->fill, mark->pattern);
		weir_text_printf(to,
		                 "\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
		                 "<path fill=\"%s\" d=\"M0 0H8V8H0z\"/>"
		                 "<g fill=\"none\" stroke=\"#fff\" stroke-width=\"1\" stroke-opacity=\".75\">%s</g>"
		                 "</pattern></defs>\n",
		                 weir_ink_colour(mark->fill), pattern_marks[mark->pattern]);
	}
}

static void write_path(const weir_mark *mark, weir_text *to)
{
	weir_text_add(to, " d=\"");
	for (int i = 0; i < mark->point_count; i++) {
		weir_text_add(to, i ? "L" : "M");
		add_number(to, mark->points[i].x);
		weir_text_add(to, " ");
		add_number(to, mark->points[i].y);
	}
	weir_text_add(to, mark->kind == WEIR_MARK_AREA ? "z\"" : "\"");
}

static void write_stroke(const weir_mark *mark, weir_text *to)
{
	static const char *const dashes[] = { "", "6 4", "1.5 4", "8 3 2 3" };
	if (mark->stroke == WEIR_INK_NONE)
		return;
	weir_text_printf(to, " stroke=\"%s\"", weir_ink_colour(mark->stroke));
	add_attribute(to, "stroke-width", mark->stroke_width);
	if (mark->kind == WEIR_MARK_LINE && mark->dash > 0)
		weir_text_printf(to, " stroke-dasharray=\"%s\"", dashes[mark->dash % 4]);
}

static void write_text(const weir_mark *mark, weir_text *to)
{
	static const char *const anchors[] = { "start", "middle", "end" };
	weir_text_add(to, "<text");
	add_attribute(to, "x", mark->points[0].x);
	add_attribute(to, "y", mark->points[0].y);
	add_attribute(to, "font-size", mark->size);
	weir_text_printf(to, " fill=\"%s\"", weir_ink_colour(mark->fill));
	if (mark->anchor != WEIR_ANCHOR_START)
		weir_text_printf(to, " text-anchor=\"%s\"", anchors[mark->anchor]);
	weir_text_add(to, mark->bold ? " font-weight=\"600\">" : ">");
	weir_text_add_xml(to, mark->text);
	weir_text_add(to, "</text>\n");
}

static void write_mark(const weir_mark *mark, const char *id, weir_text *to)
{
	switch (mark->kind) {
	case WEIR_MARK_LINE:
		weir_text_add(to, "<path fill=\"none\" stroke-linejoin=\"round\"");
		write_path(mark, to);
		write_stroke(mark, to);
		break;
	case WEIR_MARK_AREA:
		weir_text_add(to, "<path fill=\"");
		if (mark->pattern) {
			weir_text_add(to, "url(#");
			add_pattern_id(to, id, mark->fill, mark->pattern);
			weir_text_add(to, ")");
		} else {
			weir_text_add(to, weir_ink_colour(mark->fill));
		}
		weir_text_add(to, "\"");
		write_path(mark, to);
		write_stroke(mark, to);
		break;
	case WEIR_MARK_DOT:
		weir_text_add(to, "<circle");
		add_attribute(to, "cx", mark->points[0].x);
		add_attribute(to, "cy", mark->points[0].y);
		add_attribute(to, "r", mark->size);
		weir_text_printf(to, " fill=\"%s\"", weir_ink_colour(mark->fill));
		write_stroke(mark, to);
		break;
	case WEIR_MARK_TEXT:
		write_text(mark, to);
		return;
	}
	weir_text_add(to, "/>\n");
}

void weir_scene_write_svg(const weir_scene *scene, const char *id, const char *class_name, const char *title,
                          const char *description, weir_text *to)
{
	weir_text_printf(to, "<svg class=\"%s\" role=\"img\" aria-labelledby=\"%s-t %s-d\" viewBox=\"0 0 ",
	                 class_name, id, id);
	add_number(to, scene->width);
	weir_text_add(to, " ");
	add_number(to, scene->height);
	weir_text_add(to, "\"");
	add_attribute(to, "width", scene->width);
	add_attribute(to, "height", scene->height);
	weir_text_printf(to, ">\n<title id=\"%s-t\">", id);
	weir_text_add_xml(to, title);
	weir_text_printf(to, "</title><desc id=\"%s-d\">", id);
	weir_text_add_xml(to, description);
	weir_text_add(to, "</desc>\n");
	write_patterns(scene, id, to);
	for (const weir_mark *mark = scene->first; mark; mark = mark->next)
		write_mark(mark, id, to);
	weir_text_add(to, "</svg>\n");
}
