/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/manifest.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "io/file.h"

#define FIRST_LINE "weir bundle 1"
#define HEX (WEIR_SHA256_HEX_BYTES - 1)

/* What stands above the lines; they are comments. */
static const char explanation[] =
	"# This archive holds a deal, the data it was computed from, and what came out.\n"
	"#   inputs/    the deal's folder            outside/   files that were given from elsewhere\n"
	"#   share/     calendars and other data that came with the engine\n"
	"#   results/   results.xml, reports, tables/\n"
	"# To check it:  weir verify FILE.zip  runs the deal again and compares every figure.\n"
	"# By hand: unpack it; in its folder  sha256sum -c MANIFEST  compares every file with its SHA-256 below (it will say that\n"
	"# some lines are not hashes: these). Then run\n"
	"#   WEIR_SHARE=share weir run inputs/... --out again  with the options below, and compare again/tables with\n"
	"# results/tables. A file that is not listed below does not belong here. Hashes below show that files agree with this\n"
	"# list, not who wrote it: compare the SHA-256 of this file itself with the one that the publisher gives.\n"
	"#\n"
	"# 本压缩包包含一项交易、计算所用的数据以及计算结果。\n"
	"#   inputs/    交易文件夹            outside/   从别处给出的文件\n"
	"#   share/     随引擎提供的日历及其他数据\n"
	"#   results/   results.xml、报告、tables/\n"
	"# 核对：weir verify FILE.zip  重新运行该交易并逐格比较全部数字。\n"
	"# 手工核对：解压后在该文件夹中执行  sha256sum -c MANIFEST，将每个文件与下列 SHA-256 比较（会提示若干行不是散列值，即这些说明行）。\n"
	"# 然后按下列选项执行  WEIR_SHARE=share weir run inputs/... --out again，并将 again/tables 与 results/tables 比较。\n"
	"# 未列于下方的文件不属于本压缩包。下列散列值只证明文件与本清单一致，不证明清单出自何人：\n"
	"# 请将本文件自身的 SHA-256 与发布人公布的值比较。\n";

static int is_continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

int weir_member_name_is_safe(const char *name)
{
	size_t length = strlen(name);
	if (length == 0 || length > WEIR_MEMBER_NAME_MAX || weir_utf8_check(name, length) != length ||
	    is_continuation(*name))
		return 0;
	for (const char *part = name;; part++) {
		size_t size = strcspn(part, "/");
		if (size == 0 || (size == 1 && part[0] == '.') || (size == 2 && part[0] == '.' && part[1] == '.'))
			return 0;
		for (size_t i = 0; i < size; i++)
			if ((unsigned char)part[i] < 0x20 || part[i] == 0x7F || part[i] == '\\' || part[i] == ':' ||
			    ((unsigned char)part[i] == 0xC2 && ((unsigned char)part[i + 1] & 0xE0) == 0x80))
				return 0;
		part += size;
		if (!*part)
			return 1;
	}
}

weir_status weir_manifest_list_add(weir_manifest_list *list, const char *text)
{
	if (!WEIR_GROW(list->items, list->count, list->capacity))
		return WEIR_NO_MEMORY;
	list->items[list->count++] = text;
	return WEIR_OK;
}

void weir_manifest_free(weir_manifest *manifest)
{
	weir_free(manifest->curves.items);
	weir_free(manifest->scenarios.items);
	weir_free(manifest->sets.items);
	weir_free(manifest->families.items);
	weir_free(manifest->needs.items);
	weir_free(manifest->members);
	*manifest = (weir_manifest){ 0 };
}

/* --- words of the lines ----------------------------------------------------------------------------------------- */

enum kind { ONE, MANY, FLAG };

/* Every word, in the order in which it is written. */
static const struct {
	const char *word;
	enum kind kind;
	int needed;
	size_t at; /* in weir_manifest */
} words[] = {
	{ "engine", ONE, 1, offsetof(weir_manifest, engine) },
	{ "id", ONE, 1, offsetof(weir_manifest, id) },
	{ "deal", ONE, 1, offsetof(weir_manifest, deal) },
	{ "variant", ONE, 0, offsetof(weir_manifest, variant) },
	{ "curve", MANY, 0, offsetof(weir_manifest, curves) },
	{ "actuals", ONE, 0, offsetof(weir_manifest, actuals) },
	{ "events", ONE, 0, offsetof(weir_manifest, events) },
	{ "scenario", MANY, 0, offsetof(weir_manifest, scenarios) },
	{ "family", MANY, 0, offsetof(weir_manifest, families) },
	{ "set", MANY, 0, offsetof(weir_manifest, sets) },
	{ "contracts", FLAG, 0, offsetof(weir_manifest, contracts) },
	{ "needs", MANY, 0, offsetof(weir_manifest, needs) },
	{ "template", ONE, 0, offsetof(weir_manifest, template) },
	{ "lang", ONE, 0, offsetof(weir_manifest, lang) },
	{ "report-number", ONE, 0, offsetof(weir_manifest, report_number) },
	{ "prepared-by", ONE, 0, offsetof(weir_manifest, prepared_by) },
};
#define WORDS (sizeof words / sizeof *words)

static void *slot(const weir_manifest *manifest, size_t w)
{
	return (char *)manifest + words[w].at;
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

static int by_name(const void *left, const void *right)
{
	return strcmp(((const weir_manifest_member *)left)->name, ((const weir_manifest_member *)right)->name);
}

weir_status weir_manifest_add(weir_manifest *manifest, const char *name, const char *bytes, size_t size)
{
	if (!WEIR_GROW(manifest->members, manifest->member_count, manifest->member_capacity))
		return WEIR_NO_MEMORY;
	weir_manifest_member *member = &manifest->members[manifest->member_count];
	member->name = name;
	weir_status status = weir_sha256_hex(member->hash, bytes, size);
	if (status == WEIR_OK)
		manifest->member_count++;
	return status;
}

const weir_manifest_member *weir_manifest_find(const weir_manifest *manifest, const char *name)
{
	const weir_manifest_member wanted = { .name = name };
	if (manifest->member_count == 0)
		return NULL;
	return bsearch(&wanted, manifest->members, manifest->member_count, sizeof wanted, by_name);
}

static weir_status write_line(const char *word, const char *value, weir_text *to, weir_diags *diags)
{
	char excerpt[WEIR_EXCERPT_BYTES];
	if (strpbrk(value, "\r\n") || !*value) {
		weir_diag_error(diags, BAD_VALUE, (weir_place){ 0 },
		                "\"%s\" of --%s cannot stand in a manifest; use a value of one line that is not empty",
		                weir_excerpt(excerpt, value, strlen(value)), word);
		return WEIR_INPUT;
	}
	weir_text_printf(to, "%s %s\n", word, value);
	return WEIR_OK;
}

static weir_status write_word(const weir_manifest *manifest, size_t w, weir_text *to, weir_diags *diags)
{
	weir_status status = WEIR_OK;
	const char *one = words[w].kind == ONE ? *(const char **)slot(manifest, w) : NULL;
	if (one)
		return write_line(words[w].word, one, to, diags);
	if (words[w].kind == FLAG && *(int *)slot(manifest, w))
		weir_text_printf(to, "%s yes\n", words[w].word);
	if (words[w].kind != MANY)
		return WEIR_OK;
	const weir_manifest_list *list = slot(manifest, w);
	for (size_t i = 0; status == WEIR_OK && i < list->count; i++)
		status = write_line(words[w].word, list->items[i], to, diags);
	return status;
}

weir_status weir_manifest_write(weir_manifest *manifest, weir_text *to, weir_diags *diags)
{
	weir_status status = WEIR_OK;
	char excerpt[WEIR_EXCERPT_BYTES];
	if (manifest->member_count > 0)
		qsort(manifest->members, manifest->member_count, sizeof *manifest->members, by_name);
	weir_text_printf(to, "%s\n%s", FIRST_LINE, explanation);
	for (size_t w = 0; status == WEIR_OK && w < WORDS; w++)
		status = write_word(manifest, w, to, diags);
	for (size_t i = 0; status == WEIR_OK && i < manifest->member_count; i++) {
		const char *name = manifest->members[i].name;
		if (!weir_member_name_is_safe(name)) {
			weir_diag_error(
				diags, BAD_VALUE, (weir_place){ 0 },
				"the file name \"%s\" cannot stand in an archive; use letters, digits, \"-\" and \"_\"",
				weir_excerpt(excerpt, name, strlen(name)));
			status = WEIR_INPUT;
		}
		weir_text_printf(to, "%s  %s\n", manifest->members[i].hash, name);
	}
	return status == WEIR_OK ? weir_text_status(to) : status;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

typedef struct reader {
	weir_manifest *manifest;
	weir_arena *arena;
	weir_diags *diags;
	const char *name;
	int line;
} reader;

static weir_status refuse(reader *in, const char *what, const char *text, size_t length)
{
	char excerpt[WEIR_EXCERPT_BYTES];
	weir_diag_error(in->diags, BAD_VALUE, (weir_place){ 0 },
	                "\"%s\", line %d: %s \"%s\"; get the bundle again from its publisher", in->name, in->line, what,
	                weir_excerpt(excerpt, text, length));
	return WEIR_INPUT;
}

static weir_status read_member(reader *in, const char *line, size_t length)
{
	weir_manifest *manifest = in->manifest;
	char *name = weir_arena_text(in->arena, line + HEX + 2, length - HEX - 2);
	if (!name || !WEIR_GROW(manifest->members, manifest->member_count, manifest->member_capacity))
		return WEIR_NO_MEMORY;
	if (strlen(name) != length - HEX - 2 || !weir_member_name_is_safe(name))
		return refuse(in, "no name for a file of a bundle:", name, length - HEX - 2);
	weir_manifest_member *member = &manifest->members[manifest->member_count++];
	member->name = name;
	memcpy(member->hash, line, HEX);
	member->hash[HEX] = '\0';
	return WEIR_OK;
}

static weir_status read_word(reader *in, const char *line, size_t length)
{
	const char *space = memchr(line, ' ', length);
	size_t size = space ? (size_t)(space - line) : length, w = 0;
	while (w < WORDS && (strlen(words[w].word) != size || strncmp(words[w].word, line, size) != 0))
		w++;
	if (w == WORDS || !space || size + 1 == length)
		return refuse(in, "not understood:", line, length);
	if (words[w].kind == FLAG) {
		*(int *)slot(in->manifest, w) = 1;
		return weir_is_word(space + 1, length - size - 1, "yes") ? WEIR_OK :
		                                                           refuse(in, "not \"yes\":", line, length);
	}
	const char *value = weir_arena_text(in->arena, space + 1, length - size - 1);
	if (!value)
		return WEIR_NO_MEMORY;
	if (words[w].kind == MANY)
		return weir_manifest_list_add(slot(in->manifest, w), value);
	const char **one = slot(in->manifest, w);
	if (*one)
		return refuse(in, "given twice:", line, length);
	*one = value;
	return WEIR_OK;
}

static weir_status read_line(reader *in, const char *line, size_t length)
{
	if (length == 0 || line[0] == '#')
		return WEIR_OK;
	if (length > HEX + 2 && strspn(line, "0123456789abcdef") == HEX && line[HEX] == ' ' && line[HEX + 1] == ' ')
		return read_member(in, line, length);
	return read_word(in, line, length);
}

/* What must be there, and each member once; a name that is a file cannot be another's folder. */
static weir_status check_whole(reader *in)
{
	weir_manifest *manifest = in->manifest;
	for (size_t w = 0; w < WORDS; w++)
		if (words[w].needed && !*(const char **)slot(manifest, w))
			return refuse(in, "ends without the line", words[w].word, strlen(words[w].word));
	if (manifest->member_count > 0)
		qsort(manifest->members, manifest->member_count, sizeof *manifest->members, by_name);
	for (size_t i = 1; i < manifest->member_count; i++)
		if (strcmp(manifest->members[i - 1].name, manifest->members[i].name) == 0)
			return refuse(in, "lists twice", manifest->members[i].name, strlen(manifest->members[i].name));
	if (!weir_manifest_find(manifest, manifest->deal))
		return refuse(in, "does not list its deal", manifest->deal, strlen(manifest->deal));
	for (size_t i = 0; i < manifest->member_count; i++) {
		char folder[WEIR_MEMBER_NAME_MAX + 1];
		strcpy(folder, manifest->members[i].name); /* a safe name: at most so long */
		for (char *slash = strrchr(folder, '/'); slash; slash = strrchr(folder, '/')) {
			*slash = '\0';
			if (weir_manifest_find(manifest, folder))
				return refuse(in, "lists as file and as folder", folder, strlen(folder));
		}
	}
	return WEIR_OK;
}

weir_status weir_manifest_read(weir_manifest *manifest, weir_arena *arena, const char *name, const char *text,
                               size_t size, weir_diags *diags)
{
	reader in = { manifest, arena, diags, name, 1 };
	weir_status status = WEIR_OK;
	const char *end = text + size, *stop = memchr(text, '\n', size);
	if (weir_utf8_check(text, size) != size || !stop || !weir_is_word(text, (size_t)(stop - text), FIRST_LINE)) {
		int later = stop && strncmp(text, "weir bundle ", strlen("weir bundle ")) == 0;
		weir_diag_add(diags, WEIR_ERROR, later ? WEIR_CODE_UNSUPPORTED : WEIR_CODE_BAD_VALUE, (weir_place){ 0 },
		              later ? "\"%s\" is of a newer kind of bundle; use a newer weir" :
		                      "\"%s\" is not the manifest of a bundle; give a file that weir bundle wrote",
		              name);
		return WEIR_INPUT;
	}
	for (const char *line = stop + 1; status == WEIR_OK && line < end; line = stop + 1) {
		in.line++;
		stop = memchr(line, '\n', (size_t)(end - line));
		if (!stop)
			return refuse(&in, "cut off in", line, (size_t)(end - line));
		status = read_line(&in, line, (size_t)(stop - line));
	}
	return status == WEIR_OK ? check_whole(&in) : status;
}
