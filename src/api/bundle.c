/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bundle.c: a run as a public model: the deal, everything it was computed from, the results, and their hashes, in one
 * zip. */
#include <stdio.h>
#include <string.h>

#include "api/bundle_work.h"
#include "api/publish.h"
#include "base/alloc.h"
#include "base/path.h"
#include "io/write.h"

/* What is put together. */
typedef struct making {
	weir_session *session;
	weir_arena *arena; /* of the names */
	weir_bundle_names names;
	weir_manifest manifest;
	weir_archive_member *members; /* in the order of the manifest's, then sorted with it; MANIFEST first */
	size_t member_count, member_capacity;
	weir_outputs outputs;
	weir_text listing, zip;
} making;

static void free_making(making *m)
{
	weir_bundle_names_free(&m->names);
	weir_manifest_free(&m->manifest);
	weir_free(m->members);
	weir_outputs_free(&m->outputs);
	weir_text_free(&m->listing);
	weir_text_free(&m->zip);
	weir_arena_destroy(m->arena);
}

/* --- options, with the names that files have in the bundle ------------------------------------------------------ */

/* "PREFIX" and the bundle's name of the file behind it, and "SUFFIX". */
static weir_status map_path(making *m, const char *whole, size_t from, size_t to, const char **out)
{
	const char *name;
	weir_text text = { 0 };
	const char *path = weir_arena_text(m->arena, whole + from, to - from);
	weir_status status = path ? weir_bundle_name(&name, &m->names, path, &m->session->call) : WEIR_NO_MEMORY;
	if (status != WEIR_OK)
		return status;
	weir_text_printf(&text, "%.*s%s%s", (int)from, whole, name, whole + to);
	*out = weir_text_keep(&text, m->arena);
	return *out ? WEIR_OK : WEIR_NO_MEMORY;
}

/* "INDEX=FILE" or "FILE". */
static weir_status add_curve(making *m, const char *curve)
{
	const char *mapped, *equals = strchr(curve, '=');
	weir_status status = map_path(m, curve, equals ? (size_t)(equals - curve) + 1 : 0, strlen(curve), &mapped);
	return status == WEIR_OK ? weir_manifest_list_add(&m->manifest.curves, mapped) : status;
}

/* An id, a shipped file's "lease#ID", or "FILE#ID"; of a family also "FILE". */
static weir_status add_scenario(making *m, weir_manifest_list *list, const char *scenario, int is_family)
{
	const char *id, *mapped = scenario;
	const char *path = weir_path_file(m->arena, scenario, &id);
	weir_status status = path ? WEIR_OK : WEIR_NO_MEMORY;
	if (status == WEIR_OK && (id || is_family) && !weir_session_is_shipped(path))
		status = map_path(m, scenario, 0, strlen(path), &mapped);
	return status == WEIR_OK ? weir_manifest_list_add(list, mapped) : status;
}

/* The reports that are asked for, own templates without their folders, and what they need. */
static weir_status add_templates(making *m, const weir_request *request)
{
	weir_publications reports = { .count = 0 };
	weir_text list = { 0 };
	weir_status status =
		weir_publications_open(&reports, request->templates, request->templates_folder, &m->session->call);
	for (int need = 0; status == WEIR_OK && need < WEIR_NEEDS; need++)
		if (reports.needs >> need & 1)
			status = weir_manifest_list_add(&m->manifest.needs, weir_need_word(need));
	for (int i = 0; status == WEIR_OK && !request->no_report && i < reports.count; i++)
		weir_text_printf(&list, "%s%s", i ? "," : "", weir_path_name(reports.items[i].template));
	if (status == WEIR_OK && list.length) {
		m->manifest.template = weir_text_keep(&list, m->arena);
		status = m->manifest.template ? WEIR_OK : WEIR_NO_MEMORY;
	}
	weir_publications_close(&reports);
	weir_text_free(&list);
	return status;
}

static weir_status add_lists(making *m, const weir_request *request)
{
	const weir_inputs *given = &m->session->given;
	weir_manifest *manifest = &m->manifest;
	weir_status status = add_templates(m, request);
	for (size_t i = 0; status == WEIR_OK && i < given->curve_count; i++)
		status = add_curve(m, given->curves[i]);
	for (size_t i = 0; status == WEIR_OK && i < request->scenario_count; i++)
		status = add_scenario(m, &manifest->scenarios, request->scenarios[i], 0);
	for (size_t i = 0; status == WEIR_OK && i < request->family_count; i++)
		status = add_scenario(m, &manifest->families, request->families[i],
		                      !weir_scenarios_find_family(&m->session->scenarios, request->families[i]));
	for (size_t i = 0; status == WEIR_OK && i < request->set_count; i++)
		status = weir_manifest_list_add(&manifest->sets, request->sets[i]);
	return status;
}

static weir_status add_options(making *m, const weir_request *request)
{
	const weir_session *s = m->session;
	weir_manifest *manifest = &m->manifest;
	weir_status status = weir_bundle_name(&manifest->deal, &m->names, s->path, &m->session->call);
	manifest->engine = weir_version();
	manifest->id = s->deal->node.id;
	manifest->variant = s->variant;
	manifest->lang = request->no_report ? NULL : request->lang;
	manifest->contracts = request->contracts;
	manifest->report_number = request->report_number;
	manifest->prepared_by = request->prepared_by;
	if (status == WEIR_OK && s->given.actuals)
		status = weir_bundle_name(&manifest->actuals, &m->names, s->given.actuals, &m->session->call);
	if (status == WEIR_OK && s->given.events)
		status = weir_bundle_name(&manifest->events, &m->names, s->given.events, &m->session->call);
	return status == WEIR_OK ? add_lists(m, request) : status;
}

weir_status weir_bundle_show_curves(weir_text *out, const weir_manifest *manifest)
{
	for (size_t i = 0; i < manifest->curves.count; i++)
		weir_text_printf(out, "%s--curve %s", i ? " " : "", manifest->curves.items[i]);
	return weir_text_status(out);
}

/* --- members ---------------------------------------------------------------------------------------------------- */

/* Adds a file under its name; the same one twice is one, two under one name are told. */
static weir_status add_member(making *m, const char *name, const char *bytes, size_t length)
{
	for (size_t i = 0; i < m->member_count; i++) {
		if (strcmp(m->members[i].name, name) != 0)
			continue;
		if (m->members[i].length == length && memcmp(m->members[i].bytes, bytes, length) == 0)
			return WEIR_OK;
		weir_diag_error(
			&m->session->call, DUPLICATE_ID, (weir_place){ 0 },
			"two files would be \"%s\" in the bundle; give scenarios different ids, and change no file meanwhile",
			name);
		return WEIR_INPUT;
	}
	if (!WEIR_GROW(m->members, m->member_count, m->member_capacity))
		return WEIR_NO_MEMORY;
	m->members[m->member_count++] = (weir_archive_member){ name, length ? bytes : "", length };
	return weir_manifest_add(&m->manifest, name, bytes, length);
}

/* Everything that was read: the deal's files by their place, weir's own by their names. */
static weir_status add_sources(making *m)
{
	weir_status status = WEIR_OK;
	const weir_sources *sources = &m->session->sources;
	for (size_t i = 0; status == WEIR_OK && i < sources->count; i++) {
		const weir_source *source = &sources->items[i];
		const char *name;
		if (source->shipped) {
			weir_text shipped = { 0 };
			weir_text_printf(&shipped, "%s%s", WEIR_BUNDLE_SHARE, source->name);
			name = weir_text_keep(&shipped, m->arena);
			status = name ? WEIR_OK : WEIR_NO_MEMORY;
		} else {
			status = weir_bundle_name(&name, &m->names, source->name, &m->session->call);
		}
		if (status == WEIR_OK)
			status = add_member(m, name, source->text, source->size);
	}
	return status;
}

static weir_status add_results(making *m)
{
	weir_status status = WEIR_OK;
	for (size_t i = 0; status == WEIR_OK && i < m->outputs.count; i++)
		status = add_member(m, m->outputs.items[i].path, m->outputs.items[i].text.data,
		                    m->outputs.items[i].text.length);
	return status;
}

/* The zip: MANIFEST, then the members in its order. */
static weir_status pack(making *m)
{
	weir_status status;
	weir_text why = { 0 };
	weir_archive_member *sorted = NULL;
	WEIR_TRY(weir_manifest_write(&m->manifest, &m->listing, &m->session->call));
	sorted = weir_alloc_zero(m->member_count + 1, sizeof *sorted);
	if (!sorted) {
		status = WEIR_NO_MEMORY;
		goto out;
	}
	sorted[0] = (weir_archive_member){ WEIR_MANIFEST_NAME, m->listing.data, m->listing.length };
	for (size_t i = 0; i < m->member_count; i++) {
		const weir_manifest_member *place = weir_manifest_find(&m->manifest, m->members[i].name);
		sorted[place - m->manifest.members + 1] = m->members[i];
	}
	status = weir_archive_write(&m->zip, sorted, m->member_count + 1, &why);
	if (status == WEIR_INTERNAL)
		weir_diag_error(&m->session->call, FILE_UNWRITABLE, (weir_place){ 0 },
		                "the bundle could not be packed: %s", why.data ? why.data : "no reason was given");
out:
	weir_text_free(&why);
	weir_free(sorted);
	return status;
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

/* Runs with the options as the bundle tells them, so that no path of this machine gets into the results. */
static weir_status run(making *m, const weir_request *request)
{
	weir_session *s = m->session;
	weir_text typed = s->curves;
	s->curves = (weir_text){ 0 };
	weir_status status = weir_bundle_show_curves(&s->curves, &m->manifest);
	if (status == WEIR_OK)
		status = weir_session_make_outputs(&m->outputs, s, request, "results");
	weir_text_free(&s->curves);
	s->curves = typed;
	return status;
}

/* Nothing is written that does not verify. */
static weir_status prove(making *m, const char *path)
{
	weir_text report = { 0 }, said = { 0 };
	weir_status status = weir_bundle_check(path, m->zip.data, m->zip.length, -1, &report, &said, &m->session->call);
	if (status == WEIR_NO) {
		weir_diag_error(&m->session->call, FOOTING, (weir_place){ 0 },
		                "the bundle does not run to the same results, so it was not written:\n%s%s",
		                said.data ? said.data : "", report.data ? report.data : "");
		status = WEIR_INTERNAL;
	}
	weir_text_free(&report);
	weir_text_free(&said);
	return status;
}

static weir_status summarise(making *m, const char *path)
{
	char hash[WEIR_SHA256_HEX_BYTES];
	weir_text *to = &m->session->summary;
	weir_status status = weir_sha256_hex(hash, m->listing.data, m->listing.length);
	to->length = 0;
	if (status == WEIR_OK)
		weir_text_printf(to, "%s\n%zu files; SHA-256 of its MANIFEST, to be published beside it:\n%s\n", path,
		                 m->member_count + 1, hash);
	return status == WEIR_OK ? weir_text_status(to) : status;
}

static weir_status make(making *m, const weir_request *request, const char *path)
{
	weir_status status;
	WEIR_TRY(weir_arena_create(&m->arena));
	WEIR_TRY(weir_bundle_names_begin(&m->names, m->arena, m->session->path));
	WEIR_TRY(add_options(m, request));
	WEIR_TRY(run(m, request));
	WEIR_TRY(add_sources(m));
	WEIR_TRY(add_results(m));
	WEIR_TRY(pack(m));
	WEIR_TRY(prove(m, path));
	WEIR_TRY(weir_file_write(path, m->zip.data, m->zip.length, &m->session->call));
	status = summarise(m, path);
out:
	return status;
}

/* A session of its own: what was asked of this one before must not be in the bundle. */
int weir_session_bundle(weir_session *s, const weir_request *request, const char *path)
{
	making m = { 0 };
	weir_status status = weir_session_begin(s);
	if (status != WEIR_OK)
		return weir_session_end(s, status);
	int opened = weir_session_open_all(&m.session, s->path, &s->given, NULL);
	if (!m.session)
		return weir_session_end(s, WEIR_NO_MEMORY);
	status = opened == WEIR_EXIT_DONE ? weir_session_begin(m.session) :
	         opened == WEIR_EXIT_IO   ? WEIR_IO :
	                                    WEIR_INPUT;
	if (status == WEIR_OK)
		status = make(&m, request, path);
	int lost = weir_session_end(m.session, status) != weir_exit_of(status);
	if (weir_session_quote(s, m.session, opened != WEIR_EXIT_DONE, NULL, NULL) != WEIR_OK || lost)
		status = WEIR_NO_MEMORY;
	if (status == WEIR_OK) {
		weir_text_free(&s->summary);
		s->summary = m.session->summary;
		m.session->summary = (weir_text){ 0 };
	}
	weir_session *fresh = m.session;
	free_making(&m);
	weir_session_close(fresh);
	return weir_session_end(s, status);
}
