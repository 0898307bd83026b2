/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bundle.h: where files go in a bundle, and a bundle as it is read: a zip that anybody may have changed. */
#ifndef WEIR_IO_BUNDLE_H
#define WEIR_IO_BUNDLE_H

#include "archive/archive.h"
#include "io/manifest.h"
#include "io/scratch.h"

/* Folders of a bundle. */
#define WEIR_BUNDLE_INPUTS "inputs/"   /* the deal's folder */
#define WEIR_BUNDLE_OUTSIDE "outside/" /* files from elsewhere, a numbered folder for each folder that they came from */
#define WEIR_BUNDLE_SHARE "share/"     /* weir's own data */
#define WEIR_BUNDLE_RESULTS "results/"

/* --- names for files -------------------------------------------------------------------------------------------- */

/* Which name each file of a run gets; nothing of the path above the deal's folder is in it. */
typedef struct weir_bundle_names {
	weir_arena *arena;  /* of the names */
	const char *folder; /* the deal's as it was typed, with its slash; "" the working folder */
	weir_manifest_list outside; /* the other folders, without links, with a slash */
} weir_bundle_names;

/* `deal_path` as it was typed. The caller frees. */
weir_status weir_bundle_names_begin(weir_bundle_names *names, weir_arena *arena, const char *deal_path);
void weir_bundle_names_free(weir_bundle_names *names);

/* The name of a file: "inputs/tape.csv", "outside/1/lpr.csv"; the same path gives the same name. Complains about one that does
 * not exist; WEIR_IO. */
weir_status weir_bundle_name(const char **out, weir_bundle_names *names, const char *path, weir_diags *diags);

/* --- reading ---------------------------------------------------------------------------------------------------- */

/* How much a bundle may unpack to: a file, and all of them. */
#define WEIR_BUNDLE_FILE_MAX ((size_t)1 << 30)
#define WEIR_BUNDLE_MAX ((size_t)2 << 30)
#define WEIR_BUNDLE_MEMBERS_MAX 65536

typedef enum weir_member_state {
	WEIR_MEMBER_AS_LISTED,
	WEIR_MEMBER_ALTERED, /* its hash is another */
	WEIR_MEMBER_DAMAGED, /* cannot be unpacked */
	WEIR_MEMBER_MISSING
} weir_member_state;

/* An opened bundle: its manifest, where each member lies, and whether it is as it was. */
typedef struct weir_bundle {
	weir_arena *arena;
	weir_archive *archive;
	weir_manifest manifest;
	char hash[WEIR_SHA256_HEX_BYTES]; /* of the manifest */
	size_t *numbers;                  /* [members] in the archive; SIZE_MAX: missing */
	weir_member_state *states;        /* [members] */
	weir_manifest_list extra;         /* names that the manifest does not list */
} weir_bundle;

/* Opens a bundle of `size` bytes, which must outlive it, and checks every member. Complains (WEIR_INPUT) about what is no
 * bundle: no zip, without a manifest, with names that leave its folder, links, or more than may be unpacked. What was changed
 * since it was made is in `states` and `extra`, and WEIR_OK. `name` is what complaints call it. The caller closes in every
 * case. */
weir_status weir_bundle_open(weir_bundle *out, const char *name, const char *bytes, size_t size, weir_diags *diags);
void weir_bundle_close(weir_bundle *bundle);

/* Whether every member is as it is listed, and no other is there. */
int weir_bundle_is_whole(const weir_bundle *bundle);

/* A member's bytes, in weir_alloc memory with a NUL behind them; WEIR_NO when it is missing or damaged. */
weir_status weir_bundle_read(char **bytes, size_t *length, const weir_bundle *bundle, const char *name);

/* Writes what a run reads (inputs/, outside/, share/) into a folder, listed members only. */
weir_status weir_bundle_unpack(const weir_bundle *bundle, weir_scratch *scratch, weir_diags *diags);

#endif
