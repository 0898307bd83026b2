/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/alloc.h"
#include "base/path.h"
#include "base/text.h"
#include "io/file.h"
#include "io/load.h"
#include "io/scenarios.h"
#include "io/words.h"

#define SHIPPED "stress/" /* folder of weir's own scenario files */
#define SUFFIX ".xml"

/* --- scenarios -------------------------------------------------------------------------------------------------- */

static const weir_field scenario_fields[] = {
	WEIR_FIELD(weir_raw_scenario, head.node.id, "id", weir_read_code),
	WEIR_FIELD(weir_raw_scenario, head.node.en, "en", weir_read_text),
	WEIR_FIELD(weir_raw_scenario, head.node.zh, "zh", weir_read_text),
	WEIR_FIELD(weir_raw_scenario, head.node.clause, "clause", weir_read_text),
	WEIR_FIELD(weir_raw_scenario, head.node.note, "note", weir_read_text),
	WEIR_FIELD(weir_raw_scenario, head.node.note_zh, "note-zh", weir_read_text),
	WEIR_FIELD(weir_raw_scenario, head.family, "family", weir_read_code),
	WEIR_FIELD(weir_raw_scenario, head.source, "source", weir_read_text),
	WEIR_FIELD(weir_raw_scenario, head.source_zh, "source-zh", weir_read_text),
	WEIR_FIELD_OF(weir_raw_scenario, head.label, "label", weir_read_choice, weir_words_trust_label),
	WEIR_FIELD(weir_raw_scenario, include, "include", weir_read_words),
	WEIR_FIELD(weir_raw_scenario, base, "base", weir_read_words),
	WEIR_FIELD_END
};

/* Takes an id once; complains and gives 0 when it is taken. */
static weir_status take_id(weir_loader *loader, weir_names *ids, const char *kind, const weir_node *node,
                           weir_place first, int number, int *taken)
{
	*taken = 0;
	if (!node->id)
		return WEIR_OK; /* complained about */
	weir_status status = weir_names_put(ids, node->id, strlen(node->id), number);
	if (status == WEIR_NO)
		return weir_loader_duplicate(loader, kind, node->id, node->place, kind, first);
	*taken = status == WEIR_OK;
	return status;
}

static weir_status load_scenario(weir_loader *loader, const weir_xml *xml, const xmlNode *element,
                                 weir_scenario_file *file)
{
	weir_raw_scenario *scenario = &file->items[file->count];
	size_t count = 0;
	int taken;
	weir_status status;
	for (const xmlNode *n = weir_xml_first(element); n; n = weir_xml_next(n))
		count++;
	scenario->file = file;
	scenario->head.node.place = weir_xml_place(xml, element);
	scenario->shocks = weir_arena_array(loader->arena, count + 1, sizeof *scenario->shocks);
	if (!scenario->shocks)
		return WEIR_NO_MEMORY;
	WEIR_TRY(weir_fields_from_element(loader, xml, element, scenario_fields, scenario, NULL));
	for (const xmlNode *n = weir_xml_first(element); n; n = weir_xml_next(n))
		if (weir_is_shock(n))
			WEIR_TRY(weir_raw_shock_read(loader, xml, n, &scenario->shocks[scenario->shock_count++]));
	const char *id = scenario->head.node.id;
	int old = id ? weir_names_find(&file->ids, id, strlen(id)) : -1;
	WEIR_TRY(take_id(loader, &file->ids, "scenario", &scenario->head.node,
	                 old >= 0 ? file->items[old].head.node.place : (weir_place){ 0 }, file->count, &taken));
	if (taken)
		file->count++;
	else
		*scenario = (weir_raw_scenario){ 0 };
out:
	return status;
}

/* --- families --------------------------------------------------------------------------------------------------- */

/* A family while it is read. */
typedef struct family_draft {
	weir_family family;
	weir_words scenarios;
} family_draft;

static const weir_field family_fields[] = {
	WEIR_FIELD(family_draft, family.node.id, "id", weir_read_code),
	WEIR_FIELD(family_draft, family.node.en, "en", weir_read_text),
	WEIR_FIELD(family_draft, family.node.zh, "zh", weir_read_text),
	WEIR_FIELD(family_draft, family.node.note, "note", weir_read_text),
	WEIR_FIELD(family_draft, family.node.note_zh, "note-zh", weir_read_text),
	WEIR_FIELD(family_draft, scenarios, "scenarios", weir_read_words),
	WEIR_FIELD_END
};

static int find_family(const weir_scenario_file *file, const char *id)
{
	for (int i = 0; i < file->family_count; i++)
		if (strcmp(file->families[i].node.id, id) == 0)
			return i;
	return -1;
}

static weir_status load_family(weir_loader *loader, const weir_xml *xml, const xmlNode *element,
                               weir_scenario_file *file)
{
	family_draft draft = { .family = { .node = { .place = weir_xml_place(xml, element) } } };
	weir_status status = weir_fields_from_element(loader, xml, element, family_fields, &draft, NULL);
	const weir_node *node = &draft.family.node;
	if (status != WEIR_OK || !node->id)
		return status;
	int old = find_family(file, node->id);
	if (old >= 0)
		return weir_loader_duplicate(loader, "family", node->id, node->place, "family",
		                             file->families[old].node.place);
	file->families[file->family_count] = draft.family;
	file->family_words[file->family_count++] = draft.scenarios;
	return WEIR_OK;
}

/* Families that only scenarios name. */
static void add_named_families(weir_scenario_file *file)
{
	for (int i = 0; i < file->count; i++) {
		const weir_scenario *scenario = &file->items[i].head;
		if (scenario->family && find_family(file, scenario->family) < 0)
			file->families[file->family_count++] =
				(weir_family){ .node = { .id = scenario->family, .place = scenario->node.place } };
	}
}

/* Adds a scenario to a family, once. */
static void add_member(weir_loader *loader, weir_family *family, const weir_scenario_file *file, const char *word,
                       weir_place place)
{
	int number = weir_names_find(&file->ids, word, strlen(word));
	if (number < 0) {
		if (!file->is_incomplete)
			weir_diag_error(
				loader->diags, UNKNOWN_SCENARIO, place,
				"there is no scenario \"%s\" in this file for the family \"%s\"; add it, with include= "
				"when "
				"another file has it",
				word, family->node.id);
		return;
	}
	for (int i = 0; i < family->count; i++)
		if (family->scenarios[i] == number) {
			weir_diag_error(loader->diags, DUPLICATE_ID, place,
			                "the family \"%s\" lists the scenario \"%s\" twice; leave one away",
			                family->node.id, word);
			return;
		}
	family->scenarios[family->count++] = number;
}

/* Finds the members of a file's families. */
static weir_status fill_families(weir_loader *loader, weir_scenario_file *file)
{
	for (int f = 0; f < file->family_count; f++) {
		weir_family *family = &file->families[f];
		const weir_words *words = &file->family_words[f];
		size_t errors = loader->diags->errors;
		size_t most = (size_t)(words->count + file->count);
		family->scenarios = weir_arena_array(loader->arena, most + 1, sizeof *family->scenarios);
		if (!family->scenarios)
			return WEIR_NO_MEMORY;
		for (int i = 0; i < words->count; i++)
			add_member(loader, family, file, words->items[i], words->places[i]);
		for (int i = 0; words->count == 0 && i < file->count; i++)
			if (file->items[i].head.family && strcmp(file->items[i].head.family, family->node.id) == 0)
				family->scenarios[family->count++] = i;
		if (family->count == 0 && loader->diags->errors == errors && !file->is_incomplete)
			weir_diag_error(
				loader->diags, MISSING_ATTRIBUTE, family->node.place,
				"no scenario is in the family \"%s\"; list them in scenarios=, or give them family=\"%s\"",
				family->node.id, family->node.id);
	}
	return WEIR_OK;
}

/* --- files ------------------------------------------------------------------------------------------------------ */

static weir_status read_file(weir_loader *loader, const weir_xml *xml, const xmlNode *root, void *context)
{
	weir_scenario_file *file = context;
	weir_status status = WEIR_OK;
	size_t scenarios = weir_count_children(root, "scenario");
	size_t families = scenarios + weir_count_children(root, "family");
	file->items = weir_arena_array(loader->arena, scenarios + 1, sizeof *file->items);
	file->families = weir_arena_array(loader->arena, families + 1, sizeof *file->families);
	file->family_words = weir_arena_array(loader->arena, families + 1, sizeof *file->family_words);
	if (!file->items || !file->families || !file->family_words)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = weir_xml_first(root); n && status == WEIR_OK; n = weir_xml_next(n)) {
		if (weir_is_named(n, "scenario"))
			status = load_scenario(loader, xml, n, file);
		else if (weir_is_named(n, "family"))
			status = load_family(loader, xml, n, file);
	}
	add_named_families(file);
	return status;
}

/* A name without folder and suffix is that of a file that comes with weir. */
static int names_shipped(const char *name)
{
	size_t length = strlen(name), suffix = sizeof SUFFIX - 1;
	return !strchr(name, '/') && !(length >= suffix && strcmp(name + length - suffix, SUFFIX) == 0);
}

static void complain_not_shipped(weir_loader *loader, const char *name, weir_place place)
{
	enum { MOST = 64 };
	weir_share_name shipped[MOST];
	const char *names[MOST];
	size_t count = weir_share_names(shipped, MOST, SHIPPED, SUFFIX);
	for (size_t i = 0; i < count; i++)
		names[i] = shipped[i].text;
	const char *nearest = weir_nearest_name(name, strlen(name), names, count);
	weir_diag_error(loader->diags, UNKNOWN_SCENARIO, place,
	                "weir has no scenario file \"%s\" of its own (a file of yours is written %s.xml)%s%s%s", name,
	                name, nearest ? "; did you mean \"" : "; correct the name", nearest ? nearest : "",
	                nearest ? "\"?" : "");
}

/* Makes one of weir's own files a source; 0 after a complaint. */
static weir_status open_shipped(weir_loader *loader, const weir_scenario_file *file, uint32_t *source, weir_place place)
{
	weir_diags quiet = { 0 }, *diags = loader->diags;
	loader->diags = &quiet;
	weir_status status = weir_loader_share(source, loader, file->path);
	loader->diags = diags;
	weir_diags_free(&quiet);
	if (status == WEIR_IO) {
		*source = 0;
		complain_not_shipped(loader, file->name, place);
		return WEIR_OK;
	}
	return status;
}

/* The file of a name below `from`, not read yet. */
static weir_status begin_file(weir_scenario_file **out, weir_loader *loader, const weir_scenario_file *from,
                              const char *name)
{
	weir_text path = { 0 };
	weir_status status = WEIR_NO_MEMORY;
	weir_scenario_file *file = weir_arena_alloc(loader->arena, sizeof *file);
	if (!file)
		return WEIR_NO_MEMORY;
	file->is_shipped = names_shipped(name);
	if (file->is_shipped)
		weir_text_printf(&path, SHIPPED "%s" SUFFIX, name);
	else
		weir_text_printf(&path, "%s%s", from ? from->folder : "", name);
	WEIR_TRY(weir_text_status(&path));
	file->folder = file->is_shipped ? "" : weir_path_folder(loader->arena, path.data);
	file->path = weir_arena_text(loader->arena, path.data, strlen(path.data));
	file->name = file->is_shipped ? name : file->path;
	status = file->folder && file->path ? WEIR_OK : WEIR_NO_MEMORY;
out:
	weir_text_free(&path);
	*out = file;
	return status;
}

/* Opens a file that another one names, or a shipped one; the source is 0 after a complaint. */
static weir_status open_file(weir_loader *loader, const weir_scenario_file *file, const weir_scenario_file *from,
                             const char *name, uint32_t *source, weir_place place)
{
	if (file->is_shipped)
		return open_shipped(loader, file, source, place);
	if (from->is_shipped) {
		weir_diag_error(
			loader->diags, XML_FORBIDDEN, place,
			"\"%s\" is a file of yours, which one of weir's own cannot include; name it without \"/\" and "
			"\".xml\"",
			name);
		return WEIR_OK;
	}
	loader->folder = from->folder;
	weir_status status = weir_loader_open(source, loader, name, WEIR_DEAL_BYTES_MAX, place);
	loader->folder = NULL;
	return status;
}

weir_status weir_scenario_file_get(weir_scenario_file **out, weir_scenario_reader *reader,
                                   const weir_scenario_file *from, const char *name, weir_place place)
{
	weir_loader *loader = reader->loader;
	weir_scenario_file *file;
	uint32_t source = 0;
	size_t errors = loader->diags->errors;
	*out = NULL;
	weir_status status = begin_file(&file, loader, from, name);
	if (status != WEIR_OK)
		return status;
	for (size_t i = 0; i < reader->file_count; i++)
		if (strcmp(reader->files[i]->path, file->path) == 0 &&
		    reader->files[i]->is_shipped == file->is_shipped) {
			*out = reader->files[i];
			return WEIR_OK;
		}
	if (!WEIR_GROW(reader->files, reader->file_count, reader->file_capacity))
		return WEIR_NO_MEMORY;
	if (from || file->is_shipped) {
		status = open_file(loader, file, from, name, &source, place);
		if (status == WEIR_OK && source == 0)
			return WEIR_OK;
	}
	reader->files[reader->file_count++] = file;
	if (status == WEIR_OK)
		status = source ? weir_xml_load_source(loader, "scenarios.xsd", source, read_file, file) :
		                  weir_xml_load(loader, "scenarios.xsd", name, read_file, file);
	file->is_incomplete = loader->diags->errors > errors;
	*out = file;
	return status == WEIR_INPUT ? WEIR_OK : status;
}

/* --- a load ----------------------------------------------------------------------------------------------------- */

static void free_reader(weir_scenario_reader *reader)
{
	for (size_t i = 0; i < reader->file_count; i++)
		weir_names_free(&reader->files[i]->ids);
	weir_free(reader->files);
}

/* Puts other shocks in the place of a file's bases. */
static weir_status replace_bases(weir_loader *loader, weir_scenario_file *file, const weir_scenario *base)
{
	weir_raw_shock *shocks = weir_arena_array(loader->arena, (size_t)base->shock_count + 1, sizeof *shocks);
	if (!shocks)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < base->shock_count; i++)
		shocks[i].shock = base->shocks[i];
	for (int i = 0; i < file->count; i++)
		if (file->items[i].is_base) {
			file->items[i].shocks = shocks;
			file->items[i].shock_count = base->shock_count;
			file->items[i].include.count = 0;
			file->items[i].base_part = NULL;
			file->items[i].head.source = base->source;
			file->items[i].head.label = base->label;
		}
	return WEIR_OK;
}

static weir_status load(weir_scenario_reader *reader, weir_scenarios *out, const char *path,
                        const weir_scenario *base)
{
	weir_loader *loader = reader->loader;
	weir_scenario_file *file;
	weir_status status;
	WEIR_TRY(weir_scenario_file_get(&file, reader, NULL, path, (weir_place){ 0 }));
	if (!file)
		goto out;
	WEIR_TRY(weir_raw_scenarios_resolve(reader, file));
	WEIR_TRY(fill_families(loader, file));
	if (base)
		WEIR_TRY(replace_bases(loader, file, base));
	out->items = weir_arena_array(loader->arena, (size_t)file->count + 1, sizeof *out->items);
	if (!out->items)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < file->count; i++) {
		WEIR_TRY(weir_raw_scenario_assemble(reader, &file->items[i]));
		out->items[out->count++] = file->items[i].head;
	}
	out->families = file->families;
	out->family_count = file->family_count;
out:
	return status;
}

weir_status weir_scenarios_load_over(weir_scenarios *out, weir_deal *deal, const char *path,
                                     const weir_scenario *base, weir_diags *diags)
{
	weir_loader loader = { .deal = deal, .arena = deal->arena, .sources = deal->sources, .diags = diags };
	weir_scenario_reader reader = { .loader = &loader };
	size_t errors = diags->errors;
	*out = (weir_scenarios){ 0 };
	weir_status status = load(&reader, out, path, base);
	free_reader(&reader);
	weir_loader_free(&loader);
	if (status == WEIR_OK && diags->lost)
		return WEIR_NO_MEMORY;
	return status == WEIR_OK && diags->errors > errors ? WEIR_INPUT : status;
}

weir_status weir_scenarios_load(weir_scenarios *out, weir_deal *deal, const char *path, weir_diags *diags)
{
	return weir_scenarios_load_over(out, deal, path, NULL, diags);
}
