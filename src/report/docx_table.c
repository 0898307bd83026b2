/* SPDX-License-Identifier: GPL-3.0-or-later */
/* docx_table.c: tables of a Word file. */
#include <math.h>

#include "report/column_widths.h"
#include "report/docx_int.h"
#include "report/format.h"
#include "report/latin_width.h"
#include "report/table_band.h"

#define MOST_SAMPLED 300 /* rows that are measured */
#define MANY_COLUMNS 9   /* tables of more are set smaller from the start */
#define MOST_HALF_POINTS 16
#define LEAST_HALF_POINTS 11
#define PAD 8.0          /* left and right of a cell together, points */
#define WHOLE_LINES 16   /* a table of at most so many lines of text stands on one page */
#define SHEET_LINES 5    /* in one column of a sheet */
#define ROW_SPACE 42     /* above and below the lines of a row, with its rule, twentieths of a point */

static int stands_right(const weir_doc_column *column)
{
	return weir_format_stands_right(column->type) && !column->row_head;
}

/* How much wider than measured a text may be: the widths of Arial are known, those of a style's own font are not. */
static double spare(const docx *d)
{
	return d->style && d->style->latin ? 1.14 : 1.02;
}

/* How narrow a text can be: its longest word, or a number whole. CJK breaks anywhere. */
static double longest_word(const char *text, double size, int bold)
{
	double longest = 0;
	char word[256];
	size_t length = 0;
	for (const char *c = text;; c++) {
		int breaks = *c == '\0' || *c == ' ' || (unsigned char)*c >= 0xE3;
		if (!breaks && length < sizeof word - 1) {
			word[length++] = *c;
			continue;
		}
		word[length] = '\0';
		longest = fmax(longest, weir_latin_width(word, size, bold));
		length = 0;
		if (*c == '\0')
			return fmax(longest, size);
	}
}

/* A text in a column: whether it may break, whether it is bold. */
static void measure(const docx *d, const char *text, int is_text, int bold, double size, weir_column_need *need)
{
	double wide = spare(d) * weir_latin_width(text, size, bold) + PAD;
	double narrow = is_text ? spare(d) * longest_word(text, size, bold) + PAD : wide;
	weir_column_need_add(need, wide, narrow, weir_column_comfort(size) + PAD);
}

static void measure_columns(docx *d, const weir_doc_table *table, double size, weir_column_need *needs)
{
	int step = table->row_count / MOST_SAMPLED + 1;
	for (int c = 0; c < table->column_count; c++) {
		needs[c] = (weir_column_need){ PAD, PAD };
		measure(d, docx_words(d, table->columns[c].heading), 1, 1, size, &needs[c]);
		for (int r = 0; r < table->row_count; r += table->rows[r].kind == WEIR_ROW_BODY ? step : 1) {
			const weir_doc_row *row = &table->rows[r];
			if (row->kind == WEIR_ROW_GROUP || c >= row->cell_count)
				continue;
			measure(d, docx_cell(d, &row->cells[c]), row->cells[c].type == WEIR_CELL_TEXT,
			        row->kind == WEIR_ROW_TOTAL, size, &needs[c]);
		}
	}
}

/* The widths in twentieths of a point, and the size of the text, in half points, at which every word fits. */
static int share_widths(docx *d, const weir_doc_table *table, double *widths, weir_column_need *needs)
{
	double page = docx_width(d) / 20.0;
	int many = !d->document->is_sheet && table->column_count > MANY_COLUMNS;
	int half_points = docx_half_points(d, MOST_HALF_POINTS) - (many ? 2 : 0);
	for (;; half_points--) {
		measure_columns(d, table, half_points / 2.0, needs);
		if (weir_columns_fit(needs, table->column_count, page) || half_points <= LEAST_HALF_POINTS)
			break;
	}
	weir_columns_share(widths, needs, table->column_count, page);
	for (int c = 0; c < table->column_count; c++)
		widths[c] = floor(20 * widths[c]); /* whole ones, that do not add up to more than the page */
	return half_points;
}

/* How many lines of text a row has, for all that is known here. */
static int count_lines(docx *d, const weir_doc_row *row, const double *widths, double size)
{
	double most = 1;
	for (int c = 0; c < row->cell_count && row->kind != WEIR_ROW_GROUP; c++) {
		double room = fmax(widths[c] / 20 - PAD, size);
		double used = weir_latin_width(docx_cell(d, &row->cells[c]), size, row->kind == WEIR_ROW_TOTAL);
		most = fmax(most, ceil(used / room));
	}
	return (int)most;
}

/* Counts the lines of the table's rows; whether it is short enough to stand on one page, even if it leaves room on
 * the one before. */
static int is_short(docx *d, const weir_doc_table *table, const double *widths, int half_points)
{
	int lines = 0, most = d->document->is_sheet ? SHEET_LINES : WHOLE_LINES;
	for (int r = 0; r < table->row_count && (lines <= most || d->document->is_sheet); r++)
		lines += count_lines(d, &table->rows[r], widths, half_points / 2.0);
	d->height += (lines + 1) * DOCX_LINE(half_points) + (table->row_count + 1) * (ROW_SPACE * d->scale);
	return lines <= most;
}

/* Whether a row stands on one page with the row below it: in short tables all do; in others the first two, the last
 * three (so that no total stands alone), and a group's name with what it names. */
static int stays_with_next(const weir_doc_table *table, int row, int short_table)
{
	int left = table->row_count - 1 - row; /* rows below it */
	if (left == 0)
		return 0;
	return short_table || row == 0 || left <= 2 || table->rows[row].kind == WEIR_ROW_GROUP ||
	       table->rows[row + 1].kind == WEIR_ROW_TOTAL;
}

static double sum_widths(const double *widths, int count)
{
	double sum = 0;
	for (int c = 0; c < count; c++)
		sum += widths[c];
	return sum;
}

static void open_cell(docx *d, double width, int span, const char *fill)
{
	weir_text_printf(&d->body, "<w:tc><w:tcPr><w:tcW w:w=\"%.0f\" w:type=\"dxa\"/>", width);
	if (span > 1)
		weir_text_printf(&d->body, "<w:gridSpan w:val=\"%d\"/>", span);
	if (fill)
		weir_text_printf(&d->body, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"%s\"/>", fill);
	weir_text_add(&d->body, "</w:tcPr>");
}

static void write_head(docx *d, const weir_doc_table *table, const double *widths, int half_points)
{
	weir_text_add(&d->body, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
	for (int c = 0; c < table->column_count; c++) {
		open_cell(d, widths[c], 1, "EEF1F4");
		docx_paragraph(d, docx_words(d, table->columns[c].heading),
		               (docx_look){ .style = "TableHead", .right = stands_right(&table->columns[c]),
		                            .half_points = half_points });
		weir_text_add(&d->body, "</w:tc>");
	}
	weir_text_add(&d->body, "</w:tr>");
}

/* `with_next`: it stands on one page with the row below it. */
static void write_row(docx *d, const weir_doc_table *table, const weir_doc_row *row, const double *widths,
                      int half_points, int with_next)
{
	int group = row->kind == WEIR_ROW_GROUP;
	weir_text_add(&d->body, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
	for (int c = 0; c < row->cell_count; c++) {
		const weir_doc_cell *cell = &row->cells[c];
		open_cell(d, group ? sum_widths(widths, table->column_count) : widths[c],
		          group ? table->column_count : 1, group ? "F6F8FA" : NULL);
		docx_paragraph(d, docx_cell(d, cell),
		               (docx_look){ .style = "TableText", .bold = row->kind != WEIR_ROW_BODY,
		                            .right = !group && stands_right(&table->columns[c]),
		                            .colour = docx_cell_colour(cell), .keep_next = with_next,
		                            .half_points = half_points });
		weir_text_add(&d->body, "</w:tc>");
	}
	weir_text_add(&d->body, "</w:tr>");
}

/* A table too wide for the page, in parts that are not. */
static void write_bands(docx *d, const weir_doc_table *table, const weir_column_need *needs)
{
	for (int next = 1; next < table->column_count && d->status == WEIR_OK;) {
		const weir_doc_table *band = weir_table_band(d->arena, table, needs, docx_width(d) / 20.0, &next);
		if (band)
			docx_table(d, band);
		else
			d->status = WEIR_NO_MEMORY;
	}
}

/* `name`: what readers of the screen say of it. */
static void open_table(docx *d, const char *name, double width)
{
	weir_text_printf(
		&d->body,
		"<w:tbl><w:tblPr><w:tblStyle w:val=\"WeirTable\"/><w:tblW w:w=\"%.0f\" w:type=\"dxa\"/>"
		"<w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0420\" w:firstRow=\"1\" w:lastRow=\"0\" "
		"w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/>",
		width);
	if (*name) {
		weir_text_add(&d->body, "<w:tblCaption w:val=\"");
		weir_text_add_xml(&d->body, name);
		weir_text_add(&d->body, "\"/>");
	}
	weir_text_add(&d->body, "</w:tblPr><w:tblGrid>");
}

void docx_table(docx *d, const weir_doc_table *table)
{
	double *widths = weir_arena_array(d->arena, (size_t)table->column_count + 1, sizeof *widths);
	weir_column_need *needs = weir_arena_array(d->arena, (size_t)table->column_count + 1, sizeof *needs);
	if (!widths || !needs) {
		d->status = WEIR_NO_MEMORY;
		return;
	}
	int half_points = share_widths(d, table, widths, needs);
	if (table->column_count > 2 && !weir_columns_fit(needs, table->column_count, docx_width(d) / 20.0)) {
		write_bands(d, table, needs);
		return;
	}
	double width = sum_widths(widths, table->column_count);
	const char *caption = docx_words(d, table->caption);
	const char *name = *caption ? caption : d->heading; /* on a sheet the heading stands right above it */
	docx_caption(d, 0, &table->mark, d->document->is_sheet ? caption : name, docx_words(d, table->unit),
	             (int)width);
	open_table(d, name, width);
	for (int c = 0; c < table->column_count; c++)
		weir_text_printf(&d->body, "<w:gridCol w:w=\"%.0f\"/>", widths[c]);
	weir_text_add(&d->body, "</w:tblGrid>");
	write_head(d, table, widths, half_points);
	int short_table = is_short(d, table, widths, half_points);
	for (int r = 0; r < table->row_count; r++)
		write_row(d, table, &table->rows[r], widths, half_points, stays_with_next(table, r, short_table));
	weir_text_add(&d->body, "</w:tbl>");
	docx_gap(d);
}
