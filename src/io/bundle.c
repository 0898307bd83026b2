/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bundle.c: reads a bundle without trust. */
#include "io/bundle.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "io/file.h"

static weir_status refuse(const char *name, const char *why, const char *member, weir_diags *diags)
{
	char excerpt[WEIR_EXCERPT_BYTES];
	if (member)
		weir_diag_error(
			diags, BAD_VALUE, (weir_place){ 0 },
			"\"%s\" is no bundle: %s, \"%s\"; nothing was unpacked, get it again from its publisher", name,
			why, weir_excerpt(excerpt, member, strlen(member)));
	else
		weir_diag_error(diags, BAD_VALUE, (weir_place){ 0 },
		                "\"%s\" is no bundle: %s; give a file that weir bundle wrote", name, why);
	return WEIR_INPUT;
}

/* What the zip says of its members, before any of them is unpacked. `names` gets their numbers. */
static weir_status look_through(weir_bundle *bundle, const char *name, weir_names *names, weir_diags *diags)
{
	unsigned long long total = 0;
	size_t count = weir_archive_count(bundle->archive);
	if (count > WEIR_BUNDLE_MEMBERS_MAX)
		return refuse(name, "it has more than 65536 files", NULL, diags);
	for (size_t i = 0; i < count; i++) {
		weir_archive_entry entry;
		if (weir_archive_entry_get(&entry, bundle->archive, i) != WEIR_OK)
			return refuse(name, "its directory is damaged", NULL, diags);
		if (!weir_member_name_is_safe(entry.name) && !entry.folder)
			return refuse(name, "a member's name leads out of its folder or is no plain name", entry.name,
			              diags);
		if (entry.odd)
			return refuse(name, "a member is a link, or encrypted, or no file at all", entry.name, diags);
		if (entry.folder) /* which others' programs put in; folders are made for the files in them */
			continue;
		if (entry.size > WEIR_BUNDLE_FILE_MAX || (total += entry.size) > WEIR_BUNDLE_MAX)
			return refuse(name, "it unpacks to more than weir takes, 1 GB a file and 2 GB in all",
			              entry.name, diags);
		const char *kept = weir_arena_text(bundle->arena, entry.name, strlen(entry.name));
		weir_status status = kept ? weir_names_put(names, kept, strlen(kept), (int)i) : WEIR_NO_MEMORY;
		if (status == WEIR_NO)
			return refuse(name, "a member stands twice", kept, diags);
		if (status != WEIR_OK)
			return status;
	}
	return WEIR_OK;
}

static weir_status read_manifest(weir_bundle *bundle, const char *name, const weir_names *names, weir_diags *diags)
{
	char *text = NULL;
	size_t size;
	int number = weir_names_find(names, WEIR_MANIFEST_NAME, strlen(WEIR_MANIFEST_NAME));
	if (number < 0)
		return refuse(name, "it has no file " WEIR_MANIFEST_NAME, NULL, diags);
	weir_status status = weir_archive_read(&text, &size, bundle->archive, (size_t)number, WEIR_MANIFEST_BYTES_MAX);
	if (status == WEIR_NO)
		return refuse(name, "its file " WEIR_MANIFEST_NAME " is damaged or too large", NULL, diags);
	if (status == WEIR_OK)
		status = weir_sha256_hex(bundle->hash, text, size);
	if (status == WEIR_OK)
		status = weir_manifest_read(&bundle->manifest, bundle->arena, WEIR_MANIFEST_NAME, text, size, diags);
	weir_free(text);
	return status;
}

static weir_status check_member(weir_bundle *bundle, size_t m, const weir_names *names)
{
	char *bytes = NULL, hash[WEIR_SHA256_HEX_BYTES];
	size_t size;
	const weir_manifest_member *member = &bundle->manifest.members[m];
	int number = weir_names_find(names, member->name, strlen(member->name));
	bundle->numbers[m] = number < 0 ? SIZE_MAX : (size_t)number;
	bundle->states[m] = WEIR_MEMBER_MISSING;
	if (number < 0)
		return WEIR_OK;
	weir_status status = weir_archive_read(&bytes, &size, bundle->archive, (size_t)number, WEIR_BUNDLE_FILE_MAX);
	if (status == WEIR_NO) {
		bundle->states[m] = WEIR_MEMBER_DAMAGED;
		return WEIR_OK;
	}
	if (status == WEIR_OK)
		status = weir_sha256_hex(hash, bytes, size);
	weir_free(bytes);
	if (status == WEIR_OK)
		bundle->states[m] = strcmp(hash, member->hash) == 0 ? WEIR_MEMBER_AS_LISTED : WEIR_MEMBER_ALTERED;
	return status;
}

static weir_status check_members(weir_bundle *bundle, const weir_names *names)
{
	weir_status status = WEIR_OK;
	size_t count = bundle->manifest.member_count;
	bundle->numbers = weir_arena_array(bundle->arena, count + 1, sizeof *bundle->numbers);
	bundle->states = weir_arena_array(bundle->arena, count + 1, sizeof *bundle->states);
	if (!bundle->numbers || !bundle->states)
		return WEIR_NO_MEMORY;
	for (size_t m = 0; status == WEIR_OK && m < count; m++)
		status = check_member(bundle, m, names);
	for (size_t i = 0; status == WEIR_OK && i < names->count; i++)
		if (strcmp(names->items[i].name, WEIR_MANIFEST_NAME) != 0 &&
		    !weir_manifest_find(&bundle->manifest, names->items[i].name))
			status = weir_manifest_list_add(&bundle->extra, names->items[i].name);
	return status;
}

weir_status weir_bundle_open(weir_bundle *out, const char *name, const char *bytes, size_t size, weir_diags *diags)
{
	weir_names names = { 0 };
	weir_status status;
	*out = (weir_bundle){ 0 };
	WEIR_TRY(weir_arena_create(&out->arena));
	status = weir_archive_open(&out->archive, bytes, size);
	if (status == WEIR_NO)
		status = refuse(name, "it is no zip file, or a damaged one", NULL, diags);
	if (status == WEIR_OK)
		status = look_through(out, name, &names, diags);
	if (status == WEIR_OK)
		status = read_manifest(out, name, &names, diags);
	if (status == WEIR_OK)
		status = check_members(out, &names);
out:
	weir_names_free(&names);
	return status;
}

void weir_bundle_close(weir_bundle *bundle)
{
	weir_archive_close(bundle->archive);
	weir_manifest_free(&bundle->manifest);
	weir_free(bundle->extra.items);
	weir_arena_destroy(bundle->arena);
	*bundle = (weir_bundle){ 0 };
}

int weir_bundle_is_whole(const weir_bundle *bundle)
{
	for (size_t m = 0; m < bundle->manifest.member_count; m++)
		if (bundle->states[m] != WEIR_MEMBER_AS_LISTED)
			return 0;
	return bundle->extra.count == 0;
}

weir_status weir_bundle_read(char **bytes, size_t *length, const weir_bundle *bundle, const char *name)
{
	const weir_manifest_member *member = weir_manifest_find(&bundle->manifest, name);
	size_t m = member ? (size_t)(member - bundle->manifest.members) : 0;
	if (!member || bundle->numbers[m] == SIZE_MAX)
		return WEIR_NO;
	return weir_archive_read(bytes, length, bundle->archive, bundle->numbers[m], WEIR_BUNDLE_FILE_MAX);
}

static int is_read_by_runs(const char *name)
{
	return strncmp(name, WEIR_BUNDLE_INPUTS, strlen(WEIR_BUNDLE_INPUTS)) == 0 ||
	       strncmp(name, WEIR_BUNDLE_OUTSIDE, strlen(WEIR_BUNDLE_OUTSIDE)) == 0 ||
	       strncmp(name, WEIR_BUNDLE_SHARE, strlen(WEIR_BUNDLE_SHARE)) == 0;
}

weir_status weir_bundle_unpack(const weir_bundle *bundle, weir_scratch *scratch, weir_diags *diags)
{
	weir_status status = WEIR_OK;
	for (size_t m = 0; status == WEIR_OK && m < bundle->manifest.member_count; m++) {
		char *bytes = NULL;
		size_t size;
		const char *name = bundle->manifest.members[m].name;
		if (!is_read_by_runs(name))
			continue;
		status = weir_bundle_read(&bytes, &size, bundle, name);
		if (status == WEIR_OK)
			status = weir_scratch_put(scratch, name, bytes, size, diags);
		else if (status == WEIR_NO) /* told already; the run says what it lacks */
			status = WEIR_OK;
		weir_free(bytes);
	}
	return status;
}
