/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/pdf.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "report/pdf_page.h"

#define GAP 9.0
#define LOGO_WIDTH 120.0
#define LOGO_HEIGHT 40.0
#define LEAST_SCALE 0.4 /* of a sheet */

/* --- labels with values ----------------------------------------------------------------------------------------- */

/* What stands behind an entry's label: its values, then its text. */
static const char *entry_words(pdf *p, const weir_doc_entry *entry, int with_text)
{
	weir_text text = { 0 };
	for (int i = 0; i < entry->cell_count; i++) {
		weir_text_add(&text, i ? " \xC2\xB7 " : "");
		weir_text_add(&text, pdf_cell(p, &entry->cells[i]));
	}
	const char *words = with_text ? pdf_words(p, entry->text) : "";
	weir_text_add(&text, text.length && *words ? " " : "");
	weir_text_add(&text, words);
	const char *copy = weir_text_keep(&text, p->arena);
	if (!copy)
		p->status = WEIR_NO_MEMORY;
	return copy ? copy : "";
}

typedef struct entry_look {
	pdf_style label, value, more;
	double rule; /* thickness above */
	int columns;
} entry_look;

/* One entry in a box of the width, drawn at x and the cursor; gives its height. */
static double print_entry(pdf *p, const weir_doc_entry *entry, const entry_look *look, double x, double width, int draw)
{
	int apart = look->more.size > 0; /* tiles: the text stands below the values */
	pdf_ink ink = entry->tone == WEIR_TONE_BAD ? PDF_INK_ALERT : look->value.ink;
	const char *more = apart ? pdf_words(p, entry->text) : "";
	PangoLayout *label = pdf_layout(p, pdf_words(p, entry->label), look->label, width);
	PangoLayout *value = pdf_layout(p, entry_words(p, entry, !apart), look->value, width);
	PangoLayout *below = pdf_layout(p, more, apart ? look->more : look->label, width);
	double first = pdf_layout_height(label), second = pdf_layout_height(value);
	double third = *more ? pdf_layout_height(below) : 0;
	if (draw) {
		pdf_rule(p, x, p->y, width, look->rule, look->rule > 0.9 ? PDF_INK_ACCENT : PDF_INK_RULE);
		pdf_draw_layout(p, label, x, p->y + 4, PDF_INK_MUTED);
		pdf_draw_layout(p, value, x, p->y + 4 + first, ink);
		if (*more)
			pdf_draw_layout(p, below, x, p->y + 4 + first + second, PDF_INK_MUTED);
	}
	g_object_unref(label);
	g_object_unref(value);
	g_object_unref(below);
	return 4 + first + second + third + 7;
}

/* Entries side by side, as many rows as it takes. */
static void print_grid(pdf *p, const weir_doc_entry *entries, int count, const entry_look *look)
{
	double gap = 14, width = (p->width - gap * (look->columns - 1)) / look->columns;
	for (int first = 0; first < count; first += look->columns) {
		double height = 0;
		int last = first + look->columns < count ? first + look->columns : count;
		for (int i = first; i < last; i++)
			height = fmax(height, print_entry(p, &entries[i], look, 0, width, 0));
		pdf_need(p, height);
		for (int i = first; i < last; i++)
			print_entry(p, &entries[i], look, p->left + (i - first) * (width + gap), width, 1);
		p->y += height;
	}
	p->y += GAP;
}

static void print_fields(pdf *p, const weir_doc_entry *fields, int count)
{
	const entry_look look = { .label = { .size = 7.5 },
		                  .value = { .size = 9, .ink = PDF_INK_TEXT },
		                  .rule = 0.5,
		                  .columns = pdf_entries_across(p) };
	print_grid(p, fields, count, &look);
}

static void print_tiles(pdf *p, const weir_block *block)
{
	const entry_look look = {
		.label = { .size = 8 },
		.value = { .size = p->document->is_sheet ? 12 : 14, .bold = 1, .ink = PDF_INK_ACCENT },
		.more = { .size = 7.5 },
		.rule = 1.4,
		.columns = pdf_entries_across(p)
	};
	print_grid(p, block->entries, block->entry_count, &look);
}

static void print_list(pdf *p, const weir_block *block)
{
	double column = 0;
	for (int i = 0; i < block->entry_count; i++) {
		PangoLayout *label = pdf_layout(p, pdf_words(p, block->entries[i].label), (pdf_style){ .size = 9 }, -1);
		column = fmax(column, pdf_layout_width(label));
		g_object_unref(label);
	}
	column = fmin(column + 10, p->width * 0.3);
	for (int i = 0; i < block->entry_count; i++) {
		const weir_doc_entry *item = &block->entries[i];
		pdf_ink ink = item->tone == WEIR_TONE_BAD ? PDF_INK_ALERT : PDF_INK_TEXT;
		PangoLayout *label = pdf_layout(p, pdf_words(p, item->label), (pdf_style){ .size = 9 }, column - 6);
		pdf_need(p, pdf_layout_height(label));
		pdf_draw_layout(p, label, p->left, p->y, PDF_INK_MUTED);
		double least = p->y + pdf_layout_height(label);
		int page = p->page;
		g_object_unref(label);
		pdf_flow(p, entry_words(p, item, 1), (pdf_style){ .size = 9, .ink = ink }, p->left + column,
		         p->width - column);
		p->y = (page == p->page ? fmax(p->y, least) : p->y) + 3;
	}
	p->y += GAP;
}

/* --- sections --------------------------------------------------------------------------------------------------- */

static void print_blocks(pdf *p, const weir_block *blocks, int level);

/* A bookmark, and the place that links and the table of contents lead to. */
static int mark_section(pdf *p, const weir_block *block, const char *title, int parent)
{
	char link[32];
	if (!p->drawing)
		return 0;
	snprintf(link, sizeof link, "name='s%d'", pdf_place_of(p, block));
	cairo_tag_begin(p->cr, CAIRO_TAG_DEST, link);
	cairo_tag_end(p->cr, CAIRO_TAG_DEST);
	snprintf(link, sizeof link, "dest='s%d'", pdf_place_of(p, block));
	return cairo_pdf_surface_add_outline(p->surface, parent, title, link, (cairo_pdf_outline_flags_t)0);
}

static double text_height(pdf *p, const char *text, pdf_style style, double width)
{
	PangoLayout *layout = pdf_layout(p, text, style, width);
	double height = pdf_layout_height(layout);
	g_object_unref(layout);
	return height;
}

static double title_size(const pdf *p, int level)
{
	static const double sizes[2][4] = { { 15, 12, 10.5, 9.5 }, { 11, 9.5, 9.5, 9.5 } };
	return sizes[p->document->is_sheet][level < 3 ? level : 3];
}

static double above_title(const pdf *p, int level)
{
	return p->document->is_sheet ? 2 : level == 0 ? 16 : 9;
}

static double below_title(int level)
{
	return level == 0 ? 12 : 7;
}

/* Number and title. */
static const char *heading_words(pdf *p, const weir_block *block)
{
	char number[16] = "";
	if (block->mark.number)
		snprintf(number, sizeof number, "%d  ", block->mark.number);
	return pdf_join(p, number, pdf_words(p, block->text));
}

static double heading_height(pdf *p, const weir_block *block, int level)
{
	pdf_style style = { .size = title_size(p, level), .bold = 1 };
	return above_title(p, level) + text_height(p, heading_words(p, block), style, p->width) + below_title(level);
}

static const pdf_style paragraph_style = { .size = 9.5, .ink = PDF_INK_TEXT };

/* What must follow a heading on its page, where `above` is taken by it and others that would go along: the first block
 * below it, or its beginning; with a few lines of words also what they lead to. */
static double first_height(pdf *p, const weir_block *first, int level, double above)
{
	double title, words;
	if (!first)
		return 0;
	switch (first->kind) {
	case WEIR_BLOCK_SECTION:
		title = heading_height(p, first, level);
		return title + first_height(p, first->children, level + 1, above + title);
	case WEIR_BLOCK_CHART:
		return pdf_chart_height(p, first->chart);
	case WEIR_BLOCK_TABLE:
		p->led.table = first->table;
		return pdf_table_need(p, first->table, above);
	case WEIR_BLOCK_PARAGRAPH:
		words = text_height(p, pdf_words(p, first->text), paragraph_style, p->width) + GAP;
		if (words < 60 && first->next &&
		    (first->next->kind == WEIR_BLOCK_TABLE || first->next->kind == WEIR_BLOCK_PARAGRAPH))
			return words + first_height(p, first->next, level, above + words);
		return fmin(words, 90);
	default:
		return 90;
	}
}

static void print_heading(pdf *p, const weir_block *block, int level, int parent)
{
	double height = heading_height(p, block, level);
	p->led.table = NULL;
	pdf_need(p, fmin(height + first_height(p, block->children, level + 1, height), pdf_full_room(p)));
	p->led.page = p->page;
	p->led.y = p->y;
	if (p->y > (p->column ? p->columns_top : p->top))
		p->y += above_title(p, level);
	pdf_keep_place(p, block);
	p->outline = mark_section(p, block, pdf_words(p, block->text), parent);
	pdf_flow(p, heading_words(p, block),
	         (pdf_style){ .size = title_size(p, level), .bold = 1, .ink = PDF_INK_ACCENT }, p->left, p->width);
	if (level == 0)
		pdf_rule(p, p->left, p->y + 3, p->width, 0.7, PDF_INK_ACCENT);
	p->y += below_title(level);
}

static void print_section(pdf *p, const weir_block *block, int level)
{
	int parent = p->outline, sheet = p->document->is_sheet,
	    turned = p->landscape != block->wide && level == 0 && !sheet;
	if (sheet && level == 0 && !block->wide && p->column == 0)
		pdf_begin_columns(p);
	if (turned) {
		p->landscape = block->wide;
		pdf_new_page(p);
	} else if (block->breaks && p->y > p->top && !sheet) {
		pdf_new_page(p);
	}
	print_heading(p, block, level, parent);
	print_blocks(p, block->children, level + 1);
	p->outline = parent;
	if (turned && block->wide && block->next) {
		p->landscape = 0;
		if (block->next->kind != WEIR_BLOCK_SECTION || !block->next->wide)
			pdf_new_page(p);
		else
			p->landscape = 1;
	}
}

/* The parts of links that stand on a line of a paragraph lead to their blocks. */
static void link_line(pdf *p, const weir_block *block, PangoLayoutIter *lines, double x)
{
	const PangoLayoutLine *line = pango_layout_iter_get_line_readonly(lines);
	size_t first = (size_t)line->start_index, end = first + (size_t)line->length;
	size_t behind_en = block->text.en && block->text.zh ? strlen(block->text.en) + 1 : 0;
	for (int i = 0; i < block->link_count; i++) {
		const weir_doc_link *link = &block->links[i];
		size_t from = link->from + (link->zh ? behind_en : 0), to = from + link->length;
		int left, right;
		from = from > first ? from : first;
		to = to < end ? to : end;
		if (from >= to)
			continue;
		pango_layout_line_index_to_x((PangoLayoutLine *)line, (int)from, 0, &left);
		pango_layout_line_index_to_x((PangoLayoutLine *)line, (int)to, 0, &right);
		pdf_link_to(p, link->to, x + (double)left / PANGO_SCALE, p->y, (double)(right - left) / PANGO_SCALE,
		            pdf_line_height(lines));
	}
}

/* Text with words that lead to other blocks, `indent` from the left edge. No line of it stands alone on a page. */
static void flow_linked(pdf *p, const weir_block *block, pdf_style style, double indent, double width)
{
	PangoLayout *layout = pdf_layout(p, pdf_words(p, block->text), style, width);
	PangoLayoutIter *lines = pango_layout_get_iter(layout);
	int line = 0, count = pango_layout_get_line_count(layout);
	do {
		double height = pdf_line_height(lines);
		int together = count < 4 ? count - line : line == 0 || line == count - 2 ? 2 : 1;
		pdf_need(p, height * together);
		line++;
		pdf_draw_line(p, lines, p->left + indent, p->y, style.ink);
		link_line(p, block, lines, p->left + indent);
		p->y += height;
	} while (pango_layout_iter_next_line(lines));
	pango_layout_iter_free(lines);
	g_object_unref(layout);
}

static void print_note(pdf *p, const weir_block *block)
{
	const char *words = pdf_words(p, block->text);
	pdf_style style = { .size = 9, .ink = block->tone == WEIR_TONE_BAD ? PDF_INK_ALERT : PDF_INK_TEXT };
	PangoLayout *layout = pdf_layout(p, words, style, p->width - 16);
	double height = pdf_layout_height(layout);
	g_object_unref(layout);
	if (height + 10 < p->bottom - p->top) {
		pdf_need(p, height + 10);
		pdf_box(p, p->left, p->y, p->width, height + 10, PDF_INK_FAINT);
		pdf_box(p, p->left, p->y, 2, height + 10,
		        block->tone == WEIR_TONE_BAD ? PDF_INK_ALERT : PDF_INK_ACCENT);
	}
	p->y += 5;
	flow_linked(p, block, style, 9, p->width - 16);
	p->y += 5 + GAP;
}

static void print_block(pdf *p, const weir_block *block, int level)
{
	if (block->mark.anchor && block->kind != WEIR_BLOCK_SECTION && block->kind != WEIR_BLOCK_TABLE &&
	    block->kind != WEIR_BLOCK_CHART)
		pdf_keep_mark(p, &block->mark);
	switch (block->kind) {
	case WEIR_BLOCK_SECTION:
		print_section(p, block, level);
		break;
	case WEIR_BLOCK_PARAGRAPH:
		flow_linked(p, block, paragraph_style, 0, p->width);
		p->y += GAP;
		break;
	case WEIR_BLOCK_NOTE:
		print_note(p, block);
		break;
	case WEIR_BLOCK_TILES:
		print_tiles(p, block);
		break;
	case WEIR_BLOCK_FIELDS:
		print_fields(p, block->entries, block->entry_count);
		break;
	case WEIR_BLOCK_LIST:
		print_list(p, block);
		break;
	case WEIR_BLOCK_TABLE:
		pdf_write_table(p, block->table);
		break;
	case WEIR_BLOCK_CHART:
		pdf_write_chart(p, block->chart);
		break;
	case WEIR_BLOCK_PAGE_BREAK:
		if (p->y > p->top)
			pdf_new_page(p);
		break;
	}
}

static void print_blocks(pdf *p, const weir_block *blocks, int level)
{
	for (const weir_block *block = blocks; block && p->status == WEIR_OK; block = block->next)
		print_block(p, block, level);
}

/* --- the document ----------------------------------------------------------------------------------------------- */

typedef struct logo_bytes {
	const char *at;
	size_t left;
} logo_bytes;

static cairo_status_t read_logo(void *closure, unsigned char *to, unsigned length)
{
	logo_bytes *bytes = closure;
	if (length > bytes->left)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(to, bytes->at, length);
	bytes->at += length;
	bytes->left -= length;
	return CAIRO_STATUS_SUCCESS;
}

/* At the right of the title, as large as its box allows. */
static void draw_logo(pdf *p)
{
	const weir_style *style = p->style;
	if (!style || !style->logo || !p->drawing)
		return;
	logo_bytes bytes = { style->logo, style->logo_length };
	cairo_surface_t *logo = cairo_image_surface_create_from_png_stream(read_logo, &bytes);
	if (cairo_surface_status(logo) != CAIRO_STATUS_SUCCESS)
		p->bad_logo = 1;
	double scale = fmin(LOGO_WIDTH / style->logo_width, LOGO_HEIGHT / style->logo_height);
	cairo_save(p->cr);
	cairo_translate(p->cr, p->left + p->width - style->logo_width * scale, p->y);
	cairo_scale(p->cr, scale, scale);
	if (!p->bad_logo) {
		cairo_set_source_surface(p->cr, logo, 0, 0);
		cairo_paint(p->cr);
	}
	cairo_restore(p->cr);
	cairo_surface_destroy(logo);
}

static void print_title(pdf *p)
{
	const weir_document *d = p->document;
	pdf_box(p, p->left, p->y, p->width, 3, PDF_INK_ACCENT);
	p->y += d->is_sheet ? 8 : 14;
	draw_logo(p);
	double beside = p->style && p->style->logo ? LOGO_WIDTH + 12 : 0;
	pdf_flow(p, pdf_words(p, d->kicker), (pdf_style){ .size = 9, .ink = PDF_INK_MUTED }, p->left,
	         p->width - beside);
	p->y += 3;
	if (d->title.en && d->title.zh) { /* a line each */
		pdf_flow(p, d->title.en, (pdf_style){ .size = d->is_sheet ? 15 : 20, .bold = 1, .ink = PDF_INK_ACCENT },
		         p->left, p->width - beside);
		pdf_flow(p, d->title.zh, (pdf_style){ .size = 15, .ink = PDF_INK_ACCENT }, p->left, p->width - beside);
	} else {
		pdf_flow(p, pdf_words(p, d->title),
		         (pdf_style){ .size = d->is_sheet ? 15 : 20, .bold = 1, .ink = PDF_INK_ACCENT }, p->left,
		         p->width - beside);
	}
	p->y += 4;
	pdf_flow(p, pdf_words(p, d->subtitle), (pdf_style){ .size = 11, .ink = PDF_INK_MUTED }, p->left, p->width);
	p->y += 12;
	print_fields(p, d->fields, d->field_count);
}

/* A line of the contents: number and title, page; it leads there. */
static void print_contents_line(pdf *p, const weir_block *section)
{
	char page[24];
	weir_text title = { 0 };
	int place = pdf_place_of(p, section);
	weir_text_printf(&title, "%d  %s", section->mark.number, pdf_words(p, section->text));
	snprintf(page, sizeof page, "%d", place < 0 ? 0 : p->places[place].page);
	PangoLayout *left = pdf_layout(p, title.failed ? "" : title.data, (pdf_style){ .size = 9.5 }, p->width - 40);
	PangoLayout *right = pdf_layout(p, page, (pdf_style){ .size = 9.5, .align = PANGO_ALIGN_RIGHT }, 36);
	double height = pdf_layout_height(left) + 3;
	pdf_need(p, height);
	pdf_link_to(p, section, p->left, p->y, p->width, height);
	pdf_draw_layout(p, left, p->left, p->y, PDF_INK_TEXT);
	pdf_draw_layout(p, right, p->left + p->width - 36, p->y, PDF_INK_MUTED);
	p->y += height;
	g_object_unref(left);
	g_object_unref(right);
	weir_text_free(&title);
}

static void print_contents(pdf *p)
{
	const weir_document *d = p->document;
	const char *title = pdf_words(p, d->contents_title);
	if (!*title || d->is_sheet)
		return;
	pdf_flow(p, title, (pdf_style){ .size = 11, .bold = 1, .ink = PDF_INK_ACCENT }, p->left, p->width);
	p->y += 4;
	for (const weir_block *block = d->blocks; block; block = block->next)
		if (block->kind == WEIR_BLOCK_SECTION && block->mark.number)
			print_contents_line(p, block);
	p->y += GAP;
}

/* How many blocks have places. */
static int count_places(const weir_block *blocks)
{
	int count = 0;
	for (const weir_block *block = blocks; block; block = block->next)
		count += (block->kind == WEIR_BLOCK_SECTION || block->mark.anchor) + count_places(block->children);
	return count;
}

static void print_document(pdf *p)
{
	p->page = p->landscape = p->outline = p->overflows = 0;
	pdf_new_page(p);
	print_title(p);
	print_contents(p);
	print_blocks(p, p->document->blocks, 0);
	cairo_show_page(p->cr);
}

/* The pass that finds out where everything stands; of a sheet also the largest scale at which it is one page. */
static void measure_document(pdf *p)
{
	for (p->scale = 1;; p->scale -= 0.04) {
		p->place_count = 0;
		print_document(p);
		if (!p->overflows || p->status != WEIR_OK || p->scale - 0.04 < LEAST_SCALE)
			return;
	}
}

/* Says that all went well in any case: cairo 1.16 does not survive a stream that fails in the middle of a font. The
 * text remembers. */
static cairo_status_t append(void *closure, const unsigned char *data, unsigned length)
{
	weir_text_append(closure, (const char *)data, length);
	return CAIRO_STATUS_SUCCESS;
}

static void open_surface(pdf *p, cairo_surface_t *surface)
{
	p->surface = surface;
	p->cr = cairo_create(surface);
}

static void close_surface(pdf *p)
{
	cairo_destroy(p->cr);
	cairo_surface_destroy(p->surface);
}

/* Numbers of pages, which the first pass does not know. */
static void note_digits(pdf *p)
{
	PangoLayout *digits = pdf_layout(p, "0123456789", (pdf_style){ .size = 7.5 }, -1);
	pdf_fonts_note(p->letters, digits);
	g_object_unref(digits);
}

static void describe(pdf *p)
{
	const char *created = p->options && p->options->created ? p->options->created : "1970-01-01T00:00:00Z";
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, pdf_words(p, p->document->title));
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_SUBJECT, pdf_words(p, p->document->subtitle));
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "weir");
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_MOD_DATE, created);
}

/* The style's fonts before the usual ones. NULL when memory is short. */
static const char *list_families(weir_arena *arena, const weir_style *style)
{
	weir_text list = { 0 };
	if (style && style->latin)
		weir_text_printf(&list, "%s,", style->latin);
	if (style && style->chinese)
		weir_text_printf(&list, "%s,", style->chinese);
	weir_text_add(&list, WEIR_FONT_FAMILIES);
	return weir_text_keep(&list, arena);
}

/* Where a font of the style is not installed another one prints, which nobody asked for. */
static void warn_of_fonts(const pdf *p, weir_diags *diags)
{
	const char *const names[] = { p->style ? p->style->latin : NULL, p->style ? p->style->chinese : NULL };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i] && !weir_drawing_has_font(p->context, names[i]))
			weir_diag_warning(
				diags, NO_EFFECT, (weir_place){ 0 },
				"the font \"%s\" of the style is not installed here, and the PDF is in another; "
				"install it, or name one that is",
				"样式所用字体“%s”未安装，PDF已改用其他字体；请安装该字体或改用已安装的字体", names[i]);
}

/* 0 on a machine without any font, where pango has nothing to set a text with. */
static int has_fonts(const pdf *p)
{
	PangoFontDescription *any = pango_font_description_from_string("sans-serif 10");
	PangoFont *found = pango_context_load_font(p->context, any);
	pango_font_description_free(any);
	if (found)
		g_object_unref(found);
	return found != NULL;
}

/* Measures the document, then draws it. */
static cairo_status_t draw(pdf *p, weir_text *bytes)
{
	open_surface(p, cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1));
	measure_document(p);
	close_surface(p);
	note_digits(p);
	pdf_fonts_make(p->letters);
	p->page_count = p->page;
	p->drawing = 1;
	open_surface(p, cairo_pdf_surface_create_for_stream(append, bytes, 595.276, 841.89));
	cairo_pdf_surface_restrict_to_version(p->surface, CAIRO_PDF_VERSION_1_4); /* pdf_links.c adds to such files */
	describe(p);
	print_document(p);
	cairo_status_t done = cairo_status(p->cr);
	cairo_surface_finish(p->surface);
	done = done == CAIRO_STATUS_SUCCESS ? cairo_surface_status(p->surface) : done;
	close_surface(p);
	return done;
}

/* What came of drawing, said where it failed; the links of what did not. */
static weir_status finish(pdf *p, weir_text *bytes, cairo_status_t done, weir_diags *diags)
{
	if (p->status != WEIR_OK)
		return p->status;
	if (bytes->failed || pdf_fonts_failed(p->letters))
		return WEIR_NO_MEMORY;
	if (p->bad_logo) {
		weir_diag_error(diags, BAD_VALUE, (weir_place){ 0 },
		                "\"%s\" cannot be read as a PNG picture; give another logo",
		                p->style->logo_name ? p->style->logo_name : "logo");
		return WEIR_INPUT;
	}
	if (done != CAIRO_STATUS_SUCCESS) {
		weir_diag_error(diags, FILE_UNWRITABLE, (weir_place){ 0 }, "the PDF could not be drawn: %s",
		                cairo_status_to_string(done));
		return WEIR_INTERNAL;
	}
	return pdf_add_links(p, bytes);
}

weir_status weir_pdf_write(weir_text *out, const weir_document *document, const weir_pdf_options *options,
                           weir_diags *diags)
{
	weir_status status;
	weir_text bytes = { 0 };
	pdf p = { .document = document, .options = options, .outline = CAIRO_PDF_OUTLINE_ROOT };
	WEIR_TRY(weir_arena_create(&p.arena));
	p.style = options ? options->style : NULL;
	p.families = list_families(p.arena, p.style);
	p.place_room = count_places(document->blocks);
	p.places = weir_arena_array(p.arena, (size_t)p.place_room + 1, sizeof *p.places);
	p.letters = pdf_fonts_create(p.arena);
	if (!p.places || !p.families || !p.letters) {
		status = WEIR_NO_MEMORY;
		goto out;
	}
	p.next_fitted = &p.fitted;
	p.context = weir_drawing_context(&p.fonts, document->lang);
	if (!has_fonts(&p)) {
		weir_diag_error(
			diags, FILE_UNWRITABLE, (weir_place){ 0 },
			"the PDF cannot be drawn, as no font is installed; install some, such as \"Noto Sans CJK\"");
		status = WEIR_INTERNAL;
		goto out;
	}
	warn_of_fonts(&p, diags);
	cairo_status_t done = draw(&p, &bytes);
	status = finish(&p, &bytes, done, diags);
	if (status == WEIR_OK) {
		weir_text_append(out, bytes.data, bytes.length);
		status = weir_text_status(out);
	}
out:
	if (p.context) {
		pdf_fonts_release(p.letters);
		g_object_unref(p.context);
		g_object_unref(p.fonts);
	}
	weir_text_free(&bytes);
	weir_free(p.links);
	weir_arena_destroy(p.arena);
	return status;
}
