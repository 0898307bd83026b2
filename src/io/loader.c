/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/loader.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "io/file.h"
#include "io/load.h"

void weir_loader_free(weir_loader *loader)
{
	weir_names *const maps[] = { &loader->texts, &loader->parties, &loader->trusts, &loader->indexes,
		                     &loader->ip, &loader->obligors, &loader->contracts };
	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
		weir_names_free(maps[i]);
	weir_free(loader->ids);
	weir_free(loader->pool_contracts);
	weir_free(loader->pool_obligors);
	weir_free(loader->pool_royalties);
	weir_free(loader->pool_rows);
	weir_free(loader->pool_ip);
	weir_free(loader->pool_contract_ip);
	weir_free(loader->pending);
	weir_free(loader->pool_extras);
	weir_free(loader->terms);
	weir_free(loader->schemes);
}

const char *weir_loader_text(weir_loader *loader, const char *text, size_t length)
{
	const struct weir_names_item *known = weir_names_item(&loader->texts, text, length);
	if (known)
		return known->name;
	const char *copy = weir_arena_text(loader->arena, text, length);
	return copy && weir_names_put(&loader->texts, copy, length, 0) == WEIR_OK ? copy : NULL;
}

/* "deal.xml:12:3" of a place. */
static void write_place(weir_loader *loader, weir_place place, weir_text *to)
{
	unsigned line, column;
	const weir_source *source = weir_sources_get(loader->sources, place);
	weir_sources_locate(loader->sources, place, &line, &column);
	weir_text_printf(to, "%s:%u:%u", source ? source->name : "?", line, column);
}

weir_status weir_loader_duplicate(weir_loader *loader, const char *kind, const char *id, weir_place place,
                                  const char *first_kind, weir_place first)
{
	weir_text where = { 0 };
	char excerpt[WEIR_EXCERPT_BYTES];
	write_place(loader, first, &where);
	weir_status status = weir_text_status(&where);
	if (status == WEIR_OK)
		weir_diag_error(loader->diags, DUPLICATE_ID, place,
		                "the %s \"%s\" has the id of the %s at %s; ids are given once", kind,
		                weir_excerpt(excerpt, id, strlen(id)), first_kind, where.data);
	weir_text_free(&where);
	return status;
}

/* Names that formulas give a meaning of their own. */
static int is_reserved(const char *id)
{
	static const char *const words[] = {
		"pool",  "deal",     "classes",  "period",     "date",          "and",       "or",     "not",   "above",
		"below", "more",     "less",     "equals",     "between",       "at",        "is",     "yes",   "no",
		"true",  "false",    "if",       "min",        "max",           "sum",       "abs",    "round", "share",
		"top",   "previous", "trailing", "cumulative", "next_interest", "servicing", "support"
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i], id) == 0)
			return 1;
	return 0;
}

weir_status weir_loader_take_id(weir_loader *loader, const char *kind, const weir_node *node, weir_place place)
{
	if (!node->id)
		return WEIR_OK;
	if (is_reserved(node->id)) {
		weir_diag_error(loader->diags, BAD_ID, place,
		                "\"%s\" is a word of the formula language; choose another id", node->id);
		return WEIR_OK;
	}
	if (!WEIR_GROW(loader->ids, loader->id_count, loader->id_capacity))
		return WEIR_NO_MEMORY;
	size_t length = strlen(node->id);
	weir_status status = weir_names_put(&loader->deal->ids, node->id, length, (int)loader->id_count);
	if (status == WEIR_NO) {
		const weir_id_place *first = &loader->ids[weir_names_find(&loader->deal->ids, node->id, length)];
		return weir_loader_duplicate(loader, kind, node->id, place, first->kind, first->place);
	}
	if (status == WEIR_OK)
		loader->ids[loader->id_count++] = (weir_id_place){ kind, place };
	return status;
}

/* --- files that the deal refers to ------------------------------------------------------------------------------ */

int weir_loader_stays_inside(const char *href)
{
	if (href[0] == '/' || strpbrk(href, "\\:"))
		return 0;
	for (const char *p = href; *p; p += strcspn(p, "/"), p += *p == '/')
		if (p[0] == '.' && p[1] == '.' && (p[2] == '/' || p[2] == '\0'))
			return 0;
	return 1;
}

/* Whether the file, links followed, lies below the folder. A path that does not resolve is for the reader to say. */
static int resolves_inside(const char *folder, const char *path)
{
	char base[PATH_MAX], file[PATH_MAX];
	if (!realpath(*folder ? folder : ".", base) || !realpath(path, file))
		return 1;
	size_t length = strlen(base);
	return strncmp(base, file, length) == 0 && (file[length] == '/' || base[length - 1] == '/');
}

weir_status weir_loader_open(uint32_t *source, weir_loader *loader, const char *href, size_t limit, weir_place place)
{
	weir_text path = { 0 };
	char *text = NULL, excerpt[WEIR_EXCERPT_BYTES];
	size_t size;
	weir_status status;
	*source = 0;
	weir_text_add(&path, loader->folder);
	weir_text_add(&path, href);
	WEIR_TRY(weir_text_status(&path));
	if (!weir_loader_stays_inside(href) || !resolves_inside(loader->folder, path.data)) {
		weir_diag_error(loader->diags, XML_FORBIDDEN, place,
		                "\"%s\" leaves the deal's folder; name a file in it or below it",
		                weir_excerpt(excerpt, href, strlen(href)));
		goto out;
	}
	status = weir_file_read_limited(&text, &size, path.data, limit, 1, place, loader->diags);
	if (status == WEIR_OK)
		status = weir_sources_add(loader->sources, path.data, text, size, source);
	if (status == WEIR_OK)
		text = NULL; /* the sources own it */
	if (status == WEIR_OK &&
	    !weir_utf8_accept(loader->sources->items[*source - 1].text, size, *source, loader->diags))
		*source = 0;
	if (status == WEIR_IO) /* complained at the reference: a fault of the input like others */
		status = WEIR_OK;
out:
	weir_free(text);
	weir_text_free(&path);
	return status;
}

weir_status weir_loader_share(uint32_t *source, weir_loader *loader, const char *name)
{
	const char *text = NULL;
	size_t size;
	int owned = 0;
	weir_status status = weir_share_read_before(&text, &size, &owned, loader->sources->share, name, loader->diags);
	if (status != WEIR_OK)
		return status;
	char *copy = owned ? (char *)(uintptr_t)text : weir_alloc_text(text, size);
	if (!copy)
		return WEIR_NO_MEMORY;
	status = weir_sources_add(loader->sources, name, copy, size, source);
	if (status == WEIR_OK)
		loader->sources->items[*source - 1].shipped = 1;
	else
		weir_free(copy);
	return status;
}
