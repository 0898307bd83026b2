/* SPDX-License-Identifier: GPL-3.0-or-later */
/* docx_package.c: the parts of a Word file beside its body, and the archive that holds them. */
#include <stdio.h>
#include <string.h>

#include "archive/archive.h"
#include "base/alloc.h"
#include "report/docx_int.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."

/* --- styles ----------------------------------------------------------------------------------------------------- */

typedef struct paragraph_style {
	const char *id, *name;
	int half_points;     /* size */
	int bold;
	int before, after;   /* space, twentieths of a point */
	const char *colour;  /* "accent" stands for the accent */
	const char *more;    /* of the paragraph */
	int level;           /* of the outline, from 1; 0: none */
	int hanging;         /* indent of all lines but the first, twentieths of a point */
} paragraph_style;

/* No space of Word's own between Chinese and figures: cells are as wide as they were measured. */
#define NO_SPACE "<w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN w:val=\"0\"/>"

/* The right margin of an upright page. */
#define UPRIGHT_TAB "<w:tabs><w:tab w:val=\"right\" w:pos=\"9866\"/></w:tabs>"
_Static_assert(DOCX_PAGE_SHORT - 2 * DOCX_MARGIN == 9866, "the tab stands at the margin");

static const paragraph_style styles[] = {
	{ "Title", "Title", 44, 1, 0, 60, "accent", "", 0, 0 },
	{ "Subtitle", "Subtitle", 24, 0, 0, 200, "56616D", "", 0, 0 },
	{ "Kicker", "Report kind", 18, 0, 0, 60, "56616D", "", 0, 0 },
	{ "Heading1", "heading 1", 30, 1, 360, 120, "accent", "<w:keepNext/><w:keepLines/>", 1, 0 },
	{ "Heading2", "heading 2", 24, 1, 240, 100, "accent", "<w:keepNext/><w:keepLines/>", 2, 0 },
	{ "Heading3", "heading 3", 21, 1, 200, 80, "accent", "<w:keepNext/><w:keepLines/>", 3, 0 },
	{ "ContentsTitle", "Contents title", 22, 1, 240, 80, "accent", "<w:keepNext/>", 0, 0 },
	{ "Caption", "caption", 18, 1, 200, 60, "accent", "<w:keepNext/>", 0, 0 },
	{ "TableText", "Table text", 16, 0, 20, 20, NULL, NO_SPACE, 0, 0 },
	{ "TableHead", "Table head", 16, 1, 30, 30, "accent", "<w:keepNext/>" NO_SPACE, 0, 0 },
	{ "TableGap", "Table gap", 8, 0, 0, 60, NULL, "", 0, 0 },
	{ "Note", "Note", 18, 0, 80, 120, NULL,
	  "<w:pBdr><w:left w:val=\"single\" w:sz=\"18\" w:space=\"8\" w:color=\"auto\"/></w:pBdr>"
	  "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EEF1F4\"/>", 0, 0 },
	{ "ListItem", "List item", 18, 0, 0, 40, NULL,
	  "<w:tabs><w:tab w:val=\"left\" w:pos=\"850\"/></w:tabs>", 0, 850 },
	{ "Figure", "Figure", 18, 0, 0, 0, NULL, "<w:keepNext/>", 0, 0 },
	{ "ChartNote", "Chart note", 15, 0, 40, 160, "56616D", "", 0, 0 },
	{ "Contents1", "toc 1", 19, 0, 0, 40, NULL,
	  UPRIGHT_TAB, 0, 0 },
	{ "TableofFigures", "table of figures", 17, 0, 0, 20, NULL, UPRIGHT_TAB, 0, 0 },
	{ "Header", "header", 15, 0, 0, 0, "56616D", UPRIGHT_TAB, 0, 0 },
	{ "Footer", "footer", 15, 0, 0, 0, "56616D", UPRIGHT_TAB, 0, 0 },
};

static void write_style(const docx *d, const paragraph_style *style, weir_text *to)
{
	char accent[8];
	docx_accent(d, accent);
	weir_text_printf(
		to,
		"<w:style w:type=\"paragraph\" w:styleId=\"%s\"><w:name w:val=\"%s\"/><w:basedOn w:val=\"Normal\"/>"
		"<w:qFormat/><w:pPr>%s<w:spacing w:before=\"%d\" w:after=\"%d\"",
		style->id, style->name, style->more, docx_space(d, style->before),
		docx_space(d, style->after));
	int half_points = docx_half_points(d, style->half_points);
	if (strncmp(style->id, "Table", 5) == 0 && style->id[5] != 'G') /* of cells */
		weir_text_printf(to, " w:line=\"%d\" w:lineRule=\"atLeast\"", DOCX_LINE(half_points));
	weir_text_add(to, "/>");
	if (style->hanging)
		weir_text_printf(to, "<w:ind w:left=\"%d\" w:hanging=\"%d\"/>", style->hanging, style->hanging);
	if (style->level)
		weir_text_printf(to, "<w:outlineLvl w:val=\"%d\"/>", style->level - 1);
	/* programs' own styles of some of these names slant */
	weir_text_printf(to, "</w:pPr><w:rPr>%s<w:i w:val=\"0\"/>", style->bold ? "<w:b/>" : "");
	if (style->colour)
		weir_text_printf(to, "<w:color w:val=\"%s\"/>",
		                 strcmp(style->colour, "accent") == 0 ? accent : style->colour);
	weir_text_printf(to, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/></w:rPr></w:style>\n", half_points,
	                 half_points);
}

static void write_table_styles(const docx *d, weir_text *to)
{
	char accent[8];
	docx_accent(d, accent);
	weir_text_add(
		to,
		"<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>"
		"<w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"70\" w:type=\"dxa\"/>"
		"<w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\n"
		"<w:style w:type=\"table\" w:styleId=\"WeirTable\"><w:name w:val=\"Weir table\"/>"
		"<w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>");
	weir_text_printf(to,
	                 "<w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"%s\"/>"
	                 "<w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"%s\"/>",
	                 accent, accent);
	weir_text_add(
		to,
		"<w:insideH w:val=\"single\" w:sz=\"2\" w:space=\"0\" w:color=\"D3D9DF\"/></w:tblBorders></w:tblPr></w:style>\n"
		"<w:style w:type=\"table\" w:styleId=\"WeirFields\"><w:name w:val=\"Weir fields\"/>"
		"<w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>"
		"<w:insideH w:val=\"single\" w:sz=\"2\" w:space=\"0\" w:color=\"D3D9DF\"/></w:tblBorders></w:tblPr></w:style>\n");
}

static void write_styles(const docx *d, weir_text *to)
{
	const char *latin = d->style && d->style->latin ? d->style->latin : "Arial";
	const char *chinese = d->style && d->style->chinese ? d->style->chinese : "Microsoft YaHei";
	weir_text_add(to, XML "<w:styles xmlns:w=\"" W "\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"");
	weir_text_add_xml(to, latin);
	weir_text_add(to, "\" w:hAnsi=\"");
	weir_text_add_xml(to, latin);
	weir_text_add(to, "\" w:cs=\"");
	weir_text_add_xml(to, latin);
	weir_text_add(to, "\" w:eastAsia=\"");
	weir_text_add_xml(to, chinese);
	/* Latin letters are English in every report, or their words would break as Chinese does */
	weir_text_add(
		to,
		"\"/><w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/><w:lang w:val=\"en-GB\" w:eastAsia=\"zh-CN\"/></w:rPr>"
		"</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"120\"/></w:pPr></w:pPrDefault></w:docDefaults>\n"
		"<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>"
		"</w:style>\n");
	for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
		write_style(d, &styles[i], to);
	write_table_styles(d, to);
	weir_text_add(to, "</w:styles>\n");
}

/* --- small parts ------------------------------------------------------------------------------------------------ */

static void write_types(const docx *d, weir_text *to)
{
	(void)d;
	weir_text_add(
		to, XML
		"<Types xmlns=\"" PACKAGE "content-types\">"
		"<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
		"<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
		"<Default Extension=\"png\" ContentType=\"image/png\"/>"
		"<Override PartName=\"/word/document.xml\" ContentType=\"" WORD_TYPE "document.main+xml\"/>"
		"<Override PartName=\"/word/styles.xml\" ContentType=\"" WORD_TYPE "styles+xml\"/>"
		"<Override PartName=\"/word/settings.xml\" ContentType=\"" WORD_TYPE "settings+xml\"/>"
		"<Override PartName=\"/word/header1.xml\" ContentType=\"" WORD_TYPE "header+xml\"/>"
		"<Override PartName=\"/word/footer1.xml\" ContentType=\"" WORD_TYPE "footer+xml\"/>"
		"<Override PartName=\"/word/header2.xml\" ContentType=\"" WORD_TYPE "header+xml\"/>"
		"<Override PartName=\"/word/footer2.xml\" ContentType=\"" WORD_TYPE "footer+xml\"/>"
		"<Override PartName=\"/docProps/core.xml\" "
		"ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>\n");
}

static void write_roots(const docx *d, weir_text *to)
{
	(void)d;
	weir_text_add(to, XML "<Relationships xmlns=\"" PACKAGE "relationships\">"
	                      "<Relationship Id=\"rId1\" Type=\"" R "/officeDocument\" Target=\"word/document.xml\"/>"
	                      "<Relationship Id=\"rId2\" Type=\"" PACKAGE "relationships/metadata/core-properties\" "
	                      "Target=\"docProps/core.xml\"/></Relationships>\n");
}

static void write_links(const docx *d, weir_text *to)
{
	weir_text_add(to, XML "<Relationships xmlns=\"" PACKAGE "relationships\">"
	                      "<Relationship Id=\"rIdStyles\" Type=\"" R "/styles\" Target=\"styles.xml\"/>"
	                      "<Relationship Id=\"rIdSettings\" Type=\"" R "/settings\" Target=\"settings.xml\"/>"
	                      "<Relationship Id=\"rIdHeader1\" Type=\"" R "/header\" Target=\"header1.xml\"/>"
	                      "<Relationship Id=\"rIdFooter1\" Type=\"" R "/footer\" Target=\"footer1.xml\"/>"
	                      "<Relationship Id=\"rIdHeader2\" Type=\"" R "/header\" Target=\"header2.xml\"/>"
	                      "<Relationship Id=\"rIdFooter2\" Type=\"" R "/footer\" Target=\"footer2.xml\"/>");
	if (d->style && d->style->logo)
		weir_text_add(to, "<Relationship Id=\"rIdLogo\" Type=\"" R "/image\" Target=\"media/logo.png\"/>");
	for (int i = 1; i <= (int)d->picture_count; i++)
		weir_text_printf(to,
		                 "<Relationship Id=\"rIdChart%d\" Type=\"" R "/image\" Target=\"media/chart%d.png\"/>",
		                 i, i);
	weir_text_add(to, "</Relationships>\n");
}

static void write_core(const docx *d, weir_text *to)
{
	docx *words = (docx *)d;
	const char *created = d->options && d->options->created ? d->options->created : "1970-01-01T00:00:00Z";
	weir_text_add(to,
	              XML "<cp:coreProperties xmlns:cp=\"" PACKAGE "metadata/core-properties\" "
	                  "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
	                  "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
	weir_text_add_xml(to, docx_words(words, d->document->title));
	weir_text_printf(to, "</dc:title><dc:language>%s</dc:language><dc:subject>",
	                 strcmp(d->document->lang, "zh") == 0 ? "zh-CN" : "en-GB");
	weir_text_add_xml(to, docx_words(words, d->document->subtitle));
	weir_text_add(to, "</dc:subject><dc:creator>weir</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">");
	weir_text_add_xml(to, created);
	weir_text_add(to, "</dcterms:created></cp:coreProperties>\n");
}

static void write_settings(const docx *d, weir_text *to)
{
	(void)d;
	weir_text_add(
		to,
		XML "<w:settings xmlns:w=\"" W "\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"420\"/>"
		    "<w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat>"
		    "<w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" "
		    "w:val=\"15\"/></w:compat><w:themeFontLang w:val=\"en-GB\" w:eastAsia=\"zh-CN\"/></w:settings>\n");
}

static void write_margin_text(weir_text *to, const char *text)
{
	weir_text_add(to, "<w:r><w:t xml:space=\"preserve\">");
	weir_text_add_xml(to, text);
	weir_text_add(to, "</w:t></w:r>");
}

/* What upright and landscape pages differ in: where the right margin is. */
static void open_margin(weir_text *to, const char *style, int landscape)
{
	weir_text_printf(to, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>", style);
	if (landscape)
		weir_text_printf(
			to,
			"<w:tabs><w:tab w:val=\"clear\" w:pos=\"%d\"/><w:tab w:val=\"right\" w:pos=\"%d\"/></w:tabs>",
			DOCX_PAGE_SHORT - 2 * DOCX_MARGIN, DOCX_PAGE_LONG - 2 * DOCX_MARGIN);
	weir_text_add(to, "</w:pPr>");
}

static void write_header_of(const docx *d, int landscape, weir_text *to)
{
	docx *words = (docx *)d;
	weir_text_add(to, XML "<w:hdr xmlns:w=\"" W "\">");
	open_margin(to, "Header", landscape);
	write_margin_text(to, docx_words(words, d->document->title));
	weir_text_add(to, "<w:r><w:tab/></w:r>");
	write_margin_text(to, docx_words(words, d->document->kicker));
	weir_text_add(to, "</w:p></w:hdr>\n");
}

static void write_header(const docx *d, weir_text *to)
{
	write_header_of(d, 0, to);
}

static void write_wide_header(const docx *d, weir_text *to)
{
	write_header_of(d, 1, to);
}

static void write_page_field(weir_text *to, const char *code)
{
	weir_text_printf(
		to,
		"<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> %s </w:instrText>"
		"</w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r>"
		"<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
		code);
}

static void write_footer_of(const docx *d, int landscape, weir_text *to)
{
	weir_text_add(to, XML "<w:ftr xmlns:w=\"" W "\">");
	open_margin(to, "Footer", landscape);
	write_margin_text(to, docx_words((docx *)d, d->document->footer));
	weir_text_add(to, "<w:r><w:tab/></w:r>");
	write_page_field(to, "PAGE");
	write_margin_text(to, " / ");
	write_page_field(to, "NUMPAGES");
	weir_text_add(to, "</w:p></w:ftr>\n");
}

static void write_footer(const docx *d, weir_text *to)
{
	write_footer_of(d, 0, to);
}

static void write_wide_footer(const docx *d, weir_text *to)
{
	write_footer_of(d, 1, to);
}

static void write_document(const docx *d, weir_text *to)
{
	weir_text_add(to, XML "<w:document xmlns:w=\"" W "\" xmlns:r=\"" R "\" "
	                      "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
	                      "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
	                      "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>\n");
	weir_text_append(to, d->body.data, d->body.length);
	weir_text_add(to, "\n</w:body></w:document>\n");
}

/* --- the archive ------------------------------------------------------------------------------------------------ */

static const struct {
	const char *name;
	void (*write)(const docx *d, weir_text *to);
} parts[] = { { "[Content_Types].xml", write_types },      { "_rels/.rels", write_roots },
	      { "docProps/core.xml", write_core },          { "word/document.xml", write_document },
	      { "word/_rels/document.xml.rels", write_links }, { "word/styles.xml", write_styles },
	      { "word/settings.xml", write_settings },      { "word/header1.xml", write_header },
	      { "word/footer1.xml", write_footer },         { "word/header2.xml", write_wide_header },
	      { "word/footer2.xml", write_wide_footer } };

#define PARTS (sizeof parts / sizeof *parts)

/* The parts, the charts, the logo: `members` has room for all of them, `names` for the charts' names. */
static weir_status list_parts(docx *d, weir_text *texts, weir_archive_member *members, weir_text *names, size_t *count)
{
	*count = 0;
	for (size_t i = 0; i < PARTS; i++) {
		parts[i].write(d, &texts[i]);
		if (texts[i].failed)
			return WEIR_NO_MEMORY;
		members[(*count)++] = (weir_archive_member){ parts[i].name, texts[i].data, texts[i].length };
	}
	for (size_t i = 0; i < d->picture_count; i++) {
		weir_text_printf(&names[i], "word/media/chart%zu.png", i + 1);
		if (names[i].failed)
			return WEIR_NO_MEMORY;
		members[(*count)++] =
			(weir_archive_member){ names[i].data, d->pictures[i].bytes, d->pictures[i].length };
	}
	const weir_style *style = d->style;
	if (style && style->logo)
		members[(*count)++] =
			(weir_archive_member){ "word/media/logo.png", style->logo, style->logo_length };
	return d->status;
}

weir_status docx_package(weir_text *out, docx *d, weir_diags *diags)
{
	weir_text texts[PARTS] = { { 0 } }, why = { 0 };
	weir_status status = WEIR_NO_MEMORY;
	size_t count;
	weir_archive_member *members = weir_alloc_zero(PARTS + d->picture_count + 1, sizeof *members);
	weir_text *names = weir_alloc_zero(d->picture_count + 1, sizeof *names);
	if (members && names)
		status = list_parts(d, texts, members, names, &count);
	if (status == WEIR_OK)
		status = weir_archive_write(out, members, count, &why);
	if (status == WEIR_INTERNAL)
		weir_diag_error(diags, FILE_UNWRITABLE, (weir_place){ 0 }, "the Word file could not be packed: %s",
		                why.data ? why.data : "no reason was given");
	for (size_t i = 0; i < PARTS; i++)
		weir_text_free(&texts[i]);
	for (size_t i = 0; names && i < d->picture_count; i++)
		weir_text_free(&names[i]);
	weir_text_free(&why);
	weir_free(names);
	weir_free(members);
	return status;
}
