/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/docx.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "report/chart.h"
#include "report/docx_int.h"
#include "report/drawing.h"
#include "report/format.h"
#include "report/latin_width.h"

#define CHART_WIDTH 900.0 /* CSS pixels, as in the HTML page */
#define COLUMN_WIDTH 520.0 /* in the column of a sheet */
#define CHART_SCALE 2.0
#define EMU_PER_TWENTIETH 635
#define LOGO_WIDTH 120.0 /* points */
#define LOGO_HEIGHT 40.0
#define SHEET_TYPE 0.8        /* of the usual size */
#define SHEET_SPACE (1.0 / 3)
#define LEAST_HALF_POINTS 9
#define SHEET_SPARE 500        /* twentieths of a point below each column */
#define SCALE_STEP 0.07
#define LEAST_SCALE 0.65
#define UNIT_HALF_POINTS 15 /* at the end of a caption */

int docx_width(const docx *d)
{
	int sheet = DOCX_PAGE_SHORT - 2 * DOCX_SHEET_MARGIN;
	if (d->document->is_sheet)
		return d->columns ? (sheet - DOCX_SHEET_GAP) / 2 : sheet;
	return (d->landscape ? DOCX_PAGE_LONG : DOCX_PAGE_SHORT) - 2 * DOCX_MARGIN;
}

int docx_half_points(const docx *d, int half_points)
{
	return d->document->is_sheet ? (int)fmax(LEAST_HALF_POINTS, half_points * SHEET_TYPE * d->scale) : half_points;
}

int docx_space(const docx *d, int twentieths)
{
	return d->document->is_sheet ? (int)(twentieths * SHEET_SPACE * d->scale) : twentieths;
}

void docx_take_height(docx *d, const char *text, int half_points, int bold, double width, double space)
{
	int size = docx_half_points(d, half_points);
	double lines = ceil(20 * weir_latin_width(text, size / 2.0, bold) / width);
	d->height += fmax(1, lines) * DOCX_LINE(size) + docx_space(d, (int)space);
}

const char *docx_accent(const docx *d, char *buffer)
{
	snprintf(buffer, 8, "%.6s", weir_style_accent(d->style) + 1);
	return buffer;
}

/* --- words ------------------------------------------------------------------------------------------------------ */

const char *docx_words(docx *d, weir_doc_text text)
{
	const char *joined = weir_doc_text_join(d->arena, text);
	if (!joined)
		d->status = WEIR_NO_MEMORY;
	return joined ? joined : "";
}

const char *docx_cell(docx *d, const weir_doc_cell *cell)
{
	const char *words = weir_format_cell_words(d->arena, cell);
	if (!words)
		d->status = WEIR_NO_MEMORY;
	return words ? words : "";
}

const char *docx_cell_colour(const weir_doc_cell *cell)
{
	static const char *const tones[] = { [WEIR_TONE_GOOD] = "1E6B4A", [WEIR_TONE_BAD] = "B3261E",
		                             [WEIR_TONE_MUTED] = "56616D" };
	int sign = weir_format_sign(cell);
	if (cell->tone != WEIR_TONE_PLAIN)
		return tones[cell->tone];
	return sign < 0 ? "B3261E" : sign == 0 ? "56616D" : NULL;
}

/* --- paragraphs ------------------------------------------------------------------------------------------------- */

void docx_run(docx *d, const char *text, const char *colour, int bold)
{
	docx_sized_run(d, text, colour, bold, 0);
}

void docx_sized_run(docx *d, const char *text, const char *colour, int bold, int half_points)
{
	if (!*text)
		return;
	weir_text_add(&d->body, "<w:r>");
	if (colour || bold || half_points) {
		weir_text_add(&d->body, "<w:rPr>");
		weir_text_add(&d->body, bold ? "<w:b/>" : "");
		if (colour)
			weir_text_printf(&d->body, "<w:color w:val=\"%s\"/>", colour);
		if (half_points)
			weir_text_printf(&d->body, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/>", half_points,
			                 half_points);
		weir_text_add(&d->body, "</w:rPr>");
	}
	weir_text_add(&d->body, "<w:t xml:space=\"preserve\">");
	weir_text_add_xml(&d->body, text);
	weir_text_add(&d->body, "</w:t></w:r>");
}

static void open_paragraph(docx *d, docx_look look)
{
	weir_text_add(&d->body, "<w:p><w:pPr>");
	if (look.style)
		weir_text_printf(&d->body, "<w:pStyle w:val=\"%s\"/>", look.style);
	weir_text_add(&d->body, look.keep_next ? "<w:keepNext/>" : "");
	weir_text_add(&d->body, look.new_page ? "<w:pageBreakBefore/>" : "");
	if (look.half_points) /* all lines as high as Chinese ones, or a row's cells would not align */
		weir_text_printf(&d->body, "<w:spacing w:line=\"%d\" w:lineRule=\"atLeast\"/>",
		                 DOCX_LINE(look.half_points));
	weir_text_add(&d->body, look.right ? "<w:jc w:val=\"right\"/>" : "");
	weir_text_add(&d->body, "</w:pPr>");
}

void docx_paragraph(docx *d, const char *text, docx_look look)
{
	open_paragraph(d, look);
	docx_sized_run(d, text, look.colour, look.bold, look.half_points);
	weir_text_add(&d->body, "</w:p>");
}

void docx_gap(docx *d)
{
	docx_paragraph(d, "", (docx_look){ .style = "TableGap" });
	docx_take_height(d, "", 8, 0, docx_width(d), 60);
}

/* A field with the result that it has now. */
static void write_field(docx *d, const char *code, const char *result)
{
	weir_text_add(&d->body,
	              "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> ");
	weir_text_add_xml(&d->body, code);
	weir_text_add(&d->body, " </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>");
	docx_run(d, result, NULL, 0);
	weir_text_add(&d->body, "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
}

/* The name of the bookmark for an anchor: Word takes letters, digits and underscores. */
static void add_anchor_name(weir_text *to, const char *anchor)
{
	weir_text_add(to, "Code_");
	for (int i = 0; anchor[i] && i < 34; i++) {
		char c = anchor[i];
		int plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		weir_text_append(to, plain ? &c : "_", 1);
	}
}

void docx_open_anchor(docx *d, const weir_doc_mark *mark)
{
	if (!mark->anchor)
		return;
	weir_text_printf(&d->body, "<w:bookmarkStart w:id=\"%d\" w:name=\"", ++d->bookmarks);
	add_anchor_name(&d->body, mark->anchor);
	weir_text_add(&d->body, "\"/>");
}

void docx_close_anchor(docx *d, const weir_doc_mark *mark)
{
	if (mark->anchor)
		weir_text_printf(&d->body, "<w:bookmarkEnd w:id=\"%d\"/>", d->bookmarks);
}

static void keep_caption(docx *d, int is_figure, int number, const char *text)
{
	if (!WEIR_GROW(d->captions, d->caption_count, d->caption_room)) {
		d->status = WEIR_NO_MEMORY;
		return;
	}
	d->captions[d->caption_count++] = (docx_entry){ is_figure, number, text };
}

/* "Table 7" with the number as a field, in the bookmark that cross-references show. */
static void write_number(docx *d, int is_figure, int count)
{
	char number[16], code[32];
	const char *sequence = is_figure ? "Figure" : "Table";
	snprintf(number, sizeof number, "%d", count);
	snprintf(code, sizeof code, "SEQ %s \\* ARABIC", sequence);
	weir_text_printf(&d->body, "<w:bookmarkStart w:id=\"%d\" w:name=\"%s_%d\"/>", ++d->bookmarks, sequence, count);
	docx_run(d, weir_doc_number_word(d->document->lang, is_figure), NULL, 0);
	docx_run(d, " ", NULL, 0);
	write_field(d, code, number);
	weir_text_printf(&d->body, "<w:bookmarkEnd w:id=\"%d\"/>", d->bookmarks);
	docx_run(d, "  ", NULL, 0);
}

/* What a caption takes on one line, in twentieths of a point: its number, its text, a gap and the unit. */
static int caption_width(const docx *d, int is_figure, int number, const char *text, const char *unit)
{
	char count[16];
	snprintf(count, sizeof count, " %d  ", number);
	const char *word = weir_doc_number_word(d->document->lang, is_figure);
	double points = (number ? weir_latin_width(word, 9, 1) + weir_latin_width(count, 9, 1) : 0) +
	                weir_latin_width(text, 9, 1) + weir_latin_width(unit, UNIT_HALF_POINTS / 2.0, 0);
	return (int)(20 * points * 1.05) + 240;
}

static void write_unit(docx *d, const char *unit)
{
	int half_points = docx_half_points(d, UNIT_HALF_POINTS);
	weir_text_printf(&d->body,
	                 "<w:r><w:rPr><w:b w:val=\"0\"/><w:color w:val=\"56616D\"/><w:sz w:val=\"%d\"/>"
	                 "<w:szCs w:val=\"%d\"/></w:rPr><w:tab/><w:t xml:space=\"preserve\">",
	                 half_points, half_points);
	weir_text_add_xml(&d->body, unit);
	weir_text_add(&d->body, "</w:t></w:r>");
}

void docx_caption(docx *d, int is_figure, const weir_doc_mark *mark, const char *text, const char *unit, int width)
{
	int end = docx_width(d), needed = caption_width(d, is_figure, mark->number, text, unit);
	if (mark->number)
		keep_caption(d, is_figure, mark->number, text);
	docx_open_anchor(d, mark);
	docx_close_anchor(d, mark);
	if (!*text && !*unit)
		return;
	docx_take_height(d, text, 18, 1, end, 260);
	weir_text_add(&d->body, "<w:p><w:pPr><w:pStyle w:val=\"Caption\"/>");
	if (*unit)
		weir_text_printf(&d->body, "<w:tabs><w:tab w:val=\"right\" w:pos=\"%d\"/></w:tabs>",
		                 needed > end || width > end ? end : needed > width ? needed : width);
	weir_text_add(&d->body, "</w:pPr>");
	if (mark->number)
		write_number(d, is_figure, mark->number);
	docx_run(d, text, NULL, 0);
	if (*unit)
		write_unit(d, unit);
	weir_text_add(&d->body, "</w:p>");
}

/* --- labels with values ----------------------------------------------------------------------------------------- */

static void write_values(docx *d, const weir_doc_entry *entry, int bold)
{
	const char *colour = entry->tone == WEIR_TONE_BAD ? "B3261E" : NULL, *words = docx_words(d, entry->text);
	for (int i = 0; i < entry->cell_count; i++) {
		docx_run(d, i ? " \xC2\xB7 " : "", NULL, 0);
		docx_run(d, docx_cell(d, &entry->cells[i]), colour ? colour : docx_cell_colour(&entry->cells[i]), bold);
	}
	docx_run(d, entry->cell_count && *words ? "  " : "", NULL, 0);
	docx_run(d, words, entry->cell_count ? "56616D" : colour, 0);
}

/* Labels and values in two columns without lines. */
static void write_entries(docx *d, const weir_doc_entry *entries, int count, int bold)
{
	int width = docx_width(d), label = width * 3 / 10;
	if (count == 0)
		return;
	weir_text_printf(
		&d->body,
		"<w:tbl><w:tblPr><w:tblStyle w:val=\"WeirFields\"/><w:tblW w:w=\"%d\" w:type=\"dxa\"/>"
		"<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"%d\"/><w:gridCol w:w=\"%d\"/>"
		"</w:tblGrid>",
		width, label, width - label);
	for (int i = 0; i < count; i++) {
		weir_text_printf(
			&d->body,
			"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>",
			label);
		docx_paragraph(d, docx_words(d, entries[i].label),
		               (docx_look){ .style = "TableText", .colour = "56616D" });
		weir_text_printf(&d->body, "</w:tc><w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>",
		                 width - label);
		open_paragraph(d, (docx_look){ .style = "TableText" });
		write_values(d, &entries[i], bold);
		weir_text_add(&d->body, "</w:p></w:tc></w:tr>");
		docx_take_height(d, docx_words(d, entries[i].label), 16, 0, label - 160, 60);
	}
	weir_text_add(&d->body, "</w:tbl>");
	docx_gap(d);
}

static void write_list(docx *d, const weir_block *block)
{
	docx_open_anchor(d, &block->mark);
	docx_close_anchor(d, &block->mark);
	for (int i = 0; i < block->entry_count; i++) {
		const weir_doc_entry *item = &block->entries[i];
		const char *label = docx_words(d, item->label);
		open_paragraph(d, (docx_look){ .style = "ListItem" });
		docx_run(d, *label ? label : "\xE2\x80\xA2", "56616D", 0);
		weir_text_add(&d->body, "<w:r><w:tab/></w:r>");
		write_values(d, item, 0);
		weir_text_add(&d->body, "</w:p>");
		docx_take_height(d, docx_words(d, item->text), 18, 0, docx_width(d) - 850, 40);
	}
}

/* --- charts ----------------------------------------------------------------------------------------------------- */

/* A picture inside a line, from the part that the relation of its name leads to. */
static void write_drawing(docx *d, const char *relation, int number, const char *name, const char *description,
                          long width, long height)
{
	weir_text_printf(&d->body,
	                 "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
	                 "<wp:extent cx=\"%ld\" cy=\"%ld\"/><wp:docPr id=\"%d\" name=\"%s\" descr=\"",
	                 width, height, number, name);
	weir_text_add_xml(&d->body, description);
	weir_text_add(
		&d->body,
		"\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">");
	weir_text_printf(&d->body,
	                 "<pic:pic><pic:nvPicPr><pic:cNvPr id=\"%d\" name=\"%s.png\"/><pic:cNvPicPr/></pic:nvPicPr>"
	                 "<pic:blipFill><a:blip r:embed=\"rId%s\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
	                 "<pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%ld\" cy=\"%ld\"/></a:xfrm>"
	                 "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>",
	                 number, name, relation, width, height);
	weir_text_add(&d->body, "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>");
}

/* As wide as the page, and never higher than most of it. */
static void write_picture(docx *d, const weir_doc_chart *chart, const weir_scene *scene)
{
	char relation[24], name[24];
	double most = 0.72 * ((d->landscape ? DOCX_PAGE_SHORT : DOCX_PAGE_LONG) - 2 * DOCX_MARGIN);
	double scale = fmin(docx_width(d) / scene->width, most / scene->height) * EMU_PER_TWENTIETH;
	if (d->document->is_sheet) /* smaller than all the rest: words have to be read, shapes to be seen */
		scale *= d->scale * d->scale;
	int number = (int)d->picture_count;
	snprintf(relation, sizeof relation, "Chart%d", number);
	snprintf(name, sizeof name, "chart%d", number);
	const char *description = docx_words(d, chart->description);
	d->height += scene->height * scale / EMU_PER_TWENTIETH;
	weir_text_add(&d->body, "<w:p><w:pPr><w:pStyle w:val=\"Figure\"/></w:pPr>");
	write_drawing(d, relation, number, name, *description ? description : docx_words(d, chart->title),
	              (long)(scene->width * scale), (long)(scene->height * scale));
	weir_text_add(&d->body, "</w:p>");
}

static void write_chart(docx *d, const weir_doc_chart *chart)
{
	weir_scene *scene;
	weir_text png = { 0 };
	weir_status status = weir_chart_draw(&scene, d->arena, chart, d->columns ? COLUMN_WIDTH : CHART_WIDTH);
	if (status == WEIR_OK)
		status = weir_drawing_png(&png, scene, CHART_SCALE, NULL, d->document->lang);
	if (status == WEIR_OK && !WEIR_GROW(d->pictures, d->picture_count, d->picture_room))
		status = WEIR_NO_MEMORY;
	if (status != WEIR_OK) {
		weir_text_free(&png);
		d->status = status;
		return;
	}
	d->pictures[d->picture_count++] = (docx_picture){ png.data, png.length };
	docx_caption(d, 1, &chart->mark, docx_words(d, chart->title), "", 0);
	write_picture(d, chart, scene);
	if (!d->document->is_sheet)
		docx_paragraph(d, docx_words(d, chart->description), (docx_look){ .style = "ChartNote" });
}

/* --- sections --------------------------------------------------------------------------------------------------- */

static void write_blocks(docx *d, const weir_block *blocks, int level);

/* A part of a sheet: over the whole width, or in two columns. */
static void write_sheet_format(docx *d)
{
	weir_text_printf(
		&d->body,
		"<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rIdFooter1\"/>%s"
		"<w:pgSz w:w=\"%d\" w:h=\"%d\"/><w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" "
		"w:header=\"284\" w:footer=\"284\" w:gutter=\"0\"/>",
		d->columns ? "<w:type w:val=\"continuous\"/>" : "", DOCX_PAGE_SHORT, DOCX_PAGE_LONG, DOCX_SHEET_MARGIN,
		DOCX_SHEET_MARGIN, DOCX_SHEET_MARGIN, DOCX_SHEET_MARGIN);
	if (d->columns)
		weir_text_printf(&d->body, "<w:cols w:num=\"2\" w:space=\"%d\"/>", DOCX_SHEET_GAP);
	weir_text_add(&d->body, "</w:sectPr>");
}

/* The page format of all since the last such mark. */
static void write_page_format(docx *d)
{
	if (d->document->is_sheet) {
		write_sheet_format(d);
		return;
	}
	int first = d->pages_begun++ == 0, sheet = d->landscape ? 2 : 1;
	weir_text_printf(&d->body,
	                 "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rIdHeader%d\"/>"
	                 "<w:footerReference w:type=\"default\" r:id=\"rIdFooter%d\"/>",
	                 sheet, sheet);
	if (first) /* the title stands on it: it has no header */
		weir_text_printf(&d->body, "<w:footerReference w:type=\"first\" r:id=\"rIdFooter%d\"/>", sheet);
	weir_text_printf(&d->body, "<w:pgSz w:w=\"%d\" w:h=\"%d\"%s/>", d->landscape ? DOCX_PAGE_LONG : DOCX_PAGE_SHORT,
	                 d->landscape ? DOCX_PAGE_SHORT : DOCX_PAGE_LONG,
	                 d->landscape ? " w:orient=\"landscape\"" : "");
	weir_text_printf(
		&d->body,
		"<w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"567\" w:footer=\"567\" "
		"w:gutter=\"0\"/>%s</w:sectPr>",
		DOCX_MARGIN + 170, DOCX_MARGIN, DOCX_MARGIN + 113, DOCX_MARGIN, first ? "<w:titlePg/>" : "");
}

/* The sections of a sheet that are not wide stand in columns. */
static void begin_columns(docx *d)
{
	weir_text_add(&d->body, "<w:p><w:pPr><w:pStyle w:val=\"TableGap\"/>");
	write_page_format(d);
	weir_text_add(&d->body, "</w:pPr></w:p>");
	d->columns = 1;
	d->above = d->height;
}

static void turn_page(docx *d, int landscape)
{
	if (d->document->is_sheet) {
		if (!landscape && !d->columns)
			begin_columns(d);
		return;
	}
	if (d->landscape == landscape)
		return;
	weir_text_add(&d->body, "<w:p><w:pPr><w:pStyle w:val=\"TableGap\"/>");
	write_page_format(d);
	weir_text_add(&d->body, "</w:pPr></w:p>");
	d->landscape = landscape;
}

static void write_section(docx *d, const weir_block *block, int level)
{
	static const char *const styles[] = { "Heading1", "Heading2", "Heading3" };
	weir_text title = { 0 };
	if (level == 0)
		turn_page(d, block->wide);
	if (block->mark.number)
		weir_text_printf(&title, "%d  ", block->mark.number);
	weir_text_add(&title, docx_words(d, block->text));
	d->heading = docx_words(d, block->text);
	open_paragraph(d, (docx_look){ .style = styles[level < 2 ? level : 2], .new_page = block->breaks });
	if (block->mark.number)
		weir_text_printf(&d->body, "<w:bookmarkStart w:id=\"%d\" w:name=\"Section_%d\"/>", ++d->bookmarks,
		                 block->mark.number);
	docx_run(d, title.data ? title.data : "", NULL, 0);
	docx_take_height(d, title.data ? title.data : "", level ? 24 : 30, 1, docx_width(d), level ? 340 : 480);
	if (block->mark.number)
		weir_text_printf(&d->body, "<w:bookmarkEnd w:id=\"%d\"/>", d->bookmarks);
	docx_open_anchor(d, &block->mark);
	docx_close_anchor(d, &block->mark);
	weir_text_add(&d->body, "</w:p>");
	d->body.failed |= title.failed;
	weir_text_free(&title);
	write_blocks(d, block->children, level + 1);
}

/* Words that lead to a block: of a table or figure the field that shows its number, so that Word keeps it right. */
static void write_link(docx *d, const weir_block *to, const char *words)
{
	char code[48];
	int is_figure = to->kind == WEIR_BLOCK_CHART;
	if (to->mark.number && (is_figure || to->kind == WEIR_BLOCK_TABLE)) {
		snprintf(code, sizeof code, "REF %s_%d \\h", is_figure ? "Figure" : "Table", to->mark.number);
		write_field(d, code, words);
		return;
	}
	weir_text_add(&d->body, "<w:hyperlink w:anchor=\"");
	if (to->kind == WEIR_BLOCK_SECTION && to->mark.number)
		weir_text_printf(&d->body, "Section_%d", to->mark.number);
	else
		add_anchor_name(&d->body, to->mark.anchor ? to->mark.anchor : "");
	weir_text_add(&d->body, "\">");
	docx_run(d, words, NULL, 0);
	weir_text_add(&d->body, "</w:hyperlink>");
}

static void write_part(docx *d, const char *text, size_t length, docx_look look)
{
	const char *part = weir_arena_text(d->arena, text, length);
	if (part)
		docx_run(d, part, look.colour, 0);
	else
		d->status = WEIR_NO_MEMORY;
}

static void write_paragraph(docx *d, const weir_block *block, docx_look look)
{
	docx_take_height(d, docx_words(d, block->text), 19, 0, docx_width(d), 200);
	docx_open_anchor(d, &block->mark);
	docx_close_anchor(d, &block->mark);
	open_paragraph(d, look);
	for (int zh = 0; zh < 2; zh++) {
		const char *text = zh ? block->text.zh : block->text.en;
		size_t at = 0;
		if (!text)
			continue;
		docx_run(d, zh && block->text.en ? " " : "", NULL, 0);
		for (int i = 0; i < block->link_count; i++) {
			const weir_doc_link *link = &block->links[i];
			const char *words =
				link->zh == zh ? weir_arena_text(d->arena, text + link->from, link->length) : NULL;
			if (!words)
				continue;
			write_part(d, text + at, link->from - at, look);
			write_link(d, link->to, words);
			at = link->from + link->length;
		}
		write_part(d, text + at, strlen(text) - at, look);
	}
	weir_text_add(&d->body, "</w:p>");
}

static void write_block(docx *d, const weir_block *block, int level)
{
	switch (block->kind) {
	case WEIR_BLOCK_SECTION:
		write_section(d, block, level);
		break;
	case WEIR_BLOCK_PARAGRAPH:
		write_paragraph(d, block, (docx_look){ 0 });
		break;
	case WEIR_BLOCK_NOTE:
		write_paragraph(d, block, (docx_look){ .style = "Note",
		                                       .colour = block->tone == WEIR_TONE_BAD ? "B3261E" : NULL });
		break;
	case WEIR_BLOCK_TILES:
		write_entries(d, block->entries, block->entry_count, 1);
		break;
	case WEIR_BLOCK_FIELDS:
		write_entries(d, block->entries, block->entry_count, 0);
		break;
	case WEIR_BLOCK_LIST:
		write_list(d, block);
		break;
	case WEIR_BLOCK_TABLE:
		docx_table(d, block->table);
		break;
	case WEIR_BLOCK_CHART:
		write_chart(d, block->chart);
		break;
	case WEIR_BLOCK_PAGE_BREAK:
		weir_text_add(&d->body, "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
		break;
	}
}

static void write_blocks(docx *d, const weir_block *blocks, int level)
{
	for (const weir_block *block = blocks; block && d->status == WEIR_OK; block = block->next)
		write_block(d, block, level);
}

/* --- the document ----------------------------------------------------------------------------------------------- */

/* A field that Word fills anew on request; its entries stand there already and lead to the sections. */
static void write_contents(docx *d)
{
	int written = 0;
	const char *title = docx_words(d, d->document->contents_title);
	if (!*title || d->document->is_sheet)
		return;
	docx_paragraph(d, title, (docx_look){ .style = "ContentsTitle" });
	for (const weir_block *block = d->document->blocks; block; block = block->next) {
		weir_text line = { 0 }, page = { 0 };
		int number = block->mark.number;
		if (block->kind != WEIR_BLOCK_SECTION || !number)
			continue;
		weir_text_printf(&line, "%d  %s", number, docx_words(d, block->text));
		weir_text_printf(&page, "PAGEREF Section_%d \\h", number);
		open_paragraph(d, (docx_look){ .style = "Contents1" });
		if (!written++)
			weir_text_add(
				&d->body,
				"<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r><w:r><w:instrText "
				"xml:space=\"preserve\"> TOC \\o \"1-2\" \\h \\z \\u </w:instrText></w:r><w:r>"
				"<w:fldChar w:fldCharType=\"separate\"/></w:r>");
		weir_text_printf(&d->body, "<w:hyperlink w:anchor=\"Section_%d\">", number);
		docx_run(d, line.data ? line.data : "", NULL, 0);
		weir_text_add(&d->body, "<w:r><w:tab/></w:r>");
		write_field(d, page.data ? page.data : "", "");
		weir_text_add(&d->body, "</w:hyperlink></w:p>");
		d->body.failed |= line.failed | page.failed;
		weir_text_free(&line);
		weir_text_free(&page);
	}
	if (written)
		weir_text_add(&d->body, "<w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>");
}

/* The captions of a kind, each leading to its table or figure; a field, too. */
static void write_captions(docx *d, int is_figure)
{
	const char *mark = is_figure ? "Figure" : "Table";
	int zh = strcmp(d->document->lang, "zh") == 0, written = 0;
	size_t any = 0;
	while (any < d->caption_count && d->captions[any].is_figure != is_figure)
		any++;
	if (any == d->caption_count)
		return;
	docx_paragraph(d, is_figure ? (zh ? "图目录" : "List of figures") : (zh ? "表目录" : "List of tables"),
	               (docx_look){ .style = "ContentsTitle" });
	for (size_t i = 0; i < d->caption_count; i++) {
		const docx_entry *entry = &d->captions[i];
		weir_text line = { 0 };
		if (entry->is_figure != is_figure)
			continue;
		weir_text_printf(&line, "%s %d  %s", weir_doc_number_word(d->document->lang, is_figure), entry->number,
		                 entry->text);
		open_paragraph(d, (docx_look){ .style = "TableofFigures" });
		if (!written++)
			weir_text_printf(&d->body,
			                 "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText "
			                 "xml:space=\"preserve\"> TOC \\h \\z \\c \"%s\" </w:instrText></w:r><w:r>"
			                 "<w:fldChar w:fldCharType=\"separate\"/></w:r>",
			                 mark);
		weir_text_printf(&d->body, "<w:hyperlink w:anchor=\"%s_%d\">", mark, entry->number);
		docx_run(d, line.data ? line.data : "", NULL, 0);
		weir_text_add(&d->body, "</w:hyperlink></w:p>");
		d->body.failed |= line.failed;
		weir_text_free(&line);
	}
	weir_text_add(&d->body, "<w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>");
}

/* The style's logo at the right, as large as its box allows. */
static void write_logo(docx *d)
{
	const weir_style *style = d->style;
	if (!style || !style->logo)
		return;
	double scale = fmin(LOGO_WIDTH / style->logo_width, LOGO_HEIGHT / style->logo_height);
	weir_text_add(&d->body, "<w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr>");
	const char *description = strcmp(d->document->lang, "zh") == 0 ? "机构标识" : "Logo";
	write_drawing(d, "Logo", 10000, "logo", description, (long)(style->logo_width * scale * 20) * EMU_PER_TWENTIETH,
	              (long)(style->logo_height * scale * 20) * EMU_PER_TWENTIETH);
	weir_text_add(&d->body, "</w:p>");
}

static void write_body(docx *d)
{
	const weir_document *document = d->document;
	write_logo(d);
	docx_paragraph(d, docx_words(d, document->kicker), (docx_look){ .style = "Kicker" });
	docx_paragraph(d,
	               document->title.en && document->title.zh ? document->title.en : docx_words(d, document->title),
	               (docx_look){ .style = "Title" });
	if (document->title.en && document->title.zh)
		docx_paragraph(d, document->title.zh, (docx_look){ .style = "Subtitle" });
	docx_paragraph(d, docx_words(d, document->subtitle), (docx_look){ .style = "Subtitle" });
	docx_take_height(d, docx_words(d, document->title), 44, 1, docx_width(d), 0);
	for (int line = 0; line < 3; line++) /* above and below the title */
		docx_take_height(d, "", 24, 0, docx_width(d), 150);
	write_entries(d, document->fields, document->field_count, 0);
	write_contents(d);
	write_blocks(d, document->blocks, 0);
	if (!document->is_sheet)
		turn_page(d, 0);
	write_captions(d, 0);
	write_captions(d, 1);
	write_page_format(d);
}

static void release_pictures(docx *d)
{
	for (size_t i = 0; i < d->picture_count; i++)
		weir_free(d->pictures[i].bytes);
	d->picture_count = 0;
}

/* Whether what is written fits a page with two columns; the first column's last table may leave some room below it. */
static int fits_sheet(const docx *d)
{
	double page = DOCX_PAGE_LONG - 2 * DOCX_SHEET_MARGIN - d->above, columns = d->height - d->above;
	return columns <= 2 * page - 2 * SHEET_SPARE;
}

/* A sheet is written smaller and smaller until it fits its page. */
static void write_sheet(docx *d)
{
	for (;;) {
		write_body(d);
		if (d->status != WEIR_OK || fits_sheet(d) || d->scale - SCALE_STEP < LEAST_SCALE)
			return;
		release_pictures(d);
		weir_text_free(&d->body);
		d->scale -= SCALE_STEP;
		d->caption_count = 0;
		d->bookmarks = d->columns = 0;
		d->height = d->above = 0;
		d->heading = "";
	}
}

weir_status weir_docx_write(weir_text *out, const weir_document *document, const weir_docx_options *options,
                            weir_diags *diags)
{
	weir_status status;
	docx d = { .document = document, .options = options, .style = options ? options->style : NULL, .heading = "",
		   .scale = 1 };
	WEIR_TRY(weir_arena_create(&d.arena));
	if (document->is_sheet)
		write_sheet(&d);
	else
		write_body(&d);
	status = d.status != WEIR_OK ? d.status : weir_text_status(&d.body);
	if (status == WEIR_OK)
		status = docx_package(out, &d, diags);
out:
	release_pictures(&d);
	weir_free(d.pictures);
	weir_free(d.captions);
	weir_text_free(&d.body);
	weir_arena_destroy(d.arena);
	return status;
}
