/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/document_marks.h"

#include <string.h>

#include "base/text.h"

/* A code with the block that has it first. */
typedef struct anchor {
	const char *code;
	const weir_block *block;
	const weir_block *section; /* that it stands in; itself when it is one */
} anchor;

typedef struct settling {
	weir_document *document;
	anchor *anchors;
	int count;
	int tables, charts, sections;
	weir_status status;
	weir_diags *diags;
} settling;

/* The length of the first of some codes. */
static size_t code_length(const char *codes)
{
	return strcspn(codes, " ");
}

static const char *next_code(const char *codes)
{
	codes += code_length(codes);
	return codes + strspn(codes, " ");
}

static int count_codes(const weir_block *blocks)
{
	int count = 0;
	for (const weir_block *block = blocks; block; block = block->next) {
		for (const char *code = block->mark.codes ? block->mark.codes : ""; *code; code = next_code(code))
			count++;
		count += count_codes(block->children);
	}
	return count;
}

static const anchor *find_anchor(const settling *s, const char *code, size_t length)
{
	for (int i = 0; i < s->count; i++)
		if (strncmp(s->anchors[i].code, code, length) == 0 && s->anchors[i].code[length] == '\0')
			return &s->anchors[i];
	return NULL;
}

/* The codes of a block that nothing before it has become its own; the first of them is its anchor. */
static void keep_codes(settling *s, weir_block *block, const weir_block *section)
{
	for (const char *code = block->mark.codes ? block->mark.codes : ""; *code; code = next_code(code)) {
		size_t length = code_length(code);
		if (find_anchor(s, code, length))
			continue;
		char *copy = weir_arena_text(s->document->arena, code, length);
		if (!copy) {
			s->status = WEIR_NO_MEMORY;
			return;
		}
		s->anchors[s->count++] = (anchor){ copy, block, section };
		if (!block->mark.anchor)
			block->mark.anchor = copy;
	}
}

static void mark_blocks(settling *s, weir_block *blocks, const weir_block *section)
{
	int numbered = !s->document->is_sheet;
	for (weir_block *block = blocks; block && s->status == WEIR_OK; block = block->next) {
		const weir_block *inside = block->kind == WEIR_BLOCK_SECTION ? block : section;
		if (block->kind == WEIR_BLOCK_SECTION && !section && numbered)
			block->mark.number = ++s->sections;
		if (block->kind == WEIR_BLOCK_TABLE && numbered)
			block->mark.number = ++s->tables;
		if (block->kind == WEIR_BLOCK_CHART && numbered)
			block->mark.number = ++s->charts;
		keep_codes(s, block, inside);
		if (block->table)
			block->table->mark = block->mark;
		if (block->chart)
			block->chart->mark = block->mark;
		mark_blocks(s, block->children, inside);
	}
}

/* --- words that lead somewhere ---------------------------------------------------------------------------------- */

const char *weir_doc_number_word(const char *lang, int is_figure)
{
	int zh = strcmp(lang, "zh") == 0;
	return is_figure ? (zh ? "图" : "Figure") : (zh ? "表" : "Table");
}

/* "Table 7", "Section 2", or the heading of what has no number. */
static void add_target(weir_text *to, const anchor *target, int zh)
{
	const weir_block *block = target->block, *section = target->section;
	const char *lang = zh ? "zh" : "en", *title;
	if (block->mark.number && block->kind != WEIR_BLOCK_SECTION) {
		weir_text_printf(to, "%s %d", weir_doc_number_word(lang, block->kind == WEIR_BLOCK_CHART),
		                 block->mark.number);
		return;
	}
	if (section && section->mark.number) {
		weir_text_printf(to, zh ? "第 %d 节" : "Section %d", section->mark.number);
		return;
	}
	title = !section ? NULL : zh && section->text.zh ? section->text.zh : section->text.en;
	weir_text_add(to, title ? title : target->code);
}

static int count_marks(const char *text)
{
	int count = 0;
	for (const char *c = text ? text : ""; *c; c++)
		count += *c == WEIR_SEE_OPEN;
	return count;
}

static void complain_nowhere(settling *s, const char *code, int length)
{
	weir_diag_error(s->diags, UNKNOWN_ID, (weir_place){ 0 },
	                "a \"see\" leads to \"%.*s\", and nothing in the document has that code; correct the template, "
	                "or put the words inside that stand there instead",
	                length, code);
}

/* The text with words for its marks, and the links that they are, behind those of the block. */
static const char *settle_text(settling *s, weir_block *block, const char *text, int zh)
{
	weir_text made = { 0 };
	const char *c = text;
	if (count_marks(text) == 0)
		return text;
	while (*c) {
		if (*c != WEIR_SEE_OPEN) {
			weir_text_append(&made, c++, 1);
			continue;
		}
		const char *middle = strchr(c, WEIR_SEE_MIDDLE), *close = strchr(middle, WEIR_SEE_CLOSE);
		const anchor *target = find_anchor(s, c + 1, (size_t)(middle - c - 1));
		size_t from = made.length;
		if (target)
			add_target(&made, target, zh);
		else if (close == middle + 1)
			complain_nowhere(s, c + 1, (int)(middle - c - 1));
		else
			weir_text_append(&made, middle + 1, (size_t)(close - middle - 1));
		if (target)
			block->links[block->link_count++] =
				(weir_doc_link){ zh, from, made.length - from,
				                 target->block->mark.anchor || !target->section ? target->block :
				                                                                  target->section };
		c = close + 1;
	}
	const char *kept = weir_text_keep(&made, s->document->arena);
	if (!kept)
		s->status = WEIR_NO_MEMORY;
	return kept;
}

static void link_blocks(settling *s, weir_block *blocks)
{
	for (weir_block *block = blocks; block && s->status == WEIR_OK; block = block->next) {
		int marks = count_marks(block->text.en) + count_marks(block->text.zh);
		if (marks > 0) {
			block->links = weir_arena_array(s->document->arena, (size_t)marks, sizeof *block->links);
			if (!block->links) {
				s->status = WEIR_NO_MEMORY;
				return;
			}
			block->text.en = settle_text(s, block, block->text.en, 0);
			block->text.zh = settle_text(s, block, block->text.zh, 1);
		}
		link_blocks(s, block->children);
	}
}

weir_status weir_document_settle_marks(weir_document *document, weir_diags *diags)
{
	settling s = { .document = document, .diags = diags };
	size_t errors = diags->errors;
	s.anchors = weir_arena_array(document->arena, (size_t)count_codes(document->blocks) + 1, sizeof *s.anchors);
	if (!s.anchors)
		return WEIR_NO_MEMORY;
	mark_blocks(&s, document->blocks, NULL);
	if (s.status == WEIR_OK)
		link_blocks(&s, document->blocks);
	return s.status == WEIR_OK && diags->errors > errors ? WEIR_INPUT : s.status;
}
