/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/drawing.h"

#include <hb-ot.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PATTERN_TILE 8.0

PangoContext *weir_drawing_context(PangoFontMap **fonts, const char *lang)
{
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	*fonts = pango_cairo_font_map_new();
	pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(*fonts), 72);
	PangoContext *context = pango_font_map_create_context(*fonts);
	pango_cairo_context_set_font_options(context, options);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_context_set_language(context, pango_language_from_string(strcmp(lang, "en") == 0 ? "en" : "zh-cn"));
	cairo_font_options_destroy(options);
	return context;
}

/* Whether one of the face's names is this one: a family has one in each of some languages. */
static int bears_name(hb_face_t *face, const char *name)
{
	unsigned count = 0;
	const hb_ot_name_entry_t *names = hb_ot_name_list_names(face, &count);
	for (unsigned i = 0; i < count; i++) {
		char own[128];
		unsigned room = sizeof own;
		if (names[i].name_id != HB_OT_NAME_ID_FONT_FAMILY &&
		    names[i].name_id != HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY && names[i].name_id != HB_OT_NAME_ID_FULL_NAME)
			continue;
		hb_ot_name_get_utf8(face, names[i].name_id, names[i].language, &room, own);
		if (g_ascii_strcasecmp(own, name) == 0)
			return 1;
	}
	return 0;
}

int weir_drawing_has_font(PangoContext *context, const char *name)
{
	static const char *const kinds[] = { "sans", "sans-serif", "serif", "monospace" };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (g_ascii_strcasecmp(kinds[i], name) == 0)
			return 1;
	PangoFontDescription *wanted = pango_font_description_new();
	pango_font_description_set_family(wanted, name);
	pango_font_description_set_size(wanted, 10 * PANGO_SCALE);
	PangoFont *found = pango_context_load_font(context, wanted);
	pango_font_description_free(wanted);
	int has = found && bears_name(hb_font_get_face(pango_font_get_hb_font(found)), name);
	if (found)
		g_object_unref(found);
	return has;
}

PangoLayout *weir_drawing_layout(PangoContext *context, const char *families, const char *text, double size, int bold)
{
	PangoLayout *layout = pango_layout_new(context);
	PangoFontDescription *font = pango_font_description_new();
	PangoAttrList *attributes = pango_attr_list_new();
	pango_font_description_set_family(font, families ? families : WEIR_FONT_FAMILIES);
	pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
	pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(layout, font);
	pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum 1, lnum 1"));
	pango_layout_set_attributes(layout, attributes);
	pango_layout_set_text(layout, text, -1);
	pango_attr_list_unref(attributes);
	pango_font_description_free(font);
	return layout;
}

void weir_drawing_use(cairo_t *cr, const char *hex)
{
	unsigned long rgb = hex && hex[0] == '#' ? strtoul(hex + 1, NULL, 16) : 0;
	cairo_set_source_rgb(cr, (double)((rgb >> 16) & 255) / 255, (double)((rgb >> 8) & 255) / 255,
	                     (double)(rgb & 255) / 255);
}

static void trace_points(cairo_t *cr, const weir_mark *mark)
{
	for (int i = 0; i < mark->point_count; i++)
		(i ? cairo_line_to : cairo_move_to)(cr, mark->points[i].x, mark->points[i].y);
}

static void stroke_mark(cairo_t *cr, const weir_mark *mark)
{
	static const double dashes[4][4] = { { 0 }, { 6, 4 }, { 1.5, 4 }, { 8, 3, 2, 3 } };
	static const int counts[4] = { 0, 2, 2, 4 };
	int dash = mark->kind == WEIR_MARK_LINE ? mark->dash % 4 : 0;
	if (mark->stroke == WEIR_INK_NONE) {
		cairo_new_path(cr);
		return;
	}
	weir_drawing_use(cr, weir_ink_colour(mark->stroke));
	cairo_set_line_width(cr, mark->stroke_width);
	cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
	cairo_set_dash(cr, dashes[dash], counts[dash], 0);
	cairo_stroke(cr);
	cairo_set_dash(cr, NULL, 0, 0);
}

/* The white marks of a pattern over one tile with its corner at x, y; the shapes are those of svg.c. */
static void trace_tile(cairo_t *cr, int pattern, double x, double y)
{
	switch (pattern) {
	case 1:
	case 4:
		cairo_move_to(cr, x, y + PATTERN_TILE);
		cairo_line_to(cr, x + PATTERN_TILE, y);
		if (pattern == 1)
			break;
		cairo_move_to(cr, x, y);
		cairo_line_to(cr, x + PATTERN_TILE, y + PATTERN_TILE);
		break;
	case 2:
		for (int i = 2; i <= 6; i += 4) {
			cairo_new_sub_path(cr);
			cairo_arc(cr, x + i, y + i, 0.8, 0, 2 * G_PI);
		}
		break;
	default:
		for (int i = 2; i <= 6; i += 4) {
			cairo_move_to(cr, x, y + i);
			cairo_line_to(cr, x + PATTERN_TILE, y + i);
		}
	}
}

/* Lays the pattern over the area whose path is current; the path stays. */
static void draw_pattern(cairo_t *cr, const weir_mark *mark)
{
	double left, top, right, bottom;
	cairo_path_extents(cr, &left, &top, &right, &bottom);
	cairo_save(cr);
	cairo_clip_preserve(cr);
	cairo_path_t *outline = cairo_copy_path(cr);
	cairo_new_path(cr);
	for (double y = floor(top / PATTERN_TILE) * PATTERN_TILE; y < bottom; y += PATTERN_TILE)
		for (double x = floor(left / PATTERN_TILE) * PATTERN_TILE; x < right; x += PATTERN_TILE)
			trace_tile(cr, mark->pattern, x, y);
	cairo_set_source_rgba(cr, 1, 1, 1, 0.75);
	cairo_set_line_width(cr, 1);
	cairo_stroke(cr);
	cairo_restore(cr);
	cairo_new_path(cr);
	cairo_append_path(cr, outline);
	cairo_path_destroy(outline);
}

static void draw_area(cairo_t *cr, const weir_mark *mark)
{
	trace_points(cr, mark);
	cairo_close_path(cr);
	if (mark->fill != WEIR_INK_NONE) {
		weir_drawing_use(cr, weir_ink_colour(mark->fill));
		cairo_fill_preserve(cr);
		if (mark->pattern)
			draw_pattern(cr, mark);
	}
	stroke_mark(cr, mark);
}

/* As pango does. */
static void write_plain(void *with, cairo_t *cr, PangoLayout *layout, double x, double y)
{
	(void)with;
	cairo_move_to(cr, x, y);
	pango_cairo_show_layout(cr, layout);
}

typedef struct drawing {
	cairo_t *cr;
	PangoContext *context;
	const char *families;
	weir_drawing_writer *write;
	void *with;
} drawing;

static void draw_text(const drawing *d, const weir_mark *mark)
{
	PangoLayout *layout = weir_drawing_layout(d->context, d->families, mark->text, mark->size, mark->bold);
	int size;
	pango_layout_get_size(layout, &size, NULL);
	double width = (double)size / PANGO_SCALE, base = (double)pango_layout_get_baseline(layout) / PANGO_SCALE;
	double back = mark->anchor == WEIR_ANCHOR_MIDDLE ? width / 2 : mark->anchor == WEIR_ANCHOR_END ? width : 0;
	weir_drawing_use(d->cr, weir_ink_colour(mark->fill));
	d->write(d->with, d->cr, layout, mark->points[0].x - back, mark->points[0].y - base);
	g_object_unref(layout);
}

static void draw_mark(const drawing *d, const weir_mark *mark)
{
	cairo_t *cr = d->cr;
	switch (mark->kind) {
	case WEIR_MARK_LINE:
		trace_points(cr, mark);
		stroke_mark(cr, mark);
		break;
	case WEIR_MARK_AREA:
		draw_area(cr, mark);
		break;
	case WEIR_MARK_DOT:
		cairo_arc(cr, mark->points[0].x, mark->points[0].y, mark->size, 0, 2 * G_PI);
		if (mark->fill != WEIR_INK_NONE) {
			weir_drawing_use(cr, weir_ink_colour(mark->fill));
			cairo_fill_preserve(cr);
		}
		stroke_mark(cr, mark);
		break;
	case WEIR_MARK_TEXT:
		draw_text(d, mark);
		break;
	}
}

void weir_drawing_show(cairo_t *cr, PangoContext *context, const char *families, const weir_scene *scene,
                       weir_drawing_writer *write, void *with)
{
	const drawing d = { cr, context, families, write ? write : write_plain, with };
	for (const weir_mark *mark = scene->first; mark; mark = mark->next)
		draw_mark(&d, mark);
}

static cairo_status_t append(void *closure, const unsigned char *data, unsigned length)
{
	weir_text_append(closure, (const char *)data, length); /* which remembers that it failed */
	return CAIRO_STATUS_SUCCESS;
}

weir_status weir_drawing_png(weir_text *out, const weir_scene *scene, double scale, const char *families,
                             const char *lang)
{
	PangoFontMap *fonts;
	PangoContext *context = weir_drawing_context(&fonts, lang);
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(scene->width * scale),
	                                                      (int)ceil(scene->height * scale));
	cairo_t *cr = cairo_create(surface);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_scale(cr, scale, scale);
	weir_drawing_show(cr, context, families, scene, NULL, NULL);
	cairo_surface_flush(surface);
	cairo_status_t written = cairo_surface_write_to_png_stream(surface, append, out);
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
	g_object_unref(context);
	g_object_unref(fonts);
	return written == CAIRO_STATUS_SUCCESS ? weir_text_status(out) : WEIR_NO_MEMORY;
}
