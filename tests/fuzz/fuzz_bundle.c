/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a bundle: opened, its members read. Text that is no zip is read as a manifest. What is accepted has safe names
 * only, each once, and is written as it was read. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "io/bundle.h"

static void check_names(const weir_manifest *manifest)
{
	if (!manifest->engine || !manifest->id || !manifest->deal || !weir_manifest_find(manifest, manifest->deal))
		abort();
	for (size_t m = 0; m < manifest->member_count; m++)
		if (!weir_member_name_is_safe(manifest->members[m].name) ||
		    (m > 0 && strcmp(manifest->members[m - 1].name, manifest->members[m].name) >= 0))
			abort();
}

static void as_manifest(const char *text, size_t size)
{
	weir_manifest manifest = { 0 }, again = { 0 };
	weir_arena *arena = NULL;
	weir_diags diags = { 0 };
	weir_text written = { 0 };
	if (weir_arena_create(&arena) != WEIR_OK)
		abort();
	weir_status status = weir_manifest_read(&manifest, arena, "M", text, size, &diags);
	if ((status == WEIR_OK) != (diags.errors == 0))
		abort();
	if (status == WEIR_OK) {
		check_names(&manifest);
		if (weir_manifest_write(&manifest, &written, &diags) == WEIR_OK &&
		    (weir_manifest_read(&again, arena, "M", written.data, written.length, &diags) != WEIR_OK ||
		     again.member_count != manifest.member_count || again.sets.count != manifest.sets.count ||
		     strcmp(again.deal, manifest.deal) != 0))
			abort();
	}
	weir_text_free(&written);
	weir_manifest_free(&manifest);
	weir_manifest_free(&again);
	weir_diags_free(&diags);
	weir_arena_destroy(arena);
}

static void as_bundle(const char *bytes, size_t size)
{
	weir_bundle bundle;
	weir_diags diags = { 0 };
	weir_status status = weir_bundle_open(&bundle, "b.zip", bytes, size, &diags);
	if ((status == WEIR_OK) != (diags.errors == 0))
		abort();
	if (status == WEIR_OK)
		check_names(&bundle.manifest);
	for (size_t m = 0; status == WEIR_OK && m < bundle.manifest.member_count; m++) {
		char *text = NULL;
		size_t length;
		weir_status read = weir_bundle_read(&text, &length, &bundle, bundle.manifest.members[m].name);
		if ((read == WEIR_OK) != (bundle.states[m] == WEIR_MEMBER_AS_LISTED || bundle.states[m] == WEIR_MEMBER_ALTERED))
			abort();
		weir_free(text);
	}
	weir_bundle_close(&bundle);
	weir_diags_free(&diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	if (size > 2 && memcmp(text, "PK", 2) == 0)
		as_bundle(text, size);
	else
		as_manifest(text, size);
	free(text);
	return 0;
}
