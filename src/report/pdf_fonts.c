/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/pdf_fonts.h"

#include <cairo-ft.h>
#include <hb-subset.h>

#include "base/alloc.h"

#define CFF HB_TAG('C', 'F', 'F', ' ')
#define ELLIPSIS "\xE2\x80\xA6"

/* An installed font, whatever its size. */
typedef struct pdf_face {
	struct pdf_face *next;
	hb_face_t *installed;
	hb_set_t *glyphs;         /* those noted; NULL: no CFF font, which stays as it is */
	hb_subset_plan_t *plan;   /* NULL until the small font is made */
	cairo_font_face_t *small; /* NULL: draw from the installed font */
} pdf_face;

/* A font in one size, as pango knows it. */
typedef struct pdf_sized {
	struct pdf_sized *next;
	PangoFont *font;
	pdf_face *face;
	cairo_scaled_font_t *small; /* NULL: draw from the installed font */
} pdf_sized;

struct pdf_fonts {
	weir_arena *arena;
	pdf_face *faces;
	pdf_sized *sized;
	cairo_glyph_t *glyphs; /* of the run at hand */
	cairo_text_cluster_t *clusters;
	int room; /* of both */
	int made, failed;
};

/* What a small font's bytes need as long as cairo may look at them, which is longer than the document lives. */
typedef struct font_bytes {
	FT_Library library;
	FT_Face face;
	hb_blob_t *blob;
} font_bytes;

pdf_fonts *pdf_fonts_create(weir_arena *arena)
{
	pdf_fonts *fonts = weir_arena_array(arena, 1, sizeof *fonts);
	if (fonts)
		fonts->arena = arena;
	return fonts;
}

void pdf_fonts_release(pdf_fonts *fonts)
{
	for (pdf_sized *sized = fonts->sized; sized; sized = sized->next) {
		cairo_scaled_font_destroy(sized->small);
		g_object_unref(sized->font);
	}
	for (pdf_face *face = fonts->faces; face; face = face->next) {
		cairo_font_face_destroy(face->small);
		hb_subset_plan_destroy(face->plan);
		hb_set_destroy(face->glyphs);
		hb_face_destroy(face->installed);
	}
	weir_free(fonts->glyphs);
	weir_free(fonts->clusters);
}

int pdf_fonts_failed(const pdf_fonts *fonts)
{
	return fonts->failed;
}

/* --- what is drawn ---------------------------------------------------------------------------------------------- */

static int has_table(hb_face_t *face, hb_tag_t tag)
{
	hb_blob_t *table = hb_face_reference_table(face, tag);
	int there = hb_blob_get_length(table) > 0;
	hb_blob_destroy(table);
	return there;
}

static pdf_face *face_of(pdf_fonts *fonts, PangoFont *font)
{
	hb_font_t *shaped = pango_font_get_hb_font(font);
	hb_face_t *installed = shaped ? hb_font_get_face(shaped) : NULL;
	pdf_face *face = fonts->faces;
	while (face && face->installed != installed)
		face = face->next;
	if (face || !installed)
		return face;
	face = weir_arena_array(fonts->arena, 1, sizeof *face);
	if (!face) {
		fonts->failed = 1;
		return NULL;
	}
	face->installed = hb_face_reference(installed);
	face->glyphs = has_table(installed, CFF) ? hb_set_create() : NULL;
	face->next = fonts->faces;
	return fonts->faces = face;
}

/* NULL where no font at all is installed, or memory is short. */
static pdf_sized *sized_of(pdf_fonts *fonts, PangoFont *font)
{
	if (!font)
		return NULL;
	pdf_sized *sized = fonts->sized;
	while (sized && sized->font != font)
		sized = sized->next;
	if (sized)
		return sized;
	sized = weir_arena_array(fonts->arena, 1, sizeof *sized);
	if (!sized) {
		fonts->failed = 1;
		return NULL;
	}
	sized->font = g_object_ref(font);
	sized->face = face_of(fonts, font);
	sized->next = fonts->sized;
	return fonts->sized = sized;
}

static int is_drawn(PangoGlyph glyph)
{
	return glyph != PANGO_GLYPH_EMPTY;
}

void pdf_fonts_note_line(pdf_fonts *fonts, const PangoLayoutLine *line)
{
	for (const GSList *at = line->runs; at && !fonts->made; at = at->next) {
		const PangoGlyphItem *run = at->data;
		const pdf_sized *sized = sized_of(fonts, run->item->analysis.font);
		for (int i = 0; sized && sized->face && sized->face->glyphs && i < run->glyphs->num_glyphs; i++)
			if (is_drawn(run->glyphs->glyphs[i].glyph))
				hb_set_add(sized->face->glyphs, run->glyphs->glyphs[i].glyph);
	}
}

void pdf_fonts_note(pdf_fonts *fonts, PangoLayout *layout)
{
	for (const GSList *at = pango_layout_get_lines_readonly(layout); at && !fonts->made; at = at->next)
		pdf_fonts_note_line(fonts, at->data);
}

/* --- small fonts ------------------------------------------------------------------------------------------------ */

static void free_bytes(void *made)
{
	font_bytes *bytes = made;
	if (bytes->face)
		FT_Done_Face(bytes->face);
	if (bytes->library)
		FT_Done_FreeType(bytes->library);
	hb_blob_destroy(bytes->blob);
	weir_free(bytes);
}

/* The glyphs of a face and what places and names them, every outline without subroutines. NULL: it cannot be. */
static hb_face_t *subset(pdf_face *face)
{
	static const hb_tag_t kept[] = { CFF, HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'),
		                         HB_TAG('h', 'm', 't', 'x'), HB_TAG('m', 'a', 'x', 'p'),
		                         HB_TAG('n', 'a', 'm', 'e'), HB_TAG('O', 'S', '/', '2') };
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	if (!input)
		return NULL;
	hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
	hb_set_union(hb_subset_input_glyph_set(input), face->glyphs);
	/* no table that draws in more glyphs, no character map: the texts say what a glyph means */
	hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
	hb_set_clear(dropped);
	hb_set_invert(dropped);
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		hb_set_del(dropped, kept[i]);
	face->plan = hb_subset_plan_create_or_fail(face->installed, input);
	hb_subset_input_destroy(input);
	return face->plan ? hb_subset_plan_execute_or_fail(face->plan) : NULL;
}

static cairo_font_face_t *open_bytes(font_bytes *bytes)
{
	static const cairo_user_data_key_t key;
	unsigned length;
	const char *data = hb_blob_get_data(bytes->blob, &length);
	if (length == 0 || FT_Init_FreeType(&bytes->library) ||
	    FT_New_Memory_Face(bytes->library, (const FT_Byte *)data, (FT_Long)length, 0, &bytes->face))
		return NULL;
	cairo_font_face_t *face = cairo_ft_font_face_create_for_ft_face(bytes->face, 0);
	if (cairo_font_face_set_user_data(face, &key, bytes, free_bytes) == CAIRO_STATUS_SUCCESS)
		return face;
	cairo_font_face_destroy(face);
	return NULL;
}

static void make_small(pdf_fonts *fonts, pdf_face *face)
{
	font_bytes *bytes = weir_alloc_zero(1, sizeof *bytes);
	if (!bytes) {
		fonts->failed = 1;
		return;
	}
	hb_face_t *small = subset(face);
	bytes->blob = small ? hb_face_reference_blob(small) : hb_blob_get_empty();
	hb_face_destroy(small);
	face->small = open_bytes(bytes);
	if (!face->small)
		free_bytes(bytes);
}

/* The small font in this size; not where the installed one is made bolder or slanted by drawing. */
static void size_small(pdf_sized *sized)
{
	cairo_scaled_font_t *installed = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(sized->font));
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_matrix_t size, page;
	if (installed && cairo_scaled_font_get_type(installed) == CAIRO_FONT_TYPE_FT &&
	    cairo_ft_font_face_get_synthesize(cairo_scaled_font_get_font_face(installed)) == 0) {
		cairo_scaled_font_get_font_options(installed, options);
		cairo_scaled_font_get_font_matrix(installed, &size);
		cairo_scaled_font_get_ctm(installed, &page);
		sized->small = cairo_scaled_font_create(sized->face->small, &size, &page, options);
	}
	cairo_font_options_destroy(options);
	if (cairo_scaled_font_status(sized->small) != CAIRO_STATUS_SUCCESS) {
		cairo_scaled_font_destroy(sized->small);
		sized->small = NULL;
	}
}

void pdf_fonts_make(pdf_fonts *fonts)
{
	for (pdf_face *face = fonts->faces; face; face = face->next)
		if (face->glyphs)
			make_small(fonts, face);
	for (pdf_sized *sized = fonts->sized; sized; sized = sized->next)
		if (sized->face && sized->face->small)
			size_small(sized);
	fonts->made = 1;
}

/* --- showing ---------------------------------------------------------------------------------------------------- */

/* Room for the glyphs of a run, and as many clusters. */
static int make_room(pdf_fonts *fonts, int count)
{
	if (count <= fonts->room)
		return 1;
	cairo_glyph_t *glyphs = weir_realloc(fonts->glyphs, (size_t)count * 2 * sizeof *glyphs);
	if (glyphs)
		fonts->glyphs = glyphs;
	cairo_text_cluster_t *clusters = weir_realloc(fonts->clusters, (size_t)count * 2 * sizeof *clusters);
	if (clusters)
		fonts->clusters = clusters;
	if (!glyphs || !clusters) {
		fonts->failed = 1;
		return 0;
	}
	fonts->room = count * 2;
	return 1;
}

/* The glyphs of a run by their numbers in the small font, the first at x, y. How many; -1 when it lacks one. */
static int place_glyphs(pdf_fonts *fonts, const pdf_face *face, const PangoGlyphString *run, double x, double y)
{
	const hb_map_t *numbers = hb_subset_plan_old_to_new_glyph_mapping(face->plan);
	int count = 0, advanced = 0;
	for (int i = 0; i < run->num_glyphs; i++) {
		const PangoGlyphInfo *glyph = &run->glyphs[i];
		if (is_drawn(glyph->glyph)) {
			hb_codepoint_t number = hb_map_get(numbers, glyph->glyph);
			if (number == HB_MAP_VALUE_INVALID)
				return -1;
			fonts->glyphs[count++] =
				(cairo_glyph_t){ number,
				                 x + (double)(advanced + glyph->geometry.x_offset) / PANGO_SCALE,
				                 y + (double)glyph->geometry.y_offset / PANGO_SCALE };
		}
		advanced += glyph->geometry.width;
	}
	return count;
}

/* Which bytes of the text which glyphs stand for. How many clusters. */
static int place_clusters(pdf_fonts *fonts, const char *text, const PangoGlyphItem *run)
{
	PangoGlyphItemIter at;
	int count = 0;
	int more = pango_glyph_item_iter_init_start(&at, (PangoGlyphItem *)(uintptr_t)run, text);
	for (; more && count < fonts->room; more = pango_glyph_item_iter_next_cluster(&at)) {
		int step = at.end_glyph < at.start_glyph ? -1 : 1, drawn = 0;
		for (int i = at.start_glyph; i != at.end_glyph; i += step)
			drawn += is_drawn(run->glyphs->glyphs[i].glyph);
		fonts->clusters[count++] = (cairo_text_cluster_t){ at.end_index - at.start_index, drawn };
	}
	return count;
}

static void show_run(pdf_fonts *fonts, cairo_t *cr, const char *text, const PangoGlyphItem *run, double x, double y)
{
	const PangoAnalysis *analysis = &run->item->analysis;
	const pdf_sized *sized = sized_of(fonts, analysis->font);
	int count = -1;
	if (sized && sized->small && make_room(fonts, run->glyphs->num_glyphs))
		count = place_glyphs(fonts, sized->face, run->glyphs, x, y);
	if (count < 0) {
		cairo_move_to(cr, x, y);
		pango_cairo_show_glyph_item(cr, text, (PangoGlyphItem *)(uintptr_t)run);
		return;
	}
	cairo_set_scaled_font(cr, sized->small);
	if (analysis->flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS) /* for itself, not for the text that it hides */
		cairo_show_text_glyphs(cr, ELLIPSIS, sizeof ELLIPSIS - 1, fonts->glyphs, count,
		                       &(cairo_text_cluster_t){ sizeof ELLIPSIS - 1, count }, 1, 0);
	else
		cairo_show_text_glyphs(cr, text + run->item->offset, run->item->length, fonts->glyphs, count,
		                       fonts->clusters, place_clusters(fonts, text, run),
		                       analysis->level & 1 ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
}

void pdf_fonts_show_line(pdf_fonts *fonts, cairo_t *cr, const PangoLayoutLine *line, double x, double y)
{
	const char *text = pango_layout_get_text(line->layout);
	int advanced = 0;
	for (const GSList *at = line->runs; at; at = at->next) {
		const PangoGlyphItem *run = at->data;
		show_run(fonts, cr, text, run, x + (double)advanced / PANGO_SCALE,
		         y - (double)run->y_offset / PANGO_SCALE);
		advanced += pango_glyph_string_get_width(run->glyphs);
	}
}

void pdf_fonts_show(pdf_fonts *fonts, cairo_t *cr, PangoLayout *layout, double x, double y)
{
	PangoLayoutIter *lines = pango_layout_get_iter(layout);
	do {
		PangoRectangle box;
		pango_layout_iter_get_line_extents(lines, NULL, &box);
		pdf_fonts_show_line(fonts, cr, pango_layout_iter_get_line_readonly(lines),
		                    x + (double)box.x / PANGO_SCALE,
		                    y + (double)pango_layout_iter_get_baseline(lines) / PANGO_SCALE);
	} while (pango_layout_iter_next_line(lines));
	pango_layout_iter_free(lines);
}
