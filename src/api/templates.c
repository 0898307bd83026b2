/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/templates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/path.h"
#include "io/embedded.h"
#include "io/load.h"

#define PATH_BYTES 4096

static void free_text(weir_template_text *text)
{
	if (!text)
		return;
	if (text->owned)
		weir_free((void *)(uintptr_t)text->part.text);
	weir_free(text->path);
	weir_free(text->name);
	weir_free(text);
}

static const weir_report_part *known(const weir_templates *t, const char *path)
{
	for (size_t i = 0; i < t->count; i++)
		if (strcmp(t->texts[i]->path, path) == 0)
			return &t->texts[i]->part;
	return NULL;
}

/* Keeps a text under its path; an owned one goes also when this fails. */
static const weir_report_part *keep_text(weir_templates *t, const char *path, const char *bytes, size_t length,
                                         int owned)
{
	size_t folder = weir_path_folder_length(path);
	weir_template_text *text = weir_alloc_zero(1, sizeof *text);
	if (text) {
		text->path = weir_alloc_text(path, strlen(path));
		text->name = weir_alloc_text(path + folder, strlen(path) - folder);
		text->owned = owned;
		text->part = (weir_report_part){ text->name, bytes, length };
	} else if (owned) {
		weir_free((void *)(uintptr_t)bytes);
	}
	if (!text || !text->path || !text->name || !WEIR_GROW(t->texts, t->count, t->capacity)) {
		free_text(text);
		t->status = WEIR_NO_MEMORY;
		return NULL;
	}
	t->texts[t->count++] = text;
	return &text->part;
}

/* The file FOLDER/BETWEEN/NAME; NULL when there is none or it cannot be read. */
static const weir_report_part *read_file(weir_templates *t, const char *folder, const char *between, const char *name)
{
	char path[PATH_BYTES], *bytes = NULL;
	size_t length;
	int size = snprintf(path, sizeof path, "%s%s%s", folder, between, name);
	if (size < 0 || (size_t)size >= sizeof path)
		return NULL;
	const weir_report_part *part = known(t, path);
	if (part || access(path, F_OK) != 0)
		return part;
	weir_status status = weir_file_read(&bytes, &length, path, t->diags);
	if (status != WEIR_OK) {
		t->status = status;
		return NULL;
	}
	return keep_text(t, path, bytes, length, 1);
}

/* Of weir's own data, or what WEIR_SHARE puts in its place. */
static const weir_report_part *read_shared(weir_templates *t, const char *name)
{
	char path[256]; /* the colon: unlike the path of a file */
	const char *bytes;
	size_t length;
	int owned;
	weir_diags quiet = { 0 };
	snprintf(path, sizeof path, "weir:templates/%.200s", name);
	const weir_report_part *part = known(t, path);
	if (part)
		return part;
	weir_status status = weir_share_read(&bytes, &length, &owned, path + strlen("weir:"), &quiet);
	weir_diags_free(&quiet);
	if (status == WEIR_NO_MEMORY)
		t->status = status;
	return status == WEIR_OK ? keep_text(t, path, bytes, length, owned) : NULL;
}

const weir_report_part *weir_templates_text(weir_templates *t, const char *name, weir_text_place place)
{
	const weir_report_part *part = NULL;
	if (strchr(name, '/'))
		return NULL;
	if (t->folder && place != WEIR_TEXT_SHARED)
		part = read_file(t, t->folder, "/", name);
	if (t->folder && place != WEIR_TEXT_SHARED && !part)
		part = read_file(t, t->folder, "/templates/", name);
	return part || place == WEIR_TEXT_OWN ? part : read_shared(t, name);
}

weir_status weir_templates_part(const weir_report_part **out, void *context, const char *name)
{
	weir_templates *t = context;
	*out = NULL;
	if (t->beside && !strchr(name, '/'))
		*out = read_file(t, t->beside, "", name);
	if (!*out)
		*out = weir_templates_text(t, name, WEIR_TEXT_ANY);
	return *out ? WEIR_OK : t->status;
}

/* --- the lists of reports --------------------------------------------------------------------------------------- */

static weir_status read_catalog(weir_templates *t, int number, const weir_report_part *part)
{
	if (!part)
		return t->status;
	return weir_catalog_read(&t->catalogs[number], part->name, part->text, part->length, t->diags);
}

static weir_status read_catalogs(weir_templates *t)
{
	weir_status status;
	const char *name = "templates/reports.xml";
	const weir_report_part *shared = read_shared(t, "reports.xml");
	WEIR_TRY(read_catalog(t, 0, weir_templates_text(t, "reports.xml", WEIR_TEXT_OWN)));
	WEIR_TRY(read_catalog(t, 1, shared));
	for (size_t i = 0; i < weir_embedded_count; i++) {
		const weir_embedded *file = &weir_embedded_files[i];
		if (strcmp(file->name, name) == 0 && (!shared || shared->text != (const char *)file->bytes))
			WEIR_TRY(weir_catalog_read(&t->catalogs[2], name, (const char *)file->bytes, file->size,
			                           t->diags));
	}
	status = t->status;
out:
	return status;
}

weir_status weir_templates_open(weir_templates *t, const char *folder, weir_diags *diags)
{
	*t = (weir_templates){ .folder = folder, .diags = diags };
	if (folder && access(folder, F_OK) != 0) {
		weir_diag_error(diags, FILE_UNREADABLE, (weir_place){ 0 },
		                "there is no folder \"%s\"; name the one of your templates", folder);
		return WEIR_INPUT;
	}
	return read_catalogs(t);
}

void weir_templates_close(weir_templates *t)
{
	for (int i = 0; i < WEIR_CATALOGS; i++)
		weir_catalog_destroy(t->catalogs[i]);
	for (size_t i = 0; i < t->count; i++)
		free_text(t->texts[i]);
	weir_free(t->texts);
	weir_free((void *)(uintptr_t)t->beside);
	*t = (weir_templates){ 0 };
}

const weir_report_entry *weir_templates_entry(const weir_templates *t, const char *id)
{
	const weir_report_entry *entry = NULL;
	for (int i = 0; i < WEIR_CATALOGS && !entry; i++)
		entry = weir_catalog_find(t->catalogs[i], id);
	return entry;
}

/* --- templates -------------------------------------------------------------------------------------------------- */

int weir_template_is_path(const char *template)
{
	size_t length = strlen(template);
	return strchr(template, '/') || (length > 4 && strcmp(template + length - 4, ".xsl") == 0);
}

const char *weir_template_output(const char *template, char *buffer)
{
	const char *name = weir_path_name(template);
	size_t length = strlen(name);
	if (strcmp(template, "investor") == 0)
		name = "report", length = 6;
	else if (length > 4 && strcmp(name + length - 4, ".xsl") == 0)
		length -= 4;
	snprintf(buffer, 128, "%.*s", length < 127 ? (int)length : 127, name);
	return buffer;
}

static weir_status find_at_path(weir_templates *t, const char *path, const weir_report_part **out)
{
	char *bytes = NULL;
	size_t length;
	t->beside = weir_alloc_text(path, weir_path_folder_length(path));
	*out = t->beside ? known(t, path) : NULL;
	if (!t->beside || *out)
		return t->beside ? WEIR_OK : WEIR_NO_MEMORY;
	weir_status status = weir_file_read(&bytes, &length, path, t->diags);
	if (status == WEIR_OK)
		*out = keep_text(t, path, bytes, length, 1);
	return status == WEIR_OK && !*out ? t->status : status;
}

#define MOST_NAMES 64

/* "use abn, abs, ..." or "did you mean". */
static weir_status complain_unknown(weir_templates *t, const char *template)
{
	const char *names[MOST_NAMES];
	size_t count = 0;
	weir_text list = { 0 };
	for (int c = 0; c < WEIR_CATALOGS; c++)
		for (int i = 0; t->catalogs[c] && i < t->catalogs[c]->count && count < MOST_NAMES; i++) {
			const char *id = t->catalogs[c]->entries[i].id;
			size_t at = 0;
			while (at < count && strcmp(names[at], id) != 0)
				at++;
			if (at < count)
				continue;
			names[count++] = id;
			weir_text_printf(&list, "%s, ", id);
		}
	const char *near = NULL;
	for (size_t i = 0; !near && i < count; i++)
		if (strcasecmp(names[i], template) == 0)
			near = names[i];
	if (!near)
		near = weir_nearest_name(template, strlen(template), names, count);
	weir_diag_error(t->diags, UNKNOWN_ID, (weir_place){ 0 }, "there is no template \"%s\"; %s%s%s", template,
	                near ? "did you mean \"" : "use ", near ? near : list.data ? list.data : "",
	                near ? "\"?" : "or the path of an .xsl file");
	weir_text_free(&list);
	return WEIR_INPUT;
}

/* A template that no list has: in one's own folders only, where parts have names of their own. */
static const weir_report_part *find_unlisted(weir_templates *t, const char *template)
{
	char name[160];
	const char *share = getenv("WEIR_SHARE");
	if (strlen(template) > 120)
		return NULL;
	snprintf(name, sizeof name, "%s.xsl", template);
	const weir_report_part *part = weir_templates_text(t, name, WEIR_TEXT_OWN);
	return part || !share ? part : read_file(t, share, "/templates/", name);
}

weir_status weir_templates_find(weir_templates *t, const char *template, const weir_report_part **out)
{
	const weir_report_entry *entry = weir_templates_entry(t, template);
	weir_free((void *)(uintptr_t)t->beside);
	t->beside = NULL;
	if (weir_template_is_path(template))
		return find_at_path(t, template, out);
	*out = entry ? weir_templates_text(t, entry->file, WEIR_TEXT_ANY) : find_unlisted(t, template);
	if (*out || t->status != WEIR_OK)
		return t->status;
	if (!entry)
		return complain_unknown(t, template);
	weir_diag_error(t->diags, FILE_UNREADABLE, (weir_place){ 0 },
	                "the template \"%s\" of the report \"%s\" is not there; put it beside your list of reports",
	                entry->file, template);
	return WEIR_INPUT;
}
