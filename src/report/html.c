/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/html.h"

#include <stdio.h>
#include <string.h>

#include "report/chart.h"
#include "report/format.h"
#include "report/sheet_fit.h"

#define SHEET_ZOOM 0.9 /* of a printed sheet, at most */
#define WIDE_CHART 900.0
#define NARROW_CHART 340.0
#define DEEPEST_HEADING 6

/* What writing carries around. */
typedef struct page {
	weir_text *to;
	const weir_document *document;
	weir_arena *arena; /* drawings */
	weir_status status;
	int charts; /* written so far: their numbers make ids */
	weir_doc_text heading; /* of the section at hand: the name of what has none */
} page;

static const char *const tone_classes[] = { "", " good", " bad", " muted" };

/* A text in the languages it has; each part says its language where the page's own does not hold. */
static void write_text(page *p, weir_doc_text text)
{
	int page_is_zh = strcmp(p->document->lang, "zh") == 0;
	if (text.en) {
		weir_text_add(p->to, page_is_zh || text.zh ? "<span lang=\"en\">" : "");
		weir_text_add_xml(p->to, text.en);
		weir_text_add(p->to, page_is_zh || text.zh ? "</span>" : "");
	}
	if (text.en && text.zh)
		weir_text_add(p->to, " ");
	if (text.zh) {
		weir_text_add(p->to, page_is_zh ? "" : "<span lang=\"zh-CN\">");
		weir_text_add_xml(p->to, text.zh);
		weir_text_add(p->to, page_is_zh ? "" : "</span>");
	}
}

/* The codes of a block, and the id that links lead to. */
static void write_mark(page *p, const weir_doc_mark *mark)
{
	if (!mark->codes)
		return;
	if (mark->anchor) {
		weir_text_add(p->to, " id=\"");
		weir_text_add_xml(p->to, mark->anchor);
		weir_text_add(p->to, "\"");
	}
	weir_text_add(p->to, " data-code=\"");
	weir_text_add_xml(p->to, mark->codes);
	weir_text_add(p->to, "\"");
}

/* "Table 7 ", unless the document has no numbers. */
static void write_number(page *p, const weir_doc_mark *mark, int is_figure)
{
	if (mark->number)
		weir_text_printf(p->to, "<span class=\"number\">%s %d</span> ",
		                 weir_doc_number_word(p->document->lang, is_figure), mark->number);
}

static int is_empty(weir_doc_text text)
{
	return !text.en && !text.zh;
}

static void write_element(page *p, const char *open, weir_doc_text text, const char *close)
{
	if (is_empty(text))
		return;
	weir_text_add(p->to, open);
	write_text(p, text);
	weir_text_add(p->to, close);
}

/* The words of a text without mark-up, for attributes and drawings. */
static const char *plain_words(page *p, weir_doc_text text)
{
	const char *joined = weir_doc_text_join(p->arena, text);
	if (!joined)
		p->status = WEIR_NO_MEMORY;
	return joined ? joined : "";
}

static void write_cell_value(page *p, const weir_doc_cell *cell)
{
	if (cell->type == WEIR_CELL_TEXT && !is_empty(cell->text)) {
		write_text(p, cell->text);
	} else if (cell->value) {
		weir_text value = { 0 };
		weir_format_cell(&value, cell);
		weir_text_add_xml(p->to, value.data);
		p->to->failed |= value.failed;
		weir_text_free(&value);
	} else {
		weir_text_add(p->to, WEIR_EMPTY_MARK);
	}
}

/* --- lists of label and value --- */

static void write_values(page *p, const weir_doc_entry *entry)
{
	for (int i = 0; i < entry->cell_count; i++) {
		weir_text_add(p->to, i ? " \xC2\xB7 " : "");
		write_cell_value(p, &entry->cells[i]);
	}
	if (entry->cell_count && !is_empty(entry->text))
		weir_text_add(p->to, " ");
	write_text(p, entry->text);
}

static void write_tiles(page *p, const weir_block *block)
{
	weir_text_add(p->to, "<dl class=\"tiles\"");
	write_mark(p, &block->mark);
	weir_text_add(p->to, ">\n");
	for (int i = 0; i < block->entry_count; i++) {
		const weir_doc_entry *tile = &block->entries[i];
		weir_text_printf(p->to, "<div class=\"tile%s\">", tone_classes[tile->tone]);
		write_element(p, "<dt>", tile->label, "</dt>");
		weir_text_add(p->to, "<dd>");
		for (int c = 0; c < tile->cell_count; c++) {
			weir_text_add(p->to, c ? " \xC2\xB7 " : "");
			write_cell_value(p, &tile->cells[c]);
		}
		weir_text_add(p->to, "</dd>");
		write_element(p, "<dd class=\"more\">", tile->text, "</dd>");
		weir_text_add(p->to, "</div>\n");
	}
	weir_text_add(p->to, "</dl>\n");
}

static void write_fields(page *p, const weir_doc_entry *fields, int count, const weir_doc_mark *mark)
{
	if (count == 0)
		return;
	weir_text_add(p->to, "<dl class=\"fields\"");
	write_mark(p, mark);
	weir_text_add(p->to, ">\n");
	for (int i = 0; i < count; i++) {
		weir_text_add(p->to, "<div>");
		write_element(p, "<dt>", fields[i].label, "</dt>");
		int negative = fields[i].cell_count == 1 && weir_format_sign(fields[i].cells) < 0;
		weir_text_printf(p->to, "<dd class=\"v%s%s\">", negative ? " neg" : "",
		                 tone_classes[fields[i].tone]);
		write_values(p, &fields[i]);
		weir_text_add(p->to, "</dd></div>\n");
	}
	weir_text_add(p->to, "</dl>\n");
}

static void write_list(page *p, const weir_block *block)
{
	weir_text_printf(p->to, "<ul class=\"%s\"", block->ordered ? "steps" : "items");
	write_mark(p, &block->mark);
	weir_text_add(p->to, ">\n");
	for (int i = 0; i < block->entry_count; i++) {
		const weir_doc_entry *item = &block->entries[i];
		weir_text_printf(p->to, "<li class=\"item%s\">", tone_classes[item->tone]);
		write_element(p, "<span class=\"label\">", item->label, "</span> ");
		weir_text_add(p->to, "<span>");
		write_values(p, item);
		weir_text_add(p->to, "</span></li>\n");
	}
	weir_text_add(p->to, "</ul>\n");
}

/* --- tables --- */

static void write_table_head(page *p, const weir_doc_table *table)
{
	weir_text_add(p->to, "<thead><tr>");
	for (int c = 0; c < table->column_count; c++) {
		int right = weir_format_stands_right(table->columns[c].type) && !table->columns[c].row_head;
		weir_text_printf(p->to, "<th scope=\"col\"%s>", right ? " class=\"n\"" : "");
		write_text(p, table->columns[c].heading);
		weir_text_add(p->to, "</th>");
	}
	weir_text_add(p->to, "</tr></thead>\n");
}

/* Negative amounts stand out, zeros stand back. */
static const char *sign_class(const weir_doc_cell *cell)
{
	int sign = weir_format_sign(cell);
	return sign < 0 ? " neg" : (sign == 0 ? " zero" : "");
}

static void write_row(page *p, const weir_doc_table *table, const weir_doc_row *row)
{
	static const char *const classes[] = { "", " class=\"group\"", " class=\"total\"" };
	weir_text_printf(p->to, "<tr%s>", classes[row->kind]);
	for (int c = 0; c < row->cell_count; c++) {
		const weir_doc_cell *cell = &row->cells[c];
		int is_group = row->kind == WEIR_ROW_GROUP, is_head = is_group || table->columns[c].row_head;
		int right = !is_head && weir_format_stands_right(table->columns[c].type);
		weir_text_add(p->to, is_head ? "<th" : "<td");
		if (is_group)
			weir_text_printf(p->to, " colspan=\"%d\" scope=\"rowgroup\"", table->column_count);
		else if (is_head)
			weir_text_add(p->to, " scope=\"row\"");
		int wraps =
			right && cell->type == WEIR_CELL_TEXT && !is_empty(cell->text); /* a formula among numbers */
		weir_text_printf(p->to, " class=\"%s%s%s%s\">", wraps ? "n w" : right ? "n" : "t", sign_class(cell),
		                 cell->type == WEIR_CELL_DATE && cell->value ? " d" : "", tone_classes[cell->tone]);
		write_cell_value(p, cell);
		weir_text_add(p->to, is_head ? "</th>" : "</td>");
	}
	weir_text_add(p->to, "</tr>\n");
}

/* How much room the table wants: small ones do not spread over the page, large ones are set smaller. */
static const char *size_class(const weir_doc_table *table)
{
	int numbers = 0;
	for (int c = 0; c < table->column_count; c++)
		numbers += weir_format_stands_right(table->columns[c].type);
	if (table->column_count > 9)
		return "many";
	return table->column_count <= 4 && numbers > 0 ? "small" : "few";
}

static void write_table(page *p, const weir_doc_table *table)
{
	const weir_doc_mark *mark = &table->mark;
	weir_doc_text name = is_empty(table->caption) ? p->heading : table->caption;
	weir_text_add(p->to, "<div class=\"scroll\"");
	write_mark(p, mark);
	weir_text_add(p->to, " role=\"region\" tabindex=\"0\" aria-label=\"");
	if (mark->number)
		weir_text_printf(p->to, "%s %d ", weir_doc_number_word(p->document->lang, 0), mark->number);
	weir_text_add_xml(p->to, plain_words(p, name));
	weir_text_printf(p->to, "\"><table class=\"%s\">\n", size_class(table));
	if (mark->number || !is_empty(table->caption) || !is_empty(table->unit)) {
		weir_text_add(p->to, "<caption><div><b>");
		write_number(p, mark, 0);
		write_text(p, table->caption);
		weir_text_add(p->to, "</b> ");
		write_element(p, "<i>", table->unit, "</i>");
		weir_text_add(p->to, "</div></caption>\n");
	}
	write_table_head(p, table);
	weir_text_add(p->to, "<tbody>\n");
	for (int r = 0; r < table->row_count; r++) {
		if (r > 0 && table->rows[r].kind == WEIR_ROW_GROUP)
			weir_text_add(p->to, "</tbody><tbody>\n");
		write_row(p, table, &table->rows[r]);
	}
	weir_text_add(p->to, "</tbody></table></div>\n");
}

/* --- charts --- */

/* One drawing of the chart for screens of a kind; CSS shows one of the two. */
static void write_drawing(page *p, const weir_doc_chart *chart, double width, const char *class_name)
{
	char id[32];
	weir_scene *scene = NULL;
	weir_status status = weir_chart_draw(&scene, p->arena, chart, width);
	if (status != WEIR_OK) {
		p->status = status;
		return;
	}
	snprintf(id, sizeof id, "chart%d%c", p->charts, class_name[0]);
	weir_scene_write_svg(scene, id, class_name, plain_words(p, chart->title),
	                     plain_words(p, chart->description), p->to);
}

/* The values behind a chart. */
static void write_chart_data(page *p, const weir_doc_chart *chart)
{
	weir_doc_table *table;
	if (weir_chart_table(&table, p->arena, chart) != WEIR_OK) {
		p->status = WEIR_NO_MEMORY;
		return;
	}
	weir_text_add(p->to, "<details><summary>");
	write_text(p, chart->data_label);
	weir_text_add(p->to, "</summary><div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
	weir_text_add_xml(p->to, plain_words(p, chart->title));
	weir_text_add(p->to, "\"><table class=\"few\">\n");
	write_table_head(p, table);
	weir_text_add(p->to, "<tbody>\n");
	for (int r = 0; r < table->row_count; r++)
		write_row(p, table, &table->rows[r]);
	weir_text_add(p->to, "</tbody></table></div></details>\n");
}

static void write_chart(page *p, const weir_doc_chart *chart)
{
	p->charts++;
	weir_text_add(p->to, "<figure class=\"chart\"");
	write_mark(p, &chart->mark);
	weir_text_add(p->to, "><figcaption>");
	write_number(p, &chart->mark, 1);
	write_text(p, chart->title);
	weir_text_add(p->to, "</figcaption>\n");
	write_drawing(p, chart, WIDE_CHART, "wide");
	write_drawing(p, chart, NARROW_CHART, "narrow");
	write_chart_data(p, chart);
	weir_text_add(p->to, "</figure>\n");
}

/* --- paragraphs --- */

static void write_part(page *p, const char *text, size_t length)
{
	const char *part = weir_arena_text(p->arena, text, length);
	if (!part)
		p->status = WEIR_NO_MEMORY;
	weir_text_add_xml(p->to, part);
}

/* A part of a text in one language, in which links stand. */
static void write_linked(page *p, const weir_block *block, int zh)
{
	const char *text = zh ? block->text.zh : block->text.en;
	size_t at = 0, length = strlen(text);
	for (int i = 0; i < block->link_count; i++) {
		const weir_doc_link *link = &block->links[i];
		const weir_block *to = link->to;
		if (link->zh != zh)
			continue;
		write_part(p, text + at, link->from - at);
		weir_text_add(p->to, "<a href=\"#");
		weir_text_add_xml(p->to, to->kind == WEIR_BLOCK_SECTION ? to->id : to->mark.anchor);
		weir_text_add(p->to, "\">");
		write_part(p, text + link->from, link->length);
		weir_text_add(p->to, "</a>");
		at = link->from + link->length;
	}
	write_part(p, text + at, length - at);
}

static void write_paragraph(page *p, const weir_block *block)
{
	int both = block->text.en && block->text.zh, page_is_zh = strcmp(p->document->lang, "zh") == 0;
	if (is_empty(block->text))
		return;
	weir_text_add(p->to, "<p");
	if (block->kind == WEIR_BLOCK_NOTE)
		weir_text_printf(p->to, " class=\"note%s\"", tone_classes[block->tone]);
	write_mark(p, &block->mark);
	weir_text_add(p->to, ">");
	for (int zh = 0; zh < 2; zh++) {
		int other = zh ? !page_is_zh : page_is_zh || both;
		if (!(zh ? block->text.zh : block->text.en))
			continue;
		weir_text_add(p->to, zh && both ? " " : "");
		weir_text_add(p->to, !other ? "" : zh ? "<span lang=\"zh-CN\">" : "<span lang=\"en\">");
		write_linked(p, block, zh);
		weir_text_add(p->to, other ? "</span>" : "");
	}
	weir_text_add(p->to, "</p>\n");
}

/* --- sections --- */

static void write_blocks(page *p, const weir_block *blocks, int level);

static void write_section(page *p, const weir_block *block, int level)
{
	weir_text_add(p->to, "<section id=\"");
	weir_text_add_xml(p->to, block->id);
	weir_text_printf(p->to, "\" class=\"level%d%s%s\"", level - 1, block->wide ? " landscape" : "",
	                 block->breaks ? " breaks" : "");
	if (block->mark.codes) {
		weir_text_add(p->to, " data-code=\"");
		weir_text_add_xml(p->to, block->mark.codes);
		weir_text_add(p->to, "\"");
	}
	weir_text_printf(p->to, ">\n<h%d>", level);
	write_text(p, block->text);
	weir_text_printf(p->to, "</h%d>\n", level);
	p->heading = block->text;
	write_blocks(p, block->children, level < DEEPEST_HEADING ? level + 1 : level);
	weir_text_add(p->to, "</section>\n");
}

static void write_block(page *p, const weir_block *block, int level)
{
	switch (block->kind) {
	case WEIR_BLOCK_SECTION:
		write_section(p, block, level);
		break;
	case WEIR_BLOCK_PARAGRAPH:
		write_paragraph(p, block);
		break;
	case WEIR_BLOCK_NOTE:
		write_paragraph(p, block);
		break;
	case WEIR_BLOCK_TILES:
		write_tiles(p, block);
		break;
	case WEIR_BLOCK_FIELDS:
		write_fields(p, block->entries, block->entry_count, &block->mark);
		break;
	case WEIR_BLOCK_LIST:
		write_list(p, block);
		break;
	case WEIR_BLOCK_TABLE:
		write_table(p, block->table);
		break;
	case WEIR_BLOCK_CHART:
		write_chart(p, block->chart);
		break;
	case WEIR_BLOCK_PAGE_BREAK:
		weir_text_add(p->to, "<div class=\"page-break\"></div>\n");
		break;
	}
}

static void write_blocks(page *p, const weir_block *blocks, int level)
{
	for (const weir_block *block = blocks; block; block = block->next)
		write_block(p, block, level);
}

/* --- the page --- */

/* A CSS string: everything but letters, digits and blanks as a code, so that no text can end the string or the
 * style element. */
static void write_css_string(page *p, const char *text)
{
	weir_text_add(p->to, "\"");
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == ' ' ||
		    *c >= 0x80)
			weir_text_append(p->to, (const char *)c, 1);
		else
			weir_text_printf(p->to, "\\%06x", (unsigned)*c);
	}
	weir_text_add(p->to, "\"");
}

/* The look's colour and fonts over those of the style. */
static void write_look(page *p, const weir_style *look)
{
	if (!look)
		return;
	if (look->accent)
		weir_text_printf(p->to, "\n:root{--accent:%s}", look->accent);
	if (!look->latin && !look->chinese)
		return;
	weir_text_add(p->to, "\nbody{font-family:");
	for (int i = 0; i < 2; i++) {
		const char *font = i == 0 ? look->latin : look->chinese;
		if (font)
			write_css_string(p, font);
		weir_text_add(p->to, font ? "," : "");
	}
	weir_text_add(p->to, "sans-serif}");
}

/* Bytes as base 64 (RFC 4648, section 4). */
static void write_base64(weir_text *to, const char *bytes, size_t length)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < length; i += 3) {
		unsigned long group = 0;
		char four[4];
		for (size_t b = 0; b < 3; b++)
			group = group << 8 | (i + b < length ? (unsigned char)bytes[i + b] : 0);
		for (int d = 0; d < 4; d++)
			four[d] = i + (size_t)d > length ? '=' : digits[group >> (18 - 6 * d) & 63];
		weir_text_append(to, four, 4);
	}
}

static void write_logo(page *p, const weir_style *look)
{
	if (!look || !look->logo)
		return;
	weir_text_add(p->to, "<img class=\"logo\" alt=\"\" style=\"float:right;max-height:48px;max-width:200px\" "
	                     "src=\"data:image/png;base64,");
	write_base64(p->to, look->logo, look->logo_length);
	weir_text_add(p->to, "\">");
}

static void write_head(page *p, const weir_report_options *options)
{
	const weir_document *document = p->document;
	int is_zh = strcmp(document->lang, "zh") == 0;
	weir_text_printf(p->to,
	                 "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
	                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	                 "<meta http-equiv=\"Content-Security-Policy\" "
	                 "content=\"default-src 'none'; style-src 'unsafe-inline'%s\">\n<title>",
	                 is_zh ? "zh-CN" : "en", options->look && options->look->logo ? "; img-src data:" : "");
	weir_text_add_xml(p->to, plain_words(p, document->title));
	weir_text_add(p->to, "</title>\n<style>\n");
	weir_text_append(p->to, options->style_text, options->style_length);
	write_look(p, options->look);
	if (options->own_style_text) {
		weir_text_add(p->to, "\n");
		weir_text_append(p->to, options->own_style_text, options->own_style_length);
	}
	weir_text_add(p->to, "\n@page{@bottom-left{content:");
	write_css_string(p, plain_words(p, document->footer));
	weir_text_add(p->to, "}}");
	if (document->is_sheet)
		weir_text_printf(p->to, "\n.sheet{--fit:%.2f}", weir_sheet_scale(document, SHEET_ZOOM));
	weir_text_printf(p->to, "\n</style>\n</head>\n<body class=\"lang-%s%s\">\n", document->lang,
	                 document->is_sheet ? " sheet" : "");
}

static void write_contents(page *p)
{
	if (is_empty(p->document->contents_title) || p->document->is_sheet)
		return;
	weir_text_add(p->to, "<nav class=\"contents\" aria-label=\"");
	weir_text_add_xml(p->to, plain_words(p, p->document->contents_title));
	weir_text_add(p->to, "\">");
	write_element(p, "<h2>", p->document->contents_title, "</h2>");
	weir_text_add(p->to, "<ol>\n");
	for (const weir_block *block = p->document->blocks; block; block = block->next) {
		if (block->kind != WEIR_BLOCK_SECTION)
			continue;
		weir_text_add(p->to, "<li><a href=\"#");
		weir_text_add_xml(p->to, block->id);
		weir_text_add(p->to, "\">");
		write_text(p, block->text);
		weir_text_add(p->to, "</a></li>\n");
	}
	weir_text_add(p->to, "</ol></nav>\n");
}

weir_status weir_html_write(weir_text *out, const weir_document *document, const weir_report_options *options)
{
	page p = { .to = out, .document = document };
	weir_status status;
	WEIR_TRY(weir_arena_create(&p.arena));
	write_head(&p, options);
	weir_text_add(out, "<header>");
	write_logo(&p, options->look);
	write_element(&p, "<p class=\"kicker\">", document->kicker, "</p>");
	write_element(&p, "<h1>", document->title, "</h1>");
	write_element(&p, "<p class=\"subtitle\">", document->subtitle, "</p>\n");
	write_fields(&p, document->fields, document->field_count, &(weir_doc_mark){ 0 });
	weir_text_add(out, "</header>\n");
	write_contents(&p);
	weir_text_add(out, "<main>\n");
	write_blocks(&p, document->blocks, 2);
	weir_text_add(out, "</main>\n");
	write_element(&p, "<footer><p>", document->footer, "</p></footer>\n");
	weir_text_add(out, "</body>\n</html>\n");
	status = p.status != WEIR_OK ? p.status : weir_text_status(out);
out:
	weir_arena_destroy(p.arena);
	return status;
}
