/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verify.c: a bundle is run again, and everything that it publishes is held against what comes out. */
#include <stdio.h>
#include <string.h>

#include "api/bundle_work.h"
#include "api/publish.h"
#include "base/alloc.h"
#include "base/path.h"
#include "io/file.h"
#include "report/compare.h"

/* What is being verified. */
typedef struct verifying {
	const weir_bundle *bundle;
	weir_scratch *scratch;
	weir_session *session;
	weir_arena *arena;
	weir_outputs outputs;
	weir_text *report;
	int detail; /* as of weir_bundle_verify */
	int other_engine;
	size_t differences, files; /* files that agree */
} verifying;

/* --- what was changed since it was made ------------------------------------------------------------------------- */

static const char *state_text(weir_member_state state)
{
	switch (state) {
	case WEIR_MEMBER_AS_LISTED:
		return "as listed";
	case WEIR_MEMBER_ALTERED:
		return "was changed: its SHA-256 is not the one listed";
	case WEIR_MEMBER_DAMAGED:
		return "cannot be unpacked: its bytes were changed or are cut off";
	case WEIR_MEMBER_MISSING:
		break;
	}
	return "is listed but not there";
}

static void tell_members(const verifying *v)
{
	const weir_bundle *bundle = v->bundle;
	const weir_manifest *manifest = &bundle->manifest;
	weir_text_printf(v->report, "deal \"%s\", %zu files, made by weir %s%s%s\nSHA-256 of MANIFEST %s\n",
	                 manifest->id, manifest->member_count + 1, manifest->engine,
	                 v->other_engine ? ", checked by weir " : "", v->other_engine ? weir_version() : "",
	                 bundle->hash);
	for (size_t m = 0; m < manifest->member_count; m++)
		if (v->detail > 0 || bundle->states[m] != WEIR_MEMBER_AS_LISTED)
			weir_text_printf(v->report, "%s: %s\n", manifest->members[m].name,
			                 state_text(bundle->states[m]));
	for (size_t i = 0; i < bundle->extra.count; i++)
		weir_text_printf(v->report, "%s: is there but not listed\n", bundle->extra.items[i]);
}

/* --- running it again ------------------------------------------------------------------------------------------- */

/* An option with the folder that the bundle was unpacked to before the path that begins at `from`. */
static const char *unpacked(const verifying *v, const char *option, size_t from)
{
	weir_text path = { 0 };
	weir_text_printf(&path, "%.*s%s/%s", (int)from, option, weir_scratch_folder(v->scratch), option + from);
	const char *kept = weir_text_keep(&path, v->arena);
	return kept;
}

/* Whether an option names a file of the bundle, and nothing else: a changed manifest must not make weir read other
 * files. */
static int names_member(const verifying *v, const char *path)
{
	return weir_manifest_find(&v->bundle->manifest, path) != NULL;
}

static weir_status refuse_option(const char *word, const char *value, weir_diags *diags)
{
	char excerpt[WEIR_EXCERPT_BYTES];
	weir_diag_error(diags, BAD_VALUE, (weir_place){ 0 },
	                "the %s \"%s\" of " WEIR_MANIFEST_NAME
	                " names no file of the bundle; get it again from its publisher",
	                word, weir_excerpt(excerpt, value, strlen(value)));
	return WEIR_INPUT;
}

static weir_status list_curves(const verifying *v, const char ***out, weir_diags *diags)
{
	const weir_manifest_list *list = &v->bundle->manifest.curves;
	const char **curves = *out = weir_arena_array(v->arena, list->count + 1, sizeof *curves);
	if (!curves)
		return WEIR_NO_MEMORY;
	for (size_t i = 0; i < list->count; i++) {
		const char *equals = strchr(list->items[i], '=');
		size_t from = equals ? (size_t)(equals - list->items[i]) + 1 : 0;
		if (!names_member(v, list->items[i] + from))
			return refuse_option("curve", list->items[i], diags);
		if (!(curves[i] = unpacked(v, list->items[i], from)))
			return WEIR_NO_MEMORY;
	}
	return WEIR_OK;
}

/* Of families a path may stand alone; what names no member and has no "#" is a family's id. */
static weir_status list_scenarios(const verifying *v, const weir_manifest_list *list, const char *word,
                                  const char ***out, weir_diags *diags)
{
	const char **scenarios = *out = weir_arena_array(v->arena, list->count + 1, sizeof *scenarios);
	if (!scenarios)
		return WEIR_NO_MEMORY;
	for (size_t i = 0; i < list->count; i++) {
		const char *id, *one = scenarios[i] = list->items[i];
		const char *path = weir_path_file(v->arena, one, &id);
		if (!path)
			return WEIR_NO_MEMORY;
		if (weir_session_is_shipped(path))
			continue;
		if (!names_member(v, path))
			return refuse_option(word, one, diags);
		if (!(scenarios[i] = unpacked(v, one, 0)))
			return WEIR_NO_MEMORY;
	}
	return WEIR_OK;
}

/* One of the files of --actuals and --events; NULL stays NULL. */
static weir_status place_file(const verifying *v, const char *word, const char *name, const char **out,
                              weir_diags *diags)
{
	*out = NULL;
	if (!name)
		return WEIR_OK;
	if (!names_member(v, name))
		return refuse_option(word, name, diags);
	*out = unpacked(v, name, 0);
	return *out ? WEIR_OK : WEIR_NO_MEMORY;
}

/* Messages of the run, with the names that files have in the bundle. */
static void add_messages(verifying *v, weir_text *said)
{
	const char *folder = weir_scratch_folder(v->scratch);
	size_t length = strlen(folder);
	for (size_t i = 0; v->session && i < weir_session_message_count(v->session); i++) {
		int severity;
		const char *text = weir_session_message(v->session, i, &severity);
		if ((severity == WEIR_DISCLOSURE && v->detail <= 0) || (severity != WEIR_ERROR && v->detail < 0))
			continue;
		for (const char *at; (at = strstr(text, folder)); text = at + length + (at[length] == '/'))
			weir_text_append(said, text, (size_t)(at - text));
		weir_text_printf(said, "%s\n", text);
	}
}

static weir_status status_of(int exit_number)
{
	switch (exit_number) {
	case WEIR_EXIT_DONE:
		return WEIR_OK;
	case WEIR_EXIT_INPUT:
	case WEIR_EXIT_IO:
		return WEIR_NO; /* what is in the bundle cannot be run: it verifies nothing */
	default:
		return WEIR_INTERNAL;
	}
}

static unsigned needs_of(const weir_manifest *manifest)
{
	unsigned needs = 0;
	for (size_t i = 0; i < manifest->needs.count; i++)
		for (int need = 0; need < WEIR_NEEDS; need++)
			if (strcmp(manifest->needs.items[i], weir_need_word(need)) == 0)
				needs |= 1u << need;
	return needs;
}

static weir_status open_again(verifying *v, weir_diags *diags)
{
	weir_status status;
	const weir_manifest *manifest = &v->bundle->manifest;
	const char **curves, *deal = unpacked(v, manifest->deal, 0), *share = unpacked(v, "share", 0);
	weir_inputs inputs = { .variant = manifest->variant, .curve_count = manifest->curves.count };
	if (!deal || !share)
		return WEIR_NO_MEMORY;
	WEIR_TRY(list_curves(v, &curves, diags));
	WEIR_TRY(place_file(v, "actuals", manifest->actuals, &inputs.actuals, diags));
	WEIR_TRY(place_file(v, "events", manifest->events, &inputs.events, diags));
	inputs.curves = curves;
	WEIR_TRY(status_of(weir_session_open_all(&v->session, deal, &inputs, share)));
	weir_text_free(&v->session->curves);
	v->session->curves = (weir_text){ 0 };
	status = weir_bundle_show_curves(&v->session->curves, manifest);
out:
	return status;
}

static weir_status run_again(verifying *v, weir_diags *diags)
{
	weir_status status;
	const weir_manifest *manifest = &v->bundle->manifest;
	const char **scenarios, **families;
	WEIR_TRY(open_again(v, diags));
	WEIR_TRY(list_scenarios(v, &manifest->scenarios, "scenario", &scenarios, diags));
	WEIR_TRY(list_scenarios(v, &manifest->families, "family", &families, diags));
	const weir_request request = { .scenarios = scenarios,
		                       .scenario_count = manifest->scenarios.count,
		                       .families = families,
		                       .family_count = manifest->families.count,
		                       .sets = manifest->sets.items,
		                       .set_count = manifest->sets.count,
		                       .contracts = manifest->contracts,
		                       .report_number = manifest->report_number,
		                       .prepared_by = manifest->prepared_by };
	WEIR_TRY(weir_session_begin(v->session));
	status = weir_session_make_tables(&v->outputs, v->session, &request, "results", needs_of(manifest));
	status = status_of(weir_session_end(v->session, status));
out:
	return status;
}

/* --- comparing -------------------------------------------------------------------------------------------------- */

static int ends_with(const char *name, const char *end)
{
	return weir_ends_with(name, strlen(name), end);
}

/* The line in which two texts begin to differ. */
static void tell_first_line(weir_comparison *c, const char *published, const char *made)
{
	char where[64], a[WEIR_EXCERPT_BYTES], b[WEIR_EXCERPT_BYTES];
	size_t line = 1, start = 0, i = 0;
	for (; published[i] && published[i] == made[i]; i++)
		if (published[i] == '\n') {
			line++;
			start = i + 1;
		}
	snprintf(where, sizeof where, "line %zu", line);
	weir_compare_tell(c, where, weir_excerpt(a, published + start, strcspn(published + start, "\n")),
	                  weir_excerpt(b, made + start, strcspn(made + start, "\n")));
}

static weir_status compare_xml(verifying *v, weir_comparison *c, const char *published, size_t length,
                               const weir_text *made, weir_diags *diags)
{
	weir_results *old = NULL, *new = NULL;
	weir_diags quiet = { 0 };
	weir_status status = weir_results_read_xml(&old, c->file, published, length, &quiet);
	if (status == WEIR_INPUT)
		weir_compare_tell(c, "file", quiet.count ? quiet.items[0].text : "no results", "results");
	else if (status == WEIR_OK)
		status = weir_results_read_xml(&new, c->file, made->data, made->length, diags);
	if (old && new)
		status = weir_compare_results(c, old, new);
	/* what stands between the cells: attributes, totals, order */
	if (old && new && status == WEIR_OK && c->differences == 0 && !v->other_engine)
		tell_first_line(c, published, made->data);
	weir_results_destroy(old);
	weir_results_destroy(new);
	weir_diags_free(&quiet);
	return status == WEIR_INPUT ? WEIR_OK : status;
}

/* The published results say themselves which engine made them. */
static void check_engine(verifying *v, const char *file, const char *published)
{
	static const char fact[] = "<fact id=\"engine_version\">";
	const char *engine = v->bundle->manifest.engine, *said = strstr(published, fact);
	size_t length = strlen(engine);
	if (!said || !ends_with(file, "/results.xml"))
		return;
	said += sizeof fact - 1;
	if (strncmp(said, engine, length) == 0 && said[length] == '<')
		return;
	weir_text_printf(v->report, "MANIFEST: made by weir %s, but %s by weir %.*s: not the engine that made it\n",
	                 engine, file, (int)strcspn(said, "<"), said);
	v->differences++;
}

static weir_status compare_file(verifying *v, const weir_output *output, weir_diags *diags)
{
	char *published = NULL;
	size_t length;
	weir_comparison c = { .to = v->report, .file = output->path, .may_add = v->other_engine };
	weir_status status = weir_bundle_read(&published, &length, v->bundle, output->path);
	if (status == WEIR_OK)
		check_engine(v, output->path, published);
	if (status == WEIR_NO) {
		/* a later engine may write a table more */
		if (!v->other_engine || weir_manifest_find(&v->bundle->manifest, output->path))
			weir_compare_tell(&c, "file", NULL, "a table");
		status = WEIR_OK;
	} else if (status == WEIR_OK && length == output->text.length &&
	           memcmp(published, output->text.data, length) == 0) {
		v->files++;
	} else if (status == WEIR_OK && ends_with(output->path, ".xml")) {
		status = compare_xml(v, &c, published, length, &output->text, diags);
	} else if (status == WEIR_OK) {
		status = weir_compare_csv(&c, published, output->text.data ? output->text.data : "");
	}
	if (c.differences > WEIR_DIFFERENCES_TOLD)
		weir_text_printf(v->report, "%s: and %zu more\n", c.file, c.differences - WEIR_DIFFERENCES_TOLD);
	v->differences += c.differences;
	weir_free(published);
	return status;
}

static int was_made(const weir_outputs *outputs, const char *path)
{
	for (size_t i = 0; i < outputs->count; i++)
		if (strcmp(outputs->items[i].path, path) == 0)
			return 1;
	return 0;
}

/* Published tables that the run does not give. */
static void tell_unmade(verifying *v)
{
	for (size_t m = 0; m < v->bundle->manifest.member_count; m++) {
		const char *name = v->bundle->manifest.members[m].name;
		weir_comparison c = { .to = v->report, .file = name };
		if (strncmp(name, WEIR_BUNDLE_RESULTS, strlen(WEIR_BUNDLE_RESULTS)) != 0 ||
		    was_made(&v->outputs, name) || !(ends_with(name, ".csv") || ends_with(name, "/results.xml")))
			continue;
		weir_compare_tell(&c, "file", "a table", NULL);
		v->differences++;
	}
}

static weir_status compare(verifying *v, weir_diags *diags)
{
	weir_status status = WEIR_OK;
	size_t cells = 0, tables = 0;
	for (size_t i = 0; status == WEIR_OK && i < v->outputs.count; i++)
		status = compare_file(v, &v->outputs.items[i], diags);
	if (status != WEIR_OK)
		return status;
	tell_unmade(v);
	for (size_t r = 0; r < v->session->result_count; r++) {
		const weir_results *results = v->session->results[r];
		tables += results->table_count;
		for (size_t t = 0; t < results->table_count; t++)
			cells += results->tables[t]->row_count * (size_t)results->tables[t]->column_count;
	}
	int whole = weir_bundle_is_whole(v->bundle);
	if (v->differences == 0)
		weir_text_printf(v->report, "run again: %zu tables with %zu cells agree, all of them%s\n", tables,
		                 cells, whole ? "" : "; but files of the bundle were changed since it was made");
	else
		weir_text_printf(v->report, "run again: %zu difference%s, %zu of %zu files agree\n", v->differences,
		                 v->differences == 1 ? "" : "s", v->files, v->outputs.count);
	return v->differences == 0 && whole ? weir_text_status(v->report) : WEIR_NO;
}

static weir_status check(verifying *v, weir_text *said, weir_diags *diags)
{
	weir_status status;
	tell_members(v);
	WEIR_TRY(weir_arena_create(&v->arena));
	WEIR_TRY(weir_scratch_create(&v->scratch, v->bundle->manifest.member_count + 1, diags));
	WEIR_TRY(weir_bundle_unpack(v->bundle, v->scratch, diags));
	status = run_again(v, diags);
	add_messages(v, said);
	if (status == WEIR_OK)
		status = compare(v, diags);
	else if (status == WEIR_NO)
		weir_text_add(v->report, "the deal in the bundle could not be run\n");
out:
	weir_session_close(v->session);
	weir_scratch_destroy(v->scratch);
	weir_outputs_free(&v->outputs);
	weir_arena_destroy(v->arena);
	return status;
}

weir_status weir_bundle_check(const char *name, const char *bytes, size_t size, int detail, weir_text *report,
                              weir_text *said, weir_diags *diags)
{
	weir_bundle bundle;
	verifying v = { .bundle = &bundle, .report = report, .detail = detail };
	weir_status status = weir_bundle_open(&bundle, name, bytes, size, diags);
	if (status == WEIR_OK) {
		v.other_engine = strcmp(bundle.manifest.engine, weir_version()) != 0;
		status = check(&v, said, diags);
	}
	weir_bundle_close(&bundle);
	if (report->failed || said->failed)
		status = WEIR_NO_MEMORY;
	return status;
}

int weir_bundle_verify(const char *path, int detail, char **report, char **messages)
{
	char *bytes = NULL;
	size_t size;
	weir_text told = { 0 }, said = { 0 };
	weir_diags diags = { 0 };
	*report = *messages = NULL;
	weir_status status =
		weir_file_read_limited(&bytes, &size, path, WEIR_BUNDLE_MAX, 0, (weir_place){ 0 }, &diags);
	if (status == WEIR_OK)
		status = weir_bundle_check(path, bytes, size, detail, &told, &said, &diags);
	for (size_t i = 0; i < diags.count; i++)
		weir_text_printf(&said, "weir: %s: %s [%s]\n", weir_severity_text(diags.items[i].severity),
		                 diags.items[i].text, weir_code_text(diags.items[i].code));
	if (diags.lost || said.failed)
		status = WEIR_NO_MEMORY;
	weir_diags_free(&diags);
	weir_free(bytes);
	*report = told.data;
	*messages = said.data;
	return weir_exit_of(status);
}
