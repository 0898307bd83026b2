/* SPDX-License-Identifier: GPL-3.0-or-later */
/* manifest.h: the MANIFEST of a bundle: what was run, by which engine, with which options, and every member's hash.
 *
 * A text file of lines "WORD VALUE", comments behind "#", then the members as "HASH  NAME", which is what sha256sum writes and
 * checks. */
#ifndef WEIR_IO_MANIFEST_H
#define WEIR_IO_MANIFEST_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "digest/sha256.h"

#define WEIR_MANIFEST_NAME "MANIFEST"
#define WEIR_MANIFEST_BYTES_MAX ((size_t)16 << 20)
#define WEIR_MEMBER_NAME_MAX 512

/* Options in the order in which they were given. */
typedef struct weir_manifest_list {
	const char **items;
	size_t count, capacity;
} weir_manifest_list;

/* A file of the bundle and the SHA-256 of its bytes. */
typedef struct weir_manifest_member {
	const char *name;
	char hash[WEIR_SHA256_HEX_BYTES];
} weir_manifest_member;

/* Texts are in the arena, or the caller's where he fills it. Paths are names of members. */
typedef struct weir_manifest {
	const char *engine;  /* version of weir that made it */
	const char *id;      /* of the deal */
	const char *deal;    /* its file: "inputs/deal.xml" */
	const char *variant, *actuals, *events;         /* NULL: not given */
	const char *template, *lang;                    /* of the reports that are in it */
	const char *report_number, *prepared_by;
	int contracts;
	weir_manifest_list curves, scenarios, families, sets;
	weir_manifest_list needs; /* what was run beside the scenarios: "stress" … */
	weir_manifest_member *members; /* sorted by name */
	size_t member_count, member_capacity;
} weir_manifest;

/* Frees the lists, not the texts. */
void weir_manifest_free(weir_manifest *manifest);

/* Adds a text to a list; the text is not copied. */
weir_status weir_manifest_list_add(weir_manifest_list *list, const char *text);

/* Whether a member may be called so: relative, with "/" between plain names, no "." or "..", no backslash, colon or control
 * character, valid UTF-8, at most WEIR_MEMBER_NAME_MAX bytes. */
int weir_member_name_is_safe(const char *name);

/* Adds a member; its hash is made of the bytes. Members are sorted by weir_manifest_write. */
weir_status weir_manifest_add(weir_manifest *manifest, const char *name, const char *bytes, size_t size);

/* The member of a name; NULL when there is none. Needs them sorted, as written and read manifests are. */
const weir_manifest_member *weir_manifest_find(const weir_manifest *manifest, const char *name);

/* Sorts the members and writes the manifest, with how to check it by hand in both languages. Complains about texts that do
 * not fit a line; WEIR_INPUT. */
weir_status weir_manifest_write(weir_manifest *manifest, weir_text *to, weir_diags *diags);

/* Reads one; texts go into the arena. Complains with `name` and the line; WEIR_INPUT. The caller frees in every case. */
weir_status weir_manifest_read(weir_manifest *manifest, weir_arena *arena, const char *name, const char *text, size_t size,
                               weir_diags *diags);

#endif
